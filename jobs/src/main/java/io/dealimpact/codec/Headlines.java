package io.dealimpact.codec;

import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Column;

/**
 * What stands for an event or a deal: the row of its headline model over day 0. Whatever states
 * <i>the</i> net effect of a deal takes it from these rows of gold.event_impact and
 * gold.deal_impact, so that all of them state the same.
 */
public final class Headlines {
  /** Rows of the headline model over any window, in SQL. */
  public static final String SQL = "is_headline";

  /** Rows of the headline model over the window [0,0], in SQL. */
  public static final String DAY_ZERO_SQL = SQL + " AND window_start = 0 AND window_end = 0";

  private Headlines() {}

  /** Rows of the headline model over any window. */
  public static Column all() {
    return expr(SQL);
  }

  /** Rows of the headline model over the window [0,0]. */
  public static Column dayZero() {
    return expr(DAY_ZERO_SQL);
  }
}
