package io.dealimpact.study.market;

/** Which price returns are formed from. */
public enum PriceKind {
  /** The split-adjusted close: returns without dividends. */
  CLOSE,
  /** The close adjusted for splits and dividends: total returns. */
  ADJUSTED_CLOSE
}
