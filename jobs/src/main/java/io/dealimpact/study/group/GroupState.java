package io.dealimpact.study.group;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.event.EventWeights;
import io.dealimpact.study.event.Residuals;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.Hash;
import io.dealimpact.study.numeric.Moments;
import io.dealimpact.study.numeric.PValues;
import io.dealimpact.study.numeric.Sample;
import io.dealimpact.study.numeric.SecondMoments;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A group of events, as the sums that every test over many events is made of. Add events one by
 * one, merge states, ask for results: the results, and {@link #toBytes()}, depend on the set of
 * events alone and not on its order or partition, to the last bit.
 *
 * <p>Size: about 0.1 kB for each day of the axes, 0.2 kB for each window, 100 bytes for each window
 * and bootstrap replicate, 20 bytes for each trading day of an estimation window and 40 for each of
 * an event window (days of several events counted once, sixteen at a time), and 20 + 16·windows
 * bytes for each event up to {@link GroupSpec#keepAtMost()}, or 1 MB for each window beyond. GRANK
 * needs the spread of all SCARs before it can rank: a second pass, {@link GrankState}.
 *
 * <p>Pinned by {@code GroupStatePropertiesTest} (order, partition, sign, scale) and {@code
 * RequestedOraclesTest} and {@code LiteralsOracleTest}.
 */
public final class GroupState {
  private static final int FORMAT = 9;

  private final GroupSpec spec;
  private final Set<StatePart> parts;
  private long events;
  private final WindowMoments[] windows;
  private RelativeDayState days;

  /** By window, the ranks of the estimation axis and that window alone, as estudy2 has them. */
  private final RelativeDayState[] windowRanks;

  private EventDayMoments eventDays;
  private final CalendarTimeState calendar;
  private final Permutations permutations;
  private EventValues values;
  private final RetainedEvents whole;

  /** Drawn from the values at hand; none yet, or of values that have changed since. */
  private Replicates drawn;

  private GroupState(GroupSpec spec) {
    this.spec = spec;
    parts = spec.parts();
    int count = spec.windows().size();
    windows = new WindowMoments[count];
    for (int w = 0; w < count; w++) {
      windows[w] = new WindowMoments();
    }
    days = new RelativeDayState(spec.estimationAxis().length(), spec.eventAxis().length());
    windowRanks = new RelativeDayState[spec.wants(TestVariant.ESTUDY2) ? count : 0];
    for (int w = 0; w < windowRanks.length; w++) {
      windowRanks[w] =
          new RelativeDayState(spec.estimationAxis().length(), spec.windows().get(w).length());
    }
    eventDays = new EventDayMoments(spec.eventAxis().length());
    calendar = new CalendarTimeState(spec.tradingDays(), count);
    permutations = new Permutations(spec.replicates(), count, spec.seed());
    values = new EventValues(count, spec.keepAtMost());
    whole = new RetainedEvents(spec);
  }

  /** A state without events. */
  public static GroupState empty(GroupSpec spec) {
    return new GroupState(spec);
  }

  /** Adds one event without a weight: it is in no value-weighted mean. */
  public void add(EventSample event) {
    add(event, EventWeights.none());
  }

  /**
   * Adds one event; days outside the spec's axes are left out.
   *
   * @param weights what it weighs in value-weighted means, the windows in the spec's order
   */
  public void add(EventSample event, EventWeights weights) {
    events++;
    drawn = null;
    EventDays eventAxis = EventDays.of(event);
    double[] estimation =
        align(event.estimation().residuals(), event.estimation().start(), spec.estimationAxis());
    double[] abnormal =
        align(event.returns().abnormal(), event.returns().start(), spec.eventAxis());
    Residuals residuals = Residuals.of(estimation);
    double[] scaled = scaled(estimation, residuals, event.estimation().sigma());
    double[] both = Arrays.copyOf(estimation, estimation.length + abnormal.length);
    System.arraycopy(abnormal, 0, both, estimation.length, abnormal.length);
    if (parts.contains(StatePart.RESIDUALS)) {
      days.addEstimation(both, residuals);
    }
    if (parts.contains(StatePart.CORRELATION)) {
      days.addScaled(scaled);
    }
    if (parts.contains(StatePart.RANKS)) {
      days.addRanks(both);
    }
    for (int w = 0; w < windowRanks.length; w++) {
      EventWindow window = spec.windows().get(w);
      double[] ofWindow = Arrays.copyOf(estimation, estimation.length + window.length());
      int first = window.start() - spec.eventAxis().start();
      System.arraycopy(abnormal, first, ofWindow, estimation.length, window.length());
      windowRanks[w].addRanks(ofWindow);
    }
    eventDays.add(abnormal, leverages(event, eventAxis, residuals), weights.path());
    calendar.add(event, eventAxis, scaled, spec, parts);

    int count = spec.windows().size();
    double[] car = new double[count];
    double[] bhar = new double[count];
    double[] scar = new double[count];
    for (int w = 0; w < count; w++) {
      EventWindow window = spec.windows().get(w);
      WindowEvent contribution =
          WindowEvent.of(event, eventAxis, residuals, window, spec.returns());
      windows[w].add(contribution, window.length(), weights.window(w));
      car[w] = contribution.car();
      bhar[w] = contribution.bhar();
      scar[w] = contribution.standardized().scar();
    }
    if (parts.contains(StatePart.PERMUTATIONS)) {
      permutations.add(event.key().epochDay(), scar, placebo(estimation, residuals.count(), event));
    }
    if (parts.contains(StatePart.VALUES)) {
      values.add(
          event.key().epochDay(),
          Hash.of(event.key().instrumentId()),
          Hash.of(event.key().eventId()),
          car,
          bhar);
    }
    whole.add(event, spec);
  }

  /**
   * Adds all events of another state, which stays as it is.
   *
   * @throws IllegalArgumentException if the other was created under another spec
   */
  public void merge(GroupState other) {
    if (!Arrays.equals(spec.toBytes(), other.spec.toBytes())) {
      throw new IllegalArgumentException("states of two specs: " + spec + " and " + other.spec);
    }
    events += other.events;
    drawn = null;
    for (int w = 0; w < windows.length; w++) {
      windows[w].merge(other.windows[w]);
    }
    days.merge(other.days);
    for (int w = 0; w < windowRanks.length; w++) {
      windowRanks[w].merge(other.windowRanks[w]);
    }
    eventDays.merge(other.eventDays);
    calendar.merge(other.calendar);
    permutations.merge(other.permutations);
    values.merge(other.values);
    whole.merge(other.whole);
  }

  /** The spec of the group. */
  public GroupSpec spec() {
    return spec;
  }

  /** Events added, with whatever is missing in them. */
  public long events() {
    return events;
  }

  /**
   * r̄, the mean pairwise correlation of residuals by relative day; NaN where it is not defined.
   * Kolari &amp; Pynnönen 2010; see {@link MeanCorrelation}.
   */
  public double meanCorrelation() {
    return MeanCorrelation.byRelativeDay(days);
  }

  /**
   * r̄ pair by pair, each over its common days; NaN where it is not defined, or where the spec does
   * not want the variant {@code pairwise}, or there are more events than are kept whole. See {@link
   * PairwiseCorrelation}.
   */
  public double pairwiseCorrelation() {
    return PairwiseCorrelation.mean(
        whole.sorted().stream().map(RetainedEvents.Event::residuals).toList());
  }

  /**
   * The r̄ that the adjusted tests of a variant use; NaN for one that has its own, or none.
   *
   * @param variant in whose form
   */
  public double meanCorrelation(TestVariant variant) {
    return switch (variant) {
      case TEXTBOOK, BMP_FACTOR, UNCORRECTED -> meanCorrelation();
      case PAIRWISE -> pairwiseCorrelation();
      case CALENDAR -> calendar.meanCorrelation();
      case ESTUDY2, EVENTSTUDY2, ESTUDY, SAS, EVENT_STUDY_TOOLS, NORMAL, RANK_SUM, STANDARDIZED ->
          Double.NaN;
    };
  }

  /** Every test of one pass, for every window; see {@link GrankState} for the other two. */
  public List<TestResult> results() {
    return results((window, inference, results) -> bootstraps(window).addTo(results, inference));
  }

  /** The same without the tests that simulate, for who reads the others: nothing is drawn. */
  List<TestResult> resultsWithoutSimulation() {
    return results((window, inference, results) -> {});
  }

  /** Adds the tests of a window that simulate. */
  private interface Simulation {
    void addTo(int window, Inference inference, List<TestResult> results);
  }

  private List<TestResult> results(Simulation simulation) {
    List<TestResult> results = new ArrayList<>();
    double pairwise = spec.wants(TestVariant.PAIRWISE) ? pairwiseCorrelation() : Double.NaN;
    List<BiConsumer<List<TestResult>, EventWindow>> peers = new ArrayList<>();
    if (spec.wants(TestVariant.EVENTSTUDY2)) {
      peers.add(new EventStudy2Statistics(spec, whole)::addTo);
    }
    if (spec.wants(TestVariant.ESTUDY)) {
      peers.add(new EstudyStatistics(spec, whole)::addTo);
    }
    for (int w = 0; w < windows.length; w++) {
      Inference inference = new Inference(spec.windows().get(w));
      new MeanStatistics(
              spec, spec.windows().get(w), windows[w], days, eventDays, calendar, pairwise)
          .addTo(results, inference);
      RelativeDayState ofWindow = windowRanks.length == 0 ? days : windowRanks[w];
      new RankStatistics(spec, spec.windows().get(w), windows[w], days, ofWindow)
          .addTo(results, inference);
      new ValueStatistics(spec, w, windows[w], values).addTo(results, inference);
      simulation.addTo(w, inference, results);
      new CalendarTimePortfolio(spec, w, calendar).addTo(results, inference);
      for (BiConsumer<List<TestResult>, EventWindow> peer : peers) {
        peer.accept(results, spec.windows().get(w));
      }
    }
    return results.stream().map(r -> spec.wants(r.test()) ? r : r.notRequested()).toList();
  }

  /** Average and cumulative average abnormal return of each day of the event axis. */
  public List<PathPoint> path() {
    List<PathPoint> path = new ArrayList<>();
    for (int t = 0; t < spec.eventAxis().length(); t++) {
      path.add(
          new PathPoint(
              spec.eventAxis().start() + t,
              average(eventDays.daily(t)),
              average(eventDays.cumulative(t)),
              eventDays.weighted(t).average(spec.confidence())));
    }
    return path;
  }

  private PathPoint.Average average(SecondMoments returns) {
    double half = halfWidth(returns);
    return new PathPoint.Average(
        returns.count(), returns.mean(), returns.mean() - half, returns.mean() + half);
  }

  /** Intervals of each window's CAAR: Student's, and percentile-t where there are replicates. */
  public List<MeanInterval> intervals() {
    List<MeanInterval> intervals = new ArrayList<>();
    for (int w = 0; w < windows.length; w++) {
      Moments car = windows[w].car();
      double half = halfWidth(car);
      EventWindow window = spec.windows().get(w);
      intervals.add(
          new MeanInterval(
              window,
              car.count(),
              MeanInterval.Method.STUDENT,
              car.mean(),
              car.mean() - half,
              car.mean() + half,
              spec.confidence()));
      if (spec.replicates() > 0) {
        intervals.add(bootstraps(w).interval());
      }
    }
    return intervals;
  }

  private SimulatedStatistics bootstraps(int window) {
    return new SimulatedStatistics(
        spec, window, windows[window], values, this::replicates, permutations);
  }

  /** Draws the replicates when they are first asked for, once for all windows and tests. */
  private Replicates replicates() {
    if (drawn == null) {
      drawn = new Replicates(spec.replicates(), windows.length, spec.seed(), values);
    }
    return drawn;
  }

  /** CAAR, the mean of the CARs over a window of the spec; NaN without an event. */
  public double caar(EventWindow window) {
    return windows[spec.windows().indexOf(window)].car().mean();
  }

  /**
   * The CAAR of a window of the spec with each event weighed by its market value before the window,
   * over the events that have one; see {@link WeightedMoments}.
   */
  public PathPoint.Average valueWeightedCaar(EventWindow window) {
    return windows[spec.windows().indexOf(window)].weighted().average(spec.confidence());
  }

  /** ABHAR, the mean of Π(1 + R) − Π(1 + E[R]) over a window of the spec, in simple returns. */
  public double abhar(EventWindow window) {
    return windows[spec.windows().indexOf(window)].bhar().mean();
  }

  /** The spread of the SCARs, which {@link GrankState} divides by. */
  public ScarSpread scarSpread() {
    double[] deviation = new double[windows.length];
    for (int w = 0; w < windows.length; w++) {
      deviation[w] = windows[w].scar().standardDeviation();
    }
    return new ScarSpread(deviation);
  }

  /** The state as bytes: the same for the same events, however they were added. */
  public byte[] toBytes() {
    StateWriter out = new StateWriter();
    out.putInt(FORMAT);
    spec.write(out);
    out.putLong(events);
    for (WindowMoments window : windows) {
      window.write(out);
    }
    days.write(out);
    for (RelativeDayState ranks : windowRanks) {
      ranks.write(out);
    }
    eventDays.write(out);
    calendar.write(out);
    permutations.write(out);
    values.write(out);
    whole.write(out);
    return out.toBytes();
  }

  /**
   * The state that wrote these bytes.
   *
   * @throws IllegalArgumentException if another version of the program wrote them
   */
  public static GroupState fromBytes(byte[] bytes) {
    StateReader in = new StateReader(bytes);
    int format = in.readInt();
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "a group state of format " + format + "; this program reads format " + FORMAT);
    }
    GroupState state = new GroupState(GroupSpec.read(in));
    state.events = in.readLong();
    for (int w = 0; w < state.windows.length; w++) {
      state.windows[w] = WindowMoments.read(in);
    }
    int eventLength = state.spec.eventAxis().length();
    state.days = RelativeDayState.read(in, state.spec.estimationAxis().length(), eventLength);
    for (int w = 0; w < state.windowRanks.length; w++) {
      state.windowRanks[w] =
          RelativeDayState.read(
              in, state.spec.estimationAxis().length(), state.spec.windows().get(w).length());
    }
    state.eventDays = EventDayMoments.read(in, eventLength);
    state.calendar.read(in);
    state.permutations.read(in);
    state.values = EventValues.read(in, state.spec.windows().size(), state.spec.keepAtMost());
    state.whole.read(in, state.spec);
    return state;
  }

  private double halfWidth(Sample sample) {
    long n = sample.count();
    if (n < 2) {
      return Double.NaN;
    }
    return PValues.studentQuantile(spec.confidence(), n - 1.0)
        * sample.standardDeviation()
        / Math.sqrt((double) n);
  }

  /** The values of an axis, NaN where the event has none or one that is not finite. */
  static double[] align(double[] values, int start, EventWindow axis) {
    double[] aligned = new double[axis.length()];
    for (int t = 0; t < aligned.length; t++) {
      int i = axis.start() + t - start;
      boolean present = i >= 0 && i < values.length && Double.isFinite(values[i]);
      aligned[t] = present ? values[i] : Double.NaN;
    }
    return aligned;
  }

  /** Residuals less their mean over their deviation (n − 1); empty where they do not vary. */
  private static double[] scaled(double[] values, Residuals residuals, double sigma) {
    if (!(residuals.deviation() > Residuals.LEAST_SIGMA) || !(sigma > Residuals.LEAST_SIGMA)) {
      return new double[0];
    }
    double[] scaled = new double[values.length];
    for (int t = 0; t < scaled.length; t++) {
      scaled[t] = (values[t] - residuals.mean()) / residuals.deviation();
    }
    return scaled;
  }

  /**
   * By window and first day, the sum of as many successive residuals over its standard deviation,
   * s√(L(df + 1 − L)/M): residuals have the variance s²·df/M on average, and their sums s²(L −
   * L²/M) where a mean alone was fitted, as they sum to zero. NaN where L &gt; df.
   */
  private double[][] placebo(double[] estimation, int count, EventSample event) {
    double[] running = new double[estimation.length + 1];
    int[] missing = new int[estimation.length + 1];
    for (int t = 0; t < estimation.length; t++) {
      boolean present = !Double.isNaN(estimation[t]);
      running[t + 1] = running[t] + (present ? estimation[t] : 0);
      missing[t + 1] = missing[t] + (present ? 0 : 1);
    }
    double[][] sums = new double[spec.windows().size()][];
    for (int w = 0; w < sums.length; w++) {
      int length = spec.windows().get(w).length();
      double scale =
          event.estimation().sigma()
              * Math.sqrt(length * (event.estimation().degreesOfFreedom() + 1.0 - length) / count);
      sums[w] = new double[Math.max(0, estimation.length - length + 1)];
      for (int from = 0; from < sums[w].length; from++) {
        boolean complete = missing[from + length] == missing[from] && scale > 0;
        sums[w][from] = complete ? (running[from + length] - running[from]) / scale : Double.NaN;
      }
    }
    return sums;
  }

  /**
   * x_t'(X'X)⁻¹x_t − 1/M of each event day; with one regressor as estudy2 has it, about the
   * market's mean over all days of the estimation window.
   */
  private double[] leverages(EventSample event, EventDays eventAxis, Residuals residuals) {
    double[] leverages = new double[spec.eventAxis().length()];
    for (int t = 0; t < leverages.length; t++) {
      int day = spec.eventAxis().start() + t;
      double error = eventAxis.error(day);
      int i = day - event.returns().start();
      if (Double.isNaN(error) || !(event.estimation().sigma() > Residuals.LEAST_SIGMA)) {
        leverages[t] = Double.NaN;
      } else if (event.hasOneRegressor()) {
        leverages[t] = event.market().wholeDistance(i);
      } else {
        double own = event.returns().sigmas()[i];
        double h =
            (error * error - own * own) / (event.estimation().sigma() * event.estimation().sigma());
        leverages[t] = h - 1.0 / residuals.count();
      }
    }
    return leverages;
  }
}
