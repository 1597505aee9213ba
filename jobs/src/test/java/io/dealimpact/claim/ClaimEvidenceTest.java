package io.dealimpact.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.CommitmentDraft;
import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.Samples;
import io.dealimpact.capacity.cost.CapexAssumptions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each metric takes as its readings, plainest first. */
class ClaimEvidenceTest {

  private static final LocalDate DAY = LocalDate.of(2025, 11, 3);

  /** Amazon on 2025-11-03, of 10,690,216,011 shares at 244.22. */
  private static final DayPrices AMAZON =
      new DayPrices(
          244.22,
          255.36,
          258.60,
          252.90,
          254.00,
          244.22,
          250.50,
          Optional.of(LocalDate.of(2024, 1, 2)),
          244.22 * 10_690_216_011.0,
          new Net(
              Optional.of(QuantityRange.of(0.011, 0.038, 0.065)),
              Optional.of(QuantityRange.of(0.009, 0.035, 0.061))),
          new Net(
              Optional.of(QuantityRange.of(28e9, 98e9, 169e9)),
              Optional.of(QuantityRange.of(24e9, 91e9, 158e9))));

  private static ClaimEvidence evidence(
      Metric metric, String subject, Double claimed, String print) {
    return new ClaimEvidence(
        new Claim(
            "claim",
            new Claim.About("openai-aws-2025-11-03", subject, metric.code()),
            new Claim.Print(QuantityRange.ofNullable(claimed, null), print),
            Optional.of(DAY)),
        Optional.of(AMAZON),
        new ClaimEvidence.Deal(
            Optional.of(QuantityRange.exactly(38e9)),
            Optional.of(QuantityRange.exactly(7)),
            Set.of("OpenAI"),
            CommitmentHistory.group(
                List.of(
                    Samples.aws().gpus(200_000.0, 999_999.0).build(),
                    Samples.azure().build(),
                    Samples.joint().build())),
            Optional.of(
                new ClaimEvidence.EarlierDeal(
                    "openai-microsoft-2025-10-28", LocalDate.of(2025, 10, 28)))),
        new ClaimEvidence.Reference(
            Samples.catalogue(),
            CapexAssumptions.defaults(),
            List.of(
                built("Abilene", 0.59, 16.14e9, 10.97e9),
                built("New Carlisle", 1.092, 34.862e9, 23.686e9),
                built("to come", 0, null, null),
                model("Bernstein", 35e9, null, 13.65e9),
                model("NVIDIA", 50e9, 35e9, null))));
  }

  private static PublishedSite built(String site, double powerGw, Double capexUsd, Double compute) {
    return new PublishedSite(
        site, "Epoch AI", PublishedSite.Basis.BUILT, powerGw, capexUsd, compute, null);
  }

  private static PublishedSite model(
      String publisher, double capexUsd, Double computeUsd, Double gpuUsd) {
    return new PublishedSite(
        "1 GW", publisher, PublishedSite.Basis.MODEL, 1, capexUsd, computeUsd, gpuUsd);
  }

  private static String explained(Metric metric, String subject, Double claimed, String print) {
    return evidence(metric, subject, claimed, print).audit().explanation();
  }

  private static List<String> readings(ClaimAudit audit) {
    List<String> names = new ArrayList<>();
    audit.readings().forEach(judged -> names.add(judged.reading().name()));
    return names;
  }

  @Test
  void everyMetricHasAReadingAndItsPlainOneIsMeasuredHere() {
    for (Metric metric : Metric.values()) {
      ClaimAudit audit = evidence(metric, "Microsoft", 1.0, "1").audit();
      assertThat(audit.readings()).as(metric.code()).isNotEmpty();
      assertThat(new java.util.HashSet<>(readings(audit)))
          .as("names of the readings of " + metric.code())
          .hasSameSizeAs(audit.readings());
    }
  }

  @Test
  void aRiseWithinTheDayIsReadAtTheHighFirst() {
    ClaimAudit audit =
        evidence(Metric.INTRADAY_RETURN, "AMZN", 0.06, "jumped 6 % to an intra-day record").audit();
    assertThat(readings(audit))
        .containsExactly(
            "at-high", "at-open", "at-close", "net-of-market", "net-of-market-and-sector");
    assertThat(audit.verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(audit.readings().get(0).reading().measured().orElseThrow().mid())
        .isCloseTo(0.05888, within(0.000005));
  }

  @Test
  void aOneDayReturnIsReadAtTheClose() {
    ClaimAudit audit = evidence(Metric.ONE_DAY_RETURN, "AMZN", 0.04, "up 4 %").audit();
    assertThat(readings(audit)).startsWith("at-close");
    assertThat(audit.verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(audit.readings().get(3).verdict())
        .as("the mid of 3.8 % net of the market rounds to 4")
        .isEqualTo(Verdict.SUPPORTED);
  }

  @Test
  void aMarketValueGrowsWithThePrice() {
    ClaimAudit audit =
        evidence(Metric.MARKET_CAP_USD, "AMZN", 2.7e12, "a value of 2.7 trillion dollars").audit();
    assertThat(audit.verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(audit.readings().get(0).reading().measured().orElseThrow().mid())
        .isCloseTo(254.00 * 10_690_216_011.0, within(1.0));
  }

  @Test
  void jointCommitmentsAreOfAllTheSubjectsTogether() {
    ClaimAudit together =
        evidence(Metric.JOINT_COMMITMENT_USD, "Google+Oracle", 300e9, "300 billion dollars")
            .audit();
    assertThat(together.verdict()).isEqualTo(Verdict.SUPPORTED);
    ClaimAudit withAnother =
        evidence(Metric.JOINT_COMMITMENT_USD, "Oracle, Google and IBM", 300e9, "300 billion")
            .audit();
    assertThat(withAnother.verdict())
        .as("what IBM holds is not known")
        .isEqualTo(Verdict.SUPPORTED_UNDER_A_READING);
    assertThat(withAnother.explanation())
        .isEqualTo(
            "“300 billion” (Oracle, Google and IBM) holds only for the amounts that are known,"
                + " where it was 300 billion USD; no amount is known of IBM. But: misattributed: the"
                + " amount is of Google and Oracle; none is known of IBM.");
    ClaimAudit alone =
        evidence(Metric.COMMITMENT_USD, "Oracle", 300e9, "300 billion dollars").audit();
    assertThat(alone.verdict())
        .as("what Oracle and Google hold together is not Oracle's")
        .isEqualTo(Verdict.NOT_MEASURABLE);
  }

  @Test
  void whatIsPlannedCountsUnderAReadingOfItsOwn() {
    ClaimAudit audit =
        evidence(Metric.COMMITMENT_USD, "microsoft", 250e9, "250 billion dollars planned").audit();
    assertThat(audit.readings())
        .extracting(judged -> judged.reading().name(), ClaimAudit.ReadingVerdict::verdict)
        .containsExactly(
            tuple("announced-or-signed", Verdict.NOT_MEASURABLE),
            tuple("planned-too", Verdict.SUPPORTED));
    assertThat(audit.verdict()).isEqualTo(Verdict.SUPPORTED_UNDER_A_READING);
  }

  @Test
  void aWeekIsCountedBetweenAnnouncements() {
    ClaimAudit audit =
        evidence(Metric.DAYS_SINCE_EVENT, "Microsoft", 7.0, "one week after").audit();
    assertThat(audit.readings().get(0).reading().measured()).contains(QuantityRange.exactly(6));
    assertThat(audit.readings().get(0).reading().note())
        .isEqualTo("since openai-microsoft-2025-10-28 of 2025-10-28");
    assertThat(audit.verdict()).isEqualTo(Verdict.SUPPORTED);
  }

  /** 27 to 32 billion for sites in operation, 35 to 50 in models: the print is as its reading. */
  @Test
  void theCostToBuildDependsOnWhoCounts() {
    assertThat(
            explained(Metric.CAPEX_USD_PER_GW, "OpenAI", 45e9, "45 billion dollars to build 1 GW"))
        .isEqualTo(
            "“45 billion dollars to build 1 GW” (OpenAI) does not hold: by estimates of 2 sites in"
                + " operation (Epoch AI) it was 27.4 to 31.9 billion USD, by the model of Bernstein"
                + " it was 35 billion USD, by the model of NVIDIA it was 50 billion USD.");
    assertThat(explained(Metric.CAPEX_USD_PER_GW, "OpenAI", 80e9, "80 billion"))
        .isEqualTo(
            "“80 billion” (OpenAI) does not hold: by estimates of 2 sites in operation (Epoch AI)"
                + " it was 27.4 to 31.9 billion USD, by the model of Bernstein it was 35 billion"
                + " USD, by the model of NVIDIA it was 50 billion USD.");
  }

  /** Bernstein: 39 % are GPUs; Epoch AI and NVIDIA count all computing hardware, 68 and 70 %. */
  @Test
  void theShareOfGpusDependsOnWhatIsOne() {
    assertThat(explained(Metric.GPU_SHARE_OF_CAPEX, "NVIDIA", 0.68, "68 % of it GPUs"))
        .isEqualTo(
            "“68 % of it GPUs” (NVIDIA) holds only for all computing hardware (Epoch AI, NVIDIA),"
                + " where it was 67.94 to 70 %; for GPUs alone (Bernstein) it was 39 %.");
  }

  @Test
  void powerFollowsFromGpusFirstForTheRecordIsThePrint() {
    ClaimAudit audit = evidence(Metric.POWER_GW, "OpenAI", 1.0, "about 1 GW").audit();
    assertThat(readings(audit)).containsExactly("by-accelerators", "in-the-commitments");
    QuantityRange byGpus = audit.readings().get(0).reading().measured().orElseThrow();
    assertThat(byGpus.low()).isCloseTo(0.32, within(1e-12));
    assertThat(byGpus.high()).isCloseTo(2.3999976, within(1e-12));
    assertThat(audit.explanation())
        .isEqualTo(
            "“about 1 GW” (OpenAI) holds only in the announcement, where it was 1 GW; by the GPUs"
                + " announced and the power of one it was 1.2 GW (0.32 to 2.4 GW).");
  }

  @Test
  void whatWasCompiledFromTheAnnouncementOnlyAgreesWithIt() {
    assertThat(explained(Metric.TERM_YEARS, "OpenAI", 7.0, "7 years"))
        .isEqualTo(
            "“7 years” (OpenAI) agrees with the announcement, which says 7 years; nothing"
                + " independent measures it.");
    assertThat(explained(Metric.FULL_POWER_DATE, "OpenAI", null, "all by the end of 2026"))
        .isEqualTo(
            "“all by the end of 2026” (OpenAI) agrees with the announcement, which says 2026-12-31;"
                + " nothing independent measures it.");
    assertThat(explained(Metric.GPU_COUNT, "OpenAI", null, "hundreds of thousands of GPUs"))
        .isEqualTo(
            "“hundreds of thousands of GPUs” (OpenAI) agrees with the announcement, which says"
                + " 200,000 to 999,999 GPUs; by the power stated and that of one GPU it was 500,000"
                + " GPUs (416,667 to 625,000 GPUs).");
    assertThat(explained(Metric.CONTRACT_VALUE_USD, "OpenAI", 50e9, "50 billion dollars"))
        .isEqualTo(
            "“50 billion dollars” (OpenAI) does not hold: the announcement says 38 billion USD.");
  }

  @Test
  void aPrintThatNamesASessionWithoutPricesIsNotJudgedByAnother() {
    ClaimAudit audit =
        evidence(Metric.ONE_DAY_RETURN, "AMZN", 0.6, "soars 60 % (in extended trading)").audit();
    assertThat(audit.verdict()).isEqualTo(Verdict.NOT_MEASURABLE);
    assertThat(audit.explanation())
        .isEqualTo(
            "“soars 60 % (in extended trading)” (AMZN) cannot be measured: there are no prices of"
                + " extended trading; at the close that followed it was 4.00 %.");
  }

  @Test
  void aSubjectWithoutPricesIsNotMeasurableAndSaysSo() {
    ClaimEvidence with = evidence(Metric.ONE_DAY_GAIN_USD, "CoreWeave", 5e9, "5 billion dollars");
    ClaimAudit audit =
        new ClaimEvidence(with.claim(), Optional.empty(), with.deal(), with.known()).audit();
    assertThat(audit.verdict()).isEqualTo(Verdict.NOT_MEASURABLE);
    assertThat(audit.explanation())
        .contains("CoreWeave is no listed party of the deal with prices that day");
  }

  @Test
  void theTermsOfADealAreItsOwnVersions() {
    Commitment first = Samples.aws().build();
    Commitment extended =
        Samples.aws()
            .dealId("openai-amazon-2026-02-27")
            .valueUsd(100e9, 138e9)
            .status("amended")
            .knownDate(LocalDate.of(2026, 2, 27))
            .build();
    Commitment more =
        new CommitmentDraft()
            .commitmentId("trainium")
            .dealId("openai-amazon-2026-02-27")
            .provider("Amazon")
            .customer("OpenAI")
            .gpuModel("Trainium3")
            .powerGw(2.0, 2.0)
            .status("signed")
            .knownDate(LocalDate.of(2026, 2, 27))
            .build();
    List<CommitmentHistory> histories = CommitmentHistory.group(List.of(first, extended, more));
    assertThat(DealTerms.of("openai-aws-2025-11-03", histories).valueUsd())
        .contains(QuantityRange.exactly(38e9));
    DealTerms later = DealTerms.of("openai-amazon-2026-02-27", histories);
    assertThat(later.valueUsd()).contains(QuantityRange.of(100e9, 138e9));
    assertThat(later.powerGw()).contains(QuantityRange.exactly(3));
    assertThat(later.gpus()).as("not stated for either").isEmpty();
    assertThat(later.gpuModel()).as("two models").isEmpty();
    assertThat(DealTerms.of("another", histories).powerGw()).isEmpty();
  }

  /** The Oracle + Google commitment is of both; a name more holds none of it. */
  @Test
  void aSentenceIsTakenApart() {
    List<Piece> joint =
        evidence(
                Metric.JOINT_COMMITMENT_USD,
                "Oracle, Google and IBM",
                300e9,
                "300 billion planned with Oracle, Google and IBM, the most since 1992")
            .pieces();
    assertThat(joint)
        .extracting(Piece::asserts, Piece::verdict)
        .containsExactly(
            tuple("amount", Verdict.SUPPORTED_UNDER_A_READING),
            tuple("attribution", Verdict.CONTRADICTED),
            tuple("modality", Verdict.CONTRADICTED),
            tuple("rank-since", Verdict.NOT_MEASURABLE));
    assertThat(joint.get(1).explanation())
        .isEqualTo("misattributed: the amount is of Google and Oracle; none is known of IBM.");
    assertThat(joint.get(2).explanation()).isEqualTo("signed since 2025-09-10, not planned.");
    assertThat(joint.get(3).couldHaveFailed()).isFalse();
  }

  /** The figure holds; the rank that the same sentence asserts is not testable. */
  @Test
  void whatTheFigureProvesIsNotTheRank() {
    ClaimEvidence surge =
        evidence(Metric.ONE_DAY_RETURN, "AMZN", 0.04, "a 4 % surge, the best day since 1992");
    assertThat(surge.pieces())
        .extracting(Piece::asserts, Piece::printed, Piece::verdict, Piece::couldHaveFailed)
        .containsExactly(
            tuple("amount", "a 4 % surge", Verdict.SUPPORTED, true),
            tuple("rank-since", "the best day since 1992", Verdict.NOT_MEASURABLE, false));
    assertThat(surge.audit().verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(surge.audit().explanation())
        .startsWith("“a 4 % surge” (AMZN) holds: at the close it was ")
        .endsWith(
            ". But: “the best day since 1992” is not testable before the first bar,"
                + " 2024-01-02.");
  }

  @Test
  void aRecordIsAPieceOfItsOwn() {
    List<Piece> jump =
        evidence(Metric.INTRADAY_RETURN, "AMZN", 0.06, "jumped 6 % to an intra-day record")
            .pieces();
    assertThat(jump)
        .extracting(Piece::asserts, Piece::printed, Piece::verdict)
        .containsExactly(
            tuple("amount", "jumped 6 % to an intra-day record", Verdict.SUPPORTED),
            tuple("record", "intra-day record", Verdict.SUPPORTED));
    assertThat(jump.get(1).explanation())
        .startsWith("“intra-day record” (AMZN) holds: at the day's high it was ");
  }

  @Test
  void aGainIsOffByAThirdAndATermCouldNotHaveFailed() {
    Piece gain =
        evidence(Metric.ONE_DAY_GAIN_USD, "AMZN", 140e9, "up about 140 billion dollars")
            .pieces()
            .get(0);
    assertThat(gain.offBy().orElseThrow()).as("140 over 104.55").isCloseTo(0.339, within(0.001));
    assertThat(gain.couldHaveFailed()).isTrue();
    Piece term = evidence(Metric.TERM_YEARS, "OpenAI", 7.0, "7 years").pieces().get(0);
    assertThat(term.verdict()).isEqualTo(Verdict.SUPPORTED);
    assertThat(term.couldHaveFailed()).as("it is the announcement's own").isFalse();
  }

  @Test
  void theCostIsHeldAgainstEachPublisher() {
    Piece cost =
        evidence(Metric.CAPEX_USD_PER_GW, "OpenAI", 45e9, "45 billion dollars to build 1 GW")
            .pieces()
            .get(0);
    assertThat(cost.explanation()).endsWith("Its low end is above 3 of 4 published estimates.");
    assertThat(cost.offBy().orElseThrow())
        .as("45 over the dearest site in operation")
        .isCloseTo(45 / (34.862 / 1.092) - 1, within(1e-9));
  }
}
