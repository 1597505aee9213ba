package io.dealimpact.study.numeric;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Count, sum and sum of squares, each without rounding, so that mean and variance are rounded once
 * and identical numbers have a variance of exactly zero. Values that are not finite are not
 * counted. Pinned by {@code AgainstRTest}.
 */
public final class SecondMoments implements Sample {
  private long count;
  private ExactSum sum = new ExactSum();
  private ExactSum squares = new ExactSum();

  /** Adds a number; one that is not finite is left out. */
  public void add(double x) {
    if (!Double.isFinite(x)) {
      return;
    }
    count++;
    sum.add(x);
    squares.addProduct(x, x);
  }

  /** Adds the numbers of another sample, which stays as it is. */
  public void merge(SecondMoments other) {
    count += other.count;
    sum.merge(other.sum);
    squares.merge(other.squares);
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public double mean() {
    return count == 0 ? Double.NaN : sum.value() / count;
  }

  @Override
  public double standardDeviation() {
    return Math.sqrt(variance());
  }

  /** Σx². */
  double sumOfSquares() {
    return squares.value();
  }

  /** Σ(x − x̄)²/(n − 1); NaN for n &lt; 2 or where x² overflows. */
  double variance() {
    return count < 2 || !squares.isFinite()
        ? Double.NaN
        : scatter().doubleValue() / ((double) count * (count - 1));
  }

  /** nΣx² − (Σx)², exact. */
  BigDecimal scatter() {
    BigDecimal n = new BigDecimal(BigInteger.valueOf(count));
    return squares.exact().multiply(n).subtract(sum.exact().pow(2));
  }

  ExactSum sum() {
    return sum;
  }

  ExactSum squares() {
    return squares;
  }

  /** Writes the sums: the same bytes for the same numbers in any order. */
  public void write(StateWriter out) {
    out.putLong(count);
    sum.write(out);
    squares.write(out);
  }

  /** The sums that {@link #write} wrote. */
  public static SecondMoments read(StateReader in) {
    SecondMoments moments = new SecondMoments();
    moments.count = in.readLong();
    moments.sum = ExactSum.read(in);
    moments.squares = ExactSum.read(in);
    return moments;
  }
}
