package io.dealimpact.stage.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.lake.Tables;
import io.dealimpact.source.Feed;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commitments with milestones and claims with parts, and those that cannot be followed. */
@Tag("spark")
class ConformCapacityTest {
  private static ConformFixture lake(Path folder) {
    return new ConformFixture(folder, "quality.max_quarantined_share=1.0");
  }

  private static String row(String id, String powerGw, String milestones) {
    return id + "|d|P|C|" + powerGw + "|signed|2025-11-03|" + milestones + "|chips|it|Texas";
  }

  @Test
  void milestonesThatCannotBeFollowedAreQuarantined(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .silver(Tables.DEALS, "deal_id|announced_date|status", "d|2025-11-03|signed")
            .file(
                Feed.CAPACITY,
                "capacity/c.json",
                "commitment_id|deal_id|provider|customer|power_gw_low|status|known_date|milestones"
                    + "|layer|power|region",
                row(
                    "good",
                    "6",
                    "[{\"date\":\"2026-12-31\",\"gw\":1},{\"gw\":6,\"kind\":\"option\"}]"),
                row("alone", "", "[{\"date\":\"2026-12-31\",\"gw\":0.3,\"kind\":\"target\"}]"),
                row(
                    "shrinks",
                    "",
                    "[{\"date\":\"2026-12-31\",\"gw\":1},{\"date\":\"2027-12-31\",\"gw\":0.5}]"),
                row(
                    "turned",
                    "",
                    "[{\"date\":\"2027-12-31\",\"gw\":1},{\"date\":\"2026-12-31\",\"gw\":2}]"),
                row(
                    "option-first",
                    "",
                    "[{\"date\":\"2026-12-31\",\"gw\":1,\"kind\":\"option\"},{\"date\":\"2027-12-31\",\"gw\":2}]"),
                row("above", "1.5", "[{\"date\":\"2026-12-31\",\"gw\":2}]"),
                row("no-day", "", "[{\"date\":\"soon\",\"gw\":2}]"),
                row("no-kind", "", "[{\"date\":\"2026-12-31\",\"gw\":2,\"kind\":\"sure\"}]"));

    lake.run(new ConformCapacity());

    assertThat(
            lake.rows(
                Tables.CAPACITY_COMMITMENTS, "commitment_id", "layer", "power", "region", "ramp"))
        .containsExactly("alone|chips|it|Texas|", "good|chips|it|Texas|");
    assertThat(lake.quarantine("capacity"))
        .extracting(line -> line.replaceAll("capacity/c.json:(\\d+) ([a-z-]+): .*", "$1 $2"))
        .containsExactly(
            "4 milestones-shrink",
            "5 milestones-out-of-order",
            "6 option-before-firm",
            "7 milestones-above-power",
            "8 invalid-milestones",
            "9 invalid-milestones");
  }

  @Test
  void claimsWithParts(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.CLAIMS,
                "claims/c.json",
                "claim_id|metric|claimed_low|claimed_high|unit|precision|parts",
                "good|commitment-usd|1|1|usd|About|[{\"asserts\":\"event\",\"printed\":\"a\",\"recorded\":\"b\",\"source\":\"s\"}]",
                "precise|commitment-usd|1|1|usd|perfect|",
                "half|commitment-usd|1|1|usd||[{\"asserts\":\"event\",\"printed\":\"a\"}]",
                "text|commitment-usd|1|1|usd||none");

    lake.run(new ConformClaims());

    assertThat(lake.rows(Tables.CLAIMS, "claim_id", "precision")).containsExactly("good|about");
    assertThat(lake.quarantine("claims"))
        .extracting(line -> line.replaceAll("claims/c.json:(\\d+) ([a-z-]+): .*", "$1 $2"))
        .containsExactly("3 unknown-precision", "4 invalid-parts", "5 invalid-parts");
  }
}
