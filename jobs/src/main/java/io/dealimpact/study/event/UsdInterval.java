package io.dealimpact.study.event;

import io.dealimpact.study.market.ReturnKind;

/**
 * An amount in US dollars with its confidence interval; NaN where not known.
 *
 * @param usd the amount
 * @param lowUsd lower end of the interval
 * @param highUsd upper end
 */
public record UsdInterval(double usd, double lowUsd, double highUsd) {

  /** Nothing is known. */
  static final UsdInterval NONE = new UsdInterval(Double.NaN, Double.NaN, Double.NaN);

  /** MV × (CAR ± margin), each as a simple return. */
  static UsdInterval of(double car, double margin, double marketCapUsd, ReturnKind kind) {
    return new UsdInterval(
        kind.toSimple(car) * marketCapUsd,
        kind.toSimple(car - margin) * marketCapUsd,
        kind.toSimple(car + margin) * marketCapUsd);
  }

  /** The same interval about another amount. */
  UsdInterval withAmount(double otherUsd) {
    return new UsdInterval(otherUsd, lowUsd, highUsd);
  }
}
