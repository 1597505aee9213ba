package io.dealimpact.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.lake.Tables;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Synthetic commitments over 60 quarters through the real stage, and every sum of their parts:
 * {@code -Dcapacity.commitments=1000000} for a million.
 */
@Tag("slow")
class CapacityScaleTest {
  private static final long COMMITMENTS = Long.getLong("capacity.commitments", 100_000);

  @TempDir Path folder;

  @Test
  void manyCommitmentsAddUpAtEveryLevel() {
    CapacityLake lake = new CapacityLake(folder);
    lake.append(
        Tables.GPU_MODELS,
        "select concat('M', id) gpu_model, 1.5 kw_per_gpu_low, 2.5 kw_per_gpu_high from range(4)");
    lake.append(
        Tables.CAPACITY_COMMITMENTS,
        """
        select concat('c', id) commitment_id, concat('d', id %% 997) deal_id,
               concat('P', cast(20 * pow(pmod(xxhash64(id), 1000) / 1000.0, 2) as int)) provider,
               concat('C', pmod(xxhash64(id, 1), 20)) customer,
               concat('M', pmod(xxhash64(id, 2), 4)) gpu_model,
               0.05 + pmod(xxhash64(id, 3), 100) / 100.0 power_gw_low,
               0.15 + pmod(xxhash64(id, 3), 100) / 80.0 power_gw_high,
               date_add(date'2025-01-01', cast(pmod(xxhash64(id, 4), 3650) as int)) first_power_date,
               date_add(date'2025-01-01', cast(pmod(xxhash64(id, 4), 3650)
                   + pmod(xxhash64(id, 5), 1000) as int)) full_power_date,
               element_at(array('planned', 'announced', 'signed'),
                   1 + cast(pmod(xxhash64(id, 6), 3) as int)) status,
               element_at(array('linear', 'step', 's-curve'),
                   1 + cast(pmod(xxhash64(id, 7), 3) as int)) ramp,
               date'2025-01-01' known_date
        from range(%d)
        """
            .formatted(COMMITMENTS));
    long began = System.nanoTime();
    lake.run(new RollUpCapacity());
    double seconds = (System.nanoTime() - began) / 1e9;
    Dataset<Row> cube = lake.table(Tables.CAPACITY_BY_QUARTER);
    System.out.printf(
        "%,d commitments x 60 quarters, 200 draws each: %.1f s, %,d rows%n",
        COMMITMENTS, seconds, cube.count());
    for (String dimension : new String[] {"provider", "customer", "gpu_model"}) {
      cube.createOrReplaceTempView("cube");
      Dataset<Row> wrong =
          lake.spark()
              .sql(
                  """
                  select whole.* from
                    (select %2$s, commitment_status, quarter, commitments,
                            cast(round(power_online_gw_mid * 1e9) as bigint) watts
                     from cube where %1$s = 'ALL') whole
                    full join
                    (select %2$s, commitment_status, quarter, sum(commitments) commitments,
                            sum(cast(round(power_online_gw_mid * 1e9) as bigint)) watts
                     from cube where %1$s <> 'ALL' group by all) parts
                    using (%2$s, commitment_status, quarter)
                  where not (whole.watts <=> parts.watts)
                     or not (whole.commitments <=> parts.commitments)
                  """
                      .formatted(dimension, others(dimension)));
      assertThat(wrong.count()).as("sums over " + dimension).isZero();
    }
  }

  private static String others(String dimension) {
    return java.util.stream.Stream.of("provider", "customer", "gpu_model")
        .filter(name -> !name.equals(dimension))
        .collect(java.util.stream.Collectors.joining(", "));
  }
}
