package io.dealimpact.capacity;

import java.io.Serializable;
import java.util.Optional;

/**
 * What somebody published about one site that is built or being built.
 *
 * @param site its name
 * @param publisher who published it
 * @param powerGw power in operation, GW
 * @param capexUsd cost of what is in operation, USD; empty if not told
 * @param computeUsd of it, the cost of compute, USD; empty if not told
 */
public record BuiltSite(
    String site, String publisher, double powerGw, Double capexUsd, Double computeUsd)
    implements Serializable {

  /** USD to build one GW; empty where nothing is in operation or its cost is not told. */
  Optional<Double> capexUsdPerGw() {
    return ratio(capexUsd, powerGw);
  }

  /** Share of the cost that is compute, a fraction. */
  Optional<Double> computeShare() {
    return ratio(computeUsd, capexUsd);
  }

  private static Optional<Double> ratio(Double of, Double to) {
    return of == null || to == null || !(to > 0) || !(of > 0)
        ? Optional.empty()
        : Optional.of(of / to);
  }
}
