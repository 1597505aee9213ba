package io.dealimpact.capacity;

import java.util.Optional;

/**
 * One row of {@code capacity_by_quarter}: a cell in a quarter. Power in watts, GPUs in thousandths;
 * {@link ExactRangeSum#toRange} gives GW and GPUs.
 *
 * @param key the cell
 * @param quarter the quarter
 * @param counts commitments of the cell, and how many of them lack something
 * @param power watts
 * @param gpus thousandths of a GPU
 */
public record CapacityRow(RollupKey key, Quarter quarter, Counts counts, Power power, Gpus gpus) {

  /**
   * Power, watts.
   *
   * @param committed promised, whenever it comes
   * @param online online at the END of the quarter, by the ramps
   * @param average online on the average over the quarter's days
   * @param percentiles of {@code online}; empty without replicates
   */
  public record Power(
      ExactRangeSum committed,
      ExactRangeSum online,
      ExactRangeSum average,
      Optional<Percentiles> percentiles) {
    /** Power promised and not online at the end of the quarter. */
    public ExactRangeSum outstanding() {
      return committed.minus(online);
    }
  }

  /**
   * GPUs, thousandths.
   *
   * @param committed promised, whenever they come
   * @param online online at the END of the quarter, by the ramps
   * @param percentiles of {@code online}; empty without replicates
   */
  public record Gpus(
      ExactRangeSum committed, ExactRangeSum online, Optional<Percentiles> percentiles) {
    /** GPUs promised and not online at the end of the quarter. */
    public ExactRangeSum outstanding() {
      return committed.minus(online);
    }
  }

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
}
