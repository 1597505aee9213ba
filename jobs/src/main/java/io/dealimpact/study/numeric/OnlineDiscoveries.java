package io.dealimpact.study.numeric;

import java.util.Arrays;

/**
 * Tests decided one after the other, each once, with the expected share of false discoveries held
 * at a level at all times: LORD++ (Ramdas, Yang, Wainwright &amp; Jordan 2017, section 4). Test t
 * rejects where p_t ≤ α_t,
 *
 * <pre>α_t = γ_t w₀ + (α − w₀) γ_{t−τ₁} + α Σ_{j≥2} γ_{t−τ_j}</pre>
 *
 * <p>with τ_j the tests that rejected so far, w₀ = α/2, and γ_t = {@value #SCALE} ln(max(t, 2)) /
 * (t exp(√ln t)), whose sum is at most 1 (Javanmard &amp; Montanari 2018, eq. 31). α_t depends on
 * earlier tests alone, so that no later one changes a decision. It holds under independence of the
 * p-values. Pinned by {@code OnlineDiscoveriesTest}.
 */
public final class OnlineDiscoveries {
  private static final double SCALE = 0.07720838;

  private final double level;
  private final double start;
  private int tests;
  private int discoveries;
  private int[] at = new int[16];

  /**
   * @param level α, in (0, 1)
   */
  public OnlineDiscoveries(double level) {
    this.level = level;
    this.start = level / 2;
  }

  /** The level that the next test is held against. */
  public double nextLevel() {
    int t = tests + 1;
    double alpha = start * gamma(t);
    for (int j = 0; j < discoveries; j++) {
      alpha += (j == 0 ? level - start : level) * gamma(t - at[j]);
    }
    return alpha;
  }

  /** Decides the next test. */
  public boolean isDiscovery(double p) {
    boolean rejected = p <= nextLevel();
    tests++;
    if (rejected) {
      if (discoveries == at.length) {
        at = Arrays.copyOf(at, 2 * discoveries);
      }
      at[discoveries++] = tests;
    }
    return rejected;
  }

  /** γ_t. */
  static double gamma(int t) {
    return SCALE
        * StrictMath.log(Math.max(t, 2))
        / (t * StrictMath.exp(Math.sqrt(StrictMath.log(t))));
  }
}
