package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;
import java.util.Optional;

/**
 * The windows that an event names itself.
 *
 * @param estimation in place of the study's; empty for the study's
 * @param event a window of cumulated abnormal returns beside those of the study; empty for none
 */
public record OwnWindows(Optional<OwnEstimation> estimation, Optional<EventWindow> event) {
  /** An event that has the study's windows alone. */
  public static final OwnWindows NONE = new OwnWindows(Optional.empty(), Optional.empty());
}
