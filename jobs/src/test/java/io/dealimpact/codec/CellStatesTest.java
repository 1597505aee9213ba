package io.dealimpact.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.capacity.CapacityRollup;
import io.dealimpact.capacity.CapacityRow;
import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.CommitmentStatus;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.Quarter;
import io.dealimpact.capacity.RollupConfig;
import io.dealimpact.capacity.RollupKey;
import io.dealimpact.capacity.RollupState;
import io.dealimpact.capacity.ScheduleDefaults;
import io.dealimpact.row.RowReader;
import io.dealimpact.testing.SparkForTests;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States however often they are given out, against the cube in memory. */
@Tag("spark")
class CellStatesTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 1, 1);
  private static final RollupConfig CONFIG = new RollupConfig(Quarter.parse("2025Q1"), 12, 0, 1);

  /**
   * 60 commitments of 3 providers, 2 customers, 2 models; each third one amended, one cancelled.
   */
  private static final List<Row> VERSIONS =
      SparkForTests.session()
          .sql(
              """
              select concat('c', lpad(id, 2, '0')) commitment_id, 'd' deal_id,
                     concat('P', id % 3) provider, concat('C', id % 2) customer,
                     if(id % 5 = 0, 'X', 'Y') gpu_model,
                     cast(null as double) gpus_low, cast(null as double) gpus_high,
                     0.1D * id + change power_gw_low, 0.1D * id + 1 + change power_gw_high,
                     cast(id as double) value_usd_low, cast(id as double) value_usd_high,
                     date_add(date'2025-02-01', cast(10 * id as int)) first_power_date,
                     date_add(date'2025-09-01', cast(20 * id as int)) full_power_date,
                     if(change = 0, 'signed', if(id = 30, 'cancelled', 'amended')) status,
                     'linear' ramp, date_add(date'2025-01-01', cast(change as int)) known_date,
                     'press' source_title,
                     cast(null as array<struct<date: date, gw: double, kind: string>>) milestones,
                     'cloud' layer, 'here' region, 'it' power, cast(null as string) power_by
              from range(60) cross join (select explode(array(0, 1)) change)
              where change = 0 or id % 3 = 0
              """)
          .select(CommitmentRows.columns())
          .orderBy("commitment_id", "known_day")
          .collectAsList();

  private static final CommitmentSizer SIZER =
      new CommitmentSizer(
          (int) AS_OF.toEpochDay(), GpuCatalogue.of(List.of()), ScheduleDefaults.defaults());

  private static List<Row> rows(int leaves) {
    List<Row> rows = new ArrayList<>();
    Iterator<Row> found = new CellStates(SIZER, CONFIG, leaves).call(VERSIONS.iterator());
    found.forEachRemaining(rows::add);
    return rows;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 1000})
  void statesMergeToTheCube(int leaves) {
    TreeMap<RollupKey, RollupState> cells = new TreeMap<>();
    RowReader reader = RowReader.of(CellStates.SCHEMA);
    for (Row row : rows(leaves)) {
      RowReader.Cells cell = reader.at(row);
      if (cell.isNull("state")) {
        continue;
      }
      RollupKey key =
          new RollupKey(
              cell.text("provider"),
              cell.text("customer"),
              cell.text("gpu_model"),
              CommitmentStatus.parse(cell.text("status")).orElseThrow(),
              cell.text("layer"),
              cell.text("region"));
      cells.computeIfAbsent(key, any -> RollupState.empty(CONFIG)).mergeBytes(cell.bytes("state"));
    }
    List<CapacityRow> merged = new ArrayList<>();
    cells.forEach((key, state) -> merged.addAll(state.rows(key)));

    List<Commitment> versions = CommitmentRows.all(VERSIONS.iterator());
    assertThat(merged)
        .isEqualTo(
            CapacityRollup.cube(
                CapacityRollup.sized(
                    CommitmentHistory.group(versions),
                    AS_OF,
                    GpuCatalogue.of(List.of()),
                    ScheduleDefaults.defaults()),
                CONFIG));
  }

  /** 59 of the 60 count; all share deal, parties and model with others, and no two their days. */
  @Test
  void eachCommitmentThatCountsHasItsLook() {
    RowReader reader = RowReader.of(CellStates.SCHEMA);
    List<Long> looks = new ArrayList<>();
    for (Row row : rows(2)) {
      if (!reader.at(row).isNull("looks")) {
        new CellStates.Looks().call(reader.at(row).bytes("looks")).forEachRemaining(looks::add);
      }
    }

    assertThat(looks).hasSize(59).doesNotHaveDuplicates();
  }
}
