package io.dealimpact.study.numeric;

import java.math.BigDecimal;
import org.hipparchus.util.FastMath;

/**
 * Count and power sums to the third, each without rounding, so that mean, variance and skewness are
 * rounded once and identical numbers have a variance of exactly zero. Values that are not finite
 * are not counted. Pinned by {@code AgainstRTest}.
 */
public final class Moments implements Sample {
  private SecondMoments second = new SecondMoments();
  private ExactSum cubes = new ExactSum();

  /** Adds a number; one that is not finite is left out. */
  public void add(double x) {
    if (Double.isFinite(x)) {
      second.add(x);
      cubes.addCube(x);
    }
  }

  /** Adds the numbers of another sample, which stays as it is. */
  public void merge(Moments other) {
    second.merge(other.second);
    cubes.merge(other.cubes);
  }

  @Override
  public long count() {
    return second.count();
  }

  double sum() {
    return second.sum().value();
  }

  /** Σx². */
  public double sumOfSquares() {
    return second.sumOfSquares();
  }

  @Override
  public double mean() {
    return second.mean();
  }

  /** Σ(x − x̄)²/(n − 1); NaN for n &lt; 2 or where x² overflows. */
  public double variance() {
    return second.variance();
  }

  @Override
  public double standardDeviation() {
    return second.standardDeviation();
  }

  /**
   * Adjusted Fisher–Pearson skewness G₁ = √(n(n−1))/(n−2) · m₃/m₂^{3/2} (Joanes &amp; Gill 1998);
   * NaN for n &lt; 3 or without variance.
   */
  public double skewness() {
    double n = count();
    return Math.sqrt(n * (n - 1)) / (n - 2) * populationSkewness();
  }

  /** Σ(x − x̄)³/(n·s³) with s over n − 1: the γ̂ of Lyon, Barber &amp; Tsai 1999, eq. 5. */
  public double skewnessOverSampleDeviation() {
    double n = count();
    return FastMath.pow((n - 1) / n, 1.5) * populationSkewness();
  }

  private double populationSkewness() {
    if (count() < 3 || !cubes.isFinite()) {
      return Double.NaN;
    }
    BigDecimal n = BigDecimal.valueOf(count());
    BigDecimal s1 = second.sum().exact();
    BigDecimal third =
        cubes
            .exact()
            .multiply(n)
            .multiply(n)
            .subtract(
                s1.multiply(second.squares().exact()).multiply(n).multiply(BigDecimal.valueOf(3)))
            .add(s1.pow(3).multiply(BigDecimal.valueOf(2)));
    double scatter = second.scatter().doubleValue();
    return third.doubleValue() / (scatter * Math.sqrt(scatter));
  }

  /** Writes the sums: the same bytes for the same numbers in any order. */
  public void write(StateWriter out) {
    second.write(out);
    cubes.write(out);
  }

  /** The sums that {@link #write} wrote. */
  public static Moments read(StateReader in) {
    Moments moments = new Moments();
    moments.second = SecondMoments.read(in);
    moments.cubes = ExactSum.read(in);
    return moments;
  }
}
