package io.dealimpact.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.capacity.QuantityRange;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The claims of the OpenAI–AWS story against Amazon's prices of 2025-11-03. */
class ClaimCheckTest {

  private static final DayMove AMAZON =
      new DayMove(244.22, 255.36, 258.60, 252.90, 254.00, 10_690_216_011.0, Net.UNKNOWN);

  private static Claim claim(Metric metric, Double low, Double high, String print) {
    return new Claim(
        "claim",
        new Claim.About("openai-aws-2025-11-03", "Amazon", metric.code()),
        new Claim.Print(QuantityRange.ofNullable(low, high), print),
        Optional.of(LocalDate.of(2025, 11, 3)));
  }

  private static Claim gain(double usd, String print) {
    return claim(Metric.ONE_DAY_GAIN_USD, usd, usd, print);
  }

  private static Verdict verdict(Metric metric, Double claimed, String print, Reading reading) {
    return ClaimCheck.check(claim(metric, claimed, claimed, print), List.of(reading)).verdict();
  }

  @Test
  void about140BillionIsSupportedOnlyIntraday() {
    ClaimAudit audit =
        ClaimCheck.check(gain(140e9, "about 140 billion dollars"), AMAZON.readings());
    assertThat(audit.allowed()).contains(new Band(126e9, 154e9));
    assertThat(audit.readings())
        .extracting(judged -> judged.reading().name(), ClaimAudit.ReadingVerdict::verdict)
        .containsExactly(
            tuple("at-close", Verdict.CONTRADICTED),
            tuple("intraday", Verdict.SUPPORTED),
            tuple("at-high", Verdict.SUPPORTED),
            tuple("at-open", Verdict.CONTRADICTED),
            tuple("net-of-market", Verdict.NOT_MEASURABLE),
            tuple("net-of-market-and-sector", Verdict.NOT_MEASURABLE));
    assertThat(audit.readings().get(0).reading().measured().orElseThrow().mid())
        .isCloseTo(104.55e9, within(0.005e9));
    assertThat(audit.readings().get(2).reading().measured().orElseThrow().mid())
        .isCloseTo(153.7e9, within(0.05e9));
    assertThat(audit.readings().get(3).reading().measured().orElseThrow().mid())
        .isCloseTo(119.1e9, within(0.05e9));
    assertThat(audit.verdict().text()).isEqualTo("supported under a reading");
    assertThat(audit.deciding().orElseThrow().reading().name()).isEqualTo("intraday");
    assertThat(audit.explanation())
        .isEqualTo(
            "“about 140 billion dollars” (Amazon) holds only within the day, where it was 92.8 to"
                + " 153.7 billion USD; at the close it was 104.6 billion USD.");
  }

  @Test
  void otherGainsAreJudgedAsPrinted() {
    assertThat(ClaimCheck.check(gain(105e9, "about 105 billion"), AMAZON.readings()).verdict())
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(ClaimCheck.check(gain(200e9, "200 billion"), AMAZON.readings()).verdict())
        .as("150 to 250 billion holds the high")
        .isEqualTo(Verdict.SUPPORTED_UNDER_A_READING);
    assertThat(ClaimCheck.check(gain(160e9, "more than 160 billion"), AMAZON.readings()).verdict())
        .isEqualTo(Verdict.CONTRADICTED);
  }

  @Test
  void anEstimateTooWideToTellDecidesNothing() {
    Reading wide = Reading.estimate("net-of-market", QuantityRange.of(50e9, 99e9, 148e9));
    assertThat(verdict(Metric.ONE_DAY_GAIN_USD, 140e9, "140 billion", wide))
        .isEqualTo(Verdict.NOT_MEASURABLE);
    Reading narrow = Reading.estimate("net-of-market", QuantityRange.of(80e9, 99e9, 118e9));
    assertThat(verdict(Metric.ONE_DAY_GAIN_USD, 140e9, "140 billion", narrow))
        .isEqualTo(Verdict.CONTRADICTED);
  }

  @Test
  void aRecordIsAboveTheOneBefore() {
    Claim record = claim(Metric.RECORD_PRICE, null, null, "to a record");
    assertThat(
            ClaimCheck.check(
                    record, new PriceRecord(254, 244.22, 258.6, 250.5, Optional.empty()).readings())
                .verdict())
        .isEqualTo(Verdict.SUPPORTED);
    ClaimAudit intraday =
        ClaimCheck.check(
            record,
            new PriceRecord(254, 254, 258.6, 250.5, Optional.of(LocalDate.of(2024, 1, 2)))
                .readings());
    assertThat(intraday.verdict()).isEqualTo(Verdict.SUPPORTED_UNDER_A_READING);
    assertThat(intraday.explanation())
        .isEqualTo(
            "“to a record” (Amazon) holds only at the day's high, where it was 3.23 % above every"
                + " price since 2024-01-02; at the close it was no higher than the highest close"
                + " since 2024-01-02.");
  }

  @Test
  void theRestOfTheStory() {
    assertThat(
            verdict(
                Metric.CONTRACT_VALUE_USD,
                38e9,
                "38 billion dollars over 7 years",
                Reading.value("disclosed", 38e9)))
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(
            verdict(
                Metric.TERM_YEARS,
                7.0,
                "38 billion dollars over 7 years",
                Reading.value("disclosed", 7)))
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(
            verdict(
                Metric.POWER_GW,
                1.0,
                "about 1 GW",
                Reading.missing("disclosed", "the parties disclosed no power")))
        .isEqualTo(Verdict.NOT_MEASURABLE);
    assertThat(
            verdict(
                Metric.GPU_COUNT,
                null,
                "hundreds of thousands of GPUs",
                Reading.estimate("from-power", QuantityRange.of(416_667, 625_000))))
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(
            verdict(
                Metric.DAYS_SINCE_EVENT,
                7.0,
                "one week after Microsoft's exclusivity ended",
                Reading.value("calendar-days", 6)))
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(
            verdict(
                Metric.FULL_POWER_DATE,
                null,
                "full capacity by the end of 2026",
                Reading.recordedDate("disclosed", LocalDate.of(2026, 12, 31))))
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(
            verdict(
                Metric.EXPANSION_DATE,
                null,
                "after 2027",
                Reading.recordedDate("disclosed", LocalDate.of(2027, 1, 1))))
        .isEqualTo(Verdict.CONTRADICTED);
    assertThat(
            verdict(
                Metric.JOINT_COMMITMENT_USD,
                300e9,
                "300 billion with Google and Oracle",
                Reading.attained("disclosed", QuantityRange.of(300e9, 310e9))))
        .isEqualTo(Verdict.SUPPORTED);
  }

  @Test
  void namesOfModels() {
    Claim models = claim(Metric.GPU_MODEL, null, null, "NVIDIA's GB200 and GB300");
    assertThat(
            ClaimCheck.check(models, List.of(Reading.names("disclosed", Set.of("GB200", "gb-300"))))
                .verdict())
        .isEqualTo(Verdict.SUPPORTED);
    assertThat(
            ClaimCheck.check(models, List.of(Reading.names("disclosed", Set.of("H100"))))
                .explanation())
        .isEqualTo(
            "“NVIDIA's GB200 and GB300” (Amazon) does not hold: the announcement says H100.");
    assertThat(
            ClaimCheck.check(models, List.of(Reading.names("disclosed", Set.of("GB200"))))
                .verdict())
        .isEqualTo(Verdict.NOT_MEASURABLE);
  }

  @Test
  void whatCannotBeMeasuredSaysWhy() {
    Claim unknown =
        new Claim(
            "c",
            new Claim.About("d", "x", "vibes"),
            new Claim.Print(Optional.empty(), "good vibes"),
            Optional.empty());
    ClaimAudit audit = ClaimCheck.check(unknown, List.of(Reading.value("disclosed", 1)));
    assertThat(audit.verdict().text()).isEqualTo("not measurable");
    assertThat(audit.explanation())
        .isEqualTo("“good vibes” cannot be measured: 'vibes' is no metric that we know.");
    assertThat(
            ClaimCheck.check(claim(Metric.POWER_GW, null, null, "much"), List.of()).explanation())
        .isEqualTo("“much” cannot be measured: the print has no figure.");
    assertThat(
            ClaimCheck.check(
                    claim(Metric.POWER_GW, 1.0, 1.0, "about 1 GW"),
                    List.of(Reading.missing("disclosed", "the parties disclosed no power")))
                .explanation())
        .isEqualTo("“about 1 GW” (Amazon) cannot be measured: the parties disclosed no power.");
    assertThat(new DayMove(0, 1, 1, 1, 1, 1, Net.UNKNOWN).readings())
        .allMatch(reading -> reading.measured().isEmpty());
  }

  @Test
  void metricsHaveStableNames() {
    assertThat(Metric.values())
        .extracting(Metric::code)
        .containsExactly(
            "contract-value-usd",
            "term-years",
            "power-gw",
            "gpu-count",
            "gpu-model",
            "capex-usd-per-gw",
            "gpu-share-of-capex",
            "first-power-date",
            "full-power-date",
            "expansion-date",
            "one-day-gain-usd",
            "one-day-return",
            "intraday-return",
            "market-cap-usd",
            "record-price",
            "joint-commitment-usd",
            "commitment-usd",
            "days-since-event",
            "deals-since-event",
            "largest-so-far");
  }

  @Test
  void oneLineIsMarkedAsTheOneThatDecided() {
    ClaimAudit audit =
        ClaimCheck.check(gain(140e9, "about 140 billion dollars"), AMAZON.readings());
    assertThat(audit.lines())
        .extracting(line -> line.judged().reading().name(), ClaimAudit.Line::isDeciding)
        .containsExactly(
            tuple("at-close", false),
            tuple("intraday", true),
            tuple("at-high", false),
            tuple("at-open", false),
            tuple("net-of-market", false),
            tuple("net-of-market-and-sector", false));
  }

  @Test
  void aClaimWithoutAReadingHasOneLineThatSaysSo() {
    ClaimAudit audit = ClaimCheck.check(claim(Metric.POWER_GW, 1.0, 1.0, "1 GW"), List.of());
    assertThat(audit.lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.judged().reading()).isEqualTo(Reading.missing("none", "no reading"));
              assertThat(line.judged().verdict()).isEqualTo(Verdict.NOT_MEASURABLE);
              assertThat(line.isDeciding()).isTrue();
            });
  }
}
