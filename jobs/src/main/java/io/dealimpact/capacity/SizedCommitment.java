package io.dealimpact.capacity;

import java.util.List;
import java.util.Optional;

/**
 * A commitment made ready to be rolled up: its power and its GPUs, each stated or derived from the
 * other, and its schedule.
 *
 * @param commitmentId the commitment; names its Monte Carlo draws
 * @param key provider, customer, model, status, layer and region
 * @param powerGw all-in power, GW; empty if neither stated nor derivable
 * @param powerBasis how the power is known
 * @param gpus number of GPUs; empty if neither stated nor derivable
 * @param gpusBasis how the GPUs are known
 * @param h100PerGpu H100s that do the work of one of its GPUs; empty if unknown
 * @param tranches its parts, each with its schedule
 * @param terms what is stated besides
 */
public record SizedCommitment(
    String commitmentId,
    RollupKey key,
    Optional<QuantityRange> powerGw,
    Basis powerBasis,
    Optional<QuantityRange> gpus,
    Basis gpusBasis,
    Optional<Double> h100PerGpu,
    List<Tranche> tranches,
    Terms terms) {

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
    Optional<GpuModel> model = catalogue.find(commitment.gpuModel());
    Optional<QuantityRange> powerGw =
        commitment.statedPowerGw().or(() -> model.flatMap(m -> commitment.gpus().map(m::powerGw)));
    Optional<QuantityRange> gpus =
        commitment.gpus().or(() -> model.flatMap(m -> commitment.statedPowerGw().map(m::gpus)));
    return new SizedCommitment(
        commitment.commitmentId(),
        new RollupKey(
            commitment.provider(),
            commitment.customer(),
            commitment.gpuModel(),
            commitment.status(),
            commitment.scope().layer(),
            commitment.scope().region()),
        powerGw,
        basis(commitment.statedPowerGw(), powerGw),
        gpus,
        basis(commitment.gpus(), gpus),
        model.flatMap(GpuModel::h100Equivalents),
        Tranche.of(commitment, powerGw, defaults),
        new Terms(commitment.valueUsd(), commitment.scope().load()));
  }

  /** Whether no part of it ever comes online, for want of a date. */
  public boolean isUndated() {
    return tranches.stream().allMatch(tranche -> tranche.schedule().isEmpty());
  }

  private static Basis basis(Optional<QuantityRange> stated, Optional<QuantityRange> result) {
    if (stated.isPresent()) {
      return Basis.STATED;
    }
    return result.isPresent() ? Basis.DERIVED : Basis.MISSING;
  }
}
