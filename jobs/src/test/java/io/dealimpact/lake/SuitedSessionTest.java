package io.dealimpact.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.row.KeptRows;
import io.dealimpact.testing.SparkForTests;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a session evaluates plans, by the size of what it works on. */
@Tag("spark")
final class SuitedSessionTest {
  private static final String READING_TASKS = "spark.sql.files.minPartitionNum";
  private static final String SHUFFLE_TASKS = "spark.sql.shuffle.partitions";

  private final SparkSession session = SparkForTests.session().newSession();
  @TempDir private Path folder;

  private void file(String name, long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
      file.setLength(bytes);
    }
  }

  private boolean isReadByOneTask(SparkSession of) {
    return of.conf().getOption(READING_TASKS).contains("1");
  }

  @Test
  void oneTaskReadsATableOfASmallLakeAloneWhateverTheSessionReadBefore() throws IOException {
    file("small.parquet", 1 << 20);
    Evaluation.suit(session, List.of(folder.toString()));
    assertThat(isReadByOneTask(session)).isTrue();

    file("large.parquet", 80L << 20);
    Evaluation.suit(session, List.of(folder.toString()));
    assertThat(isReadByOneTask(session)).isFalse();

    Files.delete(folder.resolve("large.parquet"));
    Evaluation.suit(session, List.of(folder.toString()));
    assertThat(isReadByOneTask(session)).isTrue();
  }

  @Test
  void whatSparkWasStartedWithStays() {
    String said = SparkForTests.session().sparkContext().getConf().get(SHUFFLE_TASKS);
    assertThat(said).isNotEqualTo("1");

    Evaluation.suit(session, List.of(folder.toString()));

    assertThat(session.conf().get(SHUFFLE_TASKS)).isEqualTo(said);
    assertThat(Evaluation.computingTasks(session)).isEqualTo(Integer.parseInt(said));
  }

  @Test
  void whatIsSetLaterHoldsForComputingToo() {
    session.conf().set(SHUFFLE_TASKS, "1");

    assertThat(Evaluation.computingTasks(session)).isEqualTo(1);
  }

  @Test
  void rowsOfASmallLakeThatAreUsedOftenAreComputedOnceAndLeaveTheirPlanBehind() throws IOException {
    file("small.parquet", 1 << 20);
    Evaluation.suit(session, List.of(folder.toString()));

    assertThat(plan(computedOnce(KeptRows::of))).doesNotContain("Range");
    assertThat(plan(computedOnce(KeptRows::ifFew))).doesNotContain("Range");
  }

  @Test
  void rowsOfALargeLakeThatAreUsedOftenAreCached() throws IOException {
    file("large.parquet", 80L << 20);
    Evaluation.suit(session, List.of(folder.toString()));

    Dataset<Long> cached = computedOnce(KeptRows::of);
    assertThat(plan(cached)).contains("Range");
    assertThat(cached.storageLevel()).isEqualTo(StorageLevel.MEMORY_AND_DISK());
    cached.unpersist();
    Dataset<Long> rows = session.range(3).as(Encoders.LONG());
    assertThat(KeptRows.ifFew(rows)).isSameAs(rows);
  }

  private static String plan(Dataset<?> rows) {
    return rows.queryExecution().toString();
  }

  /** Uses rows twice. Returns them when they were computed once. */
  private Dataset<Long> computedOnce(UnaryOperator<Dataset<Long>> keep) {
    LongAccumulator computed = session.sparkContext().longAccumulator();
    Dataset<Long> rows =
        session
            .range(3)
            .map(
                (MapFunction<Long, Long>)
                    id -> {
                      computed.add(1);
                      return 2 * id;
                    },
                Encoders.LONG());

    Dataset<Long> kept = keep.apply(rows);

    assertThat(kept.collectAsList()).containsExactlyInAnyOrder(0L, 2L, 4L);
    assertThat(kept.where("value > 1").count()).isEqualTo(2);
    assertThat(computed.value()).isEqualTo(3);
    return kept;
  }

  @Test
  void anotherSessionEvaluatesAsOneDoes() {
    Evaluation.suit(session, List.of(folder.toString()));
    SparkSession other = session.newSession();
    assertThat(isReadByOneTask(other)).isFalse();

    Evaluation.same(session, other);

    assertThat(isReadByOneTask(other)).isTrue();
    assertThat(other.conf().get(SHUFFLE_TASKS)).isEqualTo(session.conf().get(SHUFFLE_TASKS));
  }
}
