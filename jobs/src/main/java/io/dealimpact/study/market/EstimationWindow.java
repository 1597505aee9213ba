package io.dealimpact.study.market;

import java.io.Serializable;

/**
 * The trading days a return model is estimated on: the {@code length} days that end {@code end}
 * days from day 0. Missing returns inside are skipped; the window is never made longer for them.
 *
 * @param end its last day, relative to day 0; negative
 * @param length trading days in it
 * @param minimum returns it must hold at least, else the fit is {@code INSUFFICIENT_HISTORY}
 */
public record EstimationWindow(int end, int length, int minimum) implements Serializable {

  /**
   * @throws IllegalArgumentException if {@code end} is not before day 0, or {@code minimum} is not
   *     in 2..{@code length}
   */
  public EstimationWindow {
    if (end >= 0) {
      throw new IllegalArgumentException(
          "estimation window ends on day " + end + "; it must end before day 0");
    }
    if (minimum < 2 || minimum > length) {
      throw new IllegalArgumentException(
          "estimation window needs a minimum of 2 to "
              + length
              + " (its length) returns, not "
              + minimum);
    }
  }

  /** Its first day, relative to day 0. */
  public int start() {
    return end - length + 1;
  }

  @Override
  public String toString() {
    return "[" + start() + "," + end + "]";
  }
}
