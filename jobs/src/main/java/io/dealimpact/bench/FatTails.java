package io.dealimpact.bench;

import io.dealimpact.study.numeric.Hash;

/**
 * Draws of Student's t with 4 degrees of freedom, scaled to variance 1 and cut at 12 standard
 * deviations: z/√(χ²/4)/√2 with z by Box &amp; Muller 1958 and χ² = −2 ln(u·v). Strict
 * floating-point functions: the same draws on every machine.
 */
final class FatTails {
  private static final double MOST = 12;

  private long state;

  FatTails(long seed) {
    state = seed;
  }

  double next() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform()));
    double z = radius * StrictMath.cos(2 * Math.PI * uniform());
    double chiSquare = -2 * StrictMath.log(uniform() * uniform());
    double t = z / StrictMath.sqrt(chiSquare / 2);
    return Math.max(-MOST, Math.min(MOST, t));
  }

  /** In (0, 1]. */
  private double uniform() {
    state = Hash.mix(state);
    return 1 - Hash.uniform(state);
  }
}
