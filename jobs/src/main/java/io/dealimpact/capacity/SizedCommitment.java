package io.dealimpact.capacity;

import java.util.List;
import java.util.Optional;

/**
 * A commitment made ready to be rolled up: its power and its GPUs, each stated or derived from the
 * other, and its schedule.
 *
 * @param commitmentId the commitment; names its Monte Carlo draws
 * @param key provider, customer, model, status, layer and region
 * @param powerGw all-in power, GW
 * @param gpus number of GPUs
 * @param h100PerGpu H100s that do the work of one of its GPUs; empty if unknown
 * @param tranches its parts, each with its schedule
 * @param terms what is stated besides
 */
public record SizedCommitment(
    String commitmentId,
    RollupKey key,
    Amount powerGw,
    Amount gpus,
    Optional<Double> h100PerGpu,
    List<Tranche> tranches,
    Terms terms) {

  /**
   * A size, and how it is known.
   *
   * @param range the size; empty if neither stated nor derivable
   * @param basis how it is known
   */
  public record Amount(Optional<QuantityRange> range, Basis basis) {

    /** A size that was stated. */
    public static Amount stated(Optional<QuantityRange> range) {
      return new Amount(range, Basis.STATED);
    }

    /** What was stated, else what is derived from it. */
    static Amount of(Optional<QuantityRange> stated, Optional<QuantityRange> derived) {
      if (stated.isPresent()) {
        return stated(stated);
      }
      return derived.isPresent()
          ? new Amount(derived, Basis.DERIVED)
          : new Amount(Optional.empty(), Basis.MISSING);
    }
  }

  /**
   * What is stated besides, for the coverage of the sums.
   *
   * @param valueUsd contract value, USD; empty if not stated
   * @param load what the power is of: it, facility, unstated
   */
  public record Terms(Optional<QuantityRange> valueUsd, String load) {

    /** Nothing. */
    public static final Terms UNSTATED = new Terms(Optional.empty(), Commitment.UNSTATED);

    /** Whether the power is that of the computers alone, without cooling and conversion. */
    boolean isOfComputersAlone() {
      return load.equals("it");
    }
  }

  /** How a size is known. */
  public enum Basis {
    /** Stated by the parties. */
    STATED,
    /** GPUs × kW per GPU, or power ÷ kW per GPU, of the model; interval arithmetic. */
    DERIVED,
    /** It is not known: the sums go without it, and count it as missing. */
    MISSING
  }

  /** Sizes a commitment by its model; a model not in the catalogue derives nothing. */
  public static SizedCommitment of(
      Commitment commitment, GpuCatalogue catalogue, ScheduleDefaults defaults) {
    Optional<GpuModel> model = catalogue.find(commitment.size().gpuModel());
    Optional<QuantityRange> statedGw = commitment.statedPowerGw();
    Optional<QuantityRange> statedGpus = commitment.size().gpus();
    Amount powerGw = Amount.of(statedGw, model.flatMap(m -> statedGpus.map(m::powerGw)));
    Amount gpus = Amount.of(statedGpus, model.flatMap(m -> statedGw.map(m::gpus)));
    return new SizedCommitment(
        commitment.commitmentId(),
        new RollupKey(
            commitment.parties().provider(),
            commitment.parties().customer(),
            commitment.size().gpuModel(),
            commitment.status(),
            commitment.scope().layer(),
            commitment.scope().region()),
        powerGw,
        gpus,
        model.flatMap(GpuModel::h100Equivalents),
        Tranche.of(commitment, powerGw.range(), defaults),
        new Terms(commitment.size().valueUsd(), commitment.scope().load()));
  }

  /** Whether no part of it ever comes online, for want of a date. */
  public boolean isUndated() {
    return tranches.stream().allMatch(tranche -> tranche.schedule().isEmpty());
  }
}
