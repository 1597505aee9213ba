package io.dealimpact.codec;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** A partition's rows, instrument by instrument: they come sorted by instrument. */
final class InstrumentRuns implements Iterator<InstrumentRuns.Instrument> {
  /**
   * An instrument.
   *
   * @param id instrument_id
   * @param rows its rows, in the order they came
   */
  record Instrument(String id, List<InstrumentRow> rows) {}

  private final Iterator<InstrumentRow> rows;
  private InstrumentRow ahead;

  InstrumentRuns(Iterator<InstrumentRow> rows) {
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
    String id = ahead.getInstrumentId();
    List<InstrumentRow> its = new ArrayList<>();
    while (ahead != null && ahead.getInstrumentId().equals(id)) {
      its.add(ahead);
      ahead = rows.hasNext() ? rows.next() : null;
    }
    return new Instrument(id, its);
  }
}
