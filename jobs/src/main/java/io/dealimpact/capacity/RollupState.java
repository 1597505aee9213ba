package io.dealimpact.capacity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The sums of one cell over all quarters: add commitments, merge states, read rows.
 *
 * <p>Everything is a sum of whole quanta: 1 W of power, 1/1000 of a GPU. Each part of a commitment
 * is rounded to quanta first (share × size, half up) and the integers are added, so the result is
 * the same to the bit for every order and every partitioning, and the parts add up to the whole.
 * The rounding is at most half a quantum a part; a sum above 2⁵³ quanta (9 million GW, or 9·10¹²
 * GPUs) is an {@link ArithmeticException}.
 *
 * <p>What is kept for a quarter is the <em>change</em> of the sum in it. A commitment then costs
 * its replicates times the quarters of its ramp, not times all quarters. A state takes 8·Q·(3·R +
 * {@value #SERIES}) bytes (Q quarters, R replicates): 297 kB for 60 and 200, so group commitments
 * by cell and hold one state at a time, rather than a hash table of them.
 *
 * <p>The holder confines a state to one thread.
 */
public final class RollupState {

  private static final int POWER_END = 0;
  private static final int POWER_AVERAGE = 3;
  private static final int GPUS_END = 6;
  private static final int POWER_ASSUMED = 9;
  private static final int H100_END = 12;

  /** Central values alone: assumed GPUs; power that an assumed day moves; options; those moved. */
  private static final int GPUS_ASSUMED = 15;

  private static final int MOVED = 16;
  private static final int OPTION = 17;
  private static final int OPTION_MOVED = 18;
  private static final int SERIES = 19;
  private static final long MAX_QUANTA = 1L << 53;

  private final RollupConfig config;
  private CapacityRow.Counts counts = new CapacityRow.Counts(0, 0, 0, 0, 0);
  private CapacityRow.Coverage coverage = CapacityRow.Coverage.NONE;
  private ExactRangeSum powerCommitted = ExactRangeSum.ZERO;
  private ExactRangeSum powerOption = ExactRangeSum.ZERO;
  private ExactRangeSum gpusCommitted = ExactRangeSum.ZERO;
  private ExactRangeSum h100Committed = ExactRangeSum.ZERO;

  /** [series × quarter]: changes. */
  private final long[] changes;

  /**
   * [quarter × replicate]: changes of the power online, of the GPUs, and of the power of the
   * forecast. Whole quanta in doubles, which add exactly below 2⁵³ ({@link #bounded}) and four at a
   * time.
   */
  private final double[] powerReplicates;

  private final double[] gpuReplicates;
  private final double[] forecastReplicates;

  /** Shared by all states of a configuration. */
  private final Scratch scratch;

  /**
   * What a configuration gives once, and room to work on one commitment after the other.
   *
   * <p>Days are since 1970-01-01: the end of the day before the first quarter, then of each.
   */
  private static final class Scratch {
    final long[] ends;
    final Draws draws;
    final double[] sizes;
    final double[] online;
    final double[] shares;
    final double[] statedShares;
    final double[] averageShares;

    Scratch(RollupConfig config) {
      ends = new long[config.quarters() + 1];
      for (int q = 0; q < ends.length; q++) {
        ends[q] = config.firstQuarter().plus(q - 1).lastDay().toEpochDay();
      }
      draws = new Draws(config.replicates(), config.forecast());
      sizes = new double[config.replicates()];
      online = new double[config.replicates()];
      shares = new double[config.quarters()];
      statedShares = new double[config.quarters()];
      averageShares = new double[config.quarters()];
    }
  }

  private RollupState(RollupConfig config, Scratch scratch) {
    this.config = config;
    this.scratch = scratch;
    int replicates = config.replicates();
    changes = new long[SERIES * config.quarters()];
    powerReplicates = new double[config.quarters() * replicates];
    gpuReplicates = new double[config.quarters() * replicates];
    forecastReplicates = new double[config.quarters() * replicates];
  }

  /** The state of no commitment. */
  public static RollupState empty(RollupConfig config) {
    return new RollupState(config, new Scratch(config));
  }

  /** The state of no commitment, of the same configuration, used by the same thread. */
  public RollupState another() {
    return new RollupState(config, scratch);
  }

  /**
   * Adds a commitment, whatever its own key is.
   *
   * @throws IllegalArgumentException if power or GPUs are negative
   */
  public void add(SizedCommitment commitment) {
    Optional<QuantityRange> h100s =
        commitment.gpus().range().flatMap(gpus -> commitment.h100PerGpu().map(gpus::times));
    counts =
        counts.plus(
            new CapacityRow.Counts(
                1,
                commitment.powerGw().range().isEmpty() ? 1 : 0,
                commitment.gpus().range().isEmpty() ? 1 : 0,
                h100s.isEmpty() ? 1 : 0,
                commitment.isUndated() ? 1 : 0));
    coverage = coverage.plus(CapacityRow.Coverage.of(commitment));
    if (config.replicates() > 0 && !commitment.isUndated()) {
      scratch.draws.fill(config.seed(), commitment.commitmentId());
      scratch.draws.fates(commitment.key().status());
    }
    for (Tranche tranche : commitment.tranches()) {
      Optional<Span> span = tranche.schedule().map(this::prepare);
      if (tranche.powerGw().isPresent()) {
        addPower(tranche, span);
      }
      if (commitment.gpus().range().isPresent()) {
        addGpus(tranche, checked("GPUs", commitment.gpus().range().get()), span);
      }
      if (h100s.isPresent()) {
        ExactRangeSum millis =
            ExactRangeSum.of(h100s.get().times(tranche.share()), ExactRangeSum.MILLIS_PER_GPU);
        h100Committed = bounded(h100Committed.plus(millis));
        if (span.isPresent() && !tranche.isOption()) {
          addSums(H100_END, millis, scratch.statedShares, span.get());
        }
      }
    }
  }

  private void addPower(Tranche tranche, Optional<Span> span) {
    QuantityRange powerGw = checked("power", tranche.powerGw().orElseThrow());
    ExactRangeSum watts = ExactRangeSum.of(powerGw, ExactRangeSum.WATTS_PER_GW);
    powerCommitted = bounded(powerCommitted.plus(watts));
    if (tranche.isOption()) {
      powerOption = powerOption.plus(watts);
    }
    if (span.isEmpty()) {
      return;
    }
    Span quarters = span.get();
    boolean moves = quarters.basis() == Schedule.Basis.ASSUMED_FULL_DATE;
    if (tranche.isOption()) {
      addCentral(moves ? OPTION_MOVED : OPTION, watts.mid(), scratch.shares, quarters);
    } else {
      addSums(POWER_END, watts, scratch.statedShares, quarters);
      addSums(POWER_AVERAGE, watts, scratch.averageShares, quarters);
      if (quarters.basis() != Schedule.Basis.STATED) {
        addAssumed(watts, quarters);
      }
      if (moves) {
        addCentral(MOVED, watts.mid(), scratch.shares, quarters);
      }
    }
    if (config.replicates() > 0) {
      scratch.draws.triangular(powerGw, ExactRangeSum.WATTS_PER_GW, scratch.sizes);
      if (!tranche.isOption()) {
        addReplicates(powerReplicates, quarters);
      }
      addForecast(tranche.isOption(), moves, quarters);
    }
  }

  private void addGpus(Tranche tranche, QuantityRange all, Optional<Span> span) {
    QuantityRange gpus = tranche.share() == 1 ? all : all.times(tranche.share());
    ExactRangeSum millis = ExactRangeSum.of(gpus, ExactRangeSum.MILLIS_PER_GPU);
    gpusCommitted = bounded(gpusCommitted.plus(millis));
    if (span.isEmpty() || tranche.isOption()) {
      return;
    }
    addSums(GPUS_END, millis, scratch.statedShares, span.get());
    if (span.get().basis() != Schedule.Basis.STATED) {
      addCentral(GPUS_ASSUMED, millis.mid(), scratch.shares, span.get());
      addCentral(GPUS_ASSUMED, -millis.mid(), scratch.statedShares, span.get());
    }
    if (config.replicates() > 0) {
      scratch.draws.triangular(gpus, ExactRangeSum.MILLIS_PER_GPU, scratch.sizes);
      addReplicates(gpuReplicates, span.get());
    }
  }

  /**
   * Adds all that the other state holds; the other is left as it is.
   *
   * @throws IllegalArgumentException if the two are of different configurations
   */
  public void merge(RollupState other) {
    if (!config.equals(other.config)) {
      throw new IllegalArgumentException(
          "states of " + config + " and " + other.config + " do not merge");
    }
    counts = counts.plus(other.counts);
    coverage = coverage.plus(other.coverage);
    powerCommitted = bounded(powerCommitted.plus(other.powerCommitted));
    powerOption = powerOption.plus(other.powerOption);
    gpusCommitted = bounded(gpusCommitted.plus(other.gpusCommitted));
    h100Committed = bounded(h100Committed.plus(other.h100Committed));
    addAll(changes, other.changes);
    addAll(powerReplicates, other.powerReplicates);
    addAll(gpuReplicates, other.gpuReplicates);
    addAll(forecastReplicates, other.forecastReplicates);
  }

  /** One row for each quarter of the configuration, in order. */
  public List<CapacityRow> rows(RollupKey key) {
    int replicates = config.replicates();
    List<CapacityRow> rows = new ArrayList<>(config.quarters());
    double[] expected = expected(config.forecast().completion(key.status()));
    long[] sums = new long[SERIES];
    long[] power = new long[replicates];
    long[] gpus = new long[replicates];
    long[] forecast = new long[replicates];
    Optional<Percentiles> powerPercentiles = Optional.empty();
    Optional<Percentiles> gpusPercentiles = Optional.empty();
    Optional<Percentiles> forecastPercentiles = Optional.empty();
    for (int q = 0; q < config.quarters(); q++) {
      for (int series = 0; series < SERIES; series++) {
        sums[series] += changes[series * config.quarters() + q];
      }
      boolean first = q == 0 && replicates > 0;
      if (accumulate(powerReplicates, q, power) || first) {
        powerPercentiles = Optional.of(Percentiles.of(power.clone()));
      }
      if (accumulate(gpuReplicates, q, gpus) || first) {
        gpusPercentiles = Optional.of(Percentiles.of(gpus.clone()));
      }
      if (accumulate(forecastReplicates, q, forecast) || first) {
        forecastPercentiles = Optional.of(Percentiles.of(forecast.clone()));
      }
      rows.add(
          new CapacityRow(
              key,
              config.firstQuarter().plus(q),
              counts,
              coverage,
              new CapacityRow.Power(
                  powerCommitted,
                  powerOption,
                  tally(sums, POWER_END),
                  tally(sums, POWER_ASSUMED),
                  tally(sums, POWER_AVERAGE),
                  expected[q],
                  powerPercentiles,
                  forecastPercentiles),
              new CapacityRow.Gpus(
                  gpusCommitted,
                  tally(sums, GPUS_END),
                  sums[GPUS_ASSUMED],
                  h100Committed,
                  tally(sums, H100_END),
                  gpusPercentiles)));
    }
    return List.copyOf(rows);
  }

  /**
   * Power expected at the end of each quarter, watts. With cₜ the change scheduled for quarter t
   * (central values; an option's times the probability that it is exercised), a the probability
   * that a commitment is built and πₖ that of a delay of k quarters, it is Σ cₜ over the quarters
   * that had ended, and for each later t further a·cₜ·Σ πₖ over all k with t + k ≤ q. A quarter
   * before the first that had not ended counts as that.
   */
  private double[] expected(double completion) {
    Forecast forecast = config.forecast();
    int quarters = config.quarters();
    double[] expected = new double[quarters];
    double[] slip = forecast.slip();
    double[] slipOfAssumed = forecast.slipOfAssumed();
    int ended = config.endedQuarters();
    for (int t = 0; t < quarters; t++) {
      long moved = change(MOVED, t);
      double stated =
          change(POWER_END + 1, t)
              + change(POWER_ASSUMED + 1, t)
              - moved
              + forecast.optionExercise() * change(OPTION, t);
      double assumed = moved + forecast.optionExercise() * change(OPTION_MOVED, t);
      if (t < ended) {
        expected[t] += stated + assumed;
      } else {
        spread(completion * stated, slip, t, ended, expected);
        spread(
            completion * assumed,
            slipOfAssumed,
            t - forecast.dateSpreadQuarters(),
            ended,
            expected);
      }
    }
    for (int q = 1; q < quarters; q++) {
      expected[q] += expected[q - 1];
    }
    return expected;
  }

  private static void spread(
      double change, double[] probabilities, int from, int earliest, double[] expected) {
    if (change == 0) {
      return;
    }
    for (int k = 0; k < probabilities.length; k++) {
      int quarter = Math.max(earliest, from + k);
      if (quarter >= expected.length) {
        return;
      }
      expected[quarter] += change * probabilities[k];
    }
  }

  private long change(int series, int quarter) {
    return changes[series * config.quarters() + quarter];
  }

  private static ExactRangeSum tally(long[] sums, int series) {
    return new ExactRangeSum(sums[series], sums[series + 1], sums[series + 2]);
  }

  /**
   * The state as bytes, for a shuffle; {@link #fromBytes} reads them. Only what is not 0 is in
   * them, so the state of few commitments is small.
   */
  public byte[] toBytes() {
    SparseBytes bytes = new SparseBytes();
    for (long count : counted()) {
      bytes.put(count);
    }
    for (ExactRangeSum tally : totals()) {
      bytes.put(tally.low());
      bytes.put(tally.mid());
      bytes.put(tally.high());
    }
    bytes.putAll(changes);
    for (double[] array : List.of(powerReplicates, gpuReplicates, forecastReplicates)) {
      bytes.putAll(array);
    }
    return bytes.toArray();
  }

  private long[] counted() {
    return new long[] {
      counts.commitments(),
      counts.withoutPower(),
      counts.withoutGpus(),
      counts.withoutH100(),
      counts.withoutDates()
    };
  }

  private List<ExactRangeSum> totals() {
    return List.of(
        coverage.valueUsd(),
        coverage.withoutPowerUsd(),
        coverage.ofComputersAlone(),
        powerCommitted,
        powerOption,
        gpusCommitted,
        h100Committed);
  }

  /**
   * The state that {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not of a state of this configuration
   */
  public static RollupState fromBytes(RollupConfig config, byte[] bytes) {
    RollupState state = empty(config);
    state.mergeBytes(bytes);
    return state;
  }

  /**
   * Adds all that the state holds that {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not of a state of this configuration
   */
  public void mergeBytes(byte[] bytes) {
    try {
      SparseBytes.Reader reader = new SparseBytes.Reader(bytes);
      counts =
          counts.plus(
              new CapacityRow.Counts(
                  reader.get(), reader.get(), reader.get(), reader.get(), reader.get()));
      coverage =
          coverage.plus(new CapacityRow.Coverage(tally(reader), tally(reader), tally(reader)));
      powerCommitted = bounded(powerCommitted.plus(tally(reader)));
      powerOption = powerOption.plus(tally(reader));
      gpusCommitted = bounded(gpusCommitted.plus(tally(reader)));
      h100Committed = bounded(h100Committed.plus(tally(reader)));
      reader.addTo(changes);
      for (double[] array : List.of(powerReplicates, gpuReplicates, forecastReplicates)) {
        reader.addTo(array);
      }
      reader.end();
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(bytes.length + " bytes are not a state of " + config, e);
    }
  }

  private static ExactRangeSum tally(SparseBytes.Reader reader) {
    return new ExactRangeSum(reader.get(), reader.get(), reader.get());
  }

  /** The quarters, by index, in which a ramp changes a sum; none if last is before first. */
  private record Span(int first, int last, Schedule.Basis basis) {}

  /**
   * Computes the shares of a ramp for every quarter in which they may change: from that of first
   * power to the one after full power (in which the average reaches 1), cut to the quarters
   * reported. What came before the first of them changes in it.
   */
  private Span prepare(Schedule schedule) {
    long firstDay = schedule.firstPowerDate().toEpochDay();
    long fullDay = schedule.fullPowerDate().toEpochDay();
    Quarter start = config.firstQuarter();
    int first = Math.max(0, start.until(Quarter.of(schedule.firstPowerDate())));
    int after = Math.max(0, start.until(Quarter.of(schedule.fullPowerDate())) + 1);
    int last = Math.min(config.quarters() - 1, after);
    Schedule.Basis basis = schedule.basis();
    Ramp stated = basis == Schedule.Basis.ASSUMED_FIRST_DATE ? Ramp.STEP : schedule.ramp();
    for (int q = first; q <= last; q++) {
      long end = scratch.ends[q + 1];
      scratch.shares[q] = schedule.ramp().shareAt(end, firstDay, fullDay);
      if (basis == Schedule.Basis.ASSUMED_FULL_DATE) {
        scratch.statedShares[q] = 0;
        scratch.averageShares[q] = 0;
      } else {
        scratch.statedShares[q] = stated.shareAt(end, firstDay, fullDay);
        scratch.averageShares[q] = stated.averageShare(scratch.ends[q] + 1, end, firstDay, fullDay);
      }
    }
    return new Span(first, last, basis);
  }

  private void addSums(int series, ExactRangeSum size, double[] shares, Span span) {
    addCentral(series, size.low(), shares, span);
    addCentral(series + 1, size.mid(), shares, span);
    addCentral(series + 2, size.high(), shares, span);
  }

  private void addCentral(int series, long size, double[] shares, Span span) {
    int offset = series * config.quarters();
    long before = 0;
    for (int q = span.first(); q <= span.last(); q++) {
      long now = scaled(size, shares[q]);
      changes[offset + q] += now - before;
      before = now;
    }
  }

  /** What rests on an assumed date: the ramp less what is stated. */
  private void addAssumed(ExactRangeSum size, Span span) {
    addSums(POWER_ASSUMED, size, scratch.shares, span);
    addSums(
        POWER_ASSUMED,
        new ExactRangeSum(-size.low(), -size.mid(), -size.high()),
        scratch.statedShares,
        span);
  }

  private void addReplicates(double[] replicates, Span span) {
    int count = config.replicates();
    double[] online = scratch.online;
    Arrays.fill(online, 0);
    for (int q = span.first(); q <= span.last(); q++) {
      double share = scratch.statedShares[q];
      int offset = q * count;
      for (int r = 0; r < count; r++) {
        double now = Math.floor(scratch.sizes[r] * share + 0.5);
        replicates[offset + r] += now - online[r];
        online[r] = now;
      }
    }
  }

  /** What was to come online by the day it is looked at does; what comes later meets its fate. */
  private void addForecast(boolean option, boolean moves, Span span) {
    int count = config.replicates();
    int ended = config.endedQuarters();
    double[] online = scratch.online;
    Draws draws = scratch.draws;
    Arrays.fill(online, 0);
    for (int q = span.first(); q <= span.last(); q++) {
      double share = scratch.shares[q];
      for (int r = 0; r < count; r++) {
        double now = Math.floor(scratch.sizes[r] * share + 0.5);
        double change = now - online[r];
        online[r] = now;
        if (change == 0 || (option && !draws.isExercised(r))) {
          continue;
        }
        int quarter = q;
        if (q >= ended) {
          if (!draws.isBuilt(r)) {
            continue;
          }
          quarter = Math.max(ended, q + draws.slip(r) + (moves ? draws.move(r) : 0));
        }
        if (quarter < config.quarters()) {
          forecastReplicates[quarter * count + r] += change;
        }
      }
    }
  }

  /** Rounded half away from zero, so that what is taken away is what was added. */
  private static long scaled(long size, double share) {
    return size < 0 ? -(long) (-size * share + 0.5) : (long) (size * share + 0.5);
  }

  /** Adds the quarter's changes to the running sums; whether any is not zero. */
  private static boolean accumulate(double[] replicates, int quarter, long[] sums) {
    boolean changed = false;
    int offset = quarter * sums.length;
    for (int r = 0; r < sums.length; r++) {
      double change = replicates[offset + r];
      changed |= change != 0;
      sums[r] += (long) change;
    }
    return changed;
  }

  private static void addAll(double[] to, double[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  private static void addAll(long[] to, long[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  /** Every other sum is between 0 and the high sum, so none overflows if this one does not. */
  private static ExactRangeSum bounded(ExactRangeSum committed) {
    if (committed.high() > MAX_QUANTA) {
      throw new ArithmeticException(
          "commitments of " + committed.high() + " quanta are above the exact " + MAX_QUANTA);
    }
    return committed;
  }

  private static QuantityRange checked(String what, QuantityRange range) {
    if (range.low() < 0) {
      throw new IllegalArgumentException(
          what + " of a commitment must be 0 or more, not " + range.low());
    }
    return range;
  }
}
