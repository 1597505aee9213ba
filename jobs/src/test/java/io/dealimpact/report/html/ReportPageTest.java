package io.dealimpact.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.report.NightFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How large a page is, and what it leaves out to be no larger. */
class ReportPageTest {
  private static final int PROMISED_BYTES = 1_500_000;
  private static final Pattern CHART = Pattern.compile("<div class=\"plot\"");
  private static final Set<String> TEXTS =
      Set.of(
          "deal_id",
          "announced_date",
          "title",
          "deal_type",
          "deal_status",
          "value_type",
          "model",
          "gained",
          "lost",
          "confounders",
          "source_title",
          "event_date",
          "event_id",
          "role",
          "instrument_id",
          "organisation",
          "sector_benchmark",
          "status",
          "status_reason",
          "verdict",
          "relative_day",
          "trade_date",
          "begins",
          "test",
          "range",
          "subject",
          "decides",
          "note");

  /** Rows of columns that are named; the cells of a row stand in the same order. */
  private static Sheet sheet(String columns, List<List<String>> rows) {
    return new Sheet(
        "SELECT " + columns,
        List.of(columns.split(", ", -1)).stream()
            .map(
                name ->
                    new Sheet.Column(
                        name, TEXTS.contains(name) ? Sheet.Kind.TEXT : Sheet.Kind.NUMBER))
            .toList(),
        rows);
  }

  private static Sheet none(String columns) {
    return sheet(columns, List.of());
  }

  /**
   * A report of some deals.
   *
   * @param noteLength characters of a text in the rows of each deal's chart
   */
  private static ReportInput deals(int deals, int groups, int noteLength) {
    List<List<String>> rows = new ArrayList<>();
    Map<String, ReportInput.Deal> parts = new HashMap<>();
    for (int i = 0; i < deals; i++) {
      String id = "deal-" + i;
      rows.add(
          List.of(
              id,
              "2025-11-03",
              "Deal " + i,
              "cloud",
              "signed",
              "",
              "",
              "contract_value",
              "",
              "2025-11-03",
              "market-sector",
              "1",
              "1",
              "AMZN",
              "",
              "9e10",
              "2e10",
              "1.6e11",
              "",
              ""));
      parts.put(id, deal(id, noteLength));
    }
    List<ReportInput.Group> ofGroups = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      ofGroups.add(group("Group " + i, noteLength));
    }
    return new ReportInput(
        new ReportInput.Plan("study", "market-sector", 0.95),
        new NightFacts("2025-12-01", Optional.empty(), "", Optional.empty()),
        sheet(
            "deal_id, announced_date, title, deal_type, deal_status, value_low_usd, value_high_usd,"
                + " value_type, term_years, event_date, model, parties_listed, parties_measured,"
                + " gained, lost, net_abnormal_usd, net_abnormal_usd_low, net_abnormal_usd_high,"
                + " confounders, source_title",
            rows),
        parts,
        none("quarter"),
        List.of(),
        ofGroups);
  }

  private static ReportInput.Deal deal(String id, int noteLength) {
    String event = id + ":AMZN";
    return new ReportInput.Deal(
        sheet(
            "deal_id, organisation, role, instrument_id",
            List.of(List.of(id, "Amazon", "provider", "AMZN"))),
        sheet(
            "deal_id, event_id, instrument_id, role, window_start, window_end, model,"
                + " sector_benchmark, status, status_reason, car, car_p, history_p, history_n,"
                + " raw_open_usd, raw_high_usd, raw_close_usd, market_usd, sector_usd, own_usd,"
                + " drift_usd, abnormal_usd_low, abnormal_usd_high, own_ci_low_usd,"
                + " own_ci_high_usd, confounders, q_value, verdict, note",
            List.of(
                List.of(
                    id,
                    event,
                    "AMZN",
                    "provider",
                    "0",
                    "0",
                    "market-sector",
                    "QQQ",
                    "OK",
                    "",
                    "0.04",
                    "0.01",
                    "0.02",
                    "400",
                    "1e11",
                    "1.5e11",
                    "1e11",
                    "1e9",
                    "1e9",
                    "9e10",
                    "1e9",
                    "2e10",
                    "1.6e11",
                    "1e10",
                    "1.7e11",
                    "",
                    "",
                    "",
                    "n".repeat(noteLength)))),
        none("event_id"),
        none("event_id"),
        none("event_id"),
        none("verdict"),
        none("car"));
  }

  private static ReportInput.Group group(String name, int noteLength) {
    return new ReportInput.Group(
        name,
        sheet(
            "relative_day, n, caar, caar_low, caar_high, note",
            List.of(List.of("0", "9", "0.01", "-0.01", "0.03", "n".repeat(noteLength)))),
        none("decides"));
  }

  private static int bytes(String page) {
    return page.getBytes(UTF_8).length;
  }

  private static long charts(String page) {
    return CHART.matcher(page).results().count();
  }

  @Test
  void aPageThatFitsHasAllItsCharts() {
    String page = ReportPage.print(deals(3, 2, 10));

    assertThat(bytes(page)).isLessThan(PROMISED_BYTES);
    // One of all deals, one of each deal, one of each group.
    assertThat(charts(page)).isEqualTo(6);
    assertThat(page).doesNotContain("left out, so that");
  }

  @Test
  void theOldestDealsHaveNoChartsWhereThePageWouldBeLarger() {
    ReportInput input = deals(16, 2, 100_000);

    String page = ReportPage.print(input);

    assertThat(bytes(page)).isLessThan(PROMISED_BYTES);
    assertThat(charts(page)).isBetween(5L, 18L);
    int left = (int) (19 - charts(page));
    assertThat(page)
        .contains(
            "The charts and rows of the "
                + left
                + " oldest are left out, so that this file stays below 1.5 MB.");
    // No more than needed: with one more the page would be larger than it may be.
    assertThat(bytes(page)).isGreaterThan(PROMISED_BYTES - 150_000);
    // The newest deals keep theirs, and the oldest keep their tables and say what they lack.
    String oldest =
        page.substring(page.indexOf("id=\"deal-deal-15\""), page.indexOf("id=\"capacity\""));
    assertThat(charts(oldest)).isZero();
    assertThat(oldest)
        .contains("Day 0, 2025-11-03")
        .contains("The charts of this deal and their rows are left out, so that");
    String newest =
        page.substring(page.indexOf("id=\"deal-deal-0\""), page.indexOf("id=\"deal-deal-1\""));
    assertThat(charts(newest)).isEqualTo(1);
  }

  @Test
  void groupsFollowWhenNoDealHasAChart() {
    String page = ReportPage.print(deals(2, 8, 200_000));

    assertThat(bytes(page)).isLessThan(PROMISED_BYTES);
    assertThat(page)
        .contains("The charts and rows of the 2 oldest are left out")
        .contains("smallest groups are left out, so that this file stays below 1.5 MB.")
        .contains("Group 0")
        .doesNotContain("Group 7");
  }

  @Test
  void aReportOfNothingIsPrintedWhateverItsSize() {
    assertThat(ReportPage.print(deals(0, 0, 0), 1)).contains("No deal has been measured yet.");
  }
}
