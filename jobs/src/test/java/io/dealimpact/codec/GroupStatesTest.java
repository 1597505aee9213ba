package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.row.RowReader;
import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.group.GroupCell;
import io.dealimpact.study.group.GroupSpec;
import io.dealimpact.study.group.GroupState;
import io.dealimpact.study.group.TestEvents;
import io.dealimpact.testing.SparkForTests;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class GroupStatesTest {
  /** Spark leaves out the encoding between two functions: rows come without their schema. */
  @Test
  void spreadsFollowTheMergingAtOnce() {
    List<EventSample> samples = TestEvents.simulated(12, 3);
    List<Row> cells = samples.stream().map(GroupStatesTest::cell).toList();
    Dataset<Row> states =
        SparkForTests.session()
            .createDataFrame(cells, GroupStates.cellEncoder().schema())
            .repartition(3)
            .groupBy(GroupStates.cellKey())
            .as(GroupStates.cellKeyEncoder(), GroupStates.cellEncoder())
            .flatMapGroups(GroupStates.mergingCells(), GroupStates.cellEncoder())
            .flatMap(GroupStates.toGroups(List.of("role")), GroupStates.stateEncoder())
            .groupBy(col("choice"), col("group_name"), col("group_value"), col("model"))
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
    assertThatThrownBy(() -> GroupStates.tests(GroupStates.cellEncoder().schema()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no column group_name; there are ");
  }

  private static GroupSpec spec() {
    return TestEvents.spec().build();
  }

  /** Every third event has other news. */
  private static Row cell(EventSample sample) {
    GroupState state = GroupState.empty(spec());
    state.add(sample);
    boolean isConfounded = sample.key().eventId().hashCode() % 3 == 0;
    return GroupStates.cell(
        0, new GroupCell(isConfounded, "provider", "compute"), "market-model", state.toBytes());
  }
}
