package io.dealimpact.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.quality.Deliveries.Version;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
  private static Version rows(long readable) {
    return new Version("sha", 1, 1, readable, readable, 0, null, false, false);
  }

  @Test
  void aVersionThatDropsMoreThanTheShareIsHeldBack() {
    assertThat(rows(5).against(rows(502), 0.5))
        .startsWith(
            "it has 5 rows, the version before it 502; quality.delivery_loss allows to drop a share"
                + " of 0.5");
    assertThat(rows(300).against(rows(502), 0.5)).isNull();
    assertThat(rows(5).against(rows(502), 1)).isNull();
    // A few rows less are an edit.
    assertThat(rows(1).against(rows(20), 0.5)).isNull();
    assertThat(rows(1).against(rows(21), 0.5)).isNotNull();
  }

  @Test
  void aDamagedVersionIsHeldBackWhereThereIsAGoodOne() {
    Version empty = new Version("sha", 2, 1, 1, 0, 0, "the file has no content", false, false);
    assertThat(empty.against(rows(1), 0.5)).isEqualTo("the file has no content");
    assertThat(rows(0).against(rows(1), 0.5)).isEqualTo("none of its rows can be read");
    assertThat(empty.against(null, 0.5)).isNull();
    assertThat(empty.against(rows(0), 0.5)).isNull();
  }

  @Test
  void aVersionWithoutRowsWithdrawsAndWhatFollowsItCounts() {
    Version withdrawal = new Version("sha", 2, 1, 0, 0, 0, null, true, false);
    assertThat(withdrawal.against(rows(502), 0.5)).isNull();
    assertThat(rows(5).against(withdrawal, 0.5)).isNull();
  }
}
