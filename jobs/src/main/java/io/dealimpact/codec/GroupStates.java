package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.study.GroupSpec;
import io.dealimpact.study.GroupState;
import io.dealimpact.study.MultipleTesting;
import io.dealimpact.study.PathPoint;
import io.dealimpact.study.TestResult;
import io.dealimpact.study.TestStatus;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
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
          .add("status", StringType)
          .add("status_reason", StringType);

  private static final StructType PATH =
      KEY.add("relative_day", IntegerType)
          .add("n", LongType)
          .add("aar", DoubleType)
          .add("caar", DoubleType)
          .add("caar_low", DoubleType)
          .add("caar_high", DoubleType);

  private GroupStates() {}

  /** Of rows with one state each. */
  public static Encoder<Row> stateEncoder() {
    return Encoders.row(STATE);
  }

  /** Of rows of {@code gold.study_tests}, without the study's name. */
  public static Encoder<Row> testEncoder() {
    return Encoders.row(TEST);
  }

  /** Of rows of {@code gold.study_paths}, without the study's name. */
  public static Encoder<Row> pathEncoder() {
    return Encoders.row(PATH);
  }

  private record Group(String name, String value, String model) implements Comparable<Group> {
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

  /**
   * Adds a partition's events to their groups. Rows in: group_name, group_value, model, sample.
   *
   * @param source what is tested
   */
  public static MapPartitionsFunction<Row, Row> adding(SpecSource source) {
    return events -> {
      GroupSpec spec = source.spec();
      TreeMap<Group, GroupState> states = new TreeMap<>();
      while (events.hasNext()) {
        Row row = events.next();
        states
            .computeIfAbsent(
                new Group(row.getString(0), row.getString(1), row.getString(2)),
                group -> GroupState.empty(spec))
            .add(EventSampleCodec.fromBytes((byte[]) row.get(3)));
      }
      Iterator<Map.Entry<Group, GroupState>> entries = states.entrySet().iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return entries.hasNext();
        }

        @Override
        public Row next() {
          Map.Entry<Group, GroupState> entry = entries.next();
          Group group = entry.getKey();
          return RowFactory.create(
              group.name(), group.value(), group.model(), entry.getValue().toBytes());
        }
      };
    };
  }

  /** Merges the states of one group. */
  public static FlatMapGroupsFunction<Row, Row, Row> merging() {
    return (key, rows) -> {
      GroupState merged = null;
      while (rows.hasNext()) {
        GroupState state = GroupState.fromBytes((byte[]) rows.next().get(3));
        if (merged == null) {
          merged = state;
        } else {
          merged.merge(state);
        }
      }
      List<Row> one = new ArrayList<>();
      if (merged != null) {
        one.add(
            RowFactory.create(
                key.getString(0), key.getString(1), key.getString(2), merged.toBytes()));
      }
      return one.iterator();
    };
  }

  /** The key of {@link #merging}. */
  public static Encoder<Row> keyEncoder() {
    return Encoders.row(KEY);
  }

  /** The tests of each state, with Holm's and Benjamini and Hochberg's adjustment beside p. */
  public static FlatMapFunction<Row, Row> tests() {
    return row -> {
      List<TestResult> results = GroupState.fromBytes((byte[]) row.get(3)).results();
      double[] p = results.stream().mapToDouble(GroupStates::textbookP).toArray();
      double[] holm = MultipleTesting.holm(p);
      double[] q = MultipleTesting.benjaminiHochberg(p);
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < p.length; i++) {
        TestResult r = results.get(i);
        rows.add(
            RowFactory.create(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                r.window().start(),
                r.window().end(),
                r.test(),
                r.variant(),
                r.n(),
                finite(r.statistic()),
                finite(r.df()),
                finite(r.pValue()),
                finite(holm[i]),
                finite(q[i]),
                r.status().name(),
                r.reason().isEmpty() ? null : r.reason()));
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

  /** A p that counts among the group's tests: NaN, which is left out, for an imitation's. */
  private static double textbookP(TestResult result) {
    boolean counts = result.status() == TestStatus.OK && result.variant().equals("textbook");
    return counts ? result.pValue() : Double.NaN;
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
