package io.dealimpact.codec;

import io.dealimpact.study.event.EventCalculation;
import io.dealimpact.study.event.InstrumentInput;
import io.dealimpact.study.event.InstrumentMeasurer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Where Spark meets the mathematics of events: rows of one instrument, shaped by {@link
 * InstrumentRows}, to a row of {@link MeasuredEventRows} for each event and model.
 */
public final class EventMeasurer implements FlatMapGroupsFunction<String, Row, Row> {
  private static final long serialVersionUID = 1L;

  private final InstrumentMeasurer measurer;

  public EventMeasurer(InstrumentMeasurer measurer) {
    this.measurer = measurer;
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(MeasuredEventRows.SCHEMA);
  }

  @Override
  public Iterator<Row> call(String instrumentId, Iterator<Row> rows) {
    MeasuredEventRows out = new MeasuredEventRows(measurer.calendar());
    InstrumentInput instrument = InstrumentRows.decode(rows, measurer.calendar());
    return measurer.measure(instrumentId, instrument).stream().map(out::encode).iterator();
  }

  /**
   * One event's calculation with its inputs; empty if the instrument has no such event.
   *
   * @param rows of the instrument, shaped by {@link InstrumentRows}
   */
  public Optional<EventCalculation> calculate(String instrumentId, List<Row> rows, String eventId) {
    InstrumentInput instrument = InstrumentRows.decode(rows.iterator(), measurer.calendar());
    return measurer.calculate(instrumentId, instrument, eventId);
  }
}
