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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real landing zone, with its dirty files, through every Conform stage. */
class ConformSamplesTest {
  @Test
  void everyRowIsAcceptedDuplicateOrQuarantinedAndTheFiguresAreThere(@TempDir Path folder)
      throws IOException {
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
    Map<String, StageResult> results = new LinkedHashMap<>();
    for (Stage stage :
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
            new ConformClaims())) {
      long t = System.nanoTime();
      StageResult result = lake.run(stage);
      System.out.println(stage.name() + " " + (System.nanoTime() - t) / 1000000 + " ms " + result);
      results.put(stage.name(), result);
    }
    for (String feed :
        List.of(
            "instruments",
            "calendar",
            "splits",
            "fx",
            "bars",
            "shares",
            "market_caps",
            "earnings",
            "factors",
            "deals",
            "deal_parties",
            "gpus",
            "capacity",
            "claims")) {
      List<String> q = lake.quarantine(feed);
      System.out.println(feed + " " + q.size());
      q.stream().limit(15).forEach(System.out::println);
    }
    System.out.println(
        lake
            .rows(Tables.MARKET_CAPS, "instrument_id", "trade_date", "shares", "market_cap_usd")
            .stream()
            .filter(r -> r.startsWith("AMZN|2025-10-3") || r.startsWith("ORCL|2025-09"))
            .toList());
    assertThat(results).hasSize(14);
  }
}
