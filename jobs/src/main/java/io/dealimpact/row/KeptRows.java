package io.dealimpact.row;

import org.apache.spark.sql.Dataset;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that are used several times. Where they are few, what is made of them is planned from the
 * rows alone: the plan that made them is not looked through at each further step, nor sent with
 * each task. They are held until nobody refers to them.
 */
public final class KeptRows {
  /**
   * Setting of a session, our own: {@code true} where rows are few, and an executor that is lost
   * takes the whole program with it. Rows without their plan cannot be computed again.
   */
  public static final String LEAVING_PLANS = "spark.dealimpact.plans.left";

  private KeptRows() {}

  /** Computed once. Many are cached, until they are unpersisted. */
  public static <T> Dataset<T> of(Dataset<T> rows) {
    return leavesPlans(rows)
        ? rows.localCheckpoint()
        : rows.persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Computed once where they are few; of many each use computes those that it needs. */
  public static <T> Dataset<T> ifFew(Dataset<T> rows) {
    return leavesPlans(rows) ? rows.localCheckpoint() : rows;
  }

  private static boolean leavesPlans(Dataset<?> rows) {
    return rows.sparkSession().conf().get(LEAVING_PLANS, "").equals("true");
  }
}
