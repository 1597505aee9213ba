package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.study.event.ChoiceSpan;
import io.dealimpact.study.group.TestStatus;
import io.dealimpact.study.market.EventWindow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A group under all choices that are compared: a row for each window, with the span of the choices
 * and the tests of each, rows of {@link GroupStates#choices}.
 */
public final class ComparedGroups {
  private static final StructType KEY =
      new StructType().add("group_name", StringType).add("group_value", StringType);

  private static final StructType SCHEMA =
      SpanColumns.addTo(KEY.add("window_start", IntegerType).add("window_end", IntegerType))
          .add("figures", createArrayType(GroupStates.CHOICE));

  private static final RowWriter ROWS = new RowWriter(SCHEMA);

  private record Compared(ChoiceSpan span, List<Row> figures) {}

  private ComparedGroups() {}

  /** The columns of a group. */
  public static Column[] key() {
    return Columns.named(List.of(KEY.fieldNames()));
  }

  /** The key of {@link #spanning}. */
  public static Encoder<Row> keyEncoder() {
    return Encoders.row(KEY);
  }

  /** Encoder of the rows of {@link #spanning}. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  /**
   * Rows of {@link GroupStates#choices} of one group to its windows.
   *
   * @param level below which a p is significant
   */
  public static FlatMapGroupsFunction<Row, Row, Row> spanning(double level) {
    RowReader keys = RowReader.of(KEY);
    RowReader tests = RowReader.of(GroupStates.CHOICE);
    return (key, rows) -> {
      Map<EventWindow, Compared> windows = new LinkedHashMap<>();
      while (rows.hasNext()) {
        Row row = rows.next();
        RowReader.Cells test = tests.at(row);
        Compared compared =
            windows.computeIfAbsent(
                new EventWindow(test.whole("window_start"), test.whole("window_end")),
                window -> new Compared(new ChoiceSpan(level), new ArrayList<>()));
        compared.figures().add(row);
        if (Boolean.TRUE.equals(test.flagOrNull("decides"))
            && test.text("status").equals(TestStatus.OK.name())) {
          compared.span().add(test.number("car"), test.number("p_value"));
        }
      }
      return rows(keys.at(key), windows);
    };
  }

  private static Iterator<Row> rows(RowReader.Cells group, Map<EventWindow, Compared> windows) {
    return windows.entrySet().stream()
        .map(
            entry ->
                SpanColumns.put(
                        ROWS.row()
                            .text("group_name", group.text("group_name"))
                            .text("group_value", group.text("group_value"))
                            .whole("window_start", entry.getKey().start())
                            .whole("window_end", entry.getKey().end()),
                        entry.getValue().span())
                    .value("figures", entry.getValue().figures().toArray(Row[]::new))
                    .build())
        .iterator();
  }
}
