package io.dealimpact.bench;

import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Tables;
import java.util.Locale;

/**
 * Commitments that nobody made, for the benchmark: 20 providers of very different size, 20
 * customers, 4 models, 3 statuses, 3 ramps; 0.05 to 1.4 GW, online from 2025 to 2037. A pure
 * function of the number and the seed.
 */
final class SyntheticCommitments {
  private SyntheticCommitments() {}

  /** Writes the silver tables that a roll-up reads. */
  static void write(Lake lake, long rows, long seed) {
    Silver.append(
        lake,
        Tables.GPU_MODELS,
        lake.spark()
            .sql(
                """
        select concat('M', id) gpu_model, 1.5 + id / 8 kw_per_gpu_low, 2.5 + id / 8 kw_per_gpu_high
        from range(4)
        """));
    Silver.append(
        lake,
        Tables.CAPACITY_COMMITMENTS,
        lake.spark()
            .sql(
                String.format(
                    Locale.ROOT,
                    """
        select concat('c', id) commitment_id, concat('d', id %% 997) deal_id,
               concat('P', cast(20 * pow(pmod(xxhash64(id, 0, %2$d), 1000) / 1000.0, 2) as int)) provider,
               concat('C', pmod(xxhash64(id, 1, %2$d), 20)) customer,
               concat('M', pmod(xxhash64(id, 2, %2$d), 4)) gpu_model,
               0.05 + pmod(xxhash64(id, 3, %2$d), 100) / 100.0 power_gw_low,
               0.15 + pmod(xxhash64(id, 3, %2$d), 100) / 80.0 power_gw_high,
               date_add(date'2025-01-01', cast(pmod(xxhash64(id, 4, %2$d), 3650) as int)) first_power_date,
               date_add(date'2025-01-01', cast(pmod(xxhash64(id, 4, %2$d), 3650)
                   + pmod(xxhash64(id, 5, %2$d), 1000) as int)) full_power_date,
               element_at(array('planned', 'announced', 'signed'),
                   1 + cast(pmod(xxhash64(id, 6, %2$d), 3) as int)) status,
               element_at(array('linear', 'step', 's-curve'),
                   1 + cast(pmod(xxhash64(id, 7, %2$d), 3) as int)) ramp,
               date'2025-01-01' known_date
        from range(%1$d)
        """,
                    rows,
                    seed)));
  }
}
