package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.row.RowWriter;
import io.dealimpact.study.event.ChoiceSpan;
import io.dealimpact.study.event.EventP;
import io.dealimpact.study.event.MeasuredEvent;
import io.dealimpact.study.event.WindowResult;
import io.dealimpact.study.market.StudyStatus;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * One event under all choices that are compared: a row for each window, with the span of the
 * choices and the figures of each.
 */
final class ComparedEvents {
  private static final StructType FIGURES =
      new StructType()
          .add("choice", IntegerType)
          .add("model", StringType)
          .add("status", StringType)
          .add("car", DoubleType)
          .add("car_t", DoubleType)
          .add("car_p", DoubleType)
          .add("placebo_p", DoubleType)
          .add("sample_quantile_p", DoubleType)
          .add("history_p", DoubleType)
          .add("history_n", IntegerType);

  static final StructType SCHEMA =
      ComparedWindows.schema(new StructType().add("event_id", StringType), FIGURES);

  private static final RowWriter ROWS = new RowWriter(SCHEMA);
  private static final RowWriter OF_CHOICE = new RowWriter(FIGURES);

  private final String eventId;
  private final ComparedWindows windows;

  /**
   * An event under no choice yet.
   *
   * @param level below which a p is significant
   */
  ComparedEvents(String eventId, double level) {
    this.eventId = eventId;
    windows = new ComparedWindows(level);
  }

  /** Adds the windows of the event under a choice and model. */
  void add(int choice, MeasuredEvent event) {
    String model = event.result().fit().model().code();
    for (WindowResult window : event.result().windows()) {
      String status = event.status(window.status());
      boolean isMeasured = window.status() == StudyStatus.OK;
      int days = isMeasured ? window.history().days() : 0;
      ChoiceSpan span =
          windows.add(
              window.window(),
              OF_CHOICE
                  .row()
                  .whole("choice", choice)
                  .text("model", model)
                  .text("status", status)
                  .number("car", window.car())
                  .number("car_t", window.t())
                  .number("car_p", window.p())
                  .number("placebo_p", window.placeboP())
                  .number("sample_quantile_p", window.sampleQuantileP())
                  .number("history_p", window.history().p())
                  .whole("history_n", isMeasured ? days : null)
                  .build());
      if (status.equals(StudyStatus.OK.name())) {
        span.add(window.car(), EventP.deciding(window.history().p(), days, window.p()));
      }
    }
  }

  /** A row for each window, in the order in which they came. */
  List<Row> rows() {
    return windows.rows(() -> ROWS.row().text("event_id", eventId));
  }
}
