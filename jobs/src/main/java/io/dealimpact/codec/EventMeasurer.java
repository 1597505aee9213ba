package io.dealimpact.codec;

import io.dealimpact.row.RowWriter;
import io.dealimpact.study.event.EventCalculation;
import io.dealimpact.study.event.EventMeasure;
import io.dealimpact.study.event.InstrumentInput;
import io.dealimpact.study.event.InstrumentMeasurer;
import io.dealimpact.study.event.MeasuredEvent;
import io.dealimpact.study.group.GrankState;
import io.dealimpact.study.group.GroupCell;
import io.dealimpact.study.group.GroupSpec;
import io.dealimpact.study.group.GroupState;
import io.dealimpact.study.group.ScarSpread;
import java.io.Serializable;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Where Spark meets the mathematics of events. A partition's rows, shaped by {@link InstrumentRows}
 * and sorted by instrument and by {@link InstrumentRows#order}, are measured instrument by
 * instrument. What is of the length of an estimation window stays in the task: an event leaves it
 * as one row, and all of them as one state for each cell of alike events.
 */
public final class EventMeasurer implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final StructType PASS =
      new StructType().add("event", MeasuredEventRows.SCHEMA).add("cell", GroupStates.CELL);

  private final InstrumentMeasurer measurer;
  private final Map<EventMeasure.Kind, SpecSource> tests;

  /** Builds the specification of the tests on an executor: it does not travel itself. */
  public interface SpecSource extends Serializable {
    GroupSpec spec();
  }

  /**
   * Prepares the measuring.
   *
   * @param measurer of single events
   * @param tests of groups, by what is measured; what is not there is not tested
   */
  public EventMeasurer(InstrumentMeasurer measurer, Map<EventMeasure.Kind, SpecSource> tests) {
    this.measurer = measurer;
    this.tests = new EnumMap<>(EventMeasure.Kind.class);
    this.tests.putAll(tests);
  }

  /** Encoder of {@link #pass}: in each row either an event or the state of a cell. */
  public static Encoder<Row> passEncoder() {
    return Encoders.row(PASS);
  }

  /** The events' rows, then one state for each cell of events and measure. */
  public MapPartitionsFunction<InstrumentRow, Row> pass() {
    return rows -> {
      MeasuredEventRows encoded = new MeasuredEventRows(measurer.calendar());
      RowWriter writer = new RowWriter(PASS);
      Map<EventMeasure.Kind, GroupSpec> specs = specs();
      TreeMap<CellKey, GroupState> states = new TreeMap<>();
      Iterator<MeasuredEvent> events = events(rows);
      return new Iterator<>() {
        private Iterator<Map.Entry<CellKey, GroupState>> left;

        @Override
        public boolean hasNext() {
          if (events.hasNext()) {
            return true;
          }
          if (left == null) {
            left = states.entrySet().iterator();
          }
          return left.hasNext();
        }

        @Override
        public Row next() {
          if (events.hasNext()) {
            MeasuredEvent event = events.next();
            add(event);
            return writer.row().value("event", encoded.encode(event)).none("cell").build();
          }
          if (!hasNext()) {
            throw new NoSuchElementException("no row is left");
          }
          Map.Entry<CellKey, GroupState> entry = left.next();
          CellKey key = entry.getKey();
          Row cell = GroupStates.cell(key.cell(), key.measure(), entry.getValue().toBytes());
          left.remove();
          return writer.row().none("event").value("cell", cell).build();
        }

        private void add(MeasuredEvent event) {
          GroupCell cell = cell(event);
          for (EventMeasure measure : event.measures(measurer.calendar(), specs.keySet())) {
            GroupState state =
                states.computeIfAbsent(
                    new CellKey(cell, measure.name()),
                    key -> GroupState.empty(specs.get(measure.kind())));
            measure.sample().ifPresent(state::add);
          }
        }
      };
    };
  }

  /**
   * The second pass: every event ranked in each of its groups, once the first has found the spread
   * of each group's SCARs. Rows as those of the groups' states.
   *
   * @param groupings as configured
   * @param spreads rows of {@link GroupStates#spreads}
   */
  public MapPartitionsFunction<InstrumentRow, Row> ranks(
      List<String> groupings, List<Row> spreads) {
    return rows -> {
      Map<GroupStates.Group, ScarSpread> spreadOf = GroupStates.spreads(spreads);
      Map<EventMeasure.Kind, GroupSpec> specs = specs();
      TreeMap<GroupStates.Group, GrankState> states = new TreeMap<>();
      Iterator<MeasuredEvent> events = events(rows);
      while (events.hasNext()) {
        MeasuredEvent event = events.next();
        List<GroupCell.Group> groups = cell(event).groups(groupings);
        for (EventMeasure measure : event.measures(measurer.calendar(), specs.keySet())) {
          for (GroupCell.Group group : groups) {
            GrankState state =
                states.computeIfAbsent(
                    new GroupStates.Group(group.name(), group.value(), measure.name()),
                    key -> GrankState.empty(specs.get(measure.kind()), spreadOf.get(key)));
            measure.sample().ifPresent(state::add);
          }
        }
      }
      return states.entrySet().stream()
          .map(
              entry ->
                  entry
                      .getKey()
                      .row(GroupStates.STATES)
                      .value("state", entry.getValue().toBytes())
                      .build())
          .iterator();
    };
  }

  /** The events of a partition, measured one at a time. */
  private Iterator<MeasuredEvent> events(Iterator<InstrumentRow> rows) {
    Iterator<InstrumentRuns.Instrument> instruments = new InstrumentRuns(rows);
    return new Iterator<>() {
      private Iterator<MeasuredEvent> ofInstrument = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        while (!ofInstrument.hasNext() && instruments.hasNext()) {
          InstrumentRuns.Instrument next = instruments.next();
          ofInstrument =
              measurer
                  .measure(
                      next.id(), InstrumentRows.decode(next.rows().iterator(), measurer.calendar()))
                  .iterator();
        }
        return ofInstrument.hasNext();
      }

      @Override
      public MeasuredEvent next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no event is left");
        }
        return ofInstrument.next();
      }
    };
  }

  private static GroupCell cell(MeasuredEvent event) {
    return new GroupCell(
        event.isConfounded(), event.input().party().role(), event.input().party().dealType());
  }

  /**
   * One event's calculation with its inputs; empty if the instrument has no such event.
   *
   * @param rows of the instrument, shaped by {@link InstrumentRows}
   */
  public Optional<EventCalculation> calculate(
      String instrumentId, List<InstrumentRow> rows, String eventId) {
    InstrumentInput instrument = InstrumentRows.decode(rows.iterator(), measurer.calendar());
    return measurer.calculate(instrumentId, instrument, eventId);
  }

  private record CellKey(GroupCell cell, String measure) implements Comparable<CellKey> {
    @Override
    public int compareTo(CellKey other) {
      return Comparator.comparing(CellKey::cell)
          .thenComparing(CellKey::measure)
          .compare(this, other);
    }
  }

  /** The specifications, built once a task. */
  private Map<EventMeasure.Kind, GroupSpec> specs() {
    Map<EventMeasure.Kind, GroupSpec> specs = new EnumMap<>(EventMeasure.Kind.class);
    tests.forEach((kind, source) -> specs.put(kind, source.spec()));
    return specs;
  }
}
