package io.dealimpact.capacity;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The sums of one cell over all quarters: add commitments, merge states, read rows.
 *
 * <p>Everything is a sum of whole quanta in {@code long}: 1 W of power, 1/1000 of a GPU. Each
 * commitment is rounded to quanta first (share × size, half up) and the integers are added, so the
 * result is the same to the bit for every order and every partitioning, and the parts add up to the
 * whole. The rounding is at most half a quantum a commitment; an overflow (above 9.2·10⁹ GW) is an
 * {@link ArithmeticException}.
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

  private final RollupConfig config;
  private CapacityRow.Counts counts = new CapacityRow.Counts(0, 0, 0, 0);
  private Tally powerCommitted = Tally.ZERO;
  private Tally gpusCommitted = Tally.ZERO;

  /** [series × quarter]: changes of low, mid, high. */
  private final long[] changes;

  /** [quarter × replicate]: changes of the power online, and of the GPUs. */
  private final long[] powerReplicates;

  private final long[] gpuReplicates;

  /** Scratch of one commitment: uniforms, sizes, and what was online the quarter before. */
  private final double[] uniforms;

  private final long[] sizes;
  private final long[] online;

  private RollupState(RollupConfig config) {
    this.config = config;
    int replicates = config.replicates();
    changes = new long[SERIES * config.quarters()];
    powerReplicates = new long[config.quarters() * replicates];
    gpuReplicates = new long[config.quarters() * replicates];
    uniforms = new double[replicates];
    sizes = new long[replicates];
    online = new long[replicates];
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
    Optional<Schedule> schedule = commitment.schedule();
    if (schedule.isPresent() && config.replicates() > 0) {
      Draws.fill(config.seed(), commitment.commitmentId(), uniforms);
    }
    if (commitment.powerGw().isPresent()) {
      Range powerGw = checked("power", commitment.powerGw().get());
      Tally watts = Tally.of(powerGw, Tally.WATTS_PER_GW);
      powerCommitted = powerCommitted.plus(watts);
      if (schedule.isPresent()) {
        addEnds(POWER_END, watts, schedule.get());
        addAverages(watts, schedule.get());
        addReplicates(powerGw, Tally.WATTS_PER_GW, schedule.get(), powerReplicates);
      }
    }
    if (commitment.gpus().isPresent()) {
      Range gpus = checked("GPUs", commitment.gpus().get());
      Tally millis = Tally.of(gpus, Tally.MILLIS_PER_GPU);
      gpusCommitted = gpusCommitted.plus(millis);
      if (schedule.isPresent()) {
        addEnds(GPUS_END, millis, schedule.get());
        addReplicates(gpus, Tally.MILLIS_PER_GPU, schedule.get(), gpuReplicates);
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
    powerCommitted = powerCommitted.plus(other.powerCommitted);
    gpusCommitted = gpusCommitted.plus(other.gpusCommitted);
    addAll(changes, other.changes);
    addAll(powerReplicates, other.powerReplicates);
    addAll(gpuReplicates, other.gpuReplicates);
  }

  /** One row for each quarter of the configuration, in order. */
  public List<CapacityRow> rows(RollupKey key) {
    List<CapacityRow> rows = new ArrayList<>(config.quarters());
    Tally[] sums = {Tally.ZERO, Tally.ZERO, Tally.ZERO};
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
              powerCommitted,
              sums[POWER_END / 3],
              sums[POWER_AVERAGE / 3],
              gpusCommitted,
              sums[GPUS_END / 3],
              powerPercentiles,
              gpusPercentiles));
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
    for (Tally tally : new Tally[] {powerCommitted, gpusCommitted}) {
      buffer.putLong(tally.low()).putLong(tally.mid()).putLong(tally.high());
    }
    for (long[] array : new long[][] {changes, powerReplicates, gpuReplicates}) {
      for (long value : array) {
        buffer.putLong(value);
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
    state.powerCommitted = new Tally(buffer.getLong(), buffer.getLong(), buffer.getLong());
    state.gpusCommitted = new Tally(buffer.getLong(), buffer.getLong(), buffer.getLong());
    for (long[] array : new long[][] {state.changes, state.powerReplicates, state.gpuReplicates}) {
      for (int i = 0; i < array.length; i++) {
        array[i] = buffer.getLong();
      }
    }
    return state;
  }

  /** Adds the changes of the sums online at each quarter's end. */
  private void addEnds(int series, Tally size, Schedule schedule) {
    Tally before = Tally.ZERO;
    int last = lastChange(schedule.fullPowerDate());
    for (int q = firstChange(schedule); q <= last; q++) {
      Tally now = scaled(size, schedule.shareAtEnd(config.firstQuarter().plus(q)));
      addChange(series, q, now.minus(before));
      before = now;
    }
  }

  /** Adds the changes of the averages; the quarter after full power is the first full one. */
  private void addAverages(Tally size, Schedule schedule) {
    Tally before = Tally.ZERO;
    int last = lastChange(schedule.fullPowerDate().plusMonths(3));
    for (int q = firstChange(schedule); q <= last; q++) {
      Tally now = scaled(size, schedule.averageShare(config.firstQuarter().plus(q)));
      addChange(POWER_AVERAGE, q, now.minus(before));
      before = now;
    }
  }

  private void addReplicates(
      Range size, double quantaPerUnit, Schedule schedule, long[] replicates) {
    int count = config.replicates();
    if (count == 0) {
      return;
    }
    Draws.triangular(size, quantaPerUnit, uniforms, sizes);
    Arrays.fill(online, 0);
    int last = lastChange(schedule.fullPowerDate());
    for (int q = firstChange(schedule); q <= last; q++) {
      double share = schedule.shareAtEnd(config.firstQuarter().plus(q));
      int offset = q * count;
      for (int r = 0; r < count; r++) {
        long now = (long) (sizes[r] * share + 0.5);
        replicates[offset + r] += now - online[r];
        online[r] = now;
      }
    }
  }

  /** Index of the first quarter that a schedule changes, the first of all if that is past. */
  private int firstChange(Schedule schedule) {
    return Math.max(0, config.firstQuarter().until(Quarter.of(schedule.firstPowerDate())));
  }

  /** Index of the last quarter that can change, the first of all if the day is past. */
  private int lastChange(LocalDate day) {
    int index = Math.max(0, config.firstQuarter().until(Quarter.of(day)));
    return Math.min(config.quarters() - 1, index);
  }

  private static Tally scaled(Tally size, double share) {
    return new Tally(
        (long) (size.low() * share + 0.5),
        (long) (size.mid() * share + 0.5),
        (long) (size.high() * share + 0.5));
  }

  private void addChange(int series, int quarter, Tally change) {
    int quarters = config.quarters();
    changes[series * quarters + quarter] += change.low();
    changes[(series + 1) * quarters + quarter] += change.mid();
    changes[(series + 2) * quarters + quarter] += change.high();
  }

  private Tally change(int series, int quarter) {
    int quarters = config.quarters();
    return new Tally(
        changes[series * quarters + quarter],
        changes[(series + 1) * quarters + quarter],
        changes[(series + 2) * quarters + quarter]);
  }

  /** Adds a quarter's changes to the replicates; whether any was not zero. */
  private static boolean accumulate(long[] changes, int quarter, long[] replicates) {
    boolean changed = false;
    for (int r = 0; r < replicates.length; r++) {
      long change = changes[quarter * replicates.length + r];
      replicates[r] += change;
      changed |= change != 0;
    }
    return changed;
  }

  /** No part overflows: each is between 0 and the high sum, which is added exactly. */
  private static void addAll(long[] to, long[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  private static Range checked(String what, Range range) {
    if (range.low() < 0) {
      throw new IllegalArgumentException(
          what + " of a commitment must be 0 or more, not " + range.low());
    }
    return range;
  }
}
