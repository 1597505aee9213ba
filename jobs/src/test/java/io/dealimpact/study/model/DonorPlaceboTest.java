package io.dealimpact.study.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.Fixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * California's Proposition 99 (Abadie, Diamond &amp; Hainmueller 2010), against R's quadprog
 * ({@code src/test/r/proposition99.R}). By the t of its gaps the p would be below 1e-13; two of 38
 * states that nothing happened to have larger gaps.
 */
class DonorPlaceboTest {
  /** 1970 to 1988. */
  private static final int BEFORE = 19;

  private final List<Map<String, String>> years = Fixtures.resource("proposition99.csv");
  private final Map<String, Double> r = Fixtures.numbers("proposition99_figures.csv");

  private List<String> donors() {
    List<String> donors = new ArrayList<>(years.get(0).keySet());
    donors.removeAll(List.of("year", "California"));
    return donors;
  }

  private double[] sales(String state) {
    return years.stream().mapToDouble(year -> Double.parseDouble(year.get(state))).toArray();
  }

  private double[][] units() {
    List<double[]> units = new ArrayList<>(List.of(sales("California")));
    donors().forEach(state -> units.add(sales(state)));
    return units.toArray(new double[0][]);
  }

  @Test
  void twoDonorsHaveALargerGap() {
    assertThat(DonorPlacebo.of(units(), BEFORE))
        .isEqualTo(new DonorPlacebo(r.get("rank") / 39, 38));
  }

  /** R needs a ridge, as there are more donors than years: equal to five digits. */
  @Test
  void syntheticCaliforniaIsAMixOfSixStates() {
    double[][] units = units();
    int donors = units.length - 1;
    double[][] cross = new double[donors][donors];
    double[] right = new double[donors];
    for (int t = 0; t < BEFORE; t++) {
      for (int i = 0; i < donors; i++) {
        right[i] += units[i + 1][t] * units[0][t];
        for (int j = 0; j < donors; j++) {
          cross[i][j] += units[i + 1][t] * units[j + 1][t];
        }
      }
    }
    double[] weights = SimplexWeights.of(cross, right);
    double gap = 0;
    for (int t = BEFORE; t < years.size(); t++) {
      gap += units[0][t] / 12;
      for (int i = 0; i < donors; i++) {
        gap -= weights[i] * units[i + 1][t] / 12;
      }
    }
    for (int i = 0; i < donors; i++) {
      assertThat(weights[i])
          .as(donors().get(i))
          .isCloseTo(r.getOrDefault("weight." + donors().get(i), 0.0), within(1e-5));
    }
    assertThat(gap).isCloseTo(r.get("mean_gap"), within(1e-5));
  }

  @Test
  void withoutDonorsThereIsNoRank() {
    double[] alone = {1, 2, 3};
    assertThat(DonorPlacebo.of(new double[][] {alone}, 2)).isEqualTo(DonorPlacebo.NONE);
    // A single donor has no other to be fitted by.
    assertThat(DonorPlacebo.of(new double[][] {alone, {2, 2, 2}}, 2)).isEqualTo(DonorPlacebo.NONE);
  }
}
