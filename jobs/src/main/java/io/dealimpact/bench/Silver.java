package io.dealimpact.bench;

import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Writes synthetic rows to silver tables. */
final class Silver {
  private Silver() {}

  /** Appends rows to a table; a column that the rows do not have is NULL. */
  static void append(Lake lake, TableSpec table, Dataset<Row> given) {
    List<String> names = List.of(given.columns());
    lake.append(
        table,
        given.select(
            table.columns().stream()
                .map(
                    column ->
                        (names.contains(column.name())
                                ? functions.col(column.name())
                                : functions.lit(null))
                            .cast(column.type())
                            .as(column.name()))
                .toArray(Column[]::new)));
  }
}
