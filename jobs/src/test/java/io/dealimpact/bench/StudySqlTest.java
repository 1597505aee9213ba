package io.dealimpact.bench;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.bench.SyntheticMarket.Placement;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.testing.SparkForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two peers of the study find the same, and what the market was made with. */
@Tag("spark")
class StudySqlTest {
  private static final SyntheticMarket MARKET =
      new SyntheticMarket(36, 600, 500, Placement.ALL_INSTRUMENTS, 3);

  private final SparkSession spark = SparkForTests.session();

  @TempDir Path folder;

  @Test
  void bothWaysToWriteTheStudyFindTheSame() throws IOException {
    Path lake = folder.resolve("lake");
    MARKET.write(StudyRun.lake(spark, lake), folder.resolve("truth"));
    StudyOutputs obvious;
    StudyOutputs sums;
    try (DuckDb database = DuckDb.open(2, folder).orElseThrow()) {
      obvious = run(database, "obvious", StudySql.obvious(lake, out("obvious")));
      sums = run(database, "sums", StudySql.runningSums(lake, out("sums")));
    }
    assertThat(obvious.agreeWith(sums))
        .hasSize(5)
        .first()
        .asString()
        .contains("obvious and sums: 500 fits agree");
    // Some windows hold a day without a bar or end after a delisting, and some of their days count.
    long impacts = obvious.impacts().count();
    assertThat(impacts).isBetween(400L, 499L);
    assertThat(obvious.abnormalReturns().count()).isGreaterThan(impacts * 21);
    assertThat(obvious.paths().where("n < 500").count()).isPositive();
    assertThat(obvious.agreeWithTruth(spark.read().parquet(folder.resolve("truth").toString())))
        .hasSize(2)
        .first()
        .asString()
        .contains("mean CAR by the effect");
  }

  @Test
  void aDifferenceIsFound() {
    Dataset<Row> tests = spark.sql("select 'bmp' test, 3L n, 2.0D statistic");
    Dataset<Row> other = spark.sql("select 'bmp' test, 3L n, 2.0D + 3e-9 statistic");
    Dataset<Row> fits = spark.sql("select 'e' event_id, 0.0D alpha, 1.0D beta, 0.01D sigma");
    Dataset<Row> days =
        spark.sql(
            "select 'e' event_id, 0 relative_day, 0.0D actual_return, 0.0D expected_return,"
                + " 0.0D abnormal_return, 0.0D standardized_ar");
    Dataset<Row> impacts = spark.sql("select 'e' event_id, 0.1D car, 0.1D car_se, 1.0D scar");
    Dataset<Row> paths = spark.sql("select 0 relative_day, 1L n, 0.0D aar, 0.0D caar");
    StudyOutputs one = new StudyOutputs("one", fits, days, impacts, paths, tests);
    assertThatThrownBy(
            () -> one.agreeWith(new StudyOutputs("two", fits, days, impacts, paths, other)))
        .isInstanceOf(DealImpactException.class)
        .hasMessageContaining("one and two agree in 0 of 1 tests");
    assertThatThrownBy(
            () ->
                one.agreeWith(
                    new StudyOutputs("two", fits.where(lit(false)), days, impacts, paths, tests)))
        .hasMessageContaining("agree in 0 of 1 fits");
  }

  @Test
  void theMarketIsTheSameOnAnyPartitioning() {
    SyntheticMarket market = new SyntheticMarket(7, 300, 40, Placement.ALL_INSTRUMENTS, 3);
    assertThat(
            Stream.of(1, 2, 5)
                .map(n -> hash(market.bars(spark, n)) + " " + hash(market.events(spark, n)))
                .distinct())
        .hasSize(1);
  }

  private static String hash(Dataset<Row> rows) {
    Column[] all = Stream.of(rows.columns()).map(name -> col(name)).toArray(Column[]::new);
    return rows.agg(count(lit(1)), bit_xor(xxhash64(all))).first().toString();
  }

  private StudyOutputs run(DuckDb database, String name, List<String> statements) {
    statements.forEach(database::execute);
    return StudyOutputs.ofPeer(name, spark, folder.resolve(name));
  }

  private Path out(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }
}
