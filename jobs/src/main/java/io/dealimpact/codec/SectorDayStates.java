package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.study.event.InstrumentMeasurer;
import io.dealimpact.study.event.OutsideDays;
import io.dealimpact.study.event.SectorDays;
import io.dealimpact.study.market.TradingCalendar;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapGroupsFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A partition's instruments, shaped by {@link InstrumentRows#returns} and sorted by instrument, as
 * one state for each sector: {@link SectorDays}.
 */
public final class SectorDayStates implements MapPartitionsFunction<InstrumentRow, Row> {
  private static final long serialVersionUID = 1L;

  private static final StructType SCHEMA =
      new StructType().add("sector", StringType).add("state", BinaryType);

  private static final RowWriter STATES = new RowWriter(SCHEMA);

  private final Markets markets;

  /**
   * Days against the markets of a study.
   *
   * @param markets of the study
   */
  public SectorDayStates(Markets markets) {
    this.markets = markets;
  }

  /** Encoder of the output rows: sector, state. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  @Override
  public Iterator<Row> call(Iterator<InstrumentRow> rows) {
    Map<String, SectorDays> states = new TreeMap<>();
    InstrumentRuns instruments = new InstrumentRuns(rows);
    while (instruments.hasNext()) {
      List<InstrumentRow> its = instruments.next().rows();
      EventTerms terms = its.get(0).getEvent();
      InstrumentMeasurer measurer = markets.of(terms.getHomeMarket());
      TradingCalendar calendar = measurer.calendar();
      OutsideDays days =
          new OutsideDays(
              InstrumentRows.decode(its.iterator(), calendar).prices(),
              measurer.market(),
              measurer.plan());
      SectorDays sector =
          states.computeIfAbsent(
              terms.getSector(), name -> SectorDays.none(markets.firstDay(), markets.lastDay()));
      for (int t = 0; t < calendar.size(); t++) {
        sector.add(calendar.epochDay(t), days.at(t));
      }
    }
    return states.entrySet().stream()
        .map(state -> row(state.getKey(), state.getValue()))
        .iterator();
  }

  /** Merges the states of a sector. */
  public static MapGroupsFunction<String, Row, Row> merging() {
    RowReader reader = RowReader.of(SCHEMA, "state");
    return (sector, rows) -> {
      SectorDays merged = SectorDays.fromBytes(reader.at(rows.next()).bytes("state"));
      rows.forEachRemaining(
          row -> merged.merge(SectorDays.fromBytes(reader.at(row).bytes("state"))));
      return row(sector, merged);
    };
  }

  /** The sectors of rows, by their names. */
  public static Map<String, SectorDays> decode(List<Row> rows) {
    RowReader reader = RowReader.of(SCHEMA);
    Map<String, SectorDays> sectors = new TreeMap<>();
    for (Row row : rows) {
      RowReader.Cells cells = reader.at(row);
      sectors.put(cells.text("sector"), SectorDays.fromBytes(cells.bytes("state")));
    }
    return sectors;
  }

  private static Row row(String sector, SectorDays days) {
    return STATES.row().text("sector", sector).value("state", days.toBytes()).build();
  }
}
