package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rule;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds the instrument that a row of another feed speaks of, by whatever name the row gives it.
 * Adds {@code instrument_id}, {@code exchange} and {@code currency}; NULL when nothing or several
 * things have that name, and {@link #rules} say which.
 */
final class ConformInstrumentLookup {
  private static final String FOUND = "lookup_found";
  private static final String GIVEN = "lookup_given";

  private ConformInstrumentLookup() {}

  static Column byId(Column id) {
    return concat(lit("id:"), id);
  }

  static Column byTicker(Column ticker) {
    return concat(lit("ticker:"), upper(ticker));
  }

  /** By a ticker as Stooq and Yahoo write it: {@code BRK-B.US} is {@code BRK.B}. */
  static Column byVendorTicker(Column ticker) {
    return concat(
        lit("vendor:"),
        translate(regexp_replace(upper(ticker), "\\.(US|UK|DE|JP|HK|PL|HU)$", ""), ".", "-"));
  }

  static Column byCik(Column cik) {
    return concat(lit("cik:"), cik);
  }

  static Column byName(Column name) {
    return concat(lit("name:"), upper(name));
  }

  /**
   * Adds the instrument.
   *
   * @param given what the row calls it, for messages; NULL when it does not say
   * @param names in the order in which they are tried; NULL is skipped
   */
  static Dataset<Row> resolve(
      Dataset<Row> rows, Dataset<Row> instruments, Column given, List<Column> names) {
    Dataset<Row> lookup = lookup(instruments);
    Dataset<Row> result = rows.withColumn(GIVEN, given);
    Column found = lit(null);
    for (int i = 0; i < names.size(); i++) {
      String key = "lookup_key_" + i;
      String hit = "lookup_hit_" + i;
      result =
          result
              .withColumn(key + "_wanted", names.get(i))
              .join(
                  broadcast(lookup.select(col("lookup_key").as(key), col("hit").as(hit))),
                  col(key + "_wanted").equalTo(col(key)),
                  "left")
              .drop(key, key + "_wanted");
      found = coalesce(found, col(hit));
    }
    result = result.withColumn(FOUND, found);
    for (int i = 0; i < names.size(); i++) {
      result = result.drop("lookup_hit_" + i);
    }
    Column one = col(FOUND).getField("matches").equalTo(1);
    for (String column : List.of("instrument_id", "exchange", "currency")) {
      result = result.withColumn(column, when(one, col(FOUND).getField(column)));
    }
    return result;
  }

  /** Adds the instrument of rows that give its {@code instrument_id} and nothing else. */
  static Dataset<Row> resolveById(Dataset<Row> rows, Dataset<Row> instruments) {
    Column id = Parse.text("instrument_id");
    return resolve(rows, instruments, id, List.of(byId(id)));
  }

  private static Dataset<Row> lookup(Dataset<Row> instruments) {
    List<Column> keys =
        List.of(
            byId(col("instrument_id")),
            byTicker(col("ticker")),
            concat(lit("vendor:"), translate(upper(col("ticker")), ".", "-")),
            byCik(col("cik")),
            byName(col("organisation")),
            byName(col("name")));
    Dataset<Row> all = null;
    for (Column key : keys) {
      Dataset<Row> part =
          instruments.select(
              key.as("lookup_key"), col("instrument_id"), col("exchange"), col("currency"));
      all = all == null ? part : all.union(part);
    }
    return all.where(col("lookup_key").isNotNull())
        .distinct()
        .groupBy("lookup_key")
        .agg(
            struct(
                    count(lit(1)).as("matches"),
                    min("instrument_id").as("instrument_id"),
                    min("exchange").as("exchange"),
                    min("currency").as("currency"),
                    concat_ws(", ", sort_array(collect_set("instrument_id"))).as("candidates"))
                .as("hit"));
  }

  /** {@code missing-instrument}, {@code unknown-instrument} and {@code ambiguous-instrument}. */
  static List<Rule> rules() {
    Column found = col(FOUND);
    return List.of(
        new Rule(
            "missing-instrument",
            col(GIVEN).isNull().and(found.isNull()),
            lit("the row names no instrument; instrument_id is needed")),
        new Rule(
            "unknown-instrument",
            found.isNull(),
            format_string(
                "the instrument '%s' is not in silver.instruments; deliver it in instruments/, or"
                    + " correct the name",
                col(GIVEN))),
        new Rule(
            "ambiguous-instrument",
            found.getField("matches").gt(1),
            format_string(
                "'%s' may be any of %s; give the instrument_id",
                coalesce(col(GIVEN), lit("the file's name")), found.getField("candidates"))));
  }
}
