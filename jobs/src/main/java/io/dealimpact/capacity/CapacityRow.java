package io.dealimpact.capacity;

import java.util.Optional;

/**
 * One row of {@code capacity_by_quarter}: a cell in a quarter. Power in watts, GPUs in thousandths;
 * {@link ExactRangeSum#toRange} gives GW and GPUs.
 *
 * @param key the cell
 * @param quarter the quarter
 * @param counts commitments of the cell, and how many of them lack something
 * @param coverage how much of their dollars the power stands for
 * @param power their power
 * @param gpus their GPUs
 */
public record CapacityRow(
    RollupKey key, Quarter quarter, Counts counts, Coverage coverage, Power power, Gpus gpus) {

  /**
   * How many commitments the sums are of. What is missing is in no sum, so it is counted here.
   *
   * @param commitments all of the cell
   * @param withoutPower whose power is not known
   * @param withoutGpus whose GPUs are not known
   * @param withoutH100 whose GPUs are not known as H100s
   * @param withoutDates that are committed and never come online, for want of a date
   */
  public record Counts(
      long commitments, long withoutPower, long withoutGpus, long withoutH100, long withoutDates) {

    /** The sum. */
    Counts plus(Counts other) {
      return new Counts(
          commitments + other.commitments,
          withoutPower + other.withoutPower,
          withoutGpus + other.withoutGpus,
          withoutH100 + other.withoutH100,
          withoutDates + other.withoutDates);
    }
  }

  /**
   * How much of what is committed the sums of power cover.
   *
   * @param valueUsd contract value of those that state one, whole USD
   * @param withoutPowerUsd of it, that of commitments whose power is not known
   * @param ofComputersAlone power that is stated as that of the computers alone, watts: the site
   *     takes more
   */
  public record Coverage(
      ExactRangeSum valueUsd, ExactRangeSum withoutPowerUsd, ExactRangeSum ofComputersAlone) {

    /** Nothing. */
    static final Coverage NONE =
        new Coverage(ExactRangeSum.ZERO, ExactRangeSum.ZERO, ExactRangeSum.ZERO);

    /** What one commitment adds. */
    static Coverage of(SizedCommitment commitment) {
      ExactRangeSum usd =
          commitment
              .terms()
              .valueUsd()
              .map(value -> ExactRangeSum.of(value, 1))
              .orElse(ExactRangeSum.ZERO);
      return new Coverage(
          usd,
          commitment.powerGw().range().isEmpty() ? usd : ExactRangeSum.ZERO,
          commitment
              .powerGw()
              .range()
              .filter(power -> commitment.terms().isOfComputersAlone())
              .map(power -> ExactRangeSum.of(power, ExactRangeSum.WATTS_PER_GW))
              .orElse(ExactRangeSum.ZERO));
    }

    /** The sum. */
    Coverage plus(Coverage other) {
      return new Coverage(
          valueUsd.plus(other.valueUsd),
          withoutPowerUsd.plus(other.withoutPowerUsd),
          ofComputersAlone.plus(other.ofComputersAlone));
    }
  }

  /**
   * Power, watts.
   *
   * @param committed promised, whenever it comes, options included
   * @param option of it, options
   * @param online at the END of the quarter, by what is stated; options not included
   * @param assumed at the END of the quarter beside it, resting on an assumed date
   * @param average online on the average over the quarter's days, by what is stated
   * @param expectedWatts expected at the END of the quarter by the {@link Forecast}, watts
   * @param onSchedule percentiles of {@code online}, all on schedule; empty without replicates
   * @param forecast percentiles of what is online by the {@link Forecast}; empty without replicates
   */
  public record Power(
      ExactRangeSum committed,
      ExactRangeSum option,
      ExactRangeSum online,
      ExactRangeSum assumed,
      ExactRangeSum average,
      double expectedWatts,
      Optional<Percentiles> onSchedule,
      Optional<Percentiles> forecast) {
    /** Power promised and not online at the end of the quarter. */
    public ExactRangeSum outstanding() {
      return committed.minus(online);
    }
  }

  /**
   * GPUs, thousandths.
   *
   * @param committed promised, whenever they come, options included
   * @param online at the END of the quarter, by what is stated
   * @param assumedMillis at the END of the quarter beside them, resting on an assumed date; central
   * @param h100Committed {@code committed} as H100s that do the same work
   * @param h100Online {@code online} as H100s
   * @param onSchedule percentiles of {@code online}; empty without replicates
   */
  public record Gpus(
      ExactRangeSum committed,
      ExactRangeSum online,
      long assumedMillis,
      ExactRangeSum h100Committed,
      ExactRangeSum h100Online,
      Optional<Percentiles> onSchedule) {
    /** GPUs promised and not online at the end of the quarter. */
    public ExactRangeSum outstanding() {
      return committed.minus(online);
    }
  }
}
