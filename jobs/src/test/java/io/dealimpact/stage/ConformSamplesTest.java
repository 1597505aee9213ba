package io.dealimpact.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.lake.Tables;
import io.dealimpact.source.Feed;
import io.dealimpact.source.Landing;
import io.dealimpact.source.LandingFile;
import io.dealimpact.source.Listing;
import io.dealimpact.testing.SparkForTests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real landing zone, with its dirty files, through every Conform stage. */
class ConformSamplesTest {
  private static final List<Stage> STAGES =
      List.of(
          new ConformInstruments(),
          new ConformCalendar(),
          new ConformSplits(),
          new ConformFx(),
          new ConformBars(),
          new ConformShares(),
          new ConformMarketCaps(),
          new ConformEarnings(),
          new ConformFactors(),
          new ConformDeals(),
          new ConformDealParties(),
          new ConformGpus(),
          new ConformCapacity(),
          new ConformClaims(),
          new ConformSites());

  @Test
  void everyRowIsAcceptedDuplicateOrQuarantined(@TempDir Path folder) throws IOException {
    ConformFixture lake = new ConformFixture(folder);
    Listing listing =
        Landing.list(
            SparkForTests.session(),
            Path.of(System.getProperty("project.root"), "data-samples").toString());
    for (Feed feed : Feed.values()) {
      List<LandingFile> files = listing.files(feed);
      if (!files.isEmpty()) {
        lake.landing(feed, files);
      }
    }
    Map<String, String> counts = new TreeMap<>();
    for (Stage stage : STAGES) {
      StageResult r = lake.run(stage);
      assertThat(r.rowsIn())
          .as(stage.name())
          .isEqualTo(r.accepted() + r.duplicate() + r.quarantined());
      counts.put(
          stage.name(),
          "%d = %d + %d + %d".formatted(r.rowsIn(), r.accepted(), r.duplicate(), r.quarantined()));
    }
    // In = accepted + duplicate + quarantined; the faults are those that data-samples lists.
    assertThat(counts)
        .containsExactly(
            Map.entry("conform-bars", "27651 = 27640 + 1 + 10"),
            Map.entry("conform-calendar", "3012 = 3012 + 0 + 0"),
            Map.entry("conform-capacity", "39 = 34 + 0 + 5"),
            Map.entry("conform-claims", "28 = 28 + 0 + 0"),
            Map.entry("conform-deal-parties", "96 = 96 + 0 + 0"),
            Map.entry("conform-deals", "42 = 39 + 0 + 3"),
            Map.entry("conform-earnings", "412 = 412 + 0 + 0"),
            Map.entry("conform-factors", "2212 = 1168 + 236 + 808"),
            Map.entry("conform-fx", "0 = 0 + 0 + 0"),
            Map.entry("conform-gpus", "16 = 16 + 0 + 0"),
            Map.entry("conform-instruments", "48 = 48 + 0 + 0"),
            Map.entry("conform-market-caps", "0 = 0 + 0 + 0"),
            Map.entry("conform-shares", "79 = 75 + 0 + 4"),
            Map.entry("conform-sites", "22 = 22 + 0 + 0"),
            Map.entry("conform-splits", "7 = 7 + 0 + 0"));
    // Shares known that day: Oracle's count of 2025-09-05 was filed on the 10th.
    assertThat(lake.rows(Tables.MARKET_CAPS, "instrument_id", "trade_date", "shares"))
        .contains(
            "AMZN|2025-10-31|1.0690216011E10",
            "ORCL|2025-09-09|2.808833E9",
            "ORCL|2025-09-10|2.841714E9")
        .noneMatch(row -> row.startsWith("IREN|2025-11-03"));
    // The later vintage counts: HML of 2025-11-03 was 0.38 and became 0.54 percent.
    assertThat(lake.rows(Tables.FACTORS, "trade_date", "hml")).contains("2025-11-03|0.0054");
  }
}
