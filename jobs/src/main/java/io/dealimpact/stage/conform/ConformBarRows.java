package io.dealimpact.stage.conform;

import io.dealimpact.quality.CheckedRows;
import io.dealimpact.stage.StageContext;

/**
 * The checked rows of the feed bars. Two stages start from them: they are checked once a run, and
 * both see the same.
 */
public final class ConformBarRows implements AutoCloseable {
  private CheckedRows checked;

  /** The feed's rows at the version pinned for this run; stages must not close them. */
  synchronized CheckedRows of(StageContext context) {
    if (checked == null) {
      checked = ConformBars.check(context);
    }
    return checked;
  }

  @Override
  public synchronized void close() {
    if (checked != null) {
      checked.close();
      checked = null;
    }
  }
}
