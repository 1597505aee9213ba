package io.dealimpact.claim;

import java.io.Serializable;
import java.util.Optional;

/**
 * What somebody published about one site, or about what a site would cost.
 *
 * @param site its name
 * @param publisher who published it
 * @param basis whether the site stands
 * @param powerGw power in operation, or that of the model, GW
 * @param capexUsd cost of it, USD; null if not stated
 * @param computeUsd of it, the cost of all computing hardware, USD; null if not stated
 * @param gpuUsd of it, the cost of GPUs alone, USD; null if not stated
 */
public record PublishedSite(
    String site,
    String publisher,
    Basis basis,
    double powerGw,
    Double capexUsd,
    Double computeUsd,
    Double gpuUsd)
    implements Serializable {

  /** What the figures are of. */
  public enum Basis {
    /** An estimate of a site in operation, all of its power. */
    BUILT,
    /** What the publisher says that so much power costs in general. */
    MODEL
  }

  /** USD to build one GW; empty where nothing is in operation or its cost is not stated. */
  Optional<Double> capexUsdPerGw() {
    return ratio(capexUsd, powerGw);
  }

  /** Share of the cost that is computing hardware, a fraction. */
  Optional<Double> computeShare() {
    return ratio(computeUsd, capexUsd);
  }

  /** Share of the cost that is GPUs, a fraction. */
  Optional<Double> gpuShare() {
    return ratio(gpuUsd, capexUsd);
  }

  private static Optional<Double> ratio(Double of, Double to) {
    return of == null || to == null || !(to > 0) || !(of > 0)
        ? Optional.empty()
        : Optional.of(of / to);
  }
}
