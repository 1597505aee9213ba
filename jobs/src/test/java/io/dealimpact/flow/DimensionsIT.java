package io.dealimpact.flow;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.integration.EmbeddedLake;
import io.dealimpact.lake.Dimensions;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.Columns;
import io.dealimpact.testing.SparkForTests;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What gold names by a key has its row, with a label, in the lake of a night. */
@Tag("program")
final class DimensionsIT {
  private static Dataset<Row> table(TableSpec table) {
    return new Lake(SparkForTests.session(), EmbeddedLake.path().toString(), Lake.Writes.SUPPRESSED)
        .read(table);
  }

  private static List<TableSpec> gold() {
    return Tables.all().stream().filter(table -> table.layer().equals("gold")).toList();
  }

  /** Values of a table's columns that a dimension does not have, as text. */
  private static List<String> without(TableSpec table, List<String> columns, TableSpec dimension) {
    Dataset<Row> named = table(table).select(Columns.named(columns)).na().drop("any").distinct();
    Dataset<Row> known = table(dimension).select(Columns.named(dimension.keys()));
    return named.except(known).collectAsList().stream()
        .map(row -> table.fullName() + "." + columns + ": " + row)
        .toList();
  }

  private static List<String> without(String column, TableSpec dimension) {
    return gold().stream()
        .filter(table -> table.columnNames().contains(column))
        .flatMap(table -> without(table, List.of(column), dimension).stream())
        .toList();
  }

  @Test
  void everyDealIsThere() {
    assertThat(without("deal_id", Dimensions.DEAL)).isEmpty();
    List<String> listed =
        table(Tables.COMMITMENT_SHARES)
            .selectExpr("explode(split(deal_ids, ',')) as deal_id")
            .except(table(Dimensions.DEAL).select("deal_id"))
            .collectAsList()
            .stream()
            .map(Row::toString)
            .toList();
    assertThat(listed).isEmpty();
    Row deal = table(Dimensions.DEAL).where("deal_id = 'openai-aws-2025-11-03'").first();
    assertThat(deal.<String>getAs("label")).contains("OpenAI");
    assertThat(deal.<String>getList(deal.fieldIndex("organisations")))
        .contains("OpenAI", "Amazon", "NVIDIA")
        .isSorted();
  }

  @Test
  void everyInstrumentIsThere() {
    assertThat(without("instrument_id", Dimensions.INSTRUMENT)).isEmpty();
    assertThat(without("benchmark", Dimensions.INSTRUMENT)).isEmpty();
    Row amazon = table(Dimensions.INSTRUMENT).where("instrument_id = 'AMZN'").first();
    assertThat(amazon.<String>getAs("label")).isEqualTo("Amazon (AMZN)");
  }

  @Test
  void everyDayIsThere() {
    for (TableSpec table : gold()) {
      table.columns().stream()
          .filter(column -> column.type().typeName().equals("date"))
          .forEach(
              column ->
                  assertThat(without(table, List.of(column.name()), Dimensions.DATE)).isEmpty());
    }
    Row day = table(Dimensions.DATE).where("calendar_date = '2025-11-03'").first();
    assertThat(day.<String>getAs("label")).isEqualTo("Mon 3 Nov 2025");
    assertThat(day.<String>getAs("quarter")).isEqualTo("2025Q4");
    assertThat(day.<java.sql.Date>getAs("quarter_end")).hasToString("2025-12-31");
    assertThat(day.<java.sql.Date>getAs("month_end")).hasToString("2025-11-30");
    assertThat(day.<Boolean>getAs("is_trading_day")).isTrue();
    assertThat(
            table(Dimensions.DATE)
                .where(col("is_trading_day").and(col("weekday").isin("Sat", "Sun")))
                .count())
        .isZero();
  }

  @Test
  void everyModelAndWindowIsThere() {
    assertThat(without("model", Dimensions.MODEL)).isEmpty();
    gold().stream()
        .filter(table -> table.columnNames().contains("window_start"))
        .forEach(
            table ->
                assertThat(without(table, Dimensions.WINDOW.keys(), Dimensions.WINDOW)).isEmpty());
    assertThat(
            table(Dimensions.WINDOW)
                .where("window_start = -1 and window_end = 1")
                .select("label", "days", "has_event_date")
                .first()
                .toSeq()
                .mkString("|"))
        .isEqualTo("days −1 to +1|3|true");
  }

  @Test
  void noTwoRowsHaveOneLabelWhereAReaderPicksByIt() {
    for (TableSpec table : List.of(Dimensions.DATE, Dimensions.MODEL, Dimensions.WINDOW)) {
      assertThat(table(table).groupBy("label").count().where("count > 1").count())
          .as(table.fullName())
          .isZero();
    }
  }
}
