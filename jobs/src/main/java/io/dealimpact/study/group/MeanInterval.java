package io.dealimpact.study.group;

import io.dealimpact.study.market.EventWindow;

/**
 * Confidence interval of a window's CAAR.
 *
 * @param window days summed
 * @param n events
 * @param method how it comes about
 * @param mean CAAR
 * @param low lower end; NaN where it has none
 * @param high upper end
 * @param level 0.95, say
 */
public record MeanInterval(
    EventWindow window, long n, Method method, double mean, double low, double high, double level) {

  /** How an interval comes about. */
  public enum Method {
    /** x̄ ± t·s/√N. */
    STUDENT("t"),
    /** x̄ less the quantiles of a bootstrap's t*, times s/√N. */
    PERCENTILE_T("percentile-t");

    private final String label;

    Method(String label) {
      this.label = label;
    }

    /** The method's name, for people. */
    public String label() {
      return label;
    }
  }
}
