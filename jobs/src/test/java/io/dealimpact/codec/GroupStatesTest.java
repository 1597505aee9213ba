package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.group.GroupSpec;
import io.dealimpact.study.group.GroupState;
import io.dealimpact.study.group.TestEvents;
import io.dealimpact.testing.SparkForTests;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class GroupStatesTest {
  private static final GroupStates.SpecSource SPEC = () -> spec();
  private static final StructType EVENTS =
      new StructType()
          .add("sample", DataTypes.BinaryType)
          .add("measure", DataTypes.StringType)
          .add("model", DataTypes.StringType)
          .add("group_value", DataTypes.StringType)
          .add("group_name", DataTypes.StringType);

  /** Spark leaves out the encoding between two functions: rows come without their schema. */
  @Test
  void spreadsFollowTheMergingAtOnce() {
    List<EventSample> samples = TestEvents.simulated(12, 3);
    Dataset<Row> events =
        SparkForTests.session().createDataFrame(samples.stream().map(s -> row(s)).toList(), EVENTS);
    Dataset<Row> states =
        events
            .repartition(3)
            .mapPartitions(GroupStates.adding(EVENTS, SPEC), GroupStates.stateEncoder())
            .groupBy(col("group_name"), col("group_value"), col("model"))
            .as(GroupStates.keyEncoder(), GroupStates.stateEncoder())
            .flatMapGroups(GroupStates.merging(), GroupStates.stateEncoder());
    List<Row> spreads =
        states
            .map(GroupStates.spreads(states.schema()), GroupStates.spreadEncoder())
            .collectAsList();
    GroupState expected = GroupState.empty(spec());
    samples.forEach(expected::add);
    assertThat(spreads).hasSize(1);
    RowReader.Cells spread = RowReader.of(spreads.get(0).schema()).at(spreads.get(0));
    assertThat(spread.text("group_name")).isEqualTo("role");
    assertThat(spread.text("group_value")).isEqualTo("provider");
    assertThat(spread.text("model")).isEqualTo("market-model");
    assertThat(spread.<Double>list("spread").stream().mapToDouble(d -> d).toArray())
        .isEqualTo(expected.scarSpread().deviations());
  }

  @Test
  void aColumnThatIsMissingIsAnErrorBeforeAnyRowIsRead() {
    assertThatThrownBy(() -> GroupStates.tests(EVENTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no column state; there are ");
  }

  private static GroupSpec spec() {
    return TestEvents.spec().build();
  }

  private static Row row(EventSample sample) {
    return new RowWriter(EVENTS)
        .row()
        .value("sample", EventSampleCodec.toBytes(sample))
        .text("measure", GroupStates.Measure.AS_SAMPLED.name())
        .text("model", "market-model")
        .text("group_value", "provider")
        .text("group_name", "role")
        .build();
  }
}
