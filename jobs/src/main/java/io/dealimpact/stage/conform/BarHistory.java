package io.dealimpact.stage.conform;

import io.dealimpact.lake.Tables;
import io.dealimpact.row.RowReader;
import io.dealimpact.study.market.BarReview;
import io.dealimpact.study.market.DailyBar;
import io.dealimpact.study.numeric.Hash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;

/** The bars that an instrument had before, year by year, from rows of silver.delivered_bars. */
final class BarHistory {
  private static final RowReader READER = RowReader.of(Tables.DELIVERED_BARS.schema());

  private final KnownDays known;
  private final List<RowReader.Cells> years = new ArrayList<>();

  BarHistory(KnownDays known) {
    this.known = known;
  }

  /** Adds the next year. */
  void add(Row year) {
    years.add(READER.at(year));
  }

  void clear() {
    years.clear();
  }

  /** The bars as they were delivered, ascending by day; a list of the caller's own. */
  List<DailyBar> bars(Map<Integer, Double> splits) {
    List<DailyBar> bars = new ArrayList<>();
    for (RowReader.Cells year : years) {
      List<Integer> days = year.list("days");
      Set<Integer> lessDividends = new HashSet<>(year.<Integer>list("less_dividend_days"));
      List<Double> open = year.list("open");
      List<Double> high = year.list("high");
      List<Double> low = year.list("low");
      List<Double> close = year.list("close");
      List<Double> adjusted = year.list("adjusted_close");
      List<Double> volume = year.list("volume_shares");
      List<Double> split = year.list("split_ratio");
      List<Double> dividend = year.list("dividend_ccy");
      for (int i = 0; i < days.size(); i++) {
        int day = days.get(i);
        bars.add(
            new DailyBar(
                day,
                new DailyBar.Prices(
                    open.get(i), high.get(i), low.get(i), close.get(i), adjusted.get(i)),
                volume.get(i),
                split(split.get(i), splits.get(day)),
                dividend.get(i),
                lessDividends.contains(day) ? DailyBar.Close.LESS_DIVIDENDS : DailyBar.Close.PAID,
                known.close(day)));
      }
    }
    return bars;
  }

  /** The split of a bar: its own, else the one that is known of its day; NaN for none. */
  static double split(double own, Double given) {
    if (!Double.isNaN(own) && own != 0) {
      return own;
    }
    return given == null ? Double.NaN : given;
  }

  /**
   * Whether a review of these bars and later ones makes of them what it made without the later.
   *
   * @param bars these, then the later ones
   */
  boolean isAsBefore(List<DailyBar> bars, List<BarReview.Reviewed> reviewed) {
    int i = 0;
    for (RowReader.Cells year : years) {
      int end = i + year.list("days").size();
      if (hash(bars.subList(i, end), reviewed.subList(i, end)) != year.count("review_hash")) {
        return false;
      }
      i = end;
    }
    return true;
  }

  /** Whether a review left a bar as it was, and had nothing to say of it. */
  static boolean isAsItWas(DailyBar bar, BarReview.Reviewed reviewed) {
    return reviewed.flags().isEmpty() && reviewed.refusal().isEmpty() && reviewed.bar().equals(bar);
  }

  /**
   * A hash of what a review made of bars of a year, as silver.delivered_bars keeps it; 0 where it
   * left them as they were.
   */
  static long hash(List<DailyBar> bars, List<BarReview.Reviewed> reviewed) {
    long hash = 0;
    for (int i = 0; i < bars.size(); i++) {
      hash ^= hash(bars.get(i), reviewed.get(i));
    }
    return hash;
  }

  private static long hash(DailyBar bar, BarReview.Reviewed reviewed) {
    if (isAsItWas(bar, reviewed)) {
      return 0;
    }
    DailyBar.Prices prices = reviewed.bar().prices();
    long hash = Hash.mix(bar.day());
    for (double value :
        new double[] {
          prices.open(),
          prices.high(),
          prices.low(),
          prices.close(),
          prices.adjustedClose(),
          reviewed.bar().volume()
        }) {
      hash = Hash.mix(hash ^ Double.doubleToLongBits(value));
    }
    hash = Hash.mix(hash ^ Hash.of(String.join(", ", reviewed.flags())));
    return Hash.mix(
        hash ^ Hash.of(reviewed.refusal().map(of -> of.reason() + " " + of.message()).orElse("")));
  }
}
