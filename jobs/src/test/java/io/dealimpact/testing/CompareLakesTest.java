package io.dealimpact.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison of two lakes finds what differs. */
@Tag("spark")
final class CompareLakesTest {
  private final SparkSession spark = SparkForTests.session();
  @TempDir private Path first;
  @TempDir private Path second;

  private void write(Path lake, String name, String query) {
    spark.sql(query).write().format("delta").save(lake.resolve("gold").resolve(name).toString());
  }

  private String compare(boolean equal) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(
            CompareLakes.compare(
                spark,
                new PrintStream(out, true, UTF_8),
                first.toString(),
                second.toString(),
                List.of("gold")))
        .isEqualTo(equal);
    return out.toString(UTF_8);
  }

  @Test
  void rowsInAnotherOrderAreEqual() {
    write(first, "t", "select * from values (1, 0.1D, array(1)), (2, null, null) as t(a, b, c)");
    write(second, "t", "select * from values (2, null, null), (1, 0.1D, array(1)) as t(a, b, c)");

    assertThat(compare(true)).contains("gold.t", "2 rows  equal", "1 tables, 0 differ");
  }

  @Test
  void theLastBitOfADoubleIsADifference() {
    write(first, "t", "select 0.1D + 0.2D as a union all select 0.3D");
    write(second, "t", "select 0.3D as a union all select 0.3D");

    assertThat(compare(false))
        .contains("1 only in the first, 1 only in the second", "0.30000000000000004");
  }

  @Test
  void columnsAndTablesCount() {
    write(first, "t", "select 1 as a");
    write(second, "t", "select 1L as a");
    write(second, "u", "select 1 as a");

    assertThat(compare(false)).contains("other columns: [a INT] and [a BIGINT]", "is not in");
  }

  @Test
  void twoLakesWithoutTablesAreNoProof() {
    assertThat(compare(false)).contains("0 tables, 0 differ");
  }
}
