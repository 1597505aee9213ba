package io.dealimpact.study.event;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.model.Estimate;
import io.dealimpact.study.model.LeastSquares;
import io.dealimpact.study.model.ModelSeries;
import io.dealimpact.study.model.ReturnInputs;
import io.dealimpact.study.model.StandardModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Event-models a second on one core, without Spark: the market model, estimation window of 250
 * days, window of 21 days. Run as jobs/docs/kernel.md says; it asserts nothing.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class KernelBenchmark {
  private static final int DAYS = 5000;
  private static final int INSTRUMENTS = 40;
  private static final int EVENTS_EACH = 200;
  private static final int EVENTS = INSTRUMENTS * EVENTS_EACH;
  private static final EventWindow WINDOW = new EventWindow(-10, 10);
  private static final StudyPlan PLAN =
      StudyPlan.builder()
          .models(List.of(StandardModel.MARKET_MODEL))
          .estimation(new EstimationWindow(-21, 250, 120))
          .eventWindow(WINDOW)
          .windows(List.of(WINDOW))
          .build();

  /** Creates the benchmark's state holder; JMH does. */
  public KernelBenchmark() {}

  /** Events of 40 instruments of 5,000 days, one instrument after the other. */
  @State(Scope.Thread)
  public static class Market {
    private final List<ModelSeries> series = new ArrayList<>();
    private final List<LeastSquares> models = new ArrayList<>();
    private final List<EventAxis> axes = new ArrayList<>();
    private final List<EventDay[]> events = new ArrayList<>();
    private final EstimationDays estimation = new EstimationDays(PLAN, new int[0]);
    private final Estimate estimate = new Estimate(2);

    /** Makes the market. */
    @Setup
    public void create() {
      Random random = new Random(1);
      double[] benchmark = Fixtures.normal(random, DAYS, 0.01);
      for (int i = 0; i < INSTRUMENTS; i++) {
        double[] returns = Fixtures.mixed(1.1, benchmark, Fixtures.normal(random, DAYS, 0.02));
        ReturnInputs inputs =
            new ReturnInputs(
                Fixtures.prices(returns, ReturnKind.SIMPLE).close(),
                ReturnKind.SIMPLE,
                MarketData.ofBenchmark(benchmark));
        ModelSeries one = StandardModel.MARKET_MODEL.series(inputs);
        series.add(one);
        models.add(new LeastSquares(one));
        axes.add(new EventAxis(one, PLAN.estimation().end(), PLAN.axis(), DAYS - 1));
        EventDay[] days = new EventDay[EVENTS_EACH];
        int[] at = random.ints(EVENTS_EACH, 300, DAYS - 20).sorted().toArray();
        Arrays.setAll(days, e -> Fixtures.day(at[e]));
        events.add(days);
      }
    }
  }

  /** The fit alone: coefficients, (X'X)⁻¹, s and R² before each event. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void fit(Market market, Blackhole sink) {
    for (int i = 0; i < INSTRUMENTS; i++) {
      LeastSquares model = market.models.get(i);
      for (EventDay day : market.events.get(i)) {
        model.estimate(market.estimation.of(day.index()), 120, market.estimate);
        sink.consume(market.estimate.sigma);
      }
    }
  }

  /** The fit, 21 abnormal returns and standardised ones, and the CAR with its error. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void fitAndWindow(Market market, Blackhole sink) {
    for (int i = 0; i < INSTRUMENTS; i++) {
      LeastSquares model = market.models.get(i);
      EventAxis axis = market.axes.get(i);
      for (EventDay day : market.events.get(i)) {
        model.estimate(market.estimation.of(day.index()), 120, market.estimate);
        axis.fill(day, market.estimate);
        double sum = 0;
        for (int relative = WINDOW.start(); relative <= WINDOW.end(); relative++) {
          sum += axis.standardized(relative);
        }
        sink.consume(sum);
        sink.consume(axis.car(WINDOW) / axis.standardError(WINDOW));
      }
    }
  }

  /** Events on one instrument of 5,000 days. */
  @State(Scope.Thread)
  public static class OneInstrument {
    /** How many. */
    @Param({"100", "1000", "10000", "100000"})
    public int events;

    private PriceHistory prices;
    private MarketData market;
    private TradingCalendar calendar;
    private List<StudyEvent> all;

    /** Makes the instrument. */
    @Setup
    public void create() {
      Random random = new Random(2);
      double[] benchmark = Fixtures.normal(random, DAYS, 0.01);
      prices =
          Fixtures.prices(
              Fixtures.mixed(1.1, benchmark, Fixtures.normal(random, DAYS, 0.02)),
              ReturnKind.SIMPLE);
      market = MarketData.ofBenchmark(benchmark);
      calendar = Fixtures.calendar(DAYS);
      all =
          random
              .ints(events, 300, DAYS - 20)
              .mapToObj(day -> new StudyEvent("event", Fixtures.day(day)))
              .toList();
    }
  }

  /** All figures of all events of one instrument, placebo and sample quantile included. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public void results(OneInstrument one, Blackhole sink) {
    InstrumentStudy study =
        new InstrumentStudy("one", one.calendar, one.prices, one.market, PLAN, one.all);
    for (int event = 0; event < one.events; event++) {
      sink.consume(study.results(event));
    }
  }

  /** The same with the sample of each event. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public void resultsAndSamples(OneInstrument one, Blackhole sink) {
    InstrumentStudy study =
        new InstrumentStudy("one", one.calendar, one.prices, one.market, PLAN, one.all);
    for (int event = 0; event < one.events; event++) {
      sink.consume(study.measure(event));
    }
  }
}
