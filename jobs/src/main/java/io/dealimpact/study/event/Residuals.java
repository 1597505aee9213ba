package io.dealimpact.study.event;

/**
 * Count, mean and deviation of one event's residuals, in two passes in the order of days, which no
 * partition changes. NaN is missing.
 *
 * @param count M
 * @param mean Σe/M; NaN for none
 * @param squares Σ(e − ē)²
 */
public record Residuals(int count, double mean, double squares) {
  /** Below this a residual deviation is that of a halted stock: rounding of a zero. */
  public static final double LEAST_SIGMA = 1e-12;

  public static Residuals of(double[] values) {
    int count = 0;
    double sum = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        count++;
        sum += value;
      }
    }
    double mean = sum / count;
    double squares = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        squares += (value - mean) * (value - mean);
      }
    }
    return new Residuals(count, mean, squares);
  }

  /** √(Σ(e − ē)²/(M − 1)); NaN for fewer than two. */
  public double deviation() {
    return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1));
  }
}
