package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.lake.ValueRange;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.FeedAccount;
import io.dealimpact.row.KeptRows;
import io.dealimpact.row.RowReader;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.MapType;

/**
 * How every Conform stage ends: quarantine first, so that it can be read when a gate closes; then
 * the gates; then silver, and of silver only what differs from what is there.
 */
final class ConformOutput {
  private ConformOutput() {}

  /** For a table of dimensions: all of it is replaced if any row differs. */
  static StageResult writeWhole(
      StageContext context,
      CheckedRows checked,
      TableSpec table,
      Dataset<Row> rows,
      String... messages) {
    passGates(context, checked, table);
    Lake lake = context.lake();
    if (!lake.exists(table) || changed(lake.read(table), rows, table, lit(0)).isPresent()) {
      lake.replaceAll(table, rows, context.note());
    }
    return result(checked, messages);
  }

  /** For a small table of what was judged elsewhere: all of it is replaced if any row differs. */
  static StageResult writeOnly(StageContext context, TableSpec table, Dataset<Row> rows) {
    Lake lake = context.lake();
    if (!lake.exists(table) || changed(lake.read(table), rows, table, lit(0)).isPresent()) {
      lake.replaceAll(table, rows, context.note());
    }
    return StageResult.computed("");
  }

  /**
   * For a table of facts by {@code trade_date}: the days from the first to the last that differ are
   * replaced.
   */
  static StageResult writeDays(
      StageContext context,
      CheckedRows checked,
      TableSpec table,
      Dataset<Row> rows,
      String... messages) {
    passGates(context, checked, table);
    writeChanged(context, table, rows, "trade_date");
    return result(checked, messages);
  }

  /** Replaces the rows from the first value of a column at which they differ to the last. */
  static void writeChanged(
      StageContext context, TableSpec table, Dataset<Row> rows, String column) {
    change(context, table, rows, column).ifPresent(Runnable::run);
  }

  /** What would do that; empty where no row differs. */
  static Optional<Runnable> change(
      StageContext context, TableSpec table, Dataset<Row> rows, String column) {
    Lake lake = context.lake();
    if (!lake.exists(table)) {
      return Optional.of(() -> lake.replaceAll(table, rows, context.note()));
    }
    Dataset<Row> compared = KeptRows.ifFew(rows);
    return changed(lake.read(table), compared, table, col(column))
        .map(
            range ->
                () ->
                    lake.replaceRange(
                        table,
                        compared.where(ValueRange.isInOneOf(col(column), List.of(range))),
                        column,
                        range.from(),
                        range.to(),
                        context.note()));
  }

  private static void passGates(StageContext context, CheckedRows checked, TableSpec table) {
    passGates(context, checked.account(), checked.quarantined(), table);
  }

  /**
   * Writes what is quarantined of a feed.
   *
   * @param quarantined all of the feed, without the run
   * @param table that is to be written
   * @throws DealImpactException where a gate closes
   */
  static void passGates(
      StageContext context, FeedAccount account, Dataset<Row> quarantined, TableSpec table) {
    String feed = account.feed();
    Lake lake = context.lake();
    boolean hadSome =
        !lake.readOrEmpty(Tables.QUARANTINE).where(col("feed").equalTo(feed)).isEmpty();
    if (hadSome || account.quarantined() > 0) {
      lake.replaceRange(
          Tables.QUARANTINE,
          quarantined.withColumn("run_id", lit(context.run().runId())),
          "feed",
          feed,
          feed,
          context.note());
    }
    if (!account.heldBack().isEmpty()
        && context.configuration().quality().heldBack().equals("fail")) {
      throw Failures.heldBack(feed, String.join("; ", account.heldBack()));
    }
    long rows = account.followed();
    if (rows == 0) {
      return;
    }
    double allowed = context.configuration().quality().maxQuarantinedShare();
    if (account.broken() > allowed * rows) {
      throw Failures.qualityGate(feed, account.broken(), rows, allowed);
    }
    if (account.accepted() == 0) {
      throw Failures.nothingAccepted(table.fullName(), rows);
    }
  }

  private static StageResult result(CheckedRows checked, String... messages) {
    return result(checked.account(), messages);
  }

  /** What a stage reports of a feed. */
  static StageResult result(FeedAccount account, String... messages) {
    return new StageResult(
        account.rowsIn(),
        account.accepted(),
        account.duplicate(),
        account.quarantined(),
        Stream.of(
                Arrays.stream(messages),
                account.heldBack().stream(),
                Stream.of(notFollowed(account), unknownFields(account)))
            .flatMap(parts -> parts)
            .filter(m -> !m.isEmpty())
            .collect(Collectors.joining("; ")));
  }

  private static String notFollowed(FeedAccount account) {
    return account.notFollowed() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%d rows of instruments that instruments/ does not list",
            account.notFollowed());
  }

  private static String unknownFields(FeedAccount account) {
    return account.unknownFields().isEmpty()
        ? ""
        : new TreeMap<>(account.unknownFields())
            .entrySet().stream()
                .map(
                    field ->
                        String.format(Locale.ROOT, "%s (%d)", field.getKey(), field.getValue()))
                .collect(Collectors.joining(", ", "unknown fields kept in bronze: ", ""));
  }

  /**
   * The groups from the first to the last in which two tables differ; empty if they do in none.
   * Groups are compared by their number of rows and the sum of the rows' 64-bit hashes, so that
   * neither table is shuffled row by row.
   */
  static Optional<ValueRange> changed(
      Dataset<Row> stored, Dataset<Row> wanted, TableSpec table, Column group) {
    Dataset<Row> before = fingerprints(stored, table, group, "before");
    Dataset<Row> after = fingerprints(wanted, table, group, "after");
    Row row =
        before
            .join(after, col("before_group").equalTo(col("after_group")), "full_outer")
            .where(
                col("before_rows")
                    .eqNullSafe(col("after_rows"))
                    .and(col("before_hash").eqNullSafe(col("after_hash")))
                    .equalTo(false))
            .select(coalesce(col("before_group"), col("after_group")).as("differs"))
            .agg(
                min("differs").cast("string").as("first"), max("differs").cast("string").as("last"))
            .first();
    RowReader.Cells cells = RowReader.of(row.schema()).at(row);
    return Optional.ofNullable(cells.text("first"))
        .map(first -> new ValueRange(first, cells.text("last")));
  }

  /** A map has no hash; its entries have one. */
  private static Column hashed(TableSpec.Column column) {
    Column value = col(column.name()).cast(column.type());
    return column.type() instanceof MapType ? map_entries(value) : value;
  }

  private static Dataset<Row> fingerprints(
      Dataset<Row> rows, TableSpec table, Column group, String name) {
    // A NULL leaves a hash as it was, so where the NULLs are is hashed too.
    Column hash =
        xxhash64(
            table.columns().stream()
                .flatMap(c -> Stream.of(hashed(c), col(c.name()).isNull().cast("int")))
                .toArray(Column[]::new));
    return rows.select(group.as(name + "_group"), hash.cast("decimal(38,0)").as("hash"))
        .groupBy(name + "_group")
        .agg(count(lit(1)).as(name + "_rows"), sum("hash").as(name + "_hash"));
  }
}
