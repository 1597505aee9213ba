package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.model.Estimate;
import io.dealimpact.study.model.Fit;
import io.dealimpact.study.model.LeastSquares;
import io.dealimpact.study.model.ModelSeries;
import io.dealimpact.study.model.ReturnInputs;
import io.dealimpact.study.model.ReturnModel;
import io.dealimpact.study.model.StandardModel;
import io.dealimpact.study.model.WindowTotals;
import io.dealimpact.study.numeric.DayRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.hipparchus.stat.regression.SimpleRegression;

/** What the engine takes from sums and look-ups against the same by definition. */
class RunningSumsTest {
  private static final int DAYS = 700;

  /**
   * Prices from 1e-6 to 1e9 with gaps; the relative tolerance of 1e-11 is that of the peer, which
   * sums in one precision.
   */
  @Property(tries = 60)
  void fitIsTheRegressionOfTheDays(
      @ForAll long seed, @ForAll @IntRange(min = -6, max = 9) int scale) {
    Random random = new Random(seed);
    double[] benchmark = Fixtures.normal(random, DAYS, 0.01);
    PriceHistory prices = prices(random, benchmark, Math.pow(10, scale));
    ModelSeries series = series(prices, benchmark);
    int day = 300 + random.nextInt(390);
    EstimationDays days = new EstimationDays(plan(OtherEvents.KEEP), new int[0]);
    Fit fit = new LeastSquares(series).fit(days.of(day), 120);
    SimpleRegression peer = new SimpleRegression();
    double[] returns = prices.returns(PriceKind.CLOSE, ReturnKind.SIMPLE);
    for (int t = Math.max(0, day - 270); t <= day - 21; t++) {
      if (!Double.isNaN(returns[t])) {
        peer.addData(benchmark[t], returns[t]);
      }
    }
    assertThat(fit.status()).isEqualTo(StudyStatus.OK);
    assertThat(fit.residuals().n()).isEqualTo((int) peer.getN());
    assertThat(fit.coefficients().values()[1]).isCloseTo(peer.getSlope(), within(1e-11));
    assertThat(fit.coefficients().values()[0]).isCloseTo(peer.getIntercept(), within(1e-13));
    assertThat(fit.residuals().sigma())
        .isCloseTo(Math.sqrt(peer.getMeanSquareError()), within(1e-11 * fit.residuals().sigma()));
  }

  /** A fit is the same to the last bit whatever comes after its window. */
  @Property(tries = 60)
  void fitDependsOnNothingLater(@ForAll long seed) {
    Random random = new Random(seed);
    double[] benchmark = Fixtures.normal(random, DAYS, 0.01);
    PriceHistory prices = prices(random, benchmark, 100);
    int day = 300 + random.nextInt(300);
    double[] shorter = Arrays.copyOf(prices.close(), day);
    ModelSeries whole = series(prices, benchmark);
    ModelSeries before =
        series(PriceHistory.ofCloses(shorter), Arrays.copyOf(benchmark, shorter.length));
    List<DayRange> days = new EstimationDays(plan(OtherEvents.KEEP), new int[0]).of(day);
    assertThat(figures(new LeastSquares(whole).fit(days, 120)))
        .containsExactly(figures(new LeastSquares(before).fit(days, 120)));
  }

  /** Everything of an event is the same whatever bars and events come after its windows. */
  @Property(tries = 40)
  void aFinishedEventNeverChanges(@ForAll long seed, @ForAll OtherEvents others) {
    Random random = new Random(seed);
    double[] benchmark = Fixtures.normal(random, DAYS, 0.01);
    PriceHistory prices = prices(random, benchmark, 100);
    int day = 500 + random.nextInt(100);
    int known = day + 21;
    StudyPlan plan =
        StudyPlan.builder()
            .models(
                List.of(
                    StandardModel.MARKET_MODEL,
                    StandardModel.MARKET_ADJUSTED,
                    StandardModel.TRADE_TO_TRADE,
                    ReturnModel.parse("scholes-williams")))
            .otherEvents(others)
            .build();
    List<StudyEvent> events = new ArrayList<>();
    events.add(new StudyEvent("event", Fixtures.day(day)));
    random.ints(6, 0, day).forEach(t -> events.add(new StudyEvent("other", Fixtures.day(t))));
    List<ModelResult> then =
        new InstrumentStudy(
                "one",
                Fixtures.calendar(known),
                PriceHistory.ofCloses(Arrays.copyOf(prices.close(), known)),
                MarketData.ofBenchmark(Arrays.copyOf(benchmark, known)),
                plan,
                events)
            .results(0);
    random.ints(6, day, DAYS).forEach(t -> events.add(new StudyEvent("later", Fixtures.day(t))));
    List<ModelResult> now =
        new InstrumentStudy(
                "one",
                Fixtures.calendar(DAYS),
                prices,
                MarketData.ofBenchmark(benchmark),
                plan,
                events)
            .results(0);
    // The last day may lack a bar: then the window is pending in the short history.
    Assume.that(!Double.isNaN(prices.close()[known - 1]));
    assertThat(then).isEqualTo(now);
  }

  /**
   * CAR and S_CAR of any window, from moving sums, are those that are added up day by day. 1e-12 of
   * S_CAR: up to 31 days are added in another order.
   */
  @Property(tries = 60)
  void aWindowsTotalsAreThoseOfItsDays(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 31) int length,
      @ForAll @IntRange(min = 0, max = 3) int model) {
    Random random = new Random(seed);
    double[] benchmark = Fixtures.normal(random, DAYS, 0.01);
    PriceHistory prices = prices(random, benchmark, 100);
    ReturnInputs inputs =
        new ReturnInputs(
            prices,
            PriceKind.CLOSE,
            ReturnKind.SIMPLE,
            MarketData.ofBenchmark(benchmark),
            Optional.empty());
    ReturnModel measured =
        List.of(
                StandardModel.MARKET_MODEL,
                StandardModel.MARKET_ADJUSTED,
                StandardModel.TRADE_TO_TRADE,
                ReturnModel.parse("market-model-garch"))
            .get(model);
    ModelSeries series = measured.series(inputs);
    int start = random.nextInt(11) - 10;
    EventWindow window = new EventWindow(start, start + length - 1);
    int day = 400 + random.nextInt(200);
    Estimate estimate = new Estimate(series.width());
    List<DayRange> days = new EstimationDays(plan(OtherEvents.KEEP), new int[0]).of(day);
    Assume.that(measured.estimator(series, inputs).estimate(days, 120, estimate));
    EventAxis axis = new EventAxis(series, -21, window, DAYS - 1);
    axis.fill(Fixtures.day(day), estimate);

    WindowTotals totals = series.totals(length, DAYS);
    double car = totals.car(day + start, estimate);
    double expected = axis.car(window);
    assertThat(Double.isNaN(car)).isEqualTo(Double.isNaN(expected));
    Assume.that(!Double.isNaN(expected));
    double error = axis.standardError(window);
    assertThat(totals.standardError(day + start, estimate, start + 21))
        .isCloseTo(error, within(1e-12 * error));
    assertThat(car).isCloseTo(expected, within(1e-12 * error));
  }

  /** The rank among the first n days, for any n, by a count. */
  @Property(tries = 40)
  void placeboCountsTheDaysBefore(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int first) {
    Random random = new Random(seed);
    double[] benchmark = Fixtures.normal(random, DAYS, 0.01);
    ModelSeries series = series(prices(random, benchmark, 100), benchmark);
    Estimate[] fits = new Estimate[DAYS];
    for (int day = 0; day < DAYS; day++) {
      fits[day] = day % 7 == 0 ? null : estimate(0.01 + 0.001 * (day % 5));
    }
    int[] events = random.ints(5, 0, DAYS).sorted().toArray();
    EventWindow window = new EventWindow(-1, 2);
    double car = 0.05 * random.nextGaussian();
    int n = 0;
    int atLeast = 0;
    List<Double> standardized = new ArrayList<>();
    for (int day = 1; day + 2 < first; day++) {
      int at = day;
      double sum = 0;
      for (int t = day - 1; t <= day + 2; t++) {
        sum += series.abnormal(t, new double[] {0.001, 1});
      }
      boolean clear = Arrays.stream(events).noneMatch(event -> Math.abs(event - at) < 4);
      if (day % 7 != 0 && clear && !Double.isNaN(sum)) {
        n++;
        atLeast += Math.abs(sum) >= Math.abs(car) ? 1 : 0;
        // Four days of one sigma, and no error of the estimate.
        standardized.add(Math.abs(sum) / Math.sqrt(4 * fits[day].sigma * fits[day].sigma));
      }
    }
    Placebo placebo =
        new Placebo(
            series.totals(window.length(), DAYS), fits, window, events, -11, evenScale(DAYS));
    assertThat(placebo.before(first)).isEqualTo(n);
    assertThat(placebo.p(car, n)).isEqualTo((1.0 + atLeast) / (1.0 + n));

    Collections.sort(standardized);
    OwnHistory history = placebo.history(2.5, DAYS - 3, n, 0.95);
    // The event counts as 1 + 0.4·3 of the days.
    int rank = (int) Math.ceil((10 * n + 22) * 95 / 1000.0);
    long larger = standardized.stream().filter(z -> z >= 2.5).count();
    assertThat(history.days()).isEqualTo(n);
    if (n > 0) {
      assertThat(history.p()).isCloseTo((2.2 + larger) / (2.2 + n), within(1e-12));
      // A smaller n than 42 has no finite interval at 95 %.
      assertThat(history.quantile())
          .isCloseTo(rank > n ? Double.NaN : standardized.get(rank - 1), within(1e-12));
    }
  }

  /** 800 days, the first 200 with moves of another size: they do not count. */
  @Example
  void ownHistoryIsTheLastSixHundredDays() {
    int days = 800;
    double[] returns = new double[days];
    for (int t = 0; t < days; t++) {
      returns[t] = t < 200 ? 0.9 : 0.0001 * t;
    }
    ModelSeries series = series(Fixtures.prices(returns, ReturnKind.SIMPLE), new double[days]);
    Estimate[] fits = new Estimate[days];
    for (int day = 0; day < days; day++) {
      fits[day] = estimate(0.01);
      fits[day].coefficients[0] = 0;
    }
    Placebo placebo =
        new Placebo(
            series.totals(1, days),
            fits,
            new EventWindow(0, 0),
            new int[] {days},
            -11,
            evenScale(days));
    int n = placebo.before(days);
    OwnHistory history = placebo.history(5.995, days - 1, n, 0.95);
    assertThat(history.days()).isEqualTo(600);
    // |z| of day t is 0.01 t; of days 200 to 799, those from day 600 on are larger.
    assertThat(history.p()).isEqualTo((1.0 + 200) / 601);
    // The 571st smallest is that of day 770.
    assertThat(history.quantile()).isCloseTo(7.7, within(1e-9));
    // The placebo rank is among all 799 days with a return.
    assertThat(placebo.p(0.5, n)).isEqualTo((1.0 + 199) / 800);
  }

  /** A scale of 1 on every day: every square is 1, and the market is unknown. */
  private static VolatilityScale evenScale(int days) {
    double[] ones = new double[days];
    double[] unknown = new double[days];
    Arrays.fill(ones, 1);
    Arrays.fill(unknown, Double.NaN);
    return new VolatilityScale(ones, unknown, new EstimationWindow(-11, 100, 50));
  }

  private static Estimate estimate(double sigma) {
    Estimate estimate = new Estimate(2);
    estimate.coefficients[0] = 0.001;
    estimate.coefficients[1] = 1;
    estimate.sigma = sigma;
    return estimate;
  }

  private static double[] figures(Fit fit) {
    return new double[] {
      fit.coefficients().values()[0],
      fit.coefficients().values()[1],
      fit.residuals().sigma(),
      fit.residuals().rSquared(),
      fit.coefficients().inverse()[0][0],
      fit.coefficients().inverse()[0][1],
      fit.coefficients().inverse()[1][1]
    };
  }

  /** A regressor that is constant in the window only, and far from the mean of its series. */
  @Property(tries = 40)
  void aConstantRegressorIsSingular(@ForAll @LongRange(min = -900, max = 900) long thousandths) {
    double[] benchmark = Fixtures.normal(new Random(thousandths), DAYS, 0.01);
    Arrays.fill(benchmark, 100, 400, thousandths / 1000.0);
    ModelSeries series = series(prices(new Random(1), new double[DAYS], 100), benchmark);
    assertThat(new LeastSquares(series).fit(List.of(new DayRange(120, 369)), 120).reason())
        .startsWith("SINGULAR_DESIGN beta is constant in the estimation window");
  }

  /** The days left by 1 to 100,000 events against taking the window of each event away in turn. */
  @Property(tries = 40)
  void estimationDaysAreThoseNoOtherEventTakes(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 5) int size) {
    Random random = new Random(seed);
    int count = (int) Math.pow(10, size);
    int[] events = random.ints(count, 0, DAYS).sorted().toArray();
    StudyPlan plan = plan(OtherEvents.LEAVE_OUT);
    EstimationDays days = new EstimationDays(plan, events);
    int[] apart = Arrays.stream(events).distinct().toArray();
    for (int day = 0; day < DAYS; day += 37) {
      List<DayRange> leftOut = new ArrayList<>();
      for (int event : apart) {
        if (event != day) {
          leftOut.add(new DayRange(event + plan.hull().start(), event + plan.hull().end()));
        }
      }
      assertThat(days.of(day)).isEqualTo(days.whole(day).without(leftOut));
    }
  }

  /** The sums of successive residuals, each by itself, missing ones among them. */
  @Property(tries = 60)
  void sampleQuantileRanksTheSumsOfEachDay(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int length) {
    Random random = new Random(seed);
    double[] residuals = Fixtures.normal(random, 250, 0.02);
    residuals[random.nextInt(250)] = Double.NaN;
    double car = 0.05 * random.nextGaussian();
    double comparable = length == 1 ? car : car * Math.sqrt((249.0 - length) / (249.0 + length));
    double weight = 1 + 0.2 * (length - 1);
    int below = 0;
    int above = 0;
    int n = 0;
    for (int from = 0; from + length <= 250; from++) {
      double sum = Arrays.stream(residuals, from, from + length).reduce(0, Double::sum);
      n += Double.isNaN(sum) ? 0 : 1;
      below += sum <= comparable ? 1 : 0;
      above += sum >= comparable ? 1 : 0;
    }
    assertThat(SampleQuantile.p(residuals, length, car))
        .isCloseTo(
            Math.min(1, 2 * (weight + Math.min(below, above)) / (weight + n)), within(1e-15));
  }

  /** The axis, filled for one event after another, against each event by its sample. */
  @Property(tries = 30)
  void oneAxisServesAllEvents(@ForAll long seed) {
    Random random = new Random(seed);
    double[] benchmark = Fixtures.normal(random, DAYS, 0.01);
    PriceHistory prices = prices(random, benchmark, 100);
    List<StudyEvent> events =
        random
            .ints(12, 0, DAYS)
            .mapToObj(day -> new StudyEvent("event", Fixtures.day(day)))
            .toList();
    InstrumentStudy study =
        new InstrumentStudy(
            "one",
            Fixtures.calendar(DAYS),
            prices,
            MarketData.ofBenchmark(benchmark),
            plan(OtherEvents.KEEP),
            events);
    for (int event = 0; event < events.size(); event++) {
      ModelResult result = study.measure(event).get(0);
      if (result.fit().status() != StudyStatus.OK) {
        continue;
      }
      EventSample sample = result.sample().orElseThrow();
      for (WindowResult window : result.windows()) {
        if (window.status() == StudyStatus.OK) {
          assertThat(window.car()).isEqualTo(sample.car(window.window()));
          double scar = sample.scar(window.window());
          // The sample sums the quadratic form in another order.
          assertThat(window.scar()).isCloseTo(scar, within(1e-13 * Math.abs(scar)));
        }
      }
    }
  }

  private static PriceHistory prices(Random random, double[] benchmark, double scale) {
    double[] close = new double[DAYS];
    close[0] = scale;
    for (int t = 1; t < DAYS; t++) {
      close[t] =
          close[t - 1] * Math.max(0.5, 1 + 1.2 * benchmark[t] + 0.02 * random.nextGaussian());
    }
    for (int gaps = 0; gaps < 12; gaps++) {
      close[random.nextInt(DAYS - 1)] = Double.NaN;
    }
    return PriceHistory.ofCloses(close);
  }

  private static ModelSeries series(PriceHistory prices, double[] benchmark) {
    return StandardModel.MARKET_MODEL.series(
        new ReturnInputs(prices.close(), ReturnKind.SIMPLE, MarketData.ofBenchmark(benchmark)));
  }

  private static StudyPlan plan(OtherEvents others) {
    return StudyPlan.builder()
        .models(List.of(StandardModel.MARKET_MODEL))
        .otherEvents(others)
        .build();
  }
}
