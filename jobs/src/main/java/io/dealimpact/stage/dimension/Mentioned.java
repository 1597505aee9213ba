package io.dealimpact.stage.dimension;

import static org.apache.spark.sql.functions.col;

import io.dealimpact.lake.TableSpec;
import io.dealimpact.row.Columns;
import io.dealimpact.stage.StageContext;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Values of columns, each once, over several tables. */
final class Mentioned {
  private Mentioned() {}

  /**
   * The values that tables have in columns of the same names.
   *
   * @param columns the rows' columns; no row has a NULL in the first of them
   */
  static Dataset<Row> in(StageContext context, List<TableSpec> tables, String... columns) {
    return tables.stream()
        .map(table -> context.read(table).select(Columns.named(List.of(columns))).distinct())
        .reduce(Dataset::union)
        .orElseThrow()
        .where(col(columns[0]).isNotNull())
        .distinct();
  }
}
