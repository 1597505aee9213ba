package io.dealimpact.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.run.ExitCode;
import io.dealimpact.run.Failures;
import io.dealimpact.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosedGatesTest {

  /** The real flow, walked as the runner does, where the gate of one stage closes. */
  private static List<String> skippedWhen(String refused) {
    ClosedGates gates = new ClosedGates();
    List<String> skipped = new ArrayList<>();
    try (Pipeline pipeline = new Pipeline()) {
      for (Stage stage : pipeline.stages()) {
        if (gates.closing(stage).isPresent()) {
          skipped.add(stage.name());
        } else if (stage.name().equals(refused)) {
          gates.close(stage, Failures.qualityGate("x", 9, 10, 0.5));
        }
      }
    }
    assertThat(gates.first().orElseThrow().exitCode()).isEqualTo(ExitCode.QUALITY_GATE);
    return skipped;
  }

  @Test
  void aGateClosesItsFeedAndWhatDependsOnItAlone() {
    assertThat(skippedWhen("conform-claims"))
        .containsExactly("audit-claims", "check-article", "label-deals");
    assertThat(skippedWhen("conform-bars"))
        .contains("conform-shares", "conform-market-caps", "fit-models", "measure-events")
        .doesNotContain("conform-deals", "conform-gpus", "conform-capacity", "conform-sites");
    assertThat(skippedWhen("conform-gpus"))
        .contains("conform-capacity", "audit-claims", "check-article")
        .doesNotContain("conform-bars", "measure-daily-moves", "fit-models", "measure-events");
  }

  @Test
  void onlyQualityGatesLetTheRunGoOn() {
    assertThat(ClosedGates.isGate(Failures.qualityGate("x", 9, 10, 0.5))).isTrue();
    assertThat(ClosedGates.isGate(Failures.nothingAccepted("silver.fx", 3))).isTrue();
    assertThat(ClosedGates.isGate(Failures.concurrentWriter("silver.fx", null))).isFalse();
    assertThat(ClosedGates.isGate(new IllegalStateException())).isFalse();
  }
}
