package io.dealimpact.capacity;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The sums of one cell over all quarters: add commitments, merge states, read rows.
 *
 * <p>Everything is a sum of whole quanta: 1 W of power, 1/1000 of a GPU. Each commitment is rounded
 * to quanta first (share × size, half up) and the integers are added, so the result is the same to
 * the bit for every order and every partitioning, and the parts add up to the whole. The rounding
 * is at most half a quantum a commitment; a sum above 2⁵³ quanta (9 million GW, or 9·10¹² GPUs) is
 * an {@link ArithmeticException}.
 *
 * <p>What is kept for a quarter is the <em>change</em> of the sum in it. A commitment then costs
 * its replicates times the quarters of its ramp, not times all quarters. A state takes 8·Q·(2·R +
 * 9) bytes (Q quarters, R replicates): 196 kB for 60 and 200, so group commitments by cell and hold
 * one state at a time, rather than a hash table of them.
 *
 * <p>The holder confines a state to one thread.
 */
public final class RollupState {

  private static final int POWER_END = 0;
  private static final int POWER_AVERAGE = 3;
  private static final int GPUS_END = 6;
  private static final int SERIES = 9;
  private static final long MAX_QUANTA = 1L << 53;

  private final RollupConfig config;
  private CapacityRow.Counts counts = new CapacityRow.Counts(0, 0, 0, 0);
  private ExactRangeSum powerCommitted = ExactRangeSum.ZERO;
  private ExactRangeSum gpusCommitted = ExactRangeSum.ZERO;

  /** [series × quarter]: changes of low, mid, high. */
  private final long[] changes;

  /**
   * [quarter × replicate]: changes of the power online, and of the GPUs. Whole quanta in doubles,
   * which add exactly below 2⁵³ ({@link #bounded}) and four at a time.
   */
  private final double[] powerReplicates;

  private final double[] gpuReplicates;

  /** Days since 1970-01-01: the end of the day before the first quarter, then of each quarter. */
  private final long[] ends;

  /** Scratch of one commitment: draws, sizes, what was online the quarter before, and its ramp. */
  private final Draws draws;

  private final double[] sizes;
  private final double[] online;
  private final double[] endShares;
  private final double[] averageShares;

  private RollupState(RollupConfig config) {
    this.config = config;
    int replicates = config.replicates();
    changes = new long[SERIES * config.quarters()];
    powerReplicates = new double[config.quarters() * replicates];
    gpuReplicates = new double[config.quarters() * replicates];
    ends = new long[config.quarters() + 1];
    for (int q = 0; q < ends.length; q++) {
      ends[q] = config.firstQuarter().plus(q - 1).lastDay().toEpochDay();
    }
    draws = new Draws(replicates);
    sizes = new double[replicates];
    online = new double[replicates];
    endShares = new double[config.quarters()];
    averageShares = new double[config.quarters()];
  }

  /** The state of no commitment. */
  public static RollupState empty(RollupConfig config) {
    return new RollupState(config);
  }

  /**
   * Adds a commitment, whatever its own key is.
   *
   * @throws IllegalArgumentException if power or GPUs are negative
   */
  public void add(SizedCommitment commitment) {
    counts =
        counts.plus(
            new CapacityRow.Counts(
                1,
                commitment.powerGw().isEmpty() ? 1 : 0,
                commitment.gpus().isEmpty() ? 1 : 0,
                commitment.schedule().isEmpty() ? 1 : 0));
    Optional<Span> span = commitment.schedule().map(this::prepare);
    if (span.isPresent()) {
      draws.fill(config.seed(), commitment.commitmentId());
    }
    if (commitment.powerGw().isPresent()) {
      QuantityRange powerGw = checked("power", commitment.powerGw().get());
      ExactRangeSum watts = ExactRangeSum.of(powerGw, ExactRangeSum.WATTS_PER_GW);
      powerCommitted = bounded(powerCommitted.plus(watts));
      if (span.isPresent()) {
        addSums(POWER_END, watts, endShares, span.get());
        addSums(POWER_AVERAGE, watts, averageShares, span.get());
        addReplicates(powerGw, ExactRangeSum.WATTS_PER_GW, powerReplicates, span.get());
      }
    }
    if (commitment.gpus().isPresent()) {
      QuantityRange gpus = checked("GPUs", commitment.gpus().get());
      ExactRangeSum millis = ExactRangeSum.of(gpus, ExactRangeSum.MILLIS_PER_GPU);
      gpusCommitted = bounded(gpusCommitted.plus(millis));
      if (span.isPresent()) {
        addSums(GPUS_END, millis, endShares, span.get());
        addReplicates(gpus, ExactRangeSum.MILLIS_PER_GPU, gpuReplicates, span.get());
      }
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
    powerCommitted = bounded(powerCommitted.plus(other.powerCommitted));
    gpusCommitted = bounded(gpusCommitted.plus(other.gpusCommitted));
    addAll(changes, other.changes);
    addAll(powerReplicates, other.powerReplicates);
    addAll(gpuReplicates, other.gpuReplicates);
  }

  /** One row for each quarter of the configuration, in order. */
  public List<CapacityRow> rows(RollupKey key) {
    List<CapacityRow> rows = new ArrayList<>(config.quarters());
    ExactRangeSum[] sums = {ExactRangeSum.ZERO, ExactRangeSum.ZERO, ExactRangeSum.ZERO};
    long[] power = new long[config.replicates()];
    long[] gpus = new long[config.replicates()];
    Optional<Percentiles> powerPercentiles = Optional.empty();
    Optional<Percentiles> gpusPercentiles = Optional.empty();
    for (int q = 0; q < config.quarters(); q++) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] = sums[i].plus(change(3 * i, q));
      }
      boolean powerChanged = accumulate(powerReplicates, q, power);
      boolean gpusChanged = accumulate(gpuReplicates, q, gpus);
      if (config.replicates() > 0 && (q == 0 || powerChanged)) {
        powerPercentiles = Optional.of(Percentiles.of(power.clone()));
      }
      if (config.replicates() > 0 && (q == 0 || gpusChanged)) {
        gpusPercentiles = Optional.of(Percentiles.of(gpus.clone()));
      }
      rows.add(
          new CapacityRow(
              key,
              config.firstQuarter().plus(q),
              counts,
              new CapacityRow.Power(
                  powerCommitted, sums[POWER_END / 3], sums[POWER_AVERAGE / 3], powerPercentiles),
              new CapacityRow.Gpus(gpusCommitted, sums[GPUS_END / 3], gpusPercentiles)));
    }
    return List.copyOf(rows);
  }

  /** The state as bytes, for a shuffle; {@link #fromBytes} reads them. */
  public byte[] toBytes() {
    ByteBuffer buffer =
        ByteBuffer.allocate(
            Long.BYTES * (10 + changes.length + powerReplicates.length + gpuReplicates.length));
    buffer.putLong(counts.commitments()).putLong(counts.withoutPower());
    buffer.putLong(counts.withoutGpus()).putLong(counts.withoutDates());
    for (ExactRangeSum tally : new ExactRangeSum[] {powerCommitted, gpusCommitted}) {
      buffer.putLong(tally.low()).putLong(tally.mid()).putLong(tally.high());
    }
    for (long value : changes) {
      buffer.putLong(value);
    }
    for (double[] array : new double[][] {powerReplicates, gpuReplicates}) {
      for (double value : array) {
        buffer.putDouble(value);
      }
    }
    return buffer.array();
  }

  /**
   * The state that {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not of a state of this configuration
   */
  public static RollupState fromBytes(RollupConfig config, byte[] bytes) {
    RollupState state = empty(config);
    int expected =
        Long.BYTES
            * (10
                + state.changes.length
                + state.powerReplicates.length
                + state.gpuReplicates.length);
    if (bytes.length != expected) {
      throw new IllegalArgumentException(
          "a state of " + config + " has " + expected + " bytes, not " + bytes.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    state.counts =
        new CapacityRow.Counts(
            buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    state.powerCommitted = new ExactRangeSum(buffer.getLong(), buffer.getLong(), buffer.getLong());
    state.gpusCommitted = new ExactRangeSum(buffer.getLong(), buffer.getLong(), buffer.getLong());
    for (int i = 0; i < state.changes.length; i++) {
      state.changes[i] = buffer.getLong();
    }
    for (double[] array : new double[][] {state.powerReplicates, state.gpuReplicates}) {
      for (int i = 0; i < array.length; i++) {
        array[i] = buffer.getDouble();
      }
    }
    return state;
  }

  /** The quarters, by index, in which a ramp changes a sum; none if last is before first. */
  private record Span(int first, int last) {}

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
    for (int q = first; q <= last; q++) {
      endShares[q] = schedule.ramp().shareAt(ends[q + 1], firstDay, fullDay);
      averageShares[q] = schedule.ramp().averageShare(ends[q] + 1, ends[q + 1], firstDay, fullDay);
    }
    return new Span(first, last);
  }

  private void addSums(int series, ExactRangeSum size, double[] shares, Span span) {
    ExactRangeSum before = ExactRangeSum.ZERO;
    for (int q = span.first(); q <= span.last(); q++) {
      ExactRangeSum now = scaled(size, shares[q]);
      addChange(series, q, now.minus(before));
      before = now;
    }
  }

  private void addReplicates(
      QuantityRange size, double quantaPerUnit, double[] replicates, Span span) {
    int count = config.replicates();
    draws.triangular(size, quantaPerUnit, sizes);
    Arrays.fill(online, 0);
    for (int q = span.first(); q <= span.last(); q++) {
      double share = endShares[q];
      int offset = q * count;
      for (int r = 0; r < count; r++) {
        double now = Math.floor(sizes[r] * share + 0.5);
        replicates[offset + r] += now - online[r];
        online[r] = now;
      }
    }
  }

  private static ExactRangeSum scaled(ExactRangeSum size, double share) {
    return new ExactRangeSum(
        (long) (size.low() * share + 0.5),
        (long) (size.mid() * share + 0.5),
        (long) (size.high() * share + 0.5));
  }

  private void addChange(int series, int quarter, ExactRangeSum change) {
    int quarters = config.quarters();
    changes[series * quarters + quarter] += change.low();
    changes[(series + 1) * quarters + quarter] += change.mid();
    changes[(series + 2) * quarters + quarter] += change.high();
  }

  private ExactRangeSum change(int series, int quarter) {
    int quarters = config.quarters();
    return new ExactRangeSum(
        changes[series * quarters + quarter],
        changes[(series + 1) * quarters + quarter],
        changes[(series + 2) * quarters + quarter]);
  }

  /** Adds a quarter's changes to the replicates; whether any was not zero. */
  private static boolean accumulate(double[] changes, int quarter, long[] replicates) {
    boolean changed = false;
    for (int r = 0; r < replicates.length; r++) {
      long change = (long) changes[quarter * replicates.length + r];
      replicates[r] += change;
      changed |= change != 0;
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
