package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.study.group.GrankState;
import io.dealimpact.study.group.GroupCell;
import io.dealimpact.study.group.GroupFindings;
import io.dealimpact.study.group.GroupState;
import io.dealimpact.study.group.MeanInterval;
import io.dealimpact.study.group.PathPoint;
import io.dealimpact.study.group.ScarSpread;
import io.dealimpact.study.group.TestResult;
import java.io.Serializable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The tests over many events as Spark carries them: a partition's events become one state a group,
 * the states of a group merge into one, and that gives the rows. The same bytes however the events
 * are spread.
 */
public final class GroupStates {
  private static final StructType KEY =
      new StructType()
          .add("choice", IntegerType)
          .add("group_name", StringType)
          .add("group_value", StringType)
          .add("model", StringType);

  private static final StructType STATE = KEY.add("state", BinaryType);

  /** The state of a cell of events, for one measure. */
  static final StructType CELL =
      new StructType()
          .add("choice", IntegerType)
          .add("is_confounded", BooleanType)
          .add("role", StringType)
          .add("deal_type", StringType)
          .add("attributes", StringType)
          .add("model", StringType)
          .add("state", BinaryType);

  private static final List<String> CELL_KEY =
      List.of("choice", "is_confounded", "role", "deal_type", "attributes", "model");

  private static final StructType SPREAD = KEY.add("spread", createArrayType(DoubleType));

  private static final StructType TEST =
      KEY.add("window_start", IntegerType)
          .add("window_end", IntegerType)
          .add("test", StringType)
          .add("variant", StringType)
          .add("n", LongType)
          .add("statistic", DoubleType)
          .add("df", DoubleType)
          .add("p_value", DoubleType)
          .add("p_holm", DoubleType)
          .add("q_value", DoubleType)
          .add("caar", DoubleType)
          .add("caar_low", DoubleType)
          .add("caar_high", DoubleType)
          .add("mean_correlation", DoubleType)
          .add("abhar", DoubleType)
          .add("value_weighted_n", LongType)
          .add("value_weighted_caar", DoubleType)
          .add("value_weighted_caar_low", DoubleType)
          .add("value_weighted_caar_high", DoubleType)
          .add("decides", BooleanType)
          .add("deciding_reason", StringType)
          .add("status", StringType)
          .add("status_reason", StringType);

  /** A test of a group under a choice. */
  static final StructType CHOICE =
      KEY.add("window_start", IntegerType)
          .add("window_end", IntegerType)
          .add("test", StringType)
          .add("n", LongType)
          .add("car", DoubleType)
          .add("statistic", DoubleType)
          .add("p_value", DoubleType)
          .add("decides", BooleanType)
          .add("status", StringType);

  private static final StructType PATH =
      KEY.add("relative_day", IntegerType)
          .add("n", LongType)
          .add("aar", DoubleType)
          .add("caar", DoubleType)
          .add("caar_low", DoubleType)
          .add("caar_high", DoubleType)
          .add("value_weighted_n", LongType)
          .add("value_weighted_caar", DoubleType)
          .add("value_weighted_caar_low", DoubleType)
          .add("value_weighted_caar_high", DoubleType);

  private static final StructType CELL_KEY_SCHEMA = Columns.some(CELL, CELL_KEY);

  static final RowWriter STATES = new RowWriter(STATE);
  private static final RowWriter CELLS = new RowWriter(CELL);
  private static final RowWriter SPREADS = new RowWriter(SPREAD);
  private static final RowWriter TESTS = new RowWriter(TEST);
  private static final RowWriter CHOICES = new RowWriter(CHOICE);
  private static final RowWriter PATHS = new RowWriter(PATH);

  private GroupStates() {}

  /** Encoder of rows with one state each. */
  public static Encoder<Row> stateEncoder() {
    return Encoders.row(STATE);
  }

  /** Encoder of rows of {@code gold.study_tests}, with the choice, without the study's name. */
  public static Encoder<Row> testEncoder() {
    return Encoders.row(TEST);
  }

  /** Encoder of rows of {@code gold.study_paths}, with the choice, without the study's name. */
  public static Encoder<Row> pathEncoder() {
    return Encoders.row(PATH);
  }

  /**
   * A group of events under a model.
   *
   * @param choice which of the choices of the pass, from 0
   */
  record Group(int choice, String name, String value, String model)
      implements Comparable<Group>, Serializable {
    private static final Comparator<Group> ORDER =
        Comparator.comparingInt(Group::choice)
            .thenComparing(Group::name)
            .thenComparing(Group::value)
            .thenComparing(Group::model);

    static Group of(RowReader.Cells row) {
      return new Group(
          row.whole("choice"), row.text("group_name"), row.text("group_value"), row.text("model"));
    }

    /** A row that starts with the group. */
    RowWriter.Cells row(RowWriter writer) {
      return writer
          .row()
          .whole("choice", choice)
          .text("group_name", name)
          .text("group_value", value)
          .text("model", model);
    }

    @Override
    public int compareTo(Group other) {
      return ORDER.compare(this, other);
    }
  }

  /** The columns that identify a cell and a measure. */
  public static Column[] cellKey() {
    return Columns.named(CELL_KEY);
  }

  /** The key of {@link #mergingCells}. */
  public static Encoder<Row> cellKeyEncoder() {
    return Encoders.row(CELL_KEY_SCHEMA);
  }

  /** Encoder of rows with the state of a cell. */
  public static Encoder<Row> cellEncoder() {
    return Encoders.row(CELL);
  }

  /** Merges the states of one cell and measure. */
  public static FlatMapGroupsFunction<Row, Row, Row> mergingCells() {
    RowReader keys = RowReader.of(CELL_KEY_SCHEMA);
    RowReader cells = RowReader.of(CELL, "state");
    return (key, rows) -> {
      GroupState state = merged(cells, rows, GroupState::fromBytes, GroupState::merge);
      RowReader.Cells of = keys.at(key);
      return List.of(cell(of.whole("choice"), cell(of), of.text("model"), state.toBytes()))
          .iterator();
    };
  }

  /** The states of one key as one. */
  private static <S> S merged(
      RowReader reader, Iterator<Row> rows, Function<byte[], S> read, BiConsumer<S, S> merge) {
    S merged = read.apply(reader.at(rows.next()).bytes("state"));
    while (rows.hasNext()) {
      merge.accept(merged, read.apply(reader.at(rows.next()).bytes("state")));
    }
    return merged;
  }

  private static GroupCell cell(RowReader.Cells cells) {
    return new GroupCell(
        cells.flagOrNull("is_confounded"),
        cells.text("role"),
        cells.text("deal_type"),
        attributes(cells.text("attributes")));
  }

  /** Attributes as one text, which rows can be grouped by: {@code name=value&name=value}. */
  private static String text(SortedMap<String, String> attributes) {
    return attributes.entrySet().stream()
        .map(
            attribute ->
                URLEncoder.encode(attribute.getKey(), StandardCharsets.UTF_8)
                    + "="
                    + URLEncoder.encode(attribute.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static SortedMap<String, String> attributes(String text) {
    SortedMap<String, String> attributes = new TreeMap<>();
    for (String attribute : text.isEmpty() ? new String[0] : text.split("&", -1)) {
      String[] nameAndValue = attribute.split("=", -1);
      attributes.put(
          URLDecoder.decode(nameAndValue[0], StandardCharsets.UTF_8),
          URLDecoder.decode(nameAndValue[1], StandardCharsets.UTF_8));
    }
    return attributes;
  }

  /** A row of {@link #cellEncoder}. */
  static Row cell(int choice, GroupCell cell, String model, byte[] state) {
    return CELLS
        .row()
        .whole("choice", choice)
        .flag("is_confounded", cell.isConfounded())
        .text("role", cell.role())
        .text("deal_type", cell.dealType())
        .text("attributes", text(cell.attributes()))
        .text("model", model)
        .value("state", state)
        .build();
  }

  /**
   * The state of a cell once for each group that the cell is in.
   *
   * @param groupings as configured
   */
  public static FlatMapFunction<Row, Row> toGroups(List<String> groupings) {
    RowReader reader = RowReader.of(CELL);
    return row -> {
      RowReader.Cells cells = reader.at(row);
      return cell(cells).groups(groupings).stream()
          .map(
              group ->
                  new Group(cells.whole("choice"), group.name(), group.value(), cells.text("model"))
                      .row(STATES)
                      .value("state", cells.bytes("state"))
                      .build())
          .iterator();
    };
  }

  /**
   * The spread of a group's SCARs, which the second pass divides by. Rows out: choice, group_name,
   * group_value, model, spread by window.
   *
   * @param schema of the states
   */
  public static MapFunction<Row, Row> spreads(StructType schema) {
    RowReader reader = states(schema, "state");
    return row -> {
      RowReader.Cells cells = reader.at(row);
      double[] deviations = GroupState.fromBytes(cells.bytes("state")).scarSpread().deviations();
      return Group.of(cells).row(SPREADS).value("spread", boxed(deviations)).build();
    };
  }

  /** Encoder of the rows of {@link #spreads}. */
  public static Encoder<Row> spreadEncoder() {
    return Encoders.row(SPREAD);
  }

  /** The spread of each group's SCARs. */
  static Map<Group, ScarSpread> spreads(List<Row> rows) {
    Map<Group, ScarSpread> spreads = new TreeMap<>();
    for (Row row : rows) {
      RowReader.Cells cells = RowReader.of(SPREAD).at(row);
      spreads.put(
          Group.of(cells),
          new ScarSpread(
              cells.<Double>list("spread").stream().mapToDouble(Double::doubleValue).toArray()));
    }
    return spreads;
  }

  private static RowReader states(StructType schema, String... states) {
    return RowReader.of(
        schema, Stream.concat(Stream.of(KEY.fieldNames()), Stream.of(states)).toList());
  }

  /** Merges the states of one group. */
  public static FlatMapGroupsFunction<Row, Row, Row> merging() {
    RowReader states = RowReader.of(STATE, "state");
    return (key, rows) ->
        group(key, merged(states, rows, GroupState::fromBytes, GroupState::merge).toBytes());
  }

  /** Merges the second pass's states of one group. */
  public static FlatMapGroupsFunction<Row, Row, Row> mergingRanks() {
    RowReader states = RowReader.of(STATE, "state");
    return (key, rows) ->
        group(key, merged(states, rows, GrankState::fromBytes, GrankState::merge).toBytes());
  }

  private static Iterator<Row> group(Row key, byte[] state) {
    Group group = Group.of(RowReader.of(KEY).at(key));
    return List.of(group.row(STATES).value("state", state).build()).iterator();
  }

  /** The key of {@link #merging}. */
  public static Encoder<Row> keyEncoder() {
    return Encoders.row(KEY);
  }

  /**
   * The tests of a group with what is read beside them, {@link GroupFindings}. Rows in: choice,
   * group_name, group_value, model, state, and rank_state, NULL where no test needs a second pass.
   *
   * @param schema of the rows in
   */
  public static FlatMapFunction<Row, Row> tests(StructType schema) {
    RowReader reader = states(schema, "state", "rank_state");
    return row -> findings(reader.at(row), GroupFindings::of, GroupStates::test);
  }

  /** A row for each finding of a group. */
  private static <F> Iterator<Row> findings(
      RowReader.Cells cells,
      BiFunction<GroupState, GrankState, List<F>> findings,
      BiFunction<Group, F, Row> row) {
    Group group = Group.of(cells);
    GroupState state = GroupState.fromBytes(cells.bytes("state"));
    GrankState ranks =
        cells.isNull("rank_state")
            ? GrankState.empty(state.spec(), state.scarSpread())
            : GrankState.fromBytes(cells.bytes("rank_state"));
    return findings.apply(state, ranks).stream()
        .map(finding -> row.apply(group, finding))
        .iterator();
  }

  private static Row test(Group group, GroupFindings.Finding finding) {
    TestResult r = finding.result();
    return group
        .row(TESTS)
        .whole("window_start", r.window().start())
        .whole("window_end", r.window().end())
        .text("test", r.test().code())
        .text("variant", r.variant().label())
        .count("n", r.n())
        .number("statistic", r.value().statistic())
        .number("df", r.value().df())
        .number("p_value", r.value().pValue())
        .number("p_holm", finding.adjusted().pHolm())
        .number("q_value", finding.adjusted().qValue())
        .number("caar", finding.means().caar())
        .number("caar_low", finding.interval().map(MeanInterval::low))
        .number("caar_high", finding.interval().map(MeanInterval::high))
        .number("mean_correlation", finding.meanCorrelation())
        .number("abhar", finding.means().abhar())
        .count("value_weighted_n", finding.means().valueWeighted().n())
        .number("value_weighted_caar", finding.means().valueWeighted().mean())
        .number("value_weighted_caar_low", finding.means().valueWeighted().low())
        .number("value_weighted_caar_high", finding.means().valueWeighted().high())
        .flag("decides", finding.decides())
        .text("deciding_reason", finding.reason())
        .text("status", r.status().name())
        .textOrNull("status_reason", r.reason())
        .build();
  }

  /** Encoder of the rows of {@link #choices}. */
  public static Encoder<Row> choiceEncoder() {
    return Encoders.row(CHOICE);
  }

  /**
   * The textbook's tests of a group with its CAAR beside them, for comparing choices. Rows in as
   * for {@link #tests}.
   *
   * @param schema of the rows in
   */
  public static FlatMapFunction<Row, Row> choices(StructType schema) {
    RowReader reader = states(schema, "state", "rank_state");
    return row -> findings(reader.at(row), GroupFindings::choices, GroupStates::choice);
  }

  private static Row choice(Group group, GroupFindings.Choice choice) {
    TestResult r = choice.result();
    return group
        .row(CHOICES)
        .whole("window_start", r.window().start())
        .whole("window_end", r.window().end())
        .text("test", r.test().code())
        .count("n", r.n())
        .number("car", choice.caar())
        .number("statistic", r.value().statistic())
        .number("p_value", r.value().pValue())
        .flag("decides", choice.decides())
        .text("status", r.status().name())
        .build();
  }

  /**
   * The path of each state, day by day.
   *
   * @param schema of the states
   */
  public static FlatMapFunction<Row, Row> paths(StructType schema) {
    RowReader reader = states(schema, "state");
    return row -> {
      RowReader.Cells cells = reader.at(row);
      Group group = Group.of(cells);
      return GroupState.fromBytes(cells.bytes("state")).path().stream()
          .map(point -> path(group, point))
          .iterator();
    };
  }

  private static Row path(Group group, PathPoint point) {
    return group
        .row(PATHS)
        .whole("relative_day", point.relativeDay())
        .count("n", point.aar().n())
        .number("aar", point.aar().mean())
        .number("caar", point.caar().mean())
        .number("caar_low", point.caar().low())
        .number("caar_high", point.caar().high())
        .count("value_weighted_n", point.valueWeighted().n())
        .number("value_weighted_caar", point.valueWeighted().mean())
        .number("value_weighted_caar_low", point.valueWeighted().low())
        .number("value_weighted_caar_high", point.valueWeighted().high())
        .build();
  }

  private static Double[] boxed(double[] values) {
    return Arrays.stream(values).boxed().toArray(Double[]::new);
  }
}
