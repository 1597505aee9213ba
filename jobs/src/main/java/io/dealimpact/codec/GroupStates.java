package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.dealimpact.study.event.AbnormalVolatility;
import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.group.GrankState;
import io.dealimpact.study.group.GroupSpec;
import io.dealimpact.study.group.GroupState;
import io.dealimpact.study.group.MeanInterval;
import io.dealimpact.study.group.PathPoint;
import io.dealimpact.study.group.ScarSpread;
import io.dealimpact.study.group.TestResult;
import io.dealimpact.study.group.TestStatus;
import io.dealimpact.study.group.TestVariant;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.MultipleTesting;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The tests over many events as Spark carries them: a partition's events become one state a group,
 * the states of a group merge into one, and that gives the rows. The same bytes however the events
 * are spread.
 */
public final class GroupStates {
  private static final StructType KEY =
      new StructType()
          .add("group_name", StringType)
          .add("group_value", StringType)
          .add("model", StringType);

  private static final StructType STATE = KEY.add("state", BinaryType);

  private static final StructType BOTH_STATES = STATE.add("rank_state", BinaryType);

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
          .add("status", StringType)
          .add("status_reason", StringType);

  private static final StructType CHOICE =
      KEY.add("window_start", IntegerType)
          .add("window_end", IntegerType)
          .add("test", StringType)
          .add("n", LongType)
          .add("car", DoubleType)
          .add("statistic", DoubleType)
          .add("p_value", DoubleType)
          .add("status", StringType);

  private static final StructType PATH =
      KEY.add("relative_day", IntegerType)
          .add("n", LongType)
          .add("aar", DoubleType)
          .add("caar", DoubleType)
          .add("caar_low", DoubleType)
          .add("caar_high", DoubleType);

  private static final StructType SAMPLE = KEY.add("sample", BinaryType);

  private GroupStates() {}

  /** Encoder of rows with one state each. */
  public static Encoder<Row> stateEncoder() {
    return Encoders.row(STATE);
  }

  /** Encoder of rows of {@code gold.study_tests}, without the study's name. */
  public static Encoder<Row> testEncoder() {
    return Encoders.row(TEST);
  }

  /** Encoder of rows of {@code gold.study_paths}, without the study's name. */
  public static Encoder<Row> pathEncoder() {
    return Encoders.row(PATH);
  }

  private record Group(String name, String value, String model)
      implements Comparable<Group>, Serializable {
    static Group of(Row row) {
      return new Group(row.getString(0), row.getString(1), row.getString(2));
    }

    Row row(byte[] state) {
      return RowFactory.create(name, value, model, state);
    }

    @Override
    public int compareTo(Group other) {
      int byName = name.compareTo(other.name);
      int byValue = byName != 0 ? byName : value.compareTo(other.value);
      return byValue != 0 ? byValue : model.compareTo(other.model);
    }
  }

  /** Builds the specification of the tests on an executor: it does not travel itself. */
  public interface SpecSource extends Serializable {
    GroupSpec spec();
  }

  /** Encoder of rows with one event's sample each. */
  public static Encoder<Row> sampleEncoder() {
    return Encoders.row(SAMPLE);
  }

  /**
   * The volatility of events in place of their returns, as model {@code volatility:MODEL}; an event
   * without one has a sample of NULL. Rows in and out: group_name, group_value, model, sample.
   */
  public static MapFunction<Row, Row> volatility() {
    return row ->
        RowFactory.create(
            row.get(0),
            row.get(1),
            "volatility:" + row.getString(2),
            sample(row)
                .flatMap(AbnormalVolatility::sample)
                .map(EventSampleCodec::toBytes)
                .orElse(null));
  }

  private static Optional<EventSample> sample(Row row) {
    return Optional.ofNullable((byte[]) row.get(3)).map(EventSampleCodec::fromBytes);
  }

  /**
   * Adds a partition's events to their groups; one without a sample is none. Rows in: group_name,
   * group_value, model, sample.
   *
   * @param source what is tested
   */
  public static MapPartitionsFunction<Row, Row> adding(SpecSource source) {
    return events -> {
      GroupSpec spec = source.spec();
      return added(
          events,
          new Pass<GroupState>(
              group -> GroupState.empty(spec), GroupState::add, GroupState::toBytes));
    };
  }

  /**
   * The spread of a group's SCARs, which the second pass divides by. Rows out: group_name,
   * group_value, model, spread by window.
   */
  public static MapFunction<Row, Row> spreads() {
    return row -> {
      double[] deviations = GroupState.fromBytes((byte[]) row.get(3)).scarSpread().deviations();
      return RowFactory.create(row.get(0), row.get(1), row.get(2), boxed(deviations));
    };
  }

  /** Encoder of the rows of {@link #spreads}. */
  public static Encoder<Row> spreadEncoder() {
    return Encoders.row(SPREAD);
  }

  /**
   * The second pass over the same events: ranks them, once the first has found the spread of each
   * group's SCARs.
   *
   * @param source what is tested
   * @param spreads every group's, rows of {@link #spreads}
   */
  public static MapPartitionsFunction<Row, Row> ranking(SpecSource source, List<Row> spreads) {
    TreeMap<Group, double[]> deviations = new TreeMap<>();
    for (Row row : spreads) {
      deviations.put(Group.of(row), row.<Double>getList(3).stream().mapToDouble(d -> d).toArray());
    }
    return events -> {
      GroupSpec spec = source.spec();
      return added(
          events,
          new Pass<GrankState>(
              group -> GrankState.empty(spec, new ScarSpread(deviations.get(group))),
              GrankState::add,
              GrankState::toBytes));
    };
  }

  private record Pass<S>(
      Function<Group, S> empty, BiConsumer<S, EventSample> add, Function<S, byte[]> bytes) {}

  private static <S> Iterator<Row> added(Iterator<Row> events, Pass<S> pass) {
    TreeMap<Group, S> states = new TreeMap<>();
    while (events.hasNext()) {
      Row row = events.next();
      S state = states.computeIfAbsent(Group.of(row), pass.empty());
      sample(row).ifPresent(event -> pass.add().accept(state, event));
    }
    Iterator<Map.Entry<Group, S>> entries = states.entrySet().iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public Row next() {
        Map.Entry<Group, S> entry = entries.next();
        return entry.getKey().row(pass.bytes().apply(entry.getValue()));
      }
    };
  }

  /** Merges the states of one group. */
  public static FlatMapGroupsFunction<Row, Row, Row> merging() {
    return (key, rows) -> {
      GroupState merged = GroupState.fromBytes((byte[]) rows.next().get(3));
      while (rows.hasNext()) {
        merged.merge(GroupState.fromBytes((byte[]) rows.next().get(3)));
      }
      return List.of(Group.of(key).row(merged.toBytes())).iterator();
    };
  }

  /** Merges the second pass's states of one group. */
  public static FlatMapGroupsFunction<Row, Row, Row> mergingRanks() {
    return (key, rows) -> {
      GrankState merged = GrankState.fromBytes((byte[]) rows.next().get(3));
      while (rows.hasNext()) {
        merged.merge(GrankState.fromBytes((byte[]) rows.next().get(3)));
      }
      return List.of(Group.of(key).row(merged.toBytes())).iterator();
    };
  }

  /** The key of {@link #merging}. */
  public static Encoder<Row> keyEncoder() {
    return Encoders.row(KEY);
  }

  /** Encoder of rows with the states of both passes. */
  public static Encoder<Row> bothEncoder() {
    return Encoders.row(BOTH_STATES);
  }

  /**
   * The tests of a group, with Holm's and Benjamini and Hochberg's adjustment beside p, and the
   * intervals of the CAAR beside the tests they belong to. Rows in: group_name, group_value, model,
   * state, rank_state.
   */
  public static FlatMapFunction<Row, Row> tests() {
    return row -> {
      GroupState state = GroupState.fromBytes((byte[]) row.get(3));
      List<MeanInterval> intervals = state.intervals();
      Map<TestVariant, Double> correlations = new HashMap<>();
      List<TestResult> results = new ArrayList<>(state.results());
      results.addAll(GrankState.fromBytes((byte[]) row.get(4)).results());
      double[] p = results.stream().mapToDouble(GroupStates::textbookP).toArray();
      double[] holm = MultipleTesting.holm(p);
      double[] q = MultipleTesting.benjaminiHochberg(p);
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < p.length; i++) {
        TestResult r = results.get(i);
        Optional<MeanInterval> interval = interval(r, intervals);
        rows.add(
            RowFactory.create(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                r.window().start(),
                r.window().end(),
                r.test().code(),
                r.variant().label(),
                r.n(),
                finite(r.statistic()),
                finite(r.df()),
                finite(r.pValue()),
                finite(holm[i]),
                finite(q[i]),
                finite(caar(r.window(), intervals)),
                finite(interval.map(MeanInterval::low).orElse(Double.NaN)),
                finite(interval.map(MeanInterval::high).orElse(Double.NaN)),
                r.test().isAdjustedByCorrelation()
                    ? finite(correlations.computeIfAbsent(r.variant(), state::meanCorrelation))
                    : null,
                finite(state.abhar(r.window())),
                r.status().name(),
                r.reason().isEmpty() ? null : r.reason()));
      }
      return rows.iterator();
    };
  }

  /** The interval of the CAAR that stands beside a test. */
  private static Optional<MeanInterval> interval(TestResult r, List<MeanInterval> intervals) {
    return r.variant() == TestVariant.TEXTBOOK
        ? r.test()
            .interval()
            .flatMap(
                method ->
                    intervals.stream()
                        .filter(i -> i.window().equals(r.window()) && i.method() == method)
                        .findFirst())
        : Optional.empty();
  }

  private static double caar(EventWindow window, List<MeanInterval> intervals) {
    return intervals.stream()
        .filter(interval -> interval.window().equals(window))
        .mapToDouble(MeanInterval::mean)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Encoder of the rows of {@link #choices}. */
  public static Encoder<Row> choiceEncoder() {
    return Encoders.row(CHOICE);
  }

  /**
   * The textbook's tests of a group with its CAAR beside them, for comparing choices. Rows in as
   * for {@link #tests()}.
   */
  public static FlatMapFunction<Row, Row> choices() {
    return row -> {
      GroupState state = GroupState.fromBytes((byte[]) row.get(3));
      List<MeanInterval> intervals = state.intervals();
      List<TestResult> results = new ArrayList<>(state.results());
      results.addAll(GrankState.fromBytes((byte[]) row.get(4)).results());
      List<Row> rows = new ArrayList<>();
      for (TestResult r : results) {
        if (r.variant() == TestVariant.TEXTBOOK && r.status() != TestStatus.NOT_REQUESTED) {
          rows.add(
              RowFactory.create(
                  row.getString(0),
                  row.getString(1),
                  row.getString(2),
                  r.window().start(),
                  r.window().end(),
                  r.test().code(),
                  r.n(),
                  finite(caar(r.window(), intervals)),
                  finite(r.statistic()),
                  finite(r.pValue()),
                  r.status().name()));
        }
      }
      return rows.iterator();
    };
  }

  /** The path of each state, day by day. */
  public static FlatMapFunction<Row, Row> paths() {
    return row -> {
      List<Row> rows = new ArrayList<>();
      for (PathPoint point : GroupState.fromBytes((byte[]) row.get(3)).path()) {
        rows.add(
            RowFactory.create(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                point.relativeDay(),
                point.n(),
                finite(point.aar()),
                finite(point.caar()),
                finite(point.caarLow()),
                finite(point.caarHigh())));
      }
      return rows.iterator();
    };
  }

  /** The p that counts among the group's tests; NaN, which is left out, for other variants. */
  private static double textbookP(TestResult result) {
    boolean counts = result.status() == TestStatus.OK && result.variant() == TestVariant.TEXTBOOK;
    return counts ? result.pValue() : Double.NaN;
  }

  private static Double[] boxed(double[] values) {
    return Arrays.stream(values).boxed().toArray(Double[]::new);
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
