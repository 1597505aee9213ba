package io.dealimpact.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.TableVersion;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.testing.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nights of real Delta tables whose commits name what they were made from. */
@Tag("spark")
final class NightDiffTest {
  private static final SparkSession SPARK = SparkForTests.session();
  private static final TableSpec BRONZE = Tables.bronze("bars", List.of());

  @TempDir private Path folder;

  private Lake lake() {
    return new Lake(SPARK, folder.toString(), Lake.Writes.ALLOWED);
  }

  private Configuration configuration() {
    return new ConfigurationReader().read(Optional.empty(), List.of("lake=" + folder));
  }

  /** Rows of SQL values; a required column that is not given has a value of its type. */
  private void write(TableSpec table, String note, String columns, String... values) {
    List<String> names = List.of(columns.split(", "));
    String filled =
        Arrays.stream(table.schema().fields())
            .map(
                field ->
                    "cast(%s as %s) %s"
                        .formatted(value(field, names), field.dataType().sql(), field.name()))
            .collect(Collectors.joining(", "));
    lake()
        .replaceAll(
            table,
            SPARK.sql(
                "select %s from (select * from values %s as t(%s))"
                    .formatted(filled, String.join(", ", values), columns)),
            note);
  }

  private static String value(StructField field, List<String> given) {
    if (given.contains(field.name())) {
      return field.name();
    }
    DataType type = field.dataType();
    if (field.nullable()) {
      return "null";
    }
    return type.equals(DataTypes.StringType)
        ? "'x'"
        : type.equals(DataTypes.DateType) || type.equals(DataTypes.TimestampType)
            ? "date'2025-01-01'"
            : "1";
  }

  private String note(String program, String settings, TableSpec... inputs) {
    String made =
        Arrays.stream(inputs)
            .map(
                input ->
                    "\"%s\":\"%s\""
                        .formatted(
                            input.fullName(), lake().current(input).orElseThrow().identity()))
            .collect(Collectors.joining(","));
    return "{\"program\":\"%s\",\"settings\":\"%s\",\"inputs\":{%s}}"
        .formatted(program, settings, made);
  }

  private void log(String run, String build, String yaml) {
    lake()
        .append(
            Tables.RUN_LOG,
            SPARK.sql(
                """
                select '%s' run_id, '(run)' stage, 'DONE' result, null table_name,
                  timestamp'2026-01-01' started_at, 1d took_seconds, 0L rows_in, 0L rows_accepted,
                  0L rows_duplicate, 0L rows_quarantined, 0L rows_written,
                  cast(null as map<string,bigint>) input_versions, '' message, null fingerprint,
                  null output_version, 0 exit_code, 'nightly' command, '1' program_version,
                  null output_table_id, '%s' program_build, '%s' configuration,
                  null cpu_seconds, null shuffle_bytes, null spill_bytes,
                  null began_at
                """
                    .formatted(run, build, yaml)));
  }

  private void publish(long night, TableSpec... tables) {
    Map<String, TableVersion> versions = new TreeMap<>();
    for (TableSpec table : tables) {
      versions.put(table.fullName(), lake().current(table).orElseThrow());
    }
    new Published(
            night, Instant.parse("2026-01-0" + night + "T00:00:00Z"), "run-" + night, versions)
        .publish(lake());
  }

  private String diff(ReadCommands.Format format, String... nights) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new NightDiff(SPARK, configuration())
        .print(List.of(nights), format, OptionalInt.empty(), new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }

  private static final String EVENT =
      "event_id, deal_id, instrument_id, model, window_start, window_end, status, car, is_headline";

  private void events(String program, String settings, String carOfA, String... more) {
    String[] rows = Arrays.copyOf(more, more.length + 2);
    rows[more.length] = "('d:A', 'd', 'A', 'market-model', 0, 0, 'OK', " + carOfA + ", true)";
    rows[more.length + 1] = "('d:B', 'd', 'B', 'market-model', 0, 0, 'OK', 0.5, true)";
    write(Tables.EVENT_IMPACT, note(program, settings, Tables.BARS, Tables.DEALS), EVENT, rows);
  }

  private void deliver(String file, String closeOfA, String dayOfB) {
    write(BRONZE, "{}", "source_file, source_sha256", "('bars/a.csv', 'sha')", file);
    write(
        Tables.BARS,
        note("1", "s", BRONZE),
        "instrument_id, trade_date, close",
        "('A', '2025-11-03', " + closeOfA + ")",
        "('B', '2025-11-03', 7)",
        "('B', '" + dayOfB + "', 8)");
  }

  private void firstNight() {
    deliver("('bars/a.csv', 'sha')", "1", "2025-11-04");
    write(Tables.DEALS, note("1", "s"), "deal_id, title", "('d', 'a deal')");
    events("1", "s", "0.1");
    log("run-1", "abc", "study: {benchmark: SPY, confidence: 0.95}");
    publish(1, BRONZE, Tables.BARS, Tables.DEALS, Tables.EVENT_IMPACT);
  }

  @Test
  void aRestatedBarIsTheCauseOfItsOwnEventAlone() {
    firstNight();
    assertThatThrownBy(() -> diff(ReadCommands.Format.CSV))
        .isInstanceOf(DealImpactException.class)
        .hasMessageContaining("has 1 published nights that can be read, and two are compared");
    deliver("('bars/fix.csv', 'other')", "2", "2025-11-04");
    events("1", "s", "0.25");
    log("run-2", "abc", "study: {benchmark: SPY, confidence: 0.95}");
    publish(2, BRONZE, Tables.BARS, Tables.DEALS, Tables.EVENT_IMPACT);

    assertThat(diff(ReadCommands.Format.CSV).lines())
        .containsExactly(
            "table_name,subject,figure,before,after,kind,cause",
            "gold.event_impact,\"d:A [0,0]\",car,0.1,0.25,restatement,bars of A: 1 row restated"
                + " 2025-11-03 (bars/fix.csv)");
    assertThat(diff(ReadCommands.Format.TABLE))
        .startsWith("Night 1, published 2026-01-01T00:00:00Z by the run run-1\nNight 2, ")
        .contains(
            "What changed\n  file bars/fix.csv\n  bars of A: 1 row restated 2025-11-03\n",
            "Headline figures that moved: 1");
    assertThat(diff(ReadCommands.Format.JSON, "run-1", "2"))
        .contains("\"kind\":\"restatement\"")
        .isEqualTo(diff(ReadCommands.Format.JSON, "2"));
    assertThatThrownBy(() -> diff(ReadCommands.Format.CSV, "7"))
        .hasMessageContaining("There is no published night 7, or it is no longer kept.")
        .hasMessageContaining("The nights that can be read are 1 to 2");
  }

  @Test
  void settingsProgramAndDeliveriesAreNamed() {
    firstNight();
    deliver("('bars/new.csv', 'other')", "1", "2025-11-05");
    write(Tables.DEALS, note("1", "s"), "deal_id, title", "('d', 'a deal')", "('e', 'another')");
    events("2", "t", "0.25", "('e:A', 'e', 'A', 'market-model', 0, 0, 'OK', 0.75, true)");
    log("run-2", "def", "study: {benchmark: SPY, confidence: 0.9}");
    publish(2, BRONZE, Tables.BARS, Tables.DEALS, Tables.EVENT_IMPACT);

    List<String> lines = diff(ReadCommands.Format.CSV).lines().toList();

    assertThat(lines)
        .contains(
            "gold.event_impact,\"d:A [0,0]\",car,0.1,0.25,program+configuration,program 1+abc →"
                + " 1+def; study.confidence: 0.95 → 0.9")
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("gold.event_impact,\"e:A [0,0]\",car,,0.75,program+configuration")
                    .endsWith("deals of e: 1 row delivered"));
    assertThat(diff(ReadCommands.Format.TABLE))
        .contains(
            "  program 1+abc → 1+def\n  configuration study.confidence: 0.95 → 0.9\n",
            "bars of B: 1 row delivered, 1 row withdrawn 2025-11-04 to 2025-11-05");
  }
}
