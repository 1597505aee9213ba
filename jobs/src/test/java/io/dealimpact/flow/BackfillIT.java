package io.dealimpact.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.RunContext.DateRange;
import io.dealimpact.run.RunContext.Effect;
import io.dealimpact.testing.CompareLakes;
import io.dealimpact.testing.SmallLanding;
import io.dealimpact.testing.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night after a backfill of a range: it computes what the range left as it was. */
@Tag("program")
@Tag("slow")
final class BackfillIT {
  private static final SparkSession SPARK = SparkForTests.session();
  private static final DateRange SEPTEMBER =
      new DateRange(LocalDate.parse("2025-09-01"), LocalDate.parse("2025-09-20"));

  @TempDir private Path folder;
  private SmallLanding landing;

  @BeforeEach
  void deliver() throws IOException {
    landing = new SmallLanding(folder.resolve("landing"));
    landing.deliverDeals("AAA 2025-09-10", "BBB 2025-11-03", "AAA 2025-10-15", "BBB 2025-09-15");
  }

  private String lake(String name) {
    return folder.resolve(name).toString();
  }

  private String run(String lake, DateRange range) {
    List<String> settings =
        Stream.concat(
                SmallLanding.settings().stream(),
                Stream.of("landing=" + landing.folder(), "lake=" + lake))
            .toList();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitCode exit =
        new Runs(
                SPARK,
                new ConfigurationReader().read(Optional.empty(), settings),
                new PrintStream(err, true, UTF_8))
            .nightly(RunContext.begin(Clock.systemUTC(), "test", Effect.WRITE, range), () -> {});
    String log = err.toString(UTF_8);
    assertThat(exit).as(log).isEqualTo(ExitCode.OK);
    return log;
  }

  private long published() {
    return Published.newest(new Lake(SPARK, lake("lake"), Lake.Writes.SUPPRESSED))
        .orElseThrow()
        .night();
  }

  private void assertEqual(String lake, String fresh) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    assertThat(
            CompareLakes.compare(
                SPARK, new PrintStream(said, true, UTF_8), lake, fresh, List.of("silver", "gold")))
        .as(said.toString(UTF_8))
        .isTrue();
  }

  /**
   * A bar out of the range is restated and two deals are withdrawn, one in the range and one out of
   * it. The night after the backfill gives the tables of a lake that saw the last delivery alone,
   * and the night after that has nothing to do.
   */
  @Test
  void theNightAfterABackfillComputesWhatTheRangeLeft() throws IOException {
    run(lake("lake"), DateRange.ALWAYS);
    landing.deliverPrices("BBB", "2025-11-03", 0.05);
    landing.deliverDeals("AAA 2025-09-10", "BBB 2025-11-03");

    run(lake("lake"), SEPTEMBER);
    assertThat(published()).as("a backfill is no night").isEqualTo(1);
    assertThat(run(lake("lake"), DateRange.ALWAYS)).doesNotContain("\"stages_done\":0");

    run(lake("fresh"), DateRange.ALWAYS);
    assertEqual(lake("lake"), lake("fresh"));
    assertThat(run(lake("lake"), DateRange.ALWAYS)).contains("\"stages_done\":0");
    assertThat(published()).isEqualTo(2);
  }
}
