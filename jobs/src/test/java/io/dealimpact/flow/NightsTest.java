package io.dealimpact.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.ask.NightDiff;
import io.dealimpact.ask.ReadCommands.Format;
import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.Upkeep;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.RunContext.DateRange;
import io.dealimpact.run.RunContext.Effect;
import io.dealimpact.testing.SmallLanding;
import io.dealimpact.testing.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple2;

/**
 * A life of three nights of the whole program: what diff says of them, and what maintain leaves.
 */
@Tag("spark")
@Tag("slow")
final class NightsTest {
  private static final SparkSession SPARK = SparkForTests.session();

  @TempDir private Path folder;
  private final List<String> more = new ArrayList<>();

  private Configuration configuration() {
    List<String> settings = new ArrayList<>(SmallLanding.settings());
    settings.add("landing=" + folder.resolve("landing"));
    settings.add("lake=" + folder.resolve("lake"));
    settings.addAll(List.of("maintain.keep_nights=2", "maintain.keep_days=0"));
    settings.add("maintain.readers_hours=0");
    settings.addAll(more);
    return new ConfigurationReader().read(Optional.empty(), settings);
  }

  private static RunContext run() {
    return RunContext.begin(Clock.systemUTC(), "test", Effect.WRITE, DateRange.ALWAYS);
  }

  private String night() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Runs runs = new Runs(SPARK, configuration(), new PrintStream(err, true, UTF_8));
    assertThat(runs.nightly(run(), () -> {})).as(err.toString(UTF_8)).isEqualTo(ExitCode.OK);
    return err.toString(UTF_8);
  }

  private String diff(Format format, String... nights) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new NightDiff(SPARK, configuration())
        .print(List.of(nights), format, OptionalInt.empty(), new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }

  private Dataset<Row> table(String name) {
    return SPARK.read().format("delta").load(configuration().lake() + "/" + name);
  }

  private List<String> rates() {
    return table("silver/fx")
        .selectExpr("concat(currency, ' ', usd_per_unit)")
        .as(Encoders.STRING())
        .collectAsList();
  }

  @Test
  void whatMovedAndWhyAndWhatIsKept() throws IOException {
    SmallLanding landing = new SmallLanding(folder.resolve("landing"));
    landing.deliverDeals("AAA 2025-09-10", "BBB 2025-11-03");
    Path counts = Files.createDirectories(folder.resolve("landing/shares")).resolve("shares.csv");
    Files.writeString(
        counts,
        "instrument_id,effective_date,shares,known_date\nAAA,2025-08-29,1000000,2025-09-01\n");
    night();
    assertThatThrownBy(() -> diff(Format.CSV))
        .hasMessageContaining("has 1 published nights that can be read, and two are compared");

    assertThat(
            table("ops/run_log")
                .where("stage = 'conform-fx'")
                .select("result", "message")
                .as(Encoders.tuple(Encoders.STRING(), Encoders.STRING()))
                .collectAsList())
        .containsExactly(new Tuple2<>("DONE", "no rows in bronze.fx"));
    assertThat(rates()).as("made without rows").isEmpty();

    landing.deliverPrices("AAA", "2025-09-10", 0.05);
    night();

    String restated = diff(Format.CSV);
    assertThat(restated.lines().findFirst())
        .contains("table_name,subject,figure,before,after,kind,cause");
    assertThat(restated.lines().filter(line -> line.contains("\"AAA-2025-09-10:AAA [0,0]\",car,")))
        .singleElement()
        .asString()
        .endsWith(",restatement,bars of AAA: 1 row restated 2025-09-10 (bars/prices.csv)");
    assertThat(restated.lines().filter(line -> line.startsWith("gold.event_impact,BBB")))
        .as("nothing of BBB was restated")
        .isEmpty();
    assertThat(diff(Format.TABLE))
        .startsWith("Night 1, published ")
        .contains("file bars/prices.csv", "bars of AAA: 1 row restated 2025-09-10");

    more.add("study.estimation.length=60");
    Path rates = Files.createDirectories(folder.resolve("landing/fx")).resolve("fx.csv");
    Files.writeString(rates, "currency,date,usd_per_unit\nEUR,2025-09-10,1.17\n");
    landing.deliverDeals("AAA 2025-09-10", "BBB 2025-11-03", "BBB 2025-12-01");
    night();

    assertThat(diff(Format.CSV, "3").lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("\"AAA-2025-09-10:AAA [0,0]\",car,")
                    .contains(",configuration,study.estimation.length: 40 → 60"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("\"BBB-2025-12-01:BBB [0,0]\",status,,OK,")
                    .contains("delivery")
                    .contains("deals of BBB-2025-12-01: 1 row delivered (deals/deals.jsonl)"));
    assertThat(diff(Format.JSON, "2", "3")).isEqualTo(diff(Format.JSON));
    assertThat(rates()).as("the first rows of a feed").containsExactly("EUR 1.17");
    assertThat(table("silver/market_caps").count())
        .as("market values of counts and closes, without a feed of market values")
        .isPositive();

    List<Upkeep> done = new ArrayList<>();
    ExitCode exit =
        new Runs(SPARK, configuration(), new PrintStream(new ByteArrayOutputStream(), true, UTF_8))
            .maintain(run(), done::addAll);

    assertThat(exit).isEqualTo(ExitCode.OK);
    assertThat(done.stream().mapToLong(Upkeep::filesRemoved).sum()).isPositive();
    Lake lake = new Lake(SPARK, configuration().lake(), Lake.Writes.SUPPRESSED);
    assertThat(Published.all(lake)).extracting(Published::night).containsExactly(2L, 3L);
    for (Published kept : Published.all(lake)) {
      kept.versions()
          .keySet()
          .forEach(
              table ->
                  assertThat(
                          SPARK
                              .read()
                              .format("delta")
                              .option(
                                  "versionAsOf",
                                  lake.at(kept.versions()).pinnedVersion(table).getAsLong())
                              .load(lake.path(table))
                              .count())
                      .isNotNegative());
    }
    assertThat(diff(Format.CSV)).contains("study.estimation.length: 40 → 60");
    assertThatThrownBy(() -> diff(Format.CSV, "1", "3"))
        .hasMessageContaining("There is no published night 1, or it is no longer kept.")
        .hasMessageContaining("The nights that can be read are 2 to 3");
    List<Reproduction.Compared> compared = new ArrayList<>();
    new Reproduction(SPARK, configuration())
        .run("2", folder.resolve("again").toString(), compared::addAll);
    assertThat(compared).extracting(Reproduction.Compared::table).contains("gold.event_impact");
    assertThat(compared).allMatch(Reproduction.Compared::isEqual);
    assertThat(compared).anyMatch(table -> table.rows() > 0);
    assertThatThrownBy(
            () ->
                new Reproduction(SPARK, configuration())
                    .run("1", folder.resolve("third").toString(), of -> {}))
        .hasMessageContaining("There is no published night 1, or it is no longer kept.");

    assertThat(night()).as("maintain gives no stage a reason").contains("\"stages_done\":0");
  }
}
