package io.dealimpact.lake;

import io.dealimpact.lake.TableSpec.Presence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How the columns of a stored table differ from its specification.
 *
 * @param added columns that the program has and the table has not, and that may be NULL: rows
 *     written before have NULL there
 * @param difference one line for every other column that differs; empty when none does
 */
record TableShape(List<TableSpec.Column> added, String difference) {

  static TableShape compare(TableSpec wanted, StructType stored) {
    Map<String, StructField> byName = new LinkedHashMap<>();
    Arrays.stream(stored.fields()).forEach(field -> byName.put(field.name(), field));
    List<TableSpec.Column> added = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (TableSpec.Column column : wanted.columns()) {
      String type = column.type().sql();
      StructField other = byName.remove(column.name());
      if (other == null && column.presence() == Presence.OPTIONAL) {
        added.add(column);
      } else if (other == null) {
        lines.add("  missing   " + column.name() + " " + type);
      } else if (!other.dataType().sql().equals(type)) {
        lines.add(
            "  differs   " + column.name() + " is " + other.dataType().sql() + ", must be " + type);
      }
    }
    for (StructField field : byName.values()) {
      lines.add("  unknown   " + field.name() + " " + field.dataType().sql());
    }
    return new TableShape(List.copyOf(added), String.join("\n", lines));
  }
}
