package io.dealimpact.study.calibration;

import io.dealimpact.study.event.EventDay;
import io.dealimpact.study.event.HistoryDay;
import io.dealimpact.study.event.InstrumentStudy;
import io.dealimpact.study.event.StudyEvent;
import io.dealimpact.study.event.StudyPlan;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.model.StandardModel;
import io.dealimpact.study.numeric.StudentT;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * How often the 95 % intervals of single events hold, on days without one: the interval of
 * Student's t, and the calibrated one of the instrument's own history. A day counts where at least
 * {@value #LEAST_HISTORY} days come before it; the interval holds if it has 0 in it. The study is
 * the configuration's default: the market model on 250 days that end 21 days before.
 *
 * <p>By regime of the market on the day (the largest |R_m| of the window): to 0.5 %, to 1.5 %,
 * above.
 */
public final class Coverage {
  /** Days before a day, for it to count. */
  public static final int LEAST_HISTORY = 100;

  /** The windows of the configuration's defaults. */
  public static final List<EventWindow> WINDOWS =
      List.of(new EventWindow(0, 0), new EventWindow(-1, 1), new EventWindow(-5, 5));

  /** What the market did in the window: the largest |R_m| of a day. */
  public enum Regime {
    CALM("market to 0.5 %"),
    ORDINARY("market 0.5 to 1.5 %"),
    MOVED("market above 1.5 %");

    private final String label;

    Regime(String label) {
      this.label = label;
    }

    /** The regime in words. */
    public String label() {
      return label;
    }

    static Regime of(double[] market, int from, int to) {
      double largest = 0;
      for (int t = from; t <= to; t++) {
        largest = Math.max(largest, Math.abs(market[t]));
      }
      return largest <= 0.005 ? CALM : largest <= 0.015 ? ORDINARY : MOVED;
    }
  }

  /**
   * Days of one share in one window and regime.
   *
   * @param source of the returns
   * @param days that count
   * @param heldByT of them within the interval of Student's t
   * @param heldByHistory of them within the calibrated interval
   */
  public record Held(
      String source,
      String share,
      EventWindow window,
      Regime regime,
      int days,
      int heldByT,
      int heldByHistory) {}

  private Coverage() {}

  /** The plan of the days. */
  public static StudyPlan plan() {
    return StudyPlan.builder().windows(WINDOWS).models(List.of(StandardModel.MARKET_MODEL)).build();
  }

  /** The days of one share, by window and regime. */
  public static List<Held> of(
      String source,
      String share,
      TradingCalendar calendar,
      PriceHistory prices,
      double[] benchmark) {
    int last = calendar.size() - 1;
    // An event on the last day: it alone bounds the days that are ranked.
    EventDay day = new EventDay(last, last - 1, StudyStatus.OK, "");
    InstrumentStudy study =
        new InstrumentStudy(
            share,
            calendar,
            prices,
            MarketData.ofBenchmark(benchmark),
            plan(),
            List.of(new StudyEvent("last", day)));
    StudentT student = StudentT.of(0.95);
    List<Held> held = new ArrayList<>();
    for (EventWindow window : WINDOWS) {
      Map<Regime, int[]> counts = new EnumMap<>(Regime.class);
      for (HistoryDay each : study.historyDays(window)) {
        if (each.history().days() >= LEAST_HISTORY) {
          int at = each.day();
          Regime regime = Regime.of(benchmark, at + window.start(), at + window.end());
          int[] count = counts.computeIfAbsent(regime, key -> new int[3]);
          count[0]++;
          count[1] += student.twoSided(each.z(), each.df()) >= 0.05 ? 1 : 0;
          count[2] += each.z() <= each.history().quantile() ? 1 : 0;
        }
      }
      counts.forEach(
          (regime, count) ->
              held.add(new Held(source, share, window, regime, count[0], count[1], count[2])));
    }
    return held;
  }

  /**
   * Simulated shares: residuals of Student's t(4) whose spread moves with the market's, which has
   * GARCH(1,1) variance (a = 0.08, b = 0.90), and slowly with a state of the share's own (an AR(1)
   * of its logarithm, half-life 35 days).
   *
   * @param shares how many, each with a market of its own
   * @param days of each
   */
  public static List<Held> simulated(int shares, int days, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<SplittableRandom> own = new ArrayList<>();
    for (int i = 0; i < shares; i++) {
      own.add(random.split());
    }
    int[] epochDays = new int[days];
    Arrays.setAll(epochDays, t -> t);
    TradingCalendar calendar = new TradingCalendar(epochDays);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < shares; i++) {
      places.add(i);
    }
    return places.parallelStream()
        .flatMap(
            i -> {
              double[] market = new double[days];
              double[] closes = draw(own.get(i), market);
              PriceHistory prices = PriceHistory.ofCloses(closes);
              return of("simulated", "share-" + i, calendar, prices, market).stream();
            })
        .toList();
  }

  private static double[] draw(SplittableRandom random, double[] market) {
    double mean = 0.01 * 0.01;
    double variance = mean;
    double state = 0;
    double sigma = 0.01 + 0.02 * random.nextDouble();
    double beta = 0.5 + random.nextDouble();
    double[] closes = new double[market.length];
    double price = 100;
    for (int t = 0; t < market.length; t++) {
      market[t] = Math.sqrt(variance) * random.nextGaussian();
      state = 0.98 * state + 0.04 * random.nextGaussian();
      double squares = 0;
      for (int i = 0; i < 4; i++) {
        double other = random.nextGaussian();
        squares += other * other;
      }
      double residual = random.nextGaussian() / Math.sqrt(squares / 4) * Math.sqrt(0.5);
      double spread = sigma * Math.exp(state) * Math.pow(variance / mean, 0.25);
      price *= Math.max(0.01, 1 + 0.0003 + beta * market[t] + spread * residual);
      closes[t] = price;
      variance = 0.02 * mean + 0.08 * market[t] * market[t] + 0.90 * variance;
    }
    return closes;
  }

  /** Days held, added up over what a key tells apart, in the order of their first. */
  public static <K> Map<K, Held> sums(List<Held> all, Function<Held, K> key) {
    Map<K, Held> sums = new LinkedHashMap<>();
    for (Held held : all) {
      sums.merge(
          key.apply(held),
          held,
          (a, b) ->
              new Held(
                  a.source(),
                  a.share(),
                  a.window(),
                  a.regime(),
                  a.days() + b.days(),
                  a.heldByT() + b.heldByT(),
                  a.heldByHistory() + b.heldByHistory()));
    }
    return sums;
  }
}
