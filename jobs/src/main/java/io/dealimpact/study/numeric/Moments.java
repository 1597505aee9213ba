package io.dealimpact.study.numeric;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.hipparchus.util.FastMath;

/**
 * Count and power sums to the third, each without rounding, so that mean, variance and skewness are
 * rounded once and identical numbers have a variance of exactly zero. Values that are not finite
 * are not counted. Pinned by {@code AgainstRTest}.
 */
public final class Moments {
  private long count;
  private ExactSum sum = new ExactSum();
  private ExactSum squares = new ExactSum();
  private ExactSum cubes = new ExactSum();

  public void add(double x) {
    if (!Double.isFinite(x)) {
      return;
    }
    count++;
    sum.add(x);
    squares.addProduct(x, x);
    cubes.addCube(x);
  }

  public void merge(Moments other) {
    count += other.count;
    sum.merge(other.sum);
    squares.merge(other.squares);
    cubes.merge(other.cubes);
  }

  public long count() {
    return count;
  }

  double sum() {
    return sum.value();
  }

  public double sumOfSquares() {
    return squares.value();
  }

  /** Σx/n; NaN for n = 0. */
  public double mean() {
    return count == 0 ? Double.NaN : sum() / count;
  }

  /** Σ(x − x̄)²/(n − 1); NaN for n &lt; 2 or where x² overflows. */
  public double variance() {
    return count < 2 || !squares.isFinite()
        ? Double.NaN
        : scatter().doubleValue() / ((double) count * (count - 1));
  }

  public double standardDeviation() {
    return Math.sqrt(variance());
  }

  /**
   * Adjusted Fisher–Pearson skewness G₁ = √(n(n−1))/(n−2) · m₃/m₂^{3/2} (Joanes &amp; Gill 1998);
   * NaN for n &lt; 3 or without variance.
   */
  public double skewness() {
    double n = count;
    return Math.sqrt(n * (n - 1)) / (n - 2) * populationSkewness();
  }

  /** Σ(x − x̄)³/(n·s³) with s over n − 1: the γ̂ of Lyon, Barber &amp; Tsai 1999, eq. 5. */
  public double skewnessOverSampleDeviation() {
    double n = count;
    return FastMath.pow((n - 1) / n, 1.5) * populationSkewness();
  }

  private double populationSkewness() {
    if (count < 3 || !cubes.isFinite()) {
      return Double.NaN;
    }
    BigDecimal n = BigDecimal.valueOf(count);
    BigDecimal s1 = sum.exact();
    BigDecimal third =
        cubes
            .exact()
            .multiply(n)
            .multiply(n)
            .subtract(s1.multiply(squares.exact()).multiply(n).multiply(BigDecimal.valueOf(3)))
            .add(s1.pow(3).multiply(BigDecimal.valueOf(2)));
    double second = scatter().doubleValue();
    return third.doubleValue() / (second * Math.sqrt(second));
  }

  /** nΣx² − (Σx)², exact. */
  private BigDecimal scatter() {
    BigDecimal n = new BigDecimal(BigInteger.valueOf(count));
    return squares.exact().multiply(n).subtract(sum.exact().pow(2));
  }

  public void write(StateWriter out) {
    out.putLong(count);
    sum.write(out);
    squares.write(out);
    cubes.write(out);
  }

  public static Moments read(StateReader in) {
    Moments moments = new Moments();
    moments.count = in.readLong();
    moments.sum = ExactSum.read(in);
    moments.squares = ExactSum.read(in);
    moments.cubes = ExactSum.read(in);
    return moments;
  }
}
