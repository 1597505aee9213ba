package io.dealimpact.codec;

import io.dealimpact.row.RowReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** A partition's rows, instrument by instrument: they come sorted by instrument. */
final class InstrumentRuns implements Iterator<InstrumentRuns.Instrument> {
  /**
   * An instrument.
   *
   * @param id instrument_id
   * @param rows its rows, in the order they came
   */
  record Instrument(String id, List<Row> rows) {}

  private final RowReader reader;
  private final Iterator<Row> rows;
  private Row ahead;

  InstrumentRuns(RowReader reader, Iterator<Row> rows) {
    this.reader = reader;
    this.rows = rows;
    ahead = rows.hasNext() ? rows.next() : null;
  }

  @Override
  public boolean hasNext() {
    return ahead != null;
  }

  @Override
  public Instrument next() {
    if (ahead == null) {
      throw new NoSuchElementException("no instrument is left");
    }
    String id = id(ahead);
    List<Row> its = new ArrayList<>();
    while (ahead != null && id(ahead).equals(id)) {
      its.add(ahead);
      ahead = rows.hasNext() ? rows.next() : null;
    }
    return new Instrument(id, its);
  }

  private String id(Row row) {
    return reader.at(row).text("instrument_id");
  }
}
