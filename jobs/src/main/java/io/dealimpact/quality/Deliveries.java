package io.dealimpact.quality;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.btrim;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.run.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The version of each file that counts: the latest, unless it is held back. A version is held back
 * if it is damaged or none of its rows can be read, if it drops too many rows of the version before
 * it, or if it is of weeks or months where days are due. A version without any row withdraws the
 * file, and whatever follows it counts.
 */
final class Deliveries {
  /** Fewer rows than this that are gone are an edit, whatever share they are. */
  static final long FEWEST_LOST = 20;

  /** With fewer days a file may be a few corrections. */
  private static final int FEWEST_WEEKS = 8;

  private static final int FEWEST_MONTHS = 12;

  /** Counts of distinct values are exact to a hundredth. */
  private static final double NEARLY_ALL = 0.95;

  private static final Object[] DAMAGED = {"empty-file", "truncated-file", "unreadable-file"};

  private static final StructType CHOSEN =
      new StructType()
          .add("latest_file", StringType)
          .add("latest_delivery", LongType)
          .add("latest_ingested", LongType)
          .add("latest_sha256", StringType)
          .add("file_rank", IntegerType);

  private final Map<String, List<Version>> files;
  private final DeliveryRules rules;
  private final List<Chosen> chosen = new ArrayList<>();
  private final Map<String, Held> held = new TreeMap<>();

  /**
   * The version of a file that counts.
   *
   * @param rank the file's place in the order of files
   */
  record Chosen(String file, Version version, int rank) {}

  /**
   * A version that does not count.
   *
   * @param sha256 of the file
   * @param why ready for a message
   * @param hasEarlier whether a version before it counts
   */
  record Held(String sha256, String why, boolean hasEarlier) {
    /** For people. */
    String message(String file) {
      return file
          + (hasEarlier ? " is held back, and the version before it counts: " : " is held back: ")
          + why;
    }
  }

  /**
   * One version of one file.
   *
   * @param rows all of it
   * @param readable those that could be read
   * @param odd those with fields that this version does not know
   * @param problem what is wrong with the file as a whole; null for nothing
   * @param isWithdrawal whether it is well and has no rows
   * @param isOther whether it is another kind of file than the feed's, and never counts
   */
  record Version(
      String sha256,
      long delivery,
      long ingested,
      long rows,
      long readable,
      long odd,
      String problem,
      boolean isWithdrawal,
      boolean isOther) {

    /** Why it is held back in favour of a good version before it; null if it is not. */
    String against(Version good, double largestLoss) {
      if (isOther) {
        return problem;
      }
      if (isWithdrawal || good == null || good.readable() == 0) {
        return null;
      }
      if (problem != null || readable == 0) {
        return problem == null ? "none of its rows can be read" : problem;
      }
      boolean shrinks =
          readable < (1 - largestLoss) * good.readable()
              && good.readable() - readable >= FEWEST_LOST;
      return shrinks
          ? String.format(
              Locale.ROOT,
              "it has %d rows, the version before it %d; quality.delivery_loss allows to drop a share"
                  + " of %s. If the loss is meant, deliver the file with a header and no rows"
                  + " first",
              readable,
              good.readable(),
              largestLoss)
          : null;
    }
  }

  private Deliveries(Map<String, List<Version>> files, DeliveryRules rules) {
    this.files = files;
    this.rules = rules;
    files.forEach(this::choose);
  }

  /** Chooses among the versions in bronze. */
  static Deliveries of(Dataset<Row> bronze, DeliveryRules rules) {
    Map<String, List<Version>> files = new TreeMap<>(new FileOrder(rules.supersedes()));
    Dataset<Row> found = versions(bronze);
    RowReader reader = RowReader.of(found.schema());
    List<RowReader.Cells> counted =
        found.collectAsList().stream().map(row -> reader.at(row)).toList();
    Map<String, String> problems =
        counted.stream().anyMatch(version -> version.count("damaged") > 0)
            ? problems(bronze)
            : Map.of();
    for (RowReader.Cells cells : counted) {
      files
          .computeIfAbsent(cells.text("source_file"), file -> new ArrayList<>())
          .add(
              new Version(
                  cells.text("source_sha256"),
                  cells.count("delivery"),
                  cells.count("ingested"),
                  cells.count("rows"),
                  cells.count("readable"),
                  cells.count("odd"),
                  cells.text("other_kind") == null
                      ? problems.get(identity(cells))
                      : cells.text("other_kind"),
                  cells.count("no_rows") > 0,
                  cells.text("other_kind") != null));
    }
    files
        .values()
        .forEach(
            versions ->
                versions.sort(
                    Comparator.comparingLong(Version::delivery)
                        .thenComparingLong(Version::ingested)));
    return new Deliveries(files, rules);
  }

  /** The same with the versions alone that came with some deliveries, up to one of them. */
  Deliveries upTo(long delivery) {
    Map<String, List<Version>> earlier = new TreeMap<>(new FileOrder(rules.supersedes()));
    files.forEach(
        (file, versions) -> {
          List<Version> its = versions.stream().filter(v -> v.delivery() <= delivery).toList();
          if (!its.isEmpty()) {
            earlier.put(file, its);
          }
        });
    return new Deliveries(earlier, rules);
  }

  /** The largest number of a delivery; 0 for none. */
  long newest() {
    return files.values().stream()
        .flatMap(List::stream)
        .mapToLong(Version::delivery)
        .max()
        .orElse(0);
  }

  /** A digest of all versions of all files, and of what they hold as far as it is known here. */
  String digest() {
    return Sha256.of(files.toString());
  }

  private void choose(String file, List<Version> versions) {
    Version good = null;
    for (Version version : versions) {
      String why = version.against(good, rules.largestLoss());
      if (why == null) {
        good = version;
        held.remove(file);
      } else {
        held.put(file, new Held(version.sha256(), why, good != null));
      }
    }
    if (good == null) {
      // Its rank stays taken: what is held back orders nothing.
      return;
    }
    chosen.add(new Chosen(file, good, chosen.size()));
  }

  /** The versions that count, one for each file. */
  List<Chosen> chosen() {
    return chosen;
  }

  /**
   * latest_file, latest_delivery, latest_ingested, latest_sha256 and file_rank: one row for each
   * version.
   */
  static Dataset<Row> rows(SparkSession spark, List<Chosen> versions) {
    RowWriter writer = new RowWriter(CHOSEN);
    return spark.createDataFrame(
        versions.stream()
            .map(
                of ->
                    writer
                        .row()
                        .text("latest_file", of.file())
                        .count("latest_delivery", of.version().delivery())
                        .count("latest_ingested", of.version().ingested())
                        .text("latest_sha256", of.version().sha256())
                        .whole("file_rank", of.rank())
                        .build())
            .toList(),
        CHOSEN);
  }

  /** The files whose latest version is held back. */
  Map<String, Held> held() {
    return held;
  }

  /**
   * Why a file is of weeks or months and not of days; NULL for any other. Such a file has one day a
   * week, or one a month, in every week or month from its first day to its last.
   */
  private static Column otherKind() {
    Column gap =
        try_divide(
            datediff(col("last_day"), col("first_day")).cast("double"),
            col("days").minus(lit(1)).cast("double"));
    Column isOfWeeks =
        col("days")
            .geq(FEWEST_WEEKS)
            .and(col("weeks").geq(col("days").multiply(NEARLY_ALL)))
            .and(gap.between(6.5, 7.6));
    Column isOfMonths =
        col("days")
            .geq(FEWEST_MONTHS)
            .and(col("months").geq(col("days").multiply(NEARLY_ALL)))
            .and(gap.between(28.5, 32).or(gap.between(88, 94)));
    return when(
        isOfWeeks.or(isOfMonths),
        format_string(
            "its %d days from %s to %s lie %.0f days apart: it is a weekly or monthly file, and"
                + " daily ones are due",
            col("days"), col("first_day").cast("string"), col("last_day").cast("string"), gap));
  }

  /** The day of a text as rows have it; NULL where it is written otherwise. */
  private static Column day() {
    Column text = btrim(col("trade_date"));
    Column dashed =
        when(
                text.rlike("^[0-9]{4}([-/])[0-9]{2}\\1[0-9]{2}"),
                translate(substring(text, 1, 10), "/", "-"))
            .when(
                text.rlike("^[0-9]{8}$"),
                concat_ws(
                    "-", substring(text, 1, 4), substring(text, 5, 2), substring(text, 7, 2)));
    return when(Parse.isDashed(text), text.try_cast("date")).otherwise(dashed.try_cast("date"));
  }

  private static Dataset<Row> versions(Dataset<Row> bronze) {
    List<String> columns = List.of(bronze.columns());
    boolean isOfDays =
        columns.contains("trade_date")
            && List.of("close", "return", "mkt_rf").stream().anyMatch(columns::contains);
    return isOfDays
        ? withKind(counted(bronze, "trade_date"))
        : counted(bronze).withColumn("other_kind", lit(null).cast("string"));
  }

  /**
   * The rows of each version.
   *
   * @param apart columns by whose values they are counted apart
   */
  private static Dataset<Row> counted(Dataset<Row> bronze, String... apart) {
    Column[] by =
        Stream.concat(Arrays.stream(identity()), Arrays.stream(apart).map(name -> col(name)))
            .toArray(Column[]::new);
    return bronze
        .groupBy(by)
        .agg(
            count(when(col("read_error").eqNullSafe(DeliveredRows.NO_ROWS), null).otherwise(1))
                .as("rows"),
            count(when(col("read_error").isNull(), 1)).as("readable"),
            count(col("extra_fields")).as("odd"),
            count(when(col("read_error").isin(DAMAGED), 1)).as("damaged"),
            count(when(col("read_error").equalTo(DeliveredRows.NO_ROWS), 1)).as("no_rows"));
  }

  /** Adds what kind of file each version is, from its days: a bulk file has many rows of a day. */
  private static Dataset<Row> withKind(Dataset<Row> ofDays) {
    return ofDays
        .withColumn("delivered_day", when(col("readable").gt(0), day()))
        .groupBy("source_file", "delivery", "ingested", "source_sha256")
        .agg(
            sum("rows").as("rows"),
            sum("readable").as("readable"),
            sum("odd").as("odd"),
            sum("damaged").as("damaged"),
            sum("no_rows").as("no_rows"),
            min("delivered_day").as("first_day"),
            max("delivered_day").as("last_day"),
            approx_count_distinct(col("delivered_day"), 0.01).as("days"),
            approx_count_distinct(trunc(col("delivered_day"), "week"), 0.01).as("weeks"),
            approx_count_distinct(trunc(col("delivered_day"), "month"), 0.01).as("months"))
        .withColumn("other_kind", otherKind());
  }

  /** What tells a version of a file from all others. */
  private static Column[] identity() {
    return new Column[] {
      col("source_file"),
      coalesce(col("delivery"), lit(0L)).as("delivery"),
      unix_micros(col("ingested_at")).as("ingested"),
      col("source_sha256")
    };
  }

  private static String identity(RowReader.Cells version) {
    return version.count("delivery")
        + " "
        + version.count("ingested")
        + " "
        + version.text("source_file");
  }

  /** What is wrong with files as a whole. Asked apart: few files if any, and texts are sorted. */
  private static Map<String, String> problems(Dataset<Row> bronze) {
    Dataset<Row> found =
        bronze
            .where(col("read_error").isin(DAMAGED))
            .groupBy(identity())
            .agg(max(coalesce(col("read_error_detail"), col("read_error"))).as("problem"));
    RowReader reader = RowReader.of(found.schema());
    Map<String, String> problems = new TreeMap<>();
    for (Row row : found.collectAsList()) {
      problems.put(identity(reader.at(row)), reader.at(row).text("problem"));
    }
    return problems;
  }

  /** The files of the newest delivery that had been delivered before. */
  List<String> deliveredAgain() {
    long newest = newest();
    return files.entrySet().stream()
        .filter(file -> file.getValue().size() > 1)
        .filter(file -> file.getValue().get(file.getValue().size() - 1).delivery() == newest)
        .map(Map.Entry::getKey)
        .toList();
  }
}
