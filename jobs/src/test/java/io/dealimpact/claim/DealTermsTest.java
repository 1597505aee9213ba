package io.dealimpact.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.CommitmentDraft;
import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.ScheduleDefaults;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a deal adds to what was there, by the sample's amendments. */
class DealTermsTest {
  private static CommitmentDraft aws(String dealId, String known) {
    return new CommitmentDraft()
        .commitmentId("openai-aws-2025-11")
        .dealId(dealId)
        .provider("Amazon")
        .customer("OpenAI")
        .gpuModel("GB200/GB300")
        .gpus(200_000.0, 999_999.0)
        .powerGw(0.9, 1.1)
        .powerBy("the article")
        .firstPowerDate(LocalDate.of(2025, 11, 3))
        .fullPowerDate(LocalDate.of(2026, 12, 31))
        .ramp("linear")
        .status("signed")
        .knownDate(LocalDate.parse(known));
  }

  private static CommitmentHistory history(Commitment... rows) {
    return CommitmentHistory.of(List.of(rows));
  }

  /** 38 billion become 100 to 138, and 2 GW of another chip come: 62 to 100 billion for 2 GW. */
  @Test
  void anAmendmentIsItsIncrement() {
    List<CommitmentHistory> histories =
        List.of(
            history(
                aws("openai-aws-2025-11-03", "2025-11-03").valueUsd(38e9, 38e9).build(),
                aws("openai-amazon-2026-02-27", "2026-02-27").valueUsd(100e9, 138e9).build()),
            history(
                new CommitmentDraft()
                    .commitmentId("openai-amazon-2026-02")
                    .dealId("openai-amazon-2026-02-27")
                    .provider("Amazon")
                    .customer("OpenAI")
                    .gpuModel("Trainium3")
                    .powerGw(2.0, 2.0)
                    .status("signed")
                    .knownDate(LocalDate.of(2026, 2, 27))
                    .build()));
    DealTerms added = DealTerms.added("openai-amazon-2026-02-27", histories);
    assertThat(added.valueUsd()).contains(QuantityRange.of(62e9, 100e9));
    assertThat(added.powerGw()).contains(QuantityRange.exactly(2));
    assertThat(added.gpuModel()).contains("Trainium3");
    assertThat(added.gpus()).isEmpty();
    assertThat(added.powerBy()).as("the 2 GW are the parties'").isEmpty();
    DealTerms first = DealTerms.added("openai-aws-2025-11-03", histories);
    assertThat(first.valueUsd()).contains(QuantityRange.exactly(38e9));
    assertThat(first.powerGw()).contains(QuantityRange.of(0.9, 1.1));
    assertThat(first.powerBy()).contains("the article");
  }

  /** 4.5 GW were known without dollars; the dollars that came pay for all of them. */
  @Test
  void dollarsThatComeLaterAreForAllOfThePower() {
    CommitmentDraft oracle =
        new CommitmentDraft()
            .commitmentId("openai-oracle-4.5gw")
            .provider("Oracle")
            .customer("OpenAI")
            .powerGw(4.5, 4.5)
            .status("announced");
    CommitmentHistory history =
        history(
            oracle.dealId("july").knownDate(LocalDate.of(2025, 7, 22)).build(),
            oracle
                .dealId("september")
                .valueUsd(300e9, 300e9)
                .knownDate(LocalDate.of(2025, 9, 10))
                .build());
    DealTerms added = DealTerms.added("september", List.of(history));
    assertThat(added.powerGw()).contains(QuantityRange.exactly(4.5));
    assertThat(added.valueUsd()).contains(QuantityRange.exactly(300e9));
  }

  /** 424 days of ramp, of 2,557 of the term: (2557 - 424 + 212.5) / 2557. */
  @Test
  void theRampTakesItsShareOfTheTerm() {
    CommitmentHistory history = history(aws("d", "2025-11-03").valueUsd(38e9, 38e9).build());
    Optional<QuantityRange> share =
        DealTerms.added("d", List.of(history))
            .rampShare(QuantityRange.exactly(7), ScheduleDefaults.defaults());
    assertThat(share.orElseThrow().mid()).isCloseTo(2345.5 / 2557, within(1e-12));
    CommitmentHistory undated = history(aws("d", "2025-11-03").firstPowerDate(null).build());
    assertThat(
            DealTerms.added("d", List.of(undated))
                .rampShare(QuantityRange.exactly(7), ScheduleDefaults.defaults()))
        .isEmpty();
  }
}
