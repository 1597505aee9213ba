package io.dealimpact.study.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Holds the bars of one instrument against one another.
 *
 * <ol>
 *   <li>Closes that are adjusted for dividends (Yahoo's {@code history()}) are brought back to what
 *       was paid, with the dividends of the file ({@code close-from-dividends}). Where the file has
 *       none they stay, flagged ({@code close-may-be-adjusted}).
 *   <li>A bar without volume whose prices are all equal is of a day without trade ({@code
 *       no-trade}), if the instrument's bars have volumes. So is one whose volume is missing, and
 *       whose prices are all the close before it: a data frame was filled.
 *   <li>A bar whose close is {@value #JUMP} times that of the bar before, or a fraction of it, and
 *       that the next bar does not follow, is refused ({@code price-jump}). So is the last bar,
 *       until another one confirms it, and the last ones that are at 10, 100 or 1000 times the
 *       level of the many before them, or at a fraction of it, until there are {@value #CONFIRMING}
 *       of them. A delivered split explains such a level.
 *   <li>Where the level of the prices changes for good by 10, 100 or 1000, or by a split that the
 *       prices do not know of, the earlier prices are brought to the later level ({@code
 *       level-changed}). The split may be delivered for another day nearby. Any other such change
 *       is flagged ({@code price-jump}).
 *   <li>An open, a high or a low that is {@value #FAR} times both the close and the close before,
 *       or a fraction of both, is left out ({@code open-left-out}, {@code high-left-out}, {@code
 *       low-left-out}).
 *   <li>An adjusted close whose ratio to the close leaves that of its neighbours for one day is
 *       left out ({@code adjusted-close-left-out}): dividends and splits change the ratio for good.
 *       One that is missing between two of the same ratio, or after one that is the close itself,
 *       is the close at that ratio ({@code adjusted-close-filled}): no dividend lies between.
 *   <li>A close that leaves its neighbours by {@value #SPIKE_MOVES} times the usual move of a day
 *       and by {@value #LEAST_SPIKE_PERCENT} % at least, the market's own move apart, and comes
 *       back the next day, is flagged ({@code price-spike}).
 *   <li>A close that is {@value #LARGE} times the one before it or a fraction of it, the market's
 *       move apart, and stays there, is flagged ({@code price-jump}): a split that nobody
 *       delivered, another company, or the news of the day. So is a fall by a third, within {@value
 *       #NEAR_USUAL} usual moves: a split of three for two that nobody delivered.
 *   <li>{@value #STALE_DAYS} equal closes one after the other are flagged ({@code stale}).
 *   <li>An adjusted close whose ratio to the close changes from one day to the next by more than
 *       the day's dividend explains is flagged ({@code adjusted-close-differs}); where no dividends
 *       are delivered, one that falls against the close, or rises by two fifths against it.
 * </ol>
 *
 * <p>The time is that of a sort of the moves; all else is a fixed number of passes.
 */
public final class BarReview {
  private static final int SPIKE_MOVES = 12;
  private static final int LEAST_SPIKE_PERCENT = 8;

  /** Fewer moves say nothing of what is usual. */
  private static final int FEWEST_MOVES = 10;

  /** How much of a spike may be left after the day on which it comes back. */
  private static final double LEFT_OF_SPIKE = 0.3;

  /** How far open, high and low may be from both closes beside them, as a factor. */
  private static final double FAR = 2;

  /** A split that is smaller than a move worth a look, and that companies make often. */
  private static final double THREE_FOR_TWO = 1.5;

  /** How many usual moves a price may be from such a split. */
  private static final double NEAR_USUAL = 3;

  /** Bars that confirm another unit of the prices, where no split explains it. */
  private static final int CONFIRMING = 5;

  /** With fewer bars before them nobody can say which unit is the usual one. */
  private static final int FEWEST_BEFORE = 20;

  /** How far an adjusted close may be from what the dividend makes of it, a fraction. */
  private static final double ADJUSTED_SLACK = 0.02;

  /** Moves of a day that no share makes: those of a few would be refused too, until confirmed. */
  private static final int JUMP = 8;

  /** Moves of a day that are worth a look. */
  private static final double LARGE = 1.8;

  /** How far a jump may be from a power of ten or a split, as a factor: the day's own move. */
  private static final double OWN_MOVE = 1.3;

  /** Splits below it can be told from a day's move only where the price moves by them closely. */
  private static final double LARGE_SPLIT = 1.9;

  /** Splits below it, and stock dividends, cannot be told from a day's move. */
  private static final double LEAST_SPLIT = 1.2;

  /** How far a price may be from such a split, as a share of the split's own log. */
  private static final double NEAR_SPLIT = 0.25;

  /** Bars between a split's day as delivered, of record or of payment, and its ex-day. */
  private static final int BARS_OFF = 3;

  /** An adjusted close that rises so against the close is no dividend's doing. */
  private static final double MOST_ADJUSTED = 1.4;

  /** How far two adjusted closes may be from one ratio to their closes, a fraction: rounding. */
  private static final double SAME_RATIO = 2e-4;

  private static final int STALE_DAYS = 15;

  /** Digits of a factor that a flag shows. */
  private static final int FACTOR_DIGITS = 6;

  /**
   * What became of a bar.
   *
   * @param bar with its prices and its volume as they count
   * @param flags what is to be known of it, in the order of the rules
   * @param refusal empty if it counts
   */
  public record Reviewed(DailyBar bar, List<String> flags, Optional<Refusal> refusal) {}

  /**
   * Why a bar does not count.
   *
   * @param message for people
   */
  public record Refusal(Reason reason, String message) {}

  /** The rules that refuse a bar. */
  public enum Reason {
    NO_TRADE,
    PRICE_JUMP
  }

  private final DailyBar[] bars;
  private final List<List<String>> flags = new ArrayList<>();
  private final Refusal[] refusals;

  /** Indexes of the bars that count so far. */
  private int[] series;

  private BarReview(List<DailyBar> given) {
    bars = given.toArray(DailyBar[]::new);
    refusals = new Refusal[bars.length];
    series = new int[bars.length];
    for (int i = 0; i < bars.length; i++) {
      series[i] = i;
      flags.add(new ArrayList<>(0));
    }
  }

  /**
   * Reviews all bars of an instrument.
   *
   * @param bars ascending by day, one for each day
   * @return one for each bar, in their order
   * @throws IllegalArgumentException if the days do not ascend
   */
  public static List<Reviewed> of(List<DailyBar> bars) {
    for (int i = 1; i < bars.size(); i++) {
      if (bars.get(i).day() <= bars.get(i - 1).day()) {
        throw new IllegalArgumentException(
            "days do not ascend: " + bars.get(i - 1).day() + ", " + bars.get(i).day());
      }
    }
    BarReview review = new BarReview(bars);
    review.fromDividends();
    review.refuseDaysWithoutTrade();
    review.refuseJumps();
    review.refuseUnconfirmedUnit();
    review.bringToLevel();
    review.leaveOutFarPrices();
    review.leaveOutAdjusted();
    review.fillAdjusted();
    review.flagAlongLevels();
    List<Reviewed> reviewed = new ArrayList<>(bars.size());
    for (int i = 0; i < bars.size(); i++) {
      reviewed.add(
          new Reviewed(
              review.bars[i], review.flags.get(i), Optional.ofNullable(review.refusals[i])));
    }
    return reviewed;
  }

  /** The bar at a place of the series. */
  private DailyBar bar(int place) {
    return bars[series[place]];
  }

  /** The close at a place of the series; NaN before the first and after the last. */
  private double close(int place) {
    return place < 0 || place >= series.length ? Double.NaN : bar(place).prices().close();
  }

  private void flag(int place, String flag) {
    flags.get(series[place]).add(flag);
  }

  private void dropRefused() {
    series = Arrays.stream(series).filter(i -> refusals[i] == null).toArray();
  }

  /**
   * The closes that holders saw, of closes that are adjusted for dividends: with F of the last day
   * 1 and D the dividend of an ex-day, F of the day before it is F / (1 + F D / adjusted close of
   * the day before), and the close is the adjusted close / F.
   */
  private void fromDividends() {
    double factor = 1;
    boolean hasDividends = Arrays.stream(bars).anyMatch(bar -> !Double.isNaN(bar.dividend()));
    for (int i = bars.length - 1; i >= 0; i--) {
      DailyBar bar = bars[i];
      if (bar.closeIs() == DailyBar.Close.PAID) {
        continue;
      }
      if (!hasDividends) {
        flags.get(i).add("close-may-be-adjusted");
      }
      DailyBar.Prices given = bar.prices();
      double paid = factor;
      double adjusted = Double.isNaN(given.adjustedClose()) ? given.close() : given.adjustedClose();
      if (factor != 1) {
        flags.get(i).add("close-from-dividends");
      }
      double before = i == 0 ? Double.NaN : bars[i - 1].prices().close();
      if (bar.dividend() > 0 && before > 0) {
        factor = factor / (1 + factor * bar.dividend() / before);
      }
      bars[i] = bar.at(given.each(price -> price / paid, ignored -> adjusted), bar.volume());
    }
  }

  private void refuseDaysWithoutTrade() {
    int traded = 0;
    int known = 0;
    for (DailyBar bar : bars) {
      traded += bar.volume() > 0 ? 1 : 0;
      known += bar.volume() >= 0 ? 1 : 0;
    }
    if (2 * traded <= known) {
      return;
    }
    boolean haveVolumes = 2 * traded > bars.length;
    for (int i = 0; i < bars.length; i++) {
      boolean isRepeated =
          haveVolumes
              && Double.isNaN(bars[i].volume())
              && i > 0
              && bars[i].prices().close() == bars[i - 1].prices().close();
      if ((bars[i].volume() == 0 || isRepeated) && bars[i].prices().areEqual()) {
        refusals[i] =
            new Refusal(
                Reason.NO_TRADE,
                isRepeated
                    ? "volume is missing and all prices are the close before: the day was filled,"
                        + " and there was no trade on it"
                    : "volume is 0 and all prices are equal: there was no trade on that day");
      }
    }
    dropRefused();
  }

  private void refuseJumps() {
    for (int place = 0; place < series.length; place++) {
      double before = close(place - 1);
      double close = close(place);
      double after = close(place + 1);
      boolean isLast = Double.isNaN(after) && !isSplit(place);
      if (isJump(before, close) && (isLast || (isJump(close, after) && !isJump(before, after)))) {
        refusals[series[place]] =
            new Refusal(
                Reason.PRICE_JUMP,
                "close is "
                    + close
                    + ", after "
                    + before
                    + " and before "
                    + (isLast ? "no other bar" : Double.toString(after))
                    + "; a day of another unit, or not a price of the instrument");
      }
    }
    dropRefused();
  }

  /** Refuses the last bars where they are few and of another unit than the many before them. */
  private void refuseUnconfirmedUnit() {
    for (int place = Math.max(FEWEST_BEFORE, series.length - CONFIRMING + 1);
        place < series.length;
        place++) {
      double ratio = close(place) / close(place - 1);
      if (isJump(close(place - 1), close(place))
          && isOwnMove(ratio / nearestTen(ratio))
          && !isSplit(place)) {
        for (int last = place; last < series.length; last++) {
          refusals[series[last]] =
              new Refusal(
                  Reason.PRICE_JUMP,
                  "close is "
                      + close(last)
                      + ", and was "
                      + close(place - 1)
                      + " before the level changed by about "
                      + shown(nearestTen(ratio))
                      + "; "
                      + CONFIRMING
                      + " bars at a level must confirm it, unless splits/ has a split");
        }
        break;
      }
    }
    dropRefused();
  }

  /** Whether the close of a place changes by the split that is delivered for it. */
  private boolean isSplit(int place) {
    return isOwnMove(close(place) / close(place - 1) * bar(place).splitRatio());
  }

  private static double nearestTen(double ratio) {
    return StrictMath.pow(10, Math.rint(StrictMath.log10(ratio)));
  }

  private static boolean isJump(double from, double to) {
    return to >= from * JUMP || to * JUMP <= from;
  }

  private static boolean isOwnMove(double factor) {
    return factor >= 1 / OWN_MOVE && factor <= OWN_MOVE;
  }

  /** Brings the prices before a change of level to the level after it. */
  private void bringToLevel() {
    double factor = 1;
    double adjustedFactor = 1;
    double splits = 1;
    double[] given = new double[series.length];
    double[] givenAdjusted = new double[series.length];
    for (int place = 0; place < series.length; place++) {
      given[place] = close(place);
      givenAdjusted[place] = bar(place).prices().adjustedClose();
    }
    double[] unapplied = unappliedSplits(given);
    for (int place = series.length - 1; place >= 0; place--) {
      double before = place == 0 ? Double.NaN : given[place - 1];
      double ratio = given[place] / before;
      double split = unapplied[place];
      double ten = nearestTen(ratio);
      boolean jumps = isJump(before, given[place]);
      double level = Double.NaN;
      if (!Double.isNaN(split)) {
        level = 1 / split;
      } else if (jumps && isOwnMove(ratio / ten)) {
        level = ten;
      }
      if (!Double.isNaN(level)) {
        flag(place, "level-changed by " + shown(level));
      } else if (jumps) {
        flag(place, "price-jump");
      } else if (factor != 1) {
        flag(place, "level-changed");
      }
      rescale(place, factor, adjustedFactor, splits);
      if (!Double.isNaN(level)) {
        factor *= level;
        // A vendor may leave the close as it was and bring the adjusted close to one level.
        double change = givenAdjusted[place] / givenAdjusted[place - 1] / ratio;
        adjustedFactor *= Double.isNaN(change) || isOwnMove(change) ? level : 1;
      }
      if (!Double.isNaN(split)) {
        splits *= split;
      }
    }
  }

  /** The splits that the prices do not know of, where the prices change by them; NaN elsewhere. */
  private double[] unappliedSplits(double[] closes) {
    double[] found = new double[series.length];
    Arrays.fill(found, Double.NaN);
    for (int place = 1; place < series.length; place++) {
      double split = bar(place).splitRatio();
      double size = Math.abs(StrictMath.log(split));
      if (split > 0 && size >= StrictMath.log(LEAST_SPLIT)) {
        int at = changeAt(place, split, size, closes);
        if (at > 0) {
          found[at] = split;
        }
      }
    }
    return found;
  }

  /** The place at which the closes change by a split delivered for a place; 0 for none. */
  private static int changeAt(int place, double split, double size, double[] closes) {
    boolean isLarge = size >= StrictMath.log(LARGE_SPLIT);
    double left = Math.abs(StrictMath.log(closes[place] / closes[place - 1] * split));
    if (left <= (isLarge ? StrictMath.log(OWN_MOVE) : size * NEAR_SPLIT)) {
      return place;
    }
    int nearest = 0;
    double least = size * NEAR_SPLIT;
    int last = isLarge ? Math.min(closes.length - 1, place + BARS_OFF) : 0;
    for (int near = Math.max(1, place - BARS_OFF); near <= last; near++) {
      double off = Math.abs(StrictMath.log(closes[near] / closes[near - 1] * split));
      if (off < least) {
        least = off;
        nearest = near;
      }
    }
    return nearest;
  }

  private static String shown(double factor) {
    return Double.toString(
        BigDecimal.valueOf(factor).setScale(FACTOR_DIGITS, RoundingMode.HALF_UP).doubleValue());
  }

  /** Volumes are in shares, whatever the unit of the price: splits alone change them. */
  private void rescale(int place, double factor, double adjustedFactor, double splits) {
    if (factor == 1 && adjustedFactor == 1 && splits == 1) {
      return;
    }
    DailyBar bar = bar(place);
    bars[series[place]] =
        bar.at(
            bar.prices().each(price -> price * factor, price -> price * adjustedFactor),
            bar.volume() * splits);
  }

  /** Leaves out prices of a day that are far from where it began and where it ended. */
  private void leaveOutFarPrices() {
    for (int place = 0; place < series.length; place++) {
      DailyBar bar = bar(place);
      DailyBar.Prices prices = bar.prices();
      double before = place == 0 ? prices.close() : close(place - 1);
      double least = Math.min(before, prices.close()) / FAR;
      double most = Math.max(before, prices.close()) * FAR;
      DailyBar.Prices near =
          new DailyBar.Prices(
              near(place, "open", prices.open(), least, most),
              near(place, "high", prices.high(), least, most),
              near(place, "low", prices.low(), least, most),
              prices.close(),
              prices.adjustedClose());
      if (!near.equals(prices)) {
        bars[series[place]] = bar.at(near, bar.volume());
      }
    }
  }

  private double near(int place, String column, double price, double least, double most) {
    if (price < least || price > most) {
      flag(place, column + "-left-out");
      return Double.NaN;
    }
    return price;
  }

  private void leaveOutAdjusted() {
    for (int place = 1; place < series.length - 1; place++) {
      double before = adjustedRatio(place - 1);
      boolean comesBack = isSame(before, adjustedRatio(place + 1), ADJUSTED_SLACK);
      double change = adjustedRatio(place) / before;
      // Otherwise it is the close that leaves its level.
      boolean isItsOwn =
          size(adjusted(place - 1), adjusted(place)) > size(close(place - 1), close(place));
      if (comesBack && isItsOwn && Math.abs(change - 1) > 2 * ADJUSTED_SLACK) {
        withAdjusted(place, Double.NaN, "adjusted-close-left-out");
      }
    }
  }

  private void fillAdjusted() {
    double known = Double.NaN;
    int next = 0;
    for (int place = 0; place < series.length; place++) {
      double ratio = adjustedRatio(place);
      if (!Double.isNaN(ratio)) {
        known = ratio;
        continue;
      }
      next = Math.max(next, place);
      while (next < series.length && Double.isNaN(adjustedRatio(next))) {
        next++;
      }
      double after = next < series.length ? adjustedRatio(next) : 1;
      if (isSame(known, after, SAME_RATIO)) {
        withAdjusted(place, close(place) * after, "adjusted-close-filled");
      }
    }
  }

  private static boolean isSame(double one, double other, double slack) {
    return Math.abs(one / other - 1) <= slack;
  }

  private void withAdjusted(int place, double adjusted, String flag) {
    DailyBar bar = bar(place);
    bars[series[place]] =
        bar.at(bar.prices().each(price -> price, ignored -> adjusted), bar.volume());
    flag(place, flag);
  }

  /** What is flagged of prices that are of one level. */
  private void flagAlongLevels() {
    double[] moves = new double[series.length + 1];
    Arrays.fill(moves, Double.NaN);
    boolean hasDividends = false;
    for (int place = 0; place < series.length; place++) {
      hasDividends |= bar(place).dividend() > 0;
      if (place > 0) {
        moves[place] =
            move(close(place - 1), close(place))
                - market(bar(place - 1).market(), bar(place).market());
      }
    }
    double usual = usual(moves);
    double leastSpike =
        Math.max(StrictMath.log(1 + LEAST_SPIKE_PERCENT / 100.0), usual * SPIKE_MOVES);
    int equal = 0;
    for (int place = 0; place < series.length; place++) {
      equal = close(place) == close(place - 1) ? equal + 1 : 1;
      if (equal >= STALE_DAYS) {
        flag(place, "stale");
      }
      double move = Math.abs(moves[place]);
      boolean isThreeForTwo =
          Math.abs(moves[place] + StrictMath.log(THREE_FOR_TWO)) <= usual * NEAR_USUAL;
      if (move >= leastSpike && comesBack(place, moves)) {
        flag(place, "price-spike");
      } else if (move >= leastSpike
          && isThreeForTwo
          && (place == 0 || !comesBack(place - 1, moves))) {
        flag(place, "price-jump");
      } else if (move >= StrictMath.log(LARGE) && !isJump(close(place - 1), close(place))) {
        flag(place, "price-jump");
      }
      if (place > 0 && adjustedDiffers(place, hasDividends)) {
        flag(place, "adjusted-close-differs");
      }
    }
  }

  /** Whether the move of the day after takes back that of a place. */
  private static boolean comesBack(int place, double[] moves) {
    return Math.abs(moves[place] + moves[place + 1]) <= Math.abs(moves[place]) * LEFT_OF_SPIKE;
  }

  /** The size of a usual move; infinite where none is usual. */
  private static double usual(double[] moves) {
    double[] sizes =
        Arrays.stream(moves).filter(m -> !Double.isNaN(m)).map(Math::abs).sorted().toArray();
    double median = sizes.length < FEWEST_MOVES ? 0 : sizes[(sizes.length + 1) / 2 - 1];
    return median > 0 ? median : Double.POSITIVE_INFINITY;
  }

  private boolean adjustedDiffers(int place, boolean hasDividends) {
    double change = adjustedRatio(place) / adjustedRatio(place - 1);
    if (!hasDividends) {
      return change < 1 - ADJUSTED_SLACK || change > MOST_ADJUSTED;
    }
    // A dividend D lowers what was adjusted before it by 1 - D / close of the day before.
    double dividend = bar(place).dividend();
    double explained = 1 - (Double.isNaN(dividend) ? 0 : dividend) / close(place - 1);
    return Math.abs(change * explained - 1) > ADJUSTED_SLACK;
  }

  private double adjustedRatio(int place) {
    return adjusted(place) / close(place);
  }

  private double adjusted(int place) {
    return bar(place).prices().adjustedClose();
  }

  private static double size(double from, double to) {
    return Math.abs(move(from, to));
  }

  /** The log return; NaN where one of the prices is missing or none. */
  private static double move(double from, double to) {
    double growth = to / from;
    return growth > 0 && growth < Double.POSITIVE_INFINITY ? StrictMath.log(growth) : Double.NaN;
  }

  /** The market's move; 0 where it is not known. */
  private static double market(double from, double to) {
    double move = move(from, to);
    return Double.isNaN(move) ? 0 : move;
  }
}
