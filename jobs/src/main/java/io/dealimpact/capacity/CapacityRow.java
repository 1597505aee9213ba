package io.dealimpact.capacity;

import java.util.Optional;

/**
 * One row of {@code capacity_by_quarter}: a cell in a quarter. Power in watts, GPUs in thousandths;
 * {@link Tally#toRange} gives GW and GPUs.
 *
 * @param key the cell
 * @param quarter the quarter
 * @param counts commitments of the cell, and how many of them lack something
 * @param powerCommitted power promised, whenever it comes
 * @param powerOnline power online at the END of the quarter, by the ramps
 * @param powerAverage power online on the average over the quarter's days
 * @param gpusCommitted GPUs promised, whenever they come
 * @param gpusOnline GPUs online at the END of the quarter, by the ramps
 * @param powerPercentiles of {@code powerOnline}; empty without replicates
 * @param gpusPercentiles of {@code gpusOnline}; empty without replicates
 */
public record CapacityRow(
    RollupKey key,
    Quarter quarter,
    Counts counts,
    Tally powerCommitted,
    Tally powerOnline,
    Tally powerAverage,
    Tally gpusCommitted,
    Tally gpusOnline,
    Optional<Percentiles> powerPercentiles,
    Optional<Percentiles> gpusPercentiles) {

  /**
   * How many commitments the sums are of. What is missing is in no sum, so it is counted here.
   *
   * @param commitments all of the cell
   * @param withoutPower whose power is not known
   * @param withoutGpus whose GPUs are not known
   * @param withoutDates that are committed and never come online, for want of a date
   */
  public record Counts(long commitments, long withoutPower, long withoutGpus, long withoutDates) {

    /** The sum. */
    Counts plus(Counts other) {
      return new Counts(
          commitments + other.commitments,
          withoutPower + other.withoutPower,
          withoutGpus + other.withoutGpus,
          withoutDates + other.withoutDates);
    }
  }

  /** Power promised and not online at the end of the quarter, watts. */
  public Tally powerOutstanding() {
    return powerCommitted.minus(powerOnline);
  }

  /** GPUs promised and not online at the end of the quarter, thousandths. */
  public Tally gpusOutstanding() {
    return gpusCommitted.minus(gpusOnline);
  }
}
