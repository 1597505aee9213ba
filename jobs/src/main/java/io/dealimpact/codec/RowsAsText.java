package io.dealimpact.codec;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.row.RowReader;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows as text, cell by cell. */
public final class RowsAsText {
  private RowsAsText() {}

  /**
   * The first rows as Spark prints their values; NULL is the empty text.
   *
   * @param limit most rows to fetch
   * @return one array for each row, indexed by column
   */
  public static List<String[]> asText(Dataset<Row> rows, int limit) {
    Dataset<Row> numbered = numbered(rows);
    Column[] text =
        Arrays.stream(numbered.columns())
            .map(name -> coalesce(col(name).cast("string"), lit("")))
            .toArray(Column[]::new);
    return numbered.select(text).limit(limit).collectAsList().stream()
        .map(RowReader::texts)
        .toList();
  }

  /**
   * All rows, fetched a partition at a time.
   *
   * @param text rows whose columns are all text; NULL stays null
   */
  public static Iterator<String[]> stream(Dataset<Row> text) {
    Iterator<Row> rows = text.toLocalIterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public String[] next() {
        return RowReader.texts(rows.next());
      }
    };
  }

  /** With its columns named c0, c1 …: a query may give two the same name, or none that can be. */
  public static Dataset<Row> numbered(Dataset<Row> rows) {
    return rows.toDF(
        IntStream.range(0, rows.columns().length).mapToObj(i -> "c" + i).toArray(String[]::new));
  }
}
