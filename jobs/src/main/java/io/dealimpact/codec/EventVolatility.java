package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.study.event.AbnormalVolatility;
import io.dealimpact.study.event.EventSample;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
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

  private EventVolatility() {}

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  /**
   * A row for each day of each event; an event that could not be measured has one, of day 0. Rows
   * in: event_id, model, status, status_reason, days, sample.
   */
  public static FlatMapFunction<Row, Row> days() {
    return row -> {
      List<Row> rows = new ArrayList<>();
      if (row.isNullAt(5)) {
        rows.add(
            RowFactory.create(
                row.get(0), row.get(1), 0, null, null, null, null, null, row.get(2), row.get(3)));
        return rows.iterator();
      }
      EventSample sample = EventSampleCodec.fromBytes((byte[]) row.get(5));
      for (Row day : row.<Row>getList(4)) {
        int relative = day.getInt(0);
        AbnormalVolatility.Day measured = AbnormalVolatility.of(sample, relative);
        boolean ok = Double.isFinite(measured.squaredSar());
        rows.add(
            RowFactory.create(
                row.get(0),
                row.get(1),
                relative,
                day.get(1),
                ok ? measured.squaredSar() : null,
                ok ? measured.excess() : null,
                ok ? sample.degreesOfFreedom() : null,
                ok ? measured.p() : null,
                ok ? "OK" : "MISSING_RETURNS",
                ok ? null : "no abnormal return of one day on day " + relative));
      }
      return rows.iterator();
    };
  }
}
