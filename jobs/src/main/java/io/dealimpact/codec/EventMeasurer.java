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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
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
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
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

  /** The column of a pass's rows with an event under a model of the first choice. */
  public static final String EVENT = "event";

  /** The column of a pass's rows with a window of an event under all choices that are compared. */
  public static final String COMPARED = "compared";

  /** The column of a pass's rows with the state of a cell. */
  public static final String CELL = "cell";

  private static final StructType PASS =
      new StructType()
          .add(EVENT, MeasuredEventRows.SCHEMA)
          .add(COMPARED, ComparedEvents.SCHEMA)
          .add(CELL, GroupStates.CELL);

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
    private final TreeSet<String> compared;

    /**
     * A choice.
     *
     * @param markets what measures single events
     * @param tests of groups, by what is measured; what is not there is not tested
     * @param compared models whose figures are held against those of other choices, by their codes
     */
    public Choice(
        Markets markets, Map<EventMeasure.Kind, SpecSource> tests, Collection<String> compared) {
      this.compared = new TreeSet<>(compared);
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
   * Encoder of {@link #pass}: in each row either an event under a model of the first choice, in
   * {@link #EVENT}; or a window of an event under all choices that are compared, in {@link
   * #COMPARED}; or the state of a cell, in {@link #CELL}.
   */
  public static Encoder<Row> passEncoder() {
    return Encoders.row(PASS);
  }

  /**
   * The events' rows, then one state for each cell of events and measure. An event's rows are made
   * under every choice before those of the next event.
   */
  public MapPartitionsFunction<InstrumentRow, Row> pass() {
    return rows ->
        new PassRows(
            events(rows, choices.stream().map(choice -> choice.markets).toList()), specs());
  }

  /** Measures one event after the other, and then gives out the states that they added to. */
  private final class PassRows implements Iterator<Row> {
    private final RowWriter writer = new RowWriter(PASS);
    private final TreeMap<CellKey, GroupState> states = new TreeMap<>();
    private final ArrayDeque<Row> ready = new ArrayDeque<>();
    private final Iterator<List<Measured>> events;
    private final List<Map<EventMeasure.Kind, GroupSpec>> specs;

    PassRows(Iterator<List<Measured>> events, List<Map<EventMeasure.Kind, GroupSpec>> specs) {
      this.events = events;
      this.specs = specs;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && events.hasNext()) {
        take(events.next());
      }
      return !ready.isEmpty() || !states.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no row is left");
      }
      return ready.isEmpty() ? cell(states.pollFirstEntry()) : ready.remove();
    }

    private Row cell(Map.Entry<CellKey, GroupState> entry) {
      CellKey key = entry.getKey();
      return only(
          writer,
          CELL,
          GroupStates.cell(key.choice(), key.cell(), key.measure(), entry.getValue().toBytes()));
    }

    /** Takes an event under every choice and model. */
    private void take(List<Measured> event) {
      Measured first = event.get(0);
      ComparedEvents compared =
          new ComparedEvents(first.event().input().eventId(), 1 - first.by().plan().confidence());
      for (Measured each : event) {
        if (each.event().standing().isPrimary()) {
          add(each);
        }
        if (each.choice() == 0) {
          ready.add(only(writer, EVENT, row(each)));
        }
        String model = each.event().result().fit().model().code();
        if (choices.get(each.choice()).compared.contains(model)) {
          compared.add(each.choice(), each.event());
        }
      }
      compared.rows().forEach(row -> ready.add(only(writer, COMPARED, row)));
    }

    private Row row(Measured measured) {
      InstrumentMeasurer by = measured.by();
      return new MeasuredEventRows(by.calendar(), by.plan().measures())
          .encode(measured.event(), measured.sectorShareOutside());
    }

    private void add(Measured next) {
      MeasuredEvent event = next.event();
      GroupCell cell = EventMeasurer.this.cell(event);
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
          new Chained<>(
              events(
                  rows,
                  choices.stream()
                      .map(choice -> choice.markets.with(InstrumentMeasurer::withoutPlacebo))
                      .toList()),
              List::iterator);
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
   * The events of a partition, measured one at a time, each under every choice and model.
   *
   * @param by markets by the number of the choice
   */
  private Iterator<List<Measured>> events(Iterator<InstrumentRow> rows, List<Markets> by) {
    return new Chained<>(
        new InstrumentRuns(rows),
        instrument ->
            new InStep<>(
                IntStream.range(0, by.size())
                    .mapToObj(choice -> measured(instrument, choice, by.get(choice)))
                    .toList(),
                measured -> measured.event().input().eventId()));
  }

  /**
   * An instrument's events under a choice. Those of another market than the first's are measured in
   * a further go, in which the others are there as other news.
   */
  private Iterator<Measured> measured(
      InstrumentRuns.Instrument instrument, int choice, Markets markets) {
    List<InstrumentRow> rows = ofChoice(instrument.rows(), choice);
    Map<String, InstrumentInput> decoded = new HashMap<>();
    Function<String, InstrumentInput> inputs =
        market ->
            decoded.computeIfAbsent(
                market, m -> InstrumentRows.decode(rows.iterator(), markets.of(m).calendar()));
    Optional<RestOfSector> rest = restOfSector(rows, markets, inputs);
    return new Chained<>(
        Markets.named(rows).iterator(),
        market -> {
          InstrumentMeasurer measurer = markets.of(market);
          return measurer
              .measure(instrument.id(), inputs.apply(market))
              .filter(event -> Objects.equals(event.input().market().name(), market))
              .map(event -> new Measured(event, measurer, choice, rest))
              .iterator();
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
