package io.dealimpact.study.event;

/**
 * What an event weighs in a value-weighted average: the instrument's market value in US dollars
 * before the returns that are averaged, so that no return acts on its own weight (Fama 1998: value
 * weights are nearer to what investors as a whole gained or lost than equal ones).
 *
 * @param path value at the last close before the first day of the event axis; NaN where unknown
 * @param windows value at the last close before each window of the plan, in its order: {@code
 *     market_cap_before_usd}; NaN where unknown
 */
public record EventWeights(double path, double[] windows) {
  private static final EventWeights NONE = new EventWeights(Double.NaN, new double[0]);

  /** No weight: of what has no market value, such as a volume. */
  public static EventWeights none() {
    return NONE;
  }

  /** The weight in a window of the plan; NaN where unknown. */
  public double window(int w) {
    return w < windows.length ? windows[w] : Double.NaN;
  }
}
