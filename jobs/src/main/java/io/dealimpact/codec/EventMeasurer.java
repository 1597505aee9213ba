package io.dealimpact.codec;

import io.dealimpact.row.RowWriter;
import io.dealimpact.study.event.EventCalculation;
import io.dealimpact.study.event.EventMeasure;
import io.dealimpact.study.event.EventWeights;
import io.dealimpact.study.event.InstrumentInput;
import io.dealimpact.study.event.InstrumentMeasurer;
import io.dealimpact.study.event.MeasuredEvent;
import io.dealimpact.study.event.OutsideDays;
import io.dealimpact.study.event.SectorDays;
import io.dealimpact.study.group.GrankState;
import io.dealimpact.study.group.GroupCell;
import io.dealimpact.study.group.GroupSpec;
import io.dealimpact.study.group.GroupState;
import io.dealimpact.study.group.ResidualRanks;
import io.dealimpact.study.group.ScarSpread;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
  private static final StructType PASS = passSchema();

  /**
   * An event, what measured it under which choice, and the rest of its instrument's sector; empty
   * if that is not known.
   */
  private record Measured(
      MeasuredEvent event, InstrumentMeasurer by, int choice, Optional<RestOfSector> rest) {

    /** The share of the rest that lay outside on day 0, a fraction; NaN if not known. */
    double sectorShareOutside() {
      return rest.isPresent() && event.hasDay()
          ? rest.get().shareOutside(by.calendar().epochDay(event.day().index()))
          : Double.NaN;
    }
  }

  /** The sector of an instrument without it. Its own days are worked out when they are needed. */
  private static final class RestOfSector {
    private final SectorDays sector;
    private final InstrumentMeasurer home;
    private final Supplier<InstrumentInput> input;
    private OutsideDays own;

    /**
     * A sector.
     *
     * @param home what the sector's instruments were counted by
     * @param input of the instrument, on the days of {@code home}
     */
    RestOfSector(SectorDays sector, InstrumentMeasurer home, Supplier<InstrumentInput> input) {
      this.sector = sector;
      this.home = home;
      this.input = input;
    }

    /**
     * The share that lay outside, a fraction.
     *
     * @param day since 1970-01-01
     */
    double shareOutside(int day) {
      if (own == null) {
        own = new OutsideDays(input.get().prices(), home.market(), home.plan());
      }
      int t = home.calendar().indexOf(day);
      return sector.shareOfOthers(day, t < 0 ? OutsideDays.Day.UNKNOWN : own.at(t));
    }
  }

  private final List<Choice> choices;
  private final List<String> groupings;
  private final TreeMap<String, SectorDays> sectors;

  /** Builds the specification of the tests on an executor: it does not travel itself. */
  public interface SpecSource extends Serializable {
    GroupSpec spec();
  }

  /** What events are held against, and how groups of them are tested. */
  public static final class Choice implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Markets markets;
    private final Map<EventMeasure.Kind, SpecSource> tests;
    private final EventColumns columns;

    /**
     * A choice.
     *
     * @param markets what measures single events
     * @param tests of groups, by what is measured; what is not there is not tested
     * @param columns that an event leaves its task with
     */
    public Choice(Markets markets, Map<EventMeasure.Kind, SpecSource> tests, EventColumns columns) {
      this.columns = columns;
      this.markets = markets;
      this.tests = new EnumMap<>(EventMeasure.Kind.class);
      this.tests.putAll(tests);
    }

    /** The specifications, built once a task. */
    private Map<EventMeasure.Kind, GroupSpec> specs() {
      Map<EventMeasure.Kind, GroupSpec> specs = new EnumMap<>(EventMeasure.Kind.class);
      tests.forEach((kind, source) -> specs.put(kind, source.spec()));
      return specs;
    }
  }

  /**
   * Prepares the measuring.
   *
   * @param choices under each of which the events are measured that name its number
   * @param groupings as configured: what events are alike in
   * @param sectors what the days of all their instruments were, by name
   */
  public EventMeasurer(
      List<Choice> choices, List<String> groupings, Map<String, SectorDays> sectors) {
    this.choices = new ArrayList<>(choices);
    this.sectors = new TreeMap<>(sectors);
    this.groupings = new ArrayList<>(groupings);
  }

  /**
   * Encoder of {@link #pass}: in each row either an event, in the column of its {@link
   * EventColumns}, or the state of a cell.
   */
  public static Encoder<Row> passEncoder() {
    return Encoders.row(PASS);
  }

  private static StructType passSchema() {
    StructType schema = new StructType();
    for (EventColumns columns : EventColumns.values()) {
      schema = schema.add(columns.column(), columns.schema());
    }
    return schema.add("cell", GroupStates.CELL);
  }

  /** The events' rows, then one state for each cell of events and measure. */
  public MapPartitionsFunction<InstrumentRow, Row> pass() {
    return rows -> {
      RowWriter writer = new RowWriter(PASS);
      List<Map<EventMeasure.Kind, GroupSpec>> specs = specs();
      TreeMap<CellKey, GroupState> states = new TreeMap<>();
      Iterator<Measured> events =
          events(rows, choices.stream().map(choice -> choice.markets).toList());
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
            Measured next = events.next();
            MeasuredEvent event = next.event();
            if (event.standing().isPrimary()) {
              add(next);
            }
            EventColumns columns = choices.get(next.choice()).columns;
            Row row = columns.encode(event, next.by(), next.choice(), next::sectorShareOutside);
            return only(writer, columns.column(), row);
          }
          if (!hasNext()) {
            throw new NoSuchElementException("no row is left");
          }
          Map.Entry<CellKey, GroupState> entry = left.next();
          CellKey key = entry.getKey();
          Row cell =
              GroupStates.cell(key.choice(), key.cell(), key.measure(), entry.getValue().toBytes());
          left.remove();
          return only(writer, "cell", cell);
        }

        private void add(Measured next) {
          MeasuredEvent event = next.event();
          GroupCell cell = cell(event);
          Map<EventMeasure.Kind, GroupSpec> tested = specs.get(next.choice());
          for (EventMeasure measure : event.measures(next.by().calendar(), tested.keySet())) {
            GroupState state =
                states.computeIfAbsent(
                    new CellKey(next.choice(), cell, measure.name()),
                    key -> GroupState.empty(tested.get(measure.kind())));
            EventWeights weights =
                measure.kind() == EventMeasure.Kind.RETURNS ? event.weights() : EventWeights.none();
            measure.sample().ifPresent(sample -> state.add(sample, weights));
          }
        }
      };
    };
  }

  /** A row of which one column has a value. */
  private static Row only(RowWriter writer, String column, Row value) {
    RowWriter.Cells cells = writer.row();
    for (String name : PASS.fieldNames()) {
      cells.value(name, name.equals(column) ? value : null);
    }
    return cells.build();
  }

  /**
   * The second pass: every event ranked in each of its groups, once the first has found the spread
   * of each group's SCARs. Rows as those of the groups' states.
   *
   * @param spreads rows of {@link GroupStates#spreads}
   */
  public MapPartitionsFunction<InstrumentRow, Row> ranks(List<Row> spreads) {
    return rows -> {
      Map<GroupStates.Group, ScarSpread> spreadOf = GroupStates.spreads(spreads);
      List<Map<EventMeasure.Kind, GroupSpec>> specs = specs();
      TreeMap<GroupStates.Group, GrankState> states = new TreeMap<>();
      IdentityHashMap<GroupSpec, ResidualRanks> ranks = new IdentityHashMap<>();
      // Samples alone are ranked: no window is held against the instrument's other days.
      Iterator<Measured> events =
          events(
              rows,
              choices.stream()
                  .map(choice -> choice.markets.with(InstrumentMeasurer::withoutPlacebo))
                  .toList());
      while (events.hasNext()) {
        Measured next = events.next();
        MeasuredEvent event = next.event();
        if (!event.standing().isPrimary()) {
          continue;
        }
        List<GroupCell.Group> groups = cell(event).groups(groupings);
        Map<EventMeasure.Kind, GroupSpec> tested = specs.get(next.choice());
        for (EventMeasure measure : event.measures(next.by().calendar(), tested.keySet())) {
          GroupSpec spec = tested.get(measure.kind());
          Optional<ResidualRanks.Ranked> ranked =
              measure.sample().flatMap(ranks.computeIfAbsent(spec, ResidualRanks::new)::of);
          for (GroupCell.Group group : groups) {
            GrankState state =
                states.computeIfAbsent(
                    new GroupStates.Group(
                        next.choice(), group.name(), group.value(), measure.name()),
                    key -> GrankState.empty(spec, spreadOf.get(key)));
            ranked.ifPresent(state::add);
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

  /**
   * The events of a partition, measured one at a time.
   *
   * @param by markets by the number of the choice
   */
  private Iterator<Measured> events(Iterator<InstrumentRow> rows, List<Markets> by) {
    Iterator<InstrumentRuns.Instrument> instruments = new InstrumentRuns(rows);
    return new Iterator<>() {
      private InstrumentRuns.Instrument instrument;
      private int choice = by.size();
      private Iterator<Measured> ofChoice = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        while (!ofChoice.hasNext() && (choice < by.size() || instruments.hasNext())) {
          if (choice == by.size()) {
            instrument = instruments.next();
            choice = 0;
          }
          ofChoice = measured(instrument, choice, by.get(choice)).iterator();
          choice++;
        }
        return ofChoice.hasNext();
      }

      @Override
      public Measured next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no event is left");
        }
        return ofChoice.next();
      }
    };
  }

  /**
   * An instrument's events under a choice. Those of another market than the first's are measured in
   * a further go, in which the others are there as other news.
   */
  private Stream<Measured> measured(
      InstrumentRuns.Instrument instrument, int choice, Markets markets) {
    List<InstrumentRow> rows = ofChoice(instrument.rows(), choice);
    Map<String, InstrumentInput> decoded = new HashMap<>();
    Function<String, InstrumentInput> inputs =
        market ->
            decoded.computeIfAbsent(
                market, m -> InstrumentRows.decode(rows.iterator(), markets.of(m).calendar()));
    Optional<RestOfSector> rest = restOfSector(rows, markets, inputs);
    return Markets.named(rows).stream()
        .flatMap(
            market -> {
              InstrumentMeasurer measurer = markets.of(market);
              return measurer
                  .measure(instrument.id(), inputs.apply(market))
                  .filter(event -> Objects.equals(event.input().market().name(), market))
                  .map(event -> new Measured(event, measurer, choice, rest));
            });
  }

  /** The instrument's rows without the events of other choices. */
  private static List<InstrumentRow> ofChoice(List<InstrumentRow> rows, int choice) {
    return rows.stream()
        .filter(row -> row.getEvent() == null || row.getEvent().getChoice() == choice)
        .toList();
  }

  private Optional<RestOfSector> restOfSector(
      List<InstrumentRow> rows, Markets markets, Function<String, InstrumentInput> inputs) {
    return rows.stream()
        .map(InstrumentRow::getEvent)
        .filter(terms -> terms != null && terms.getSector() != null)
        .findFirst()
        .filter(terms -> sectors.containsKey(terms.getSector()))
        .map(
            terms ->
                new RestOfSector(
                    sectors.get(terms.getSector()),
                    markets.of(terms.getHomeMarket()),
                    () -> inputs.apply(terms.getHomeMarket())));
  }

  private GroupCell cell(MeasuredEvent event) {
    return new GroupCell(
        event.isConfounded(),
        event.input().party().role(),
        event.input().party().dealType(),
        GroupCell.grouped(event.input().attributes(), groupings));
  }

  /**
   * One event's calculation under the first choice with its inputs; empty if the instrument has no
   * such event.
   *
   * @param rows of the instrument, shaped by {@link InstrumentRows}
   */
  public Optional<EventCalculation> calculate(
      String instrumentId, List<InstrumentRow> rows, String eventId) {
    Markets markets = choices.get(0).markets;
    for (String market : Markets.named(rows)) {
      InstrumentMeasurer by = markets.of(market);
      Optional<EventCalculation> found =
          by.calculate(
              instrumentId, InstrumentRows.decode(rows.iterator(), by.calendar()), eventId);
      if (found.isPresent()
          && Objects.equals(found.get().models().get(0).input().market().name(), market)) {
        return found;
      }
    }
    return Optional.empty();
  }

  private record CellKey(int choice, GroupCell cell, String measure)
      implements Comparable<CellKey> {
    @Override
    public int compareTo(CellKey other) {
      return Comparator.comparingInt(CellKey::choice)
          .thenComparing(CellKey::cell)
          .thenComparing(CellKey::measure)
          .compare(this, other);
    }
  }

  /** The specifications of each choice. */
  private List<Map<EventMeasure.Kind, GroupSpec>> specs() {
    return choices.stream().map(Choice::specs).toList();
  }
}
