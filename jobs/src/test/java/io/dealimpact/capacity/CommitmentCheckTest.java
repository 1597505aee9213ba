package io.dealimpact.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommitmentCheckTest {

  private final CommitmentCheck check =
      CommitmentCheck.of(Samples.catalogue(), PlausibilityLimits.defaults());

  private List<Violation> violations(CommitmentDraft draft) {
    return check.check(draft, deal -> deal.startsWith("openai"));
  }

  private List<String> rules(CommitmentDraft draft) {
    return violations(draft).stream().map(Violation::rule).toList();
  }

  @Test
  void findsNothingWrongWithSoundRows() {
    assertThat(violations(Samples.aws())).isEmpty();
    assertThat(violations(Samples.azure())).isEmpty();
    assertThat(violations(Samples.joint())).isEmpty();
    assertThat(violations(Samples.aws().gpuModel("gb-200").ramp(null).status("cancelled")))
        .isEmpty();
  }

  @Test
  void findsMegawattsGivenAsGigawatts() {
    assertThat(
            violations(
                Samples.aws().powerGw(80.0, 80.0).valueUsd(null, null).gpus(40_000.0, 50_000.0)))
        .containsExactly(
            new Violation(
                "kw-per-gpu-implausible",
                "power and GPUs imply 1778 kW per GPU, but a GB200 takes 1.6 to 2.4; power_gw must"
                    + " be in GW, not MW"));
    assertThat(rules(Samples.aws().powerGw(1000.0, 1000.0)))
        .containsExactly("power-implausible", "value-per-gw-implausible");
  }

  @Test
  void findsRangesOutOfOrder() {
    assertThat(violations(Samples.aws().gpus(5e5, 4e5)))
        .containsExactly(
            new Violation("gpus-low-above-high", "gpus low 500000 is above high 400000"));
    assertThat(rules(Samples.aws().powerGw(2.0, 1.0).valueUsd(2e9, 1e9)))
        .containsExactly("power-low-above-high", "value-low-above-high");
  }

  @Test
  void findsNegativesAndNaN() {
    assertThat(violations(Samples.aws().powerGw(-1.0, 1.0)))
        .containsExactly(new Violation("power-negative", "power -1 is negative; 0 is the least"));
    assertThat(rules(Samples.aws().gpus(Double.NaN, 1.0))).containsExactly("gpus-not-a-number");
  }

  @Test
  void findsFullBeforeFirstPower() {
    assertThat(violations(Samples.aws().fullPowerDate(LocalDate.of(2025, 1, 1))))
        .containsExactly(
            new Violation(
                "full-before-first-power",
                "full power on 2025-01-01 is before first power on 2025-11-03"));
    assertThat(rules(Samples.aws().fullPowerDate(LocalDate.of(2926, 12, 31))))
        .containsExactly("date-implausible");
  }

  @Test
  void findsUnknownNames() {
    assertThat(violations(Samples.aws().gpuModel("GB2000")))
        .containsExactly(
            new Violation(
                "gpu-model-unknown", "GPU model 'GB2000' is none of GB200, GB300, TPU v7"));
    assertThat(violations(Samples.aws().dealId("nobody")))
        .containsExactly(new Violation("deal-unknown", "no deal has the deal_id 'nobody'"));
    assertThat(rules(Samples.aws().status("maybe").ramp("cliff").provider("ALL")))
        .containsExactly("status-unknown", "ramp-unknown", "reserved-name");
  }

  @Test
  void findsAllThatIsMissing() {
    assertThat(rules(new CommitmentDraft()))
        .containsExactly(
            "commitment-id-missing",
            "provider-missing",
            "customer-missing",
            "known-date-missing",
            "deal-missing",
            "status-unknown",
            "nothing-committed");
  }

  @Test
  void aWrongDraftIsNotBuilt() {
    assertThatThrownBy(() -> Samples.aws().customer(" ").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("customer is missing");
    assertThatThrownBy(() -> Samples.aws().status("x").build()).hasMessage("status 'x' is unknown");
  }
}
