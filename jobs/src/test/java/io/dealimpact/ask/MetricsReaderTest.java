package io.dealimpact.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.TableVersion;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.Columns;
import io.dealimpact.testing.SparkForTests;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a lake with a run that failed, one that goes on, and nights of several hours. */
@Tag("spark")
class MetricsReaderTest {
  private static final SparkSession SPARK = SparkForTests.session();

  @TempDir private Path folder;

  private Lake lake() {
    return new Lake(SPARK, folder.toString(), Lake.Writes.ALLOWED);
  }

  private void log(String run, String stage, String exit, String took, long in, long accepted) {
    lake()
        .append(
            Tables.RUN_LOG,
            SPARK
                .range(1)
                .select(
                    Tables.RUN_LOG.columns().stream()
                        .map(
                            column ->
                                functions
                                    .expr(
                                        switch (column.name()) {
                                          case "run_id" -> "'" + run + "'";
                                          case "stage" -> "'" + stage + "'";
                                          case "result" -> "'DONE'";
                                          case "started_at" ->
                                              "timestamp'2026-11-2" + run + " 06:30:00Z'";
                                          case "took_seconds" -> took;
                                          case "rows_in" -> in + "";
                                          case "rows_accepted" -> accepted + "";
                                          case "rows_quarantined" -> (in - accepted) + "";
                                          case "rows_duplicate", "rows_written" -> "0";
                                          case "exit_code" -> exit;
                                          default -> "null";
                                        })
                                    .cast(column.type())
                                    .as(column.name()))
                        .toArray(Column[]::new))
                .select(Columns.named(Tables.RUN_LOG.columnNames())));
  }

  private void published(long night, String at) {
    new Published(
            night,
            Instant.parse(at),
            "run",
            Map.of("gold.fx", new TableVersion("id", 1), "gold.deals", new TableVersion("id", 2)))
        .publish(lake());
  }

  @Test
  void theLastRunThatEndedAndTheTimesOfTheNights() {
    log("3", "(run)", "0", "100", 0, 0);
    log("4", "conform-bars", "null", "2.5", 10, 7);
    log("4", "(run)", "30", "61.25", 0, 0);
    log("5", "(run)", "null", "1", 0, 0);
    published(1, "2026-11-21T23:00:00Z");
    // Ninety nights, of two tables each: from 06:02 to 07:31.
    lake()
        .append(
            Tables.PUBLISHED,
            SPARK.sql(
                """
                select id div 2 as night,
                       timestamp'2026-11-22 06:00:00Z' + make_interval(0, 0, 0, 0, 0, cast(id div 2 as int)) as published_at,
                       'run' as run_id, concat('gold.', id) as table_name, 1L as version, 'id' as table_id
                from range(4, 184)
                """));

    String text = new MetricsReader(lake()).print();

    assertThat(text.lines())
        .contains(
            "deal_impact_run_exit_status 30",
            "deal_impact_run_duration_seconds 61.25",
            "deal_impact_stage_duration_seconds{stage=\"conform-bars\"} 2.5",
            "deal_impact_stage_rows{stage=\"conform-bars\",rows=\"in\"} 10",
            "deal_impact_stage_rows{stage=\"conform-bars\",rows=\"quarantined\"} 3",
            "deal_impact_night 91",
            // 06:46, 07:27 (86 of 90) and 07:31; the night of 23:00 is older than 90 nights.
            "deal_impact_published_by_seconds{share=\"0.5\"} " + (6 * 3600 + 46 * 60),
            "deal_impact_published_by_seconds{share=\"0.95\"} " + (7 * 3600 + 27 * 60),
            "deal_impact_published_by_seconds{share=\"1\"} " + (7 * 3600 + 31 * 60))
        .contains(
            "deal_impact_run_started_timestamp_seconds "
                + Instant.parse("2026-11-24T06:30:00Z").getEpochSecond())
        .contains(
            "deal_impact_published_timestamp_seconds "
                + Instant.parse("2026-11-22T07:31:00Z").getEpochSecond());
    assertThat(text).endsWith("\n# EOF\n");
    assertIsOpenMetrics(text);
  }

  @Test
  void aLakeWithoutARunHasNoNight() {
    assertThat(new MetricsReader(lake()).print())
        .isEqualTo(
            """
            # TYPE deal_impact_night gauge
            # HELP deal_impact_night number of the newest published night, 0 for none
            deal_impact_night 0
            # EOF
            """);
  }

  /** Each family begins with its type, is in one piece, and a unit is the end of its name. */
  private static void assertIsOpenMetrics(String text) {
    String family = "";
    Set<String> families = new HashSet<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        family = line.split(" ", -1)[2];
        assertThat(families.add(family)).as(family + " once").isTrue();
      } else if (line.startsWith("# UNIT ")) {
        assertThat(family).isEqualTo(line.split(" ", -1)[2]).endsWith("_" + line.split(" ", -1)[3]);
      } else if (line.startsWith("# HELP ")) {
        assertThat(line).startsWith("# HELP " + family + " ");
      } else if (!line.equals("# EOF")) {
        assertThat(line)
            .matches(
                family
                    + "(\\{[a-z]+=\"[^\"\\\\]*\"(,[a-z]+=\"[^\"\\\\]*\")*})? [0-9]+(\\.[0-9]+)?");
      }
    }
  }
}
