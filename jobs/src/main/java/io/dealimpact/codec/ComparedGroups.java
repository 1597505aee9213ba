package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.study.event.ChoiceSpan;
import io.dealimpact.study.group.TestStatus;
import io.dealimpact.study.market.EventWindow;
import java.util.List;
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

  private static final StructType SCHEMA = ComparedWindows.schema(KEY, GroupStates.CHOICE);

  private static final RowWriter ROWS = new RowWriter(SCHEMA);

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
      ComparedWindows windows = new ComparedWindows(level);
      while (rows.hasNext()) {
        Row row = rows.next();
        RowReader.Cells test = tests.at(row);
        ChoiceSpan span =
            windows.add(new EventWindow(test.whole("window_start"), test.whole("window_end")), row);
        if (Boolean.TRUE.equals(test.flagOrNull("decides"))
            && test.text("status").equals(TestStatus.OK.name())) {
          span.add(test.number("car"), test.number("p_value"));
        }
      }
      RowReader.Cells group = keys.at(key);
      return windows
          .rows(
              () ->
                  ROWS.row()
                      .text("group_name", group.text("group_name"))
                      .text("group_value", group.text("group_value")))
          .iterator();
    };
  }
}
