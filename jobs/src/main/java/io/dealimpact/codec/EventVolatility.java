package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.study.event.AbnormalVolatility;
import io.dealimpact.study.event.EventSample;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Abnormal volatility of measured events, day by day. */
public final class EventVolatility {
  private static final StructType SCHEMA =
      new StructType()
          .add("event_id", StringType)
          .add("model", StringType)
          .add("relative_day", IntegerType)
          .add("day", IntegerType)
          .add("squared_sar", DoubleType)
          .add("excess", DoubleType)
          .add("df", IntegerType)
          .add("p_value", DoubleType)
          .add("status", StringType)
          .add("status_reason", StringType);

  private static final RowWriter DAYS = new RowWriter(SCHEMA);

  private static final RowReader DAY = RowReader.of(MeasuredEventRows.DAY);

  private EventVolatility() {}

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  /**
   * A row for each day of each event; an event that could not be measured has one, of day 0. Rows
   * in: event_id, model, status, status_reason, days, sample.
   *
   * @param schema of the rows in
   */
  public static FlatMapFunction<Row, Row> days(StructType schema) {
    RowReader reader =
        RowReader.of(schema, "event_id", "model", "status", "status_reason", "days", "sample");
    return row -> {
      RowReader.Cells event = reader.at(row);
      byte[] bytes = event.bytes("sample");
      if (bytes == null) {
        return List.of(unmeasured(event)).iterator();
      }
      EventSample sample = EventSampleCodec.fromBytes(bytes);
      List<Row> rows = new ArrayList<>();
      for (Row day : event.<Row>list("days")) {
        rows.add(day(event, sample, DAY.at(day)));
      }
      return rows.iterator();
    };
  }

  private static Row unmeasured(RowReader.Cells event) {
    return DAYS.row()
        .text("event_id", event.text("event_id"))
        .text("model", event.text("model"))
        .whole("relative_day", 0)
        .none("day")
        .none("squared_sar")
        .none("excess")
        .none("df")
        .none("p_value")
        .text("status", event.text("status"))
        .text("status_reason", event.text("status_reason"))
        .build();
  }

  private static Row day(RowReader.Cells event, EventSample sample, RowReader.Cells day) {
    AbnormalVolatility.Day measured = AbnormalVolatility.of(sample, day.whole("relative_day"));
    return DAYS.row()
        .text("event_id", event.text("event_id"))
        .text("model", event.text("model"))
        .whole("relative_day", measured.relativeDay())
        .whole("day", day.wholeOrNull("day"))
        .number("squared_sar", measured.squaredSar())
        .number("excess", measured.excess())
        .whole("df", measured.df().isPresent() ? measured.df().getAsInt() : null)
        .number("p_value", measured.p())
        .text("status", measured.status().name())
        .textOrNull("status_reason", measured.reason())
        .build();
  }
}
