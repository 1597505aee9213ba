package io.dealimpact.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Separates the rows of a feed that are accepted, that repeat an accepted one, and that go to
 * quarantine. Every row gets exactly one of the three verdicts, and the verdict depends on what the
 * files say and how they are called, never on when they arrived.
 *
 * <ol>
 *   <li>A row that could not be read, or that breaks a rule, is quarantined under the first rule it
 *       breaks.
 *   <li>Rows of one file with the same keys and different values are quarantined, all of them, as
 *       {@code conflicting-duplicate}: nobody can say which is right.
 *   <li>Of the rest with the same keys the last row of the last file by name is accepted. One with
 *       the same values is a duplicate; one with other values is quarantined as {@code restated}.
 * </ol>
 *
 * @param feed name in {@code ops.quarantine}
 * @param keys typed columns in which no two rows are equal
 * @param compared typed columns in which two rows of one key must agree
 * @param decisive those of them in which rows of one file must agree; of rows that agree in them
 *     the last one counts
 * @param rules in the order in which they are tried
 */
public record FeedChecks(
    String feed,
    List<String> keys,
    List<String> compared,
    List<String> decisive,
    List<Rule> rules) {
  /** Why a review refuses a row: see {@link #problem(String, Column)}; NULL if it does not. */
  public static final String REFUSED = "check_refused";

  private static final String PROBLEM_TYPE = "struct<rule: string, message: string>";
  private static final String IS_WINNER = "check_is_winner";
  private static final String SOURCE = "check_source";
  private static final String BROKEN = "check_broken";
  private static final String ALONE = "check_alone";
  private static final String VALUES = "check_values";
  private static final String DECISIVE = "check_decisive";
  private static final String CONFLICT = "check_conflict";
  private static final String COPIES = "check_copies";
  private static final String WINNER = "check_winner";

  public FeedChecks {
    keys = List.copyOf(keys);
    compared = List.copyOf(compared);
    decisive = List.copyOf(decisive);
    rules = List.copyOf(rules);
  }

  /** Checks whose rows must agree in all columns that are compared. */
  public FeedChecks(String feed, List<String> keys, List<String> compared, List<Rule> rules) {
    this(feed, keys, compared, compared, rules);
  }

  /**
   * Checks rows, with one shuffle by key.
   *
   * @param typed rows of {@link DeliveredVersions#rows} with the typed columns added
   */
  public CheckedRows check(Dataset<Row> typed) {
    return check(typed, keys, rows -> rows);
  }

  /**
   * Checks rows, and then those that no rule refuses against one another.
   *
   * @param typed rows of {@link DeliveredVersions#rows} with the typed columns added
   * @param together those of the keys by which rows that are accepted come into one partition
   * @param review adds to {@link #REFUSED} why a row is refused after all, and may change typed
   *     columns; {@link #isAccepted()} says which rows are to be looked at
   */
  public CheckedRows check(
      Dataset<Row> typed, List<String> together, UnaryOperator<Dataset<Row>> review) {
    return CheckedRows.of(
        feed, reviewed(compared(marked(typed), together), review), UnaryOperator.identity());
  }

  /**
   * Like {@link #check(Dataset, List, UnaryOperator)}, for many rows of which few have a key that
   * another has: those of their groups alone are compared.
   *
   * @param gathered rows that were marked by other rules
   * @param rows the same, with what the rules of these checks read
   */
  public CheckedRows check(
      GatheredRows gathered, Dataset<Row> rows, UnaryOperator<Dataset<Row>> review) {
    Dataset<Row> marked = marked(rows);
    Dataset<Row> alone = reviewed(alone(gathered.uncontested(marked)), review);
    Dataset<Row> checked =
        gathered
            .contested(marked)
            .map(of -> reviewed(compared(of, List.of(gathered.group())), review))
            .map(alone::unionByName)
            .orElse(alone);
    return CheckedRows.of(feed, checked, gathered::withRecords);
  }

  /**
   * Adds the first rule that a row breaks, unless it could not be read or broke one of the checks
   * that marked it before.
   */
  public Dataset<Row> marked(Dataset<Row> typed) {
    List<Column> tries = new ArrayList<>();
    tries.add(List.of(typed.columns()).contains(BROKEN) ? col(BROKEN) : unread());
    for (Rule rule : rules) {
      tries.add(when(rule.brokenWhen(), problem(rule.name(), rule.message())));
    }
    return typed
        .withColumn(BROKEN, coalesce(tries.toArray(Column[]::new)))
        .drop("read_error", "read_error_detail");
  }

  private static Column unread() {
    return when(
        col("read_error").isNotNull(),
        struct(
            col("read_error").as("rule"),
            coalesce(col("read_error_detail"), col("read_error")).as("message")));
  }

  /** Whether a marked row breaks no rule. */
  static Column isGood() {
    return col(BROKEN).isNull();
  }

  /** Rows of which no two good ones have the same keys. */
  private static Dataset<Row> alone(Dataset<Row> marked) {
    return judged(withoutRaw(marked), col(BROKEN), isGood()).drop(BROKEN);
  }

  private Dataset<Row> compared(Dataset<Row> broken, List<String> together) {
    Column place =
        struct(
            col(DeliveredRows.FILE_RANK),
            col("source_file"),
            col("source_line"),
            col(DeliveredRows.ELEMENT));
    Column good = isGood();
    Dataset<Row> marked =
        broken
            .withColumns(
                Map.of(
                    SOURCE, place,
                    VALUES, struct(columns(compared)),
                    DECISIVE, struct(columns(decisive))))
            // Broken rows may lack their keys: each is a group of its own.
            .withColumn(
                ALONE,
                when(not(good), concat_ws(":", col("source_file"), col("source_line"), element())));

    Column[] byKey = andAlone(keys);
    Column[] byKeyAndFile =
        Stream.concat(Stream.of(byKey), Stream.of(col("source_file"))).toArray(Column[]::new);
    WindowSpec ofKey = Window.partitionBy(byKey);
    WindowSpec ofKeyInFile = Window.partitionBy(byKeyAndFile);
    Dataset<Row> compared =
        withoutRaw(marked)
            .repartition(andAlone(together))
            .withColumns(
                Map.of(
                    CONFLICT,
                    good.and(
                        not(
                            min(DECISIVE)
                                .over(ofKeyInFile)
                                .eqNullSafe(max(DECISIVE).over(ofKeyInFile)))),
                    COPIES,
                    count(lit(1)).over(ofKeyInFile)))
            .withColumn(
                WINNER,
                max(when(
                        good.and(not(col(CONFLICT))),
                        struct(col(SOURCE), col(VALUES).as("values"))))
                    .over(ofKey));

    Column wins = col(WINNER).getField(SOURCE).equalTo(col(SOURCE));
    Column agrees = col(WINNER).getField("values").eqNullSafe(col(VALUES));
    Column problem =
        coalesce(
            col(BROKEN),
            when(col(CONFLICT), problem("conflicting-duplicate", conflictMessage())),
            when(not(wins).and(not(agrees)), problem(CheckedRows.RESTATED, restatedMessage())));
    return judged(compared, problem, wins)
        .drop(SOURCE, BROKEN, ALONE, VALUES, DECISIVE, CONFLICT, COPIES, WINNER);
  }

  private static Dataset<Row> withoutRaw(Dataset<Row> rows) {
    return rows.drop(
        Stream.of(rows.columns()).filter(DeliveredRows::isForRules).toArray(String[]::new));
  }

  private static Dataset<Row> judged(Dataset<Row> rows, Column problem, Column wins) {
    return rows.withColumns(
        Map.of(
            CheckedRows.PROBLEM, problem, IS_WINNER, wins, REFUSED, lit(null).cast(PROBLEM_TYPE)));
  }

  private static Dataset<Row> reviewed(Dataset<Row> judged, UnaryOperator<Dataset<Row>> review) {
    return review
        .apply(judged)
        .withColumn(CheckedRows.PROBLEM, coalesce(col(CheckedRows.PROBLEM), col(REFUSED)))
        .withColumn(
            CheckedRows.VERDICT,
            when(col(CheckedRows.PROBLEM).isNotNull(), lit(CheckedRows.QUARANTINED))
                .when(col(IS_WINNER), lit(CheckedRows.ACCEPTED))
                .otherwise(lit(CheckedRows.DUPLICATE)))
        // Only quarantine shows the record; the others need not carry it on.
        .withColumn(
            "raw_record",
            when(col(CheckedRows.VERDICT).equalTo(CheckedRows.QUARANTINED), col("raw_record")))
        .drop(IS_WINNER, REFUSED);
  }

  private static Column[] andAlone(List<String> columns) {
    return Stream.concat(columns.stream(), Stream.of(ALONE))
        .map(c -> col(c))
        .toArray(Column[]::new);
  }

  private static Column element() {
    return col(DeliveredRows.ELEMENT);
  }

  /** Whether a row under review is accepted so far. */
  public static Column isAccepted() {
    return col(CheckedRows.PROBLEM).isNull().and(col(IS_WINNER));
  }

  /** Why a row is refused: the rule, and the message for people. */
  public static Column problem(String rule, Column message) {
    return struct(lit(rule).as("rule"), message.as("message"));
  }

  private Column conflictMessage() {
    return format_string(
        "the file has %d rows for %s, and they differ; none is taken", col(COPIES), keysShown());
  }

  private Column restatedMessage() {
    Column winner = col(WINNER).getField(SOURCE);
    List<Column> differences = new ArrayList<>();
    for (String column : compared) {
      Column mine = col(VALUES).getField(column);
      Column theirs = col(WINNER).getField("values").getField(column);
      differences.add(
          when(
              not(mine.eqNullSafe(theirs)),
              format_string(column + " is %s there and %s here", text(theirs), text(mine))));
    }
    return format_string(
        "%s is given by %s line %d too, which counts because it comes later: %s",
        keysShown(),
        winner.getField("source_file"),
        winner.getField("source_line"),
        concat_ws(", ", differences.toArray(Column[]::new)));
  }

  private Column keysShown() {
    return concat_ws(
        " ", keys.stream().flatMap(k -> Stream.of(lit(k), text(col(k)))).toArray(Column[]::new));
  }

  private static Column text(Column value) {
    return coalesce(value.cast("string"), lit("(missing)"));
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(c -> col(c)).toArray(Column[]::new);
  }
}
