package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.dealimpact.row.RowWriter;
import io.dealimpact.study.event.InstrumentMeasurer;
import io.dealimpact.study.event.MeasuredEvent;
import io.dealimpact.study.event.WindowResult;
import io.dealimpact.study.market.StudyStatus;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Which columns a measured event leaves its task with. */
public enum EventColumns {
  /** All that gold tables are made from, {@link MeasuredEventRows}. */
  ALL {
    @Override
    StructType schema() {
      return MeasuredEventRows.SCHEMA;
    }

    @Override
    Row encode(
        MeasuredEvent event, InstrumentMeasurer by, int choice, DoubleSupplier sectorShareOutside) {
      return new MeasuredEventRows(by.calendar(), by.plan().measures())
          .encode(event, sectorShareOutside.getAsDouble());
    }
  },

  /** Which choice, and of each window its CAR and the tests of it, named as in {@link #ALL}. */
  OF_CHOICES {
    @Override
    StructType schema() {
      return CHOICE;
    }

    @Override
    Row encode(
        MeasuredEvent event, InstrumentMeasurer by, int choice, DoubleSupplier sectorShareOutside) {
      return CHOICES
          .row()
          .whole("choice", choice)
          .text("event_id", event.input().eventId())
          .text("model", event.result().fit().model().code())
          .value(
              "windows",
              event.result().windows().stream().map(w -> window(event, w)).toArray(Row[]::new))
          .build();
    }
  };

  private static final StructType WINDOW =
      new StructType()
          .add("window_start", IntegerType)
          .add("window_end", IntegerType)
          .add("status", StringType)
          .add("car", DoubleType)
          .add("car_t", DoubleType)
          .add("car_p", DoubleType)
          .add("placebo_p", DoubleType)
          .add("sample_quantile_p", DoubleType)
          .add("history_p", DoubleType)
          .add("history_n", IntegerType);

  private static final StructType CHOICE =
      new StructType()
          .add("choice", IntegerType)
          .add("event_id", StringType)
          .add("model", StringType)
          .add("windows", createArrayType(WINDOW));

  private static final RowWriter WINDOWS = new RowWriter(WINDOW);
  private static final RowWriter CHOICES = new RowWriter(CHOICE);

  abstract StructType schema();

  /** The column of a pass's rows that holds them. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The row of an event.
   *
   * @param by what measured it
   * @param choice under which of the choices of the pass
   * @param sectorShareOutside of the sector's other instruments on day 0, a fraction; NaN if not
   *     known
   */
  abstract Row encode(
      MeasuredEvent event, InstrumentMeasurer by, int choice, DoubleSupplier sectorShareOutside);

  private static Row window(MeasuredEvent event, WindowResult w) {
    return WINDOWS
        .row()
        .whole("window_start", w.window().start())
        .whole("window_end", w.window().end())
        .text("status", event.status(w.status()))
        .number("car", w.car())
        .number("car_t", w.t())
        .number("car_p", w.p())
        .number("placebo_p", w.placeboP())
        .number("sample_quantile_p", w.sampleQuantileP())
        .number("history_p", w.history().p())
        .whole("history_n", w.status() == StudyStatus.OK ? w.history().days() : null)
        .build();
  }
}
