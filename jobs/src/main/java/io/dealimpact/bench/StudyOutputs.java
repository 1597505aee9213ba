package io.dealimpact.bench;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.var_samp;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.codec.RowsAsText;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.RowReader;
import io.dealimpact.run.Failures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a study found, by whom it may be: fits, abnormal returns, impacts, paths and tests, with the
 * same columns.
 */
record StudyOutputs(
    String of,
    Dataset<Row> fits,
    Dataset<Row> abnormalReturns,
    Dataset<Row> impacts,
    Dataset<Row> paths,
    Dataset<Row> tests) {

  /**
   * Figures agree to this share of themselves. The sums of an estimation window are added in
   * another order by each engine, which moves a figure by about 1e-13 of itself.
   */
  static final double TOLERANCE = 1e-9;

  /**
   * The least size of a figure from which its tolerance is a share of the figure itself; below it,
   * a share of this. An abnormal return is the difference of two returns near 0.01, so that its
   * last digits are theirs.
   */
  static final double LEAST = 1e-3;

  /** Standard errors that a mean may lie from what is true. The seed is given: no chance in it. */
  private static final double MOST_ERRORS = 4;

  /** What a peer wrote into a folder. */
  static StudyOutputs ofPeer(String name, SparkSession spark, Path folder) {
    return new StudyOutputs(
        name,
        spark.read().parquet(folder.resolve("fits.parquet").toString()),
        spark.read().parquet(folder.resolve("abnormal_returns.parquet").toString()),
        spark.read().parquet(folder.resolve("impacts.parquet").toString()),
        spark.read().parquet(folder.resolve("paths.parquet").toString()),
        spark.read().parquet(folder.resolve("tests.parquet").toString()));
  }

  /** What the program wrote into its gold tables. A day or window without a figure is no row. */
  static StudyOutputs ofProgram(SparkSession spark, Path folder) {
    Lake lake = new Lake(spark, folder.toString(), Lake.Writes.SUPPRESSED);
    return new StudyOutputs(
        "the program",
        lake.readOrEmpty(Tables.MODEL_FITS).where(col("status").equalTo("OK")),
        lake.readOrEmpty(Tables.ABNORMAL_RETURNS).where(col("abnormal_return").isNotNull()),
        lake.readOrEmpty(Tables.EVENT_IMPACT).where(col("status").equalTo("OK")),
        lake.readOrEmpty(Tables.STUDY_PATHS).where(col("model").equalTo("market-model")),
        lake.readOrEmpty(Tables.STUDY_TESTS)
            .where(
                col("model")
                    .equalTo("market-model")
                    .and(col("variant").equalTo("textbook"))
                    .and(col("test").isin("patell", "bmp"))));
  }

  /** What the program wrote in its default settings: the market model, and day 0 of the impacts. */
  static StudyOutputs ofDefaults(SparkSession spark, Path folder) {
    StudyOutputs all = ofProgram(spark, folder);
    Column isMarketModel = col("model").equalTo("market-model");
    return new StudyOutputs(
        "the program in its default settings",
        all.fits.where(isMarketModel),
        all.abnormalReturns.where(isMarketModel),
        all.impacts.where(
            isMarketModel.and(col("window_start").equalTo(0)).and(col("window_end").equalTo(0))),
        all.paths,
        all.tests);
  }

  /**
   * Compares every row and figure with another's.
   *
   * @return what was compared, in a sentence for each output
   * @throws io.dealimpact.run.DealImpactException if a row is missing or a figure differs
   */
  List<String> agreeWith(StudyOutputs other) {
    return List.of(
        compare("fits", fits, other.fits, other.of, List.of("event_id"), "alpha", "beta", "sigma"),
        compare(
            "abnormal returns",
            abnormalReturns,
            other.abnormalReturns,
            other.of,
            List.of("event_id", "relative_day"),
            "actual_return",
            "expected_return",
            "abnormal_return",
            "standardized_ar"),
        compare(
            "impacts",
            impacts,
            other.impacts,
            other.of,
            List.of("event_id"),
            "car",
            "car_se",
            "scar"),
        compare(
            "days of AAR and CAAR",
            paths,
            other.paths,
            other.of,
            List.of("relative_day"),
            "n",
            "aar",
            "caar"),
        compare("tests", tests, other.tests, other.of, List.of("test"), "n", "statistic"));
  }

  private String compare(
      String what,
      Dataset<Row> mine,
      Dataset<Row> theirs,
      String otherName,
      List<String> key,
      String... measures) {
    Dataset<Row> left = prefixed(mine, "a_", key, measures);
    Dataset<Row> right = prefixed(theirs, "b_", key, measures);
    Column same =
        key.stream()
            .map(name -> col("a_" + name).equalTo(col("b_" + name)))
            .reduce(Column::and)
            .orElseThrow();
    Column difference = lit(0.0);
    for (String measure : measures) {
      Column a = col("a_" + measure);
      Column b = col("b_" + measure);
      difference =
          greatest(difference, abs(a.minus(b)).divide(greatest(abs(a), abs(b), lit(LEAST))));
      // greatest() passes over NULL: a figure that one of the two lacks is a difference.
      difference = when(a.isNull().or(b.isNull()), lit(1.0)).otherwise(difference);
    }
    String[] found =
        RowsAsText.asText(
                left.join(right, same, "full")
                    .select(coalesce(difference, lit(1.0)).as("difference"))
                    .agg(
                        count(lit(1)),
                        sum(col("difference").leq(TOLERANCE).cast("bigint")),
                        max(col("difference"))),
                1)
            .get(0);
    if (found[0].equals("0") || !found[0].equals(found[1])) {
      throw Failures.benchmark(
          String.format(
              Locale.ROOT,
              "%s and %s agree in %s of %s %s; the largest difference is %s of the figure",
              of,
              otherName,
              found[1],
              found[0],
              what,
              found[2]),
          null);
    }
    return String.format(
        Locale.ROOT,
        "%s and %s: %,d %s agree, largest difference %.1e of the figure",
        of,
        otherName,
        Long.parseLong(found[0]),
        what,
        Double.parseDouble(found[2]));
  }

  private static Dataset<Row> prefixed(
      Dataset<Row> rows, String prefix, List<String> key, String... measures) {
    List<Column> columns = new ArrayList<>();
    key.forEach(name -> columns.add(col(name).as(prefix + name)));
    for (String measure : measures) {
      columns.add(col(measure).cast("double").as(prefix + measure));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  /**
   * Compares what was found with what was put into the market.
   *
   * <p>The effect: the mean CAR of the events that have one less that of the others, with the
   * standard error √(s₁²/n₁ + s₂²/n₂). Which events have an effect was drawn at random, so that
   * other events in their windows do not bias the difference.
   *
   * <p>The betas: the mean of estimate less truth, by sector, over the sectors, with its
   * cross-sectional standard error. Estimates within a sector share the sector's returns and are no
   * independent draws; the sectors are. Nothing is said of the betas of fewer than two sectors.
   *
   * @param truth the generator's events
   * @throws io.dealimpact.run.DealImpactException if a mean lies more than 4 standard errors away
   */
  List<String> agreeWithTruth(Dataset<Row> truth) {
    List<String> checks = new ArrayList<>();
    Dataset<Row> known =
        truth.select(col("event_id"), col("sector"), col("beta").as("true_beta"), col("effect"));
    List<Mean> halves =
        Mean.all(
            impacts
                .join(known, "event_id")
                .groupBy(col("effect"))
                .agg(
                    avg(col("car")).as("mean"),
                    var_samp(col("car")).divide(count(lit(1))).as("variance"),
                    count(lit(1)).as("n"))
                .orderBy("effect"));
    if (halves.size() == 2) {
      Mean without = halves.get(0);
      Mean with = halves.get(1);
      double difference = with.mean() - without.mean();
      double error = Math.sqrt(with.variance() + without.variance());
      checks.add(within("mean CAR by the effect", difference, SyntheticMarket.EFFECT, error));
    }
    Mean.all(
            fits.join(known, "event_id")
                .groupBy(col("sector"))
                .agg(avg(fits.col("beta").minus(col("true_beta"))).as("bias"))
                .agg(
                    avg(col("bias")).as("mean"),
                    var_samp(col("bias")).divide(count(lit(1))).as("variance"),
                    count(lit(1)).as("n")))
        .stream()
        .filter(bias -> bias.n() > 1)
        .map(
            bias ->
                within(
                    "mean of estimated less true beta, by sector",
                    bias.mean(),
                    0,
                    Math.sqrt(bias.variance())))
        .forEach(checks::add);
    return checks;
  }

  /**
   * A mean over {@code n} values and its variance.
   *
   * @param variance of the mean, not of a value
   */
  private record Mean(double mean, double variance, long n) {
    static List<Mean> all(Dataset<Row> rows) {
      RowReader reader = RowReader.of(rows.schema(), "mean", "variance", "n");
      return rows.collectAsList().stream()
          .map(reader::at)
          .map(row -> new Mean(row.number("mean"), row.number("variance"), row.count("n")))
          .toList();
    }
  }

  private String within(String what, double found, double truth, double error) {
    if (!(Math.abs(found - truth) <= MOST_ERRORS * error)) {
      throw Failures.benchmark(
          String.format(
              Locale.ROOT,
              "%s of %s is %.5f, the market was made with %.5f; the standard error is %.5f",
              what,
              of,
              found,
              truth,
              error),
          null);
    }
    return String.format(
        Locale.ROOT,
        "%s: %s is %.5f, put in %.5f, standard error %.5f",
        of,
        what,
        found,
        truth,
        error);
  }
}
