package io.dealimpact.study.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OnlineDiscoveriesTest {
  /** Figures of a few roundings each. */
  private static final double ROUNDING = 1e-15;

  /** γ₁ = c ln 2, γ₂ = c ln 2 / (2 e^√ln 2), γ₃ = c ln 3 / (3 e^√ln 3), c = 0.07720838. */
  private static final double[] GAMMA = {
    0.07720838 * Math.log(2),
    0.07720838 * Math.log(2) / (2 * Math.exp(Math.sqrt(Math.log(2)))),
    0.07720838 * Math.log(3) / (3 * Math.exp(Math.sqrt(Math.log(3))))
  };

  @Test
  void theFormulaByHand() {
    OnlineDiscoveries online = new OnlineDiscoveries(0.05);
    assertThat(online.nextLevel()).isCloseTo(0.025 * GAMMA[0], within(ROUNDING));
    assertThat(online.isDiscovery(0.001)).isTrue();
    // The first discovery earns α − w₀.
    double second = 0.025 * GAMMA[1] + 0.025 * GAMMA[0];
    assertThat(online.nextLevel()).isCloseTo(second, within(ROUNDING));
    assertThat(online.isDiscovery(second)).isTrue();
    // The second earns α.
    double third = 0.025 * GAMMA[2] + 0.025 * GAMMA[1] + 0.05 * GAMMA[0];
    assertThat(online.nextLevel()).isCloseTo(third, within(ROUNDING));
    assertThat(online.isDiscovery(third * 1.0001)).isFalse();
  }

  /**
   * Σγ_t is at most 1: a million terms, and for the rest c ∫ ln t / (t e^√ln t) dt from there, 2c
   * e^−s (s³ + 3s² + 6s + 6) with s = √ln t.
   */
  @Test
  void theLevelsThatAreGivenAwayAddUpToOne() {
    double sum = 0;
    for (int t = 1; t <= 1_000_000; t++) {
      sum += OnlineDiscoveries.gamma(t);
    }
    double s = Math.sqrt(Math.log(1_000_000));
    double rest = 2 * 0.07720838 * Math.exp(-s) * (s * s * s + 3 * s * s + 6 * s + 6);
    assertThat(sum + rest).isBetween(0.97, 1.0);
  }

  /** Of nulls alone a discovery is a false one: no more than 5 in 100 studies have any. */
  @Test
  void studiesWithoutAnEffectSeldomHaveADiscovery() {
    Random random = new Random(7);
    int studies = 2000;
    int wrong = 0;
    for (int study = 0; study < studies; study++) {
      OnlineDiscoveries online = new OnlineDiscoveries(0.05);
      boolean any = false;
      for (int t = 0; t < 60; t++) {
        any |= online.isDiscovery(random.nextDouble());
      }
      wrong += any ? 1 : 0;
    }
    // 5 % and three standard errors of a share of 2000.
    assertThat(wrong / (double) studies).isLessThan(0.05 + 3 * Math.sqrt(0.05 * 0.95 / studies));
  }
}
