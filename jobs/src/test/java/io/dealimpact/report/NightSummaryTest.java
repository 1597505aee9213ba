package io.dealimpact.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.codec.ClaimLine;
import io.dealimpact.codec.CompanyDayLine;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NightSummaryTest {
  private static final LocalDate DAY = LocalDate.of(2025, 11, 3);

  private static final NightFacts SECOND_NIGHT =
      new NightFacts(
          "2026-05-15",
          Optional.of(new NightFacts.Night(2, "20261126T120000Z-0000abcd", "2026-11-26 12:00 UTC")),
          "",
          Optional.of(new NightFacts.Changes(1, 2, 0, 3)));

  private static CompanyDayLine day(
      String deal, String instrument, double own, String p, String verdict) {
    return new CompanyDayLine(
        new CompanyDayLine.Deal(
            deal,
            "A title that is far too long for a line of eighty columns, as some titles are",
            DAY,
            "signed",
            10e9,
            100e9),
        instrument,
        DAY,
        "OK",
        0.035,
        new CompanyDayLine.Own(own, own - 70.9e9, own + 70.8e9),
        new CompanyDayLine.Judged(p, 0.0945, verdict));
  }

  private static String printed(List<CompanyDayLine> days) {
    return NightSummary.print(
        SECOND_NIGHT,
        days,
        List.of(),
        List.of(new ClaimLine("deal", DAY, "contradicted", "does not hold")),
        Optional.of("lake/report.html"));
  }

  /** Ten deals of three shares each: more than a screen has room for. */
  private static List<CompanyDayLine> many() {
    List<CompanyDayLine> days = new ArrayList<>();
    for (int deal = 0; deal < 10; deal++) {
      for (String share : List.of("AMZN", "GOOGL", "NVDA")) {
        days.add(
            day("deal-" + deal, share, -153.6e9 - deal, "< 0.004 (1 of 300)", "could-not-be-seen"));
      }
    }
    return days;
  }

  @Test
  void isOneScreenOfEightyColumnsHoweverManyDealsThereAre() {
    assertThat(printed(many()).lines()).hasSizeLessThanOrEqualTo(30);
    assertThat(printed(many()).lines()).allMatch(line -> line.length() <= NightSummary.WIDTH);
  }

  @Test
  void aShareHasItsFigureItsIntervalItsPAndItsVerdictOnOneLine() {
    String text =
        printed(
            List.of(
                day(
                    "openai-aws-2025-11-03",
                    "AMZN",
                    91.2e9,
                    "0.019 (6 of 320)",
                    "stands-out-alone")));

    assertThat(text.lines())
        .contains(
            "2025-11-03  A title that is far too long for a line of e… (signed, 10 to 100 bn)",
            "  AMZN    +91.2 [+20.3, +162.0]  p 0.019 (6 of 320)  stands out alone");
  }

  @Test
  void saysWhichNightItIsWhatChangedAndWhereTheReportLies() {
    assertThat(printed(many()).replace('\n', ' '))
        .contains(
            "Prices to 2026-05-15; night 2 of 2026-11-26 12:00 UTC, audits passed; since the night"
                + " before: 1 deal new, 2 company-days newly measured, 3 printed figures judged anew.",
            "Report: lake/report.html",
            "deal-impact nightly --all",
            "Printed figures: 1 contradicted.");
  }

  @Test
  void aLakeWithoutEventsSaysSo() {
    assertThat(printed(List.of())).contains("No event has been measured yet.");
  }

  @Test
  void theNewestTablesAreNotCalledANight() {
    assertThat(new NightFacts("", Optional.empty(), "", Optional.empty()).sentences())
        .containsExactly("No prices yet", "the newest tables, neither audited nor published", "");
  }
}
