package io.dealimpact.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.json_object_keys;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.row.KeptRows;
import io.dealimpact.row.RowReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * What became of a feed's rows; {@code in = accepted + duplicate + quarantined}, always. Holds the
 * checked rows cached until it is closed, as they are counted, quarantined and written.
 */
public final class CheckedRows implements AutoCloseable {
  static final String VERDICT = "check_verdict";
  static final String PROBLEM = "check_problem";
  static final String ACCEPTED = "accepted";
  static final String DUPLICATE = "duplicate";
  static final String QUARANTINED = "quarantined";
  static final String RESTATED = "restated";

  /** The rule of the row that stands for a version of a file that does not count. */
  static final String HELD_BACK = "held-back";

  /** The rule of a row of an instrument that nobody listed. */
  public static final String NOT_FOLLOWED = "not-followed";

  /** The rule of a row of a listing elsewhere of what is listed in instruments/. */
  public static final String OTHER_LISTING = "unknown-instrument";

  /** The rule of a row of a day without trade. */
  public static final String NO_TRADE = "no-trade";

  /**
   * Rules by which another feed says that an optional figure is wrong. What depends on the figure
   * is then missing, with a reason; the night goes on.
   */
  static final List<String> REFUSED_BY_ANOTHER_FEED =
      List.of(
          "market-cap-against-shares",
          "market-cap-below-volume",
          "shares-below-volume",
          "market-cap-of-few-shares",
          "shares-in-thousands",
          "shares-times-thousand",
          "inverted-rate",
          "rate-of-another-unit");

  /**
   * Rules that say nothing against the row, or whose consequence is stated: no gate counts them.
   */
  private static final List<String> SET_ASIDE =
      Stream.concat(
              Stream.of(RESTATED, HELD_BACK, NOT_FOLLOWED, OTHER_LISTING, NO_TRADE),
              REFUSED_BY_ANOTHER_FEED.stream())
          .toList();

  private final Dataset<Row> checked;
  private final FeedAccount account;
  private final UnaryOperator<Dataset<Row>> withRecords;

  private CheckedRows(
      Dataset<Row> checked, FeedAccount account, UnaryOperator<Dataset<Row>> withRecords) {
    this.checked = checked;
    this.account = account;
    this.withRecords = withRecords;
  }

  /**
   * Counts rows.
   *
   * @param withRecords fetches what rows left behind that they were delivered in
   */
  static CheckedRows of(
      String feed, Dataset<Row> checked, UnaryOperator<Dataset<Row>> withRecords) {
    Dataset<Row> cached = KeptRows.of(checked);
    Map<String, Long> counts = new HashMap<>();
    long withUnknownFields = 0;
    Dataset<Row> kinds =
        cached
            .groupBy(
                when(rule().isin(SET_ASIDE.toArray()), rule()).otherwise(col(VERDICT)).as("kind"))
            .agg(count(lit(1)).as("rows"), count("extra_fields").as("with_unknown_fields"));
    RowReader reader = RowReader.of(kinds.schema());
    for (Row row : kinds.collectAsList()) {
      RowReader.Cells kind = reader.at(row);
      counts.put(kind.text("kind"), kind.count("rows"));
      withUnknownFields += kind.count("with_unknown_fields");
    }
    return new CheckedRows(
        cached,
        new FeedAccount(
            feed,
            counts,
            counts.containsKey(HELD_BACK) ? heldBack(cached) : List.of(),
            withUnknownFields == 0 ? Map.of() : unknownFields(cached)),
        withRecords);
  }

  /** Fields that this version does not know, each with the number of rows that have it. */
  static Map<String, Long> unknownFields(Dataset<Row> checked) {
    Map<String, Long> fields = new TreeMap<>();
    Dataset<Row> counted =
        checked
            .select(explode(json_object_keys(col("extra_fields"))).as("field"))
            .groupBy("field")
            .count();
    RowReader reader = RowReader.of(counted.schema());
    for (Row row : counted.collectAsList()) {
      RowReader.Cells cells = reader.at(row);
      fields.put(cells.text("field"), cells.count("count"));
    }
    return fields;
  }

  /** How many rows had which verdict. */
  public FeedAccount account() {
    return account;
  }

  private static List<String> heldBack(Dataset<Row> checked) {
    return checked
        .where(rule().equalTo(HELD_BACK))
        .select(col(PROBLEM).getField("message"))
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  private static Column rule() {
    return col(PROBLEM).getField("rule");
  }

  /** The rows that count, with their typed columns and where they came from. */
  public Dataset<Row> accepted() {
    return checked.where(col(VERDICT).equalTo(ACCEPTED)).drop(VERDICT, PROBLEM, "extra_fields");
  }

  /**
   * The rows that count, and those that would if these rules had not refused them; as {@link
   * #accepted}.
   */
  public Dataset<Row> acceptedBefore(String... rules) {
    return checked
        .where(
            col(VERDICT).equalTo(ACCEPTED).or(coalesce(rule().isin((Object[]) rules), lit(false))))
        .drop(VERDICT, PROBLEM, "extra_fields");
  }

  /** The rows that broke a rule, shaped like {@code ops.quarantine} without the run. */
  public Dataset<Row> quarantined() {
    Dataset<Row> quarantined = checked.where(col(VERDICT).equalTo(QUARANTINED));
    return withRecords
        .apply(quarantined)
        .select(
            lit(account.feed()).as("feed"),
            rule().as("rule"),
            col(PROBLEM).getField("message").as("message"),
            col("source_file"),
            col("source_sha256"),
            col("source_line"),
            col("raw_record"),
            typed("instrument_id", "string"),
            typed("trade_date", "date"));
  }

  /** A column that the rows of some feeds have. */
  private Column typed(String column, String type) {
    boolean isThere = List.of(checked.columns()).contains(column);
    return (isThere ? col(column) : lit(null)).cast(type).as(column);
  }

  /** How a row of {@code ops.quarantine} is counted: see {@link FeedAccount#counts}. */
  static Column kindOfQuarantined(Column rule) {
    return when(rule.isin(SET_ASIDE.toArray()), rule).otherwise(lit(QUARANTINED));
  }

  /** Whether something is wrong with a quarantined row of a rule: the gate counts it. */
  public static Column isBroken(Column rule) {
    return not(rule.isin(SET_ASIDE.toArray()));
  }

  /** Whether a quarantined row of a rule is of a version of a file that counts. */
  public static Column isNotHeldBack(Column rule) {
    return rule.notEqual(HELD_BACK);
  }

  @Override
  public void close() {
    checked.unpersist();
  }
}
