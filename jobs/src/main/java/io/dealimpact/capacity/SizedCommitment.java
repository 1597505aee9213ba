package io.dealimpact.capacity;

import java.util.Optional;

/**
 * A commitment made ready to be rolled up: its power and its GPUs, each stated or derived from the
 * other, and its schedule.
 *
 * @param commitmentId the commitment; names its Monte Carlo draws
 * @param key provider, customer, model and status
 * @param powerGw all-in power, GW; empty if neither stated nor derivable
 * @param powerBasis how the power is known
 * @param gpus number of GPUs; empty if neither stated nor derivable
 * @param gpusBasis how the GPUs are known
 * @param schedule when it comes online; empty if no date is known
 */
public record SizedCommitment(
    String commitmentId,
    RollupKey key,
    Optional<QuantityRange> powerGw,
    Basis powerBasis,
    Optional<QuantityRange> gpus,
    Basis gpusBasis,
    Optional<Schedule> schedule) {

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
        commitment.powerGw().or(() -> model.flatMap(m -> commitment.gpus().map(m::powerGw)));
    Optional<QuantityRange> gpus =
        commitment.gpus().or(() -> model.flatMap(m -> commitment.powerGw().map(m::gpus)));
    return new SizedCommitment(
        commitment.commitmentId(),
        new RollupKey(
            commitment.provider(),
            commitment.customer(),
            commitment.gpuModel(),
            commitment.status()),
        powerGw,
        basis(commitment.powerGw(), powerGw),
        gpus,
        basis(commitment.gpus(), gpus),
        Schedule.of(
            commitment.firstPowerDate(),
            commitment.fullPowerDate(),
            commitment.ramp().orElse(defaults.ramp()),
            defaults.rampDays()));
  }

  private static Basis basis(Optional<QuantityRange> stated, Optional<QuantityRange> result) {
    if (stated.isPresent()) {
      return Basis.STATED;
    }
    return result.isPresent() ? Basis.DERIVED : Basis.MISSING;
  }
}
