package io.dealimpact.stage.study;

/** Whether a pass over the events looks at what the other instruments of their sectors did. */
enum SectorShares {
  MEASURED,
  LEFT_OUT
}
