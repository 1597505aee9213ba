package io.dealimpact.capacity;

import java.time.LocalDate;
import java.util.List;

/** Commitments and models for tests. */
public final class Samples {

  private Samples() {}

  /** A GB200 NVL72 rack draws 120 to 132 kW for 72 GPUs; times 1.1 to 1.3 for cooling. */
  public static GpuModel gb200() {
    return new GpuModel(
        "GB200", "NVIDIA", QuantityRange.of(1.6, 2.4), 40_000.0, 70_000.0, 2.5, "test");
  }

  public static GpuCatalogue catalogue() {
    return GpuCatalogue.of(
        List.of(
            gb200(),
            new GpuModel("GB300", "NVIDIA", QuantityRange.of(1.7, 2.5), null, null, null, "test"),
            new GpuModel("TPU v7", "Google", QuantityRange.of(1, 1.5), null, null, null, "test")));
  }

  /** OpenAI and AWS: 38 billion USD, 1 GW (an estimate), from the day to the end of 2026. */
  public static CommitmentDraft aws() {
    return new CommitmentDraft()
        .commitmentId("openai-aws")
        .dealId("openai-aws-2025-11-03")
        .provider("Amazon")
        .customer("OpenAI")
        .gpuModel("GB200")
        .powerGw(1.0, 1.0)
        .valueUsd(38e9, 38e9)
        .firstPowerDate(LocalDate.of(2025, 11, 3))
        .fullPowerDate(LocalDate.of(2026, 12, 31))
        .status("signed")
        .ramp("linear")
        .knownDate(LocalDate.of(2025, 11, 3))
        .source("deals");
  }

  /** 250 billion of Azure, planned. */
  public static CommitmentDraft azure() {
    return new CommitmentDraft()
        .commitmentId("openai-azure")
        .dealId("openai-microsoft-2025-10-28")
        .provider("Microsoft")
        .customer("OpenAI")
        .valueUsd(250e9, 250e9)
        .status("planned")
        .knownDate(LocalDate.of(2025, 10, 28));
  }

  /** 300 billion with Google and Oracle together. */
  public static CommitmentDraft joint() {
    return new CommitmentDraft()
        .commitmentId("openai-google-oracle")
        .dealId("openai-google-oracle-2025-09")
        .provider("Oracle + Google")
        .customer("OpenAI")
        .valueUsd(300e9, 300e9)
        .status("signed")
        .knownDate(LocalDate.of(2025, 9, 10));
  }
}
