package io.dealimpact.codec;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows as text, cell by cell. */
public final class Cells {
  private Cells() {}

  /**
   * The first rows as Spark prints their values; NULL is the empty text.
   *
   * @param limit most rows to fetch
   * @return one array for each row, indexed by column
   */
  public static List<String[]> asText(Dataset<Row> rows, int limit) {
    Column[] text =
        Arrays.stream(rows.columns())
            .map(name -> coalesce(col("`" + name + "`").cast("string"), lit("")))
            .toArray(Column[]::new);
    return rows.select(text).limit(limit).collectAsList().stream()
        .map(row -> IntStream.range(0, text.length).mapToObj(row::getString).toArray(String[]::new))
        .toList();
  }
}
