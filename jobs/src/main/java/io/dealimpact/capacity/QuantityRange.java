package io.dealimpact.capacity;

import java.io.Serializable;
import java.util.Optional;

/**
 * A quantity known only to lie between two bounds, with a central value.
 *
 * <p>The three numbers are finite and low ≤ mid ≤ high, always: a range never holds NaN or
 * infinity. What is not known is an empty {@link Optional}, and arithmetic on it is empty too.
 *
 * <p>Arithmetic is interval arithmetic in IEEE doubles (Moore 1966): the bounds of the result are
 * the extremes over all pairs of values, the mid is the operation on the mids. Where one quantity
 * occurs twice in a formula the result is wider than it must be, so formulas here use each input
 * once.
 *
 * @param low smallest value, in the unit that the holder's name states
 * @param mid central value; the arithmetic mean of the bounds unless given
 * @param high largest value
 */
public record QuantityRange(double low, double mid, double high) implements Serializable {

  /**
   * @throws IllegalArgumentException if a number is not finite, or they are out of order
   */
  public QuantityRange {
    if (!Double.isFinite(low) || !Double.isFinite(mid) || !Double.isFinite(high)) {
      throw new IllegalArgumentException(
          "range (" + low + ", " + mid + ", " + high + ") must be of finite numbers");
    }
    if (low > mid || mid > high) {
      throw new IllegalArgumentException(
          "range (" + low + ", " + mid + ", " + high + ") must have low <= mid <= high");
    }
  }

  /** A range whose mid is the mean of its bounds. */
  public static QuantityRange of(double low, double high) {
    return new QuantityRange(low, low / 2 + high / 2, high);
  }

  /** A range whose mid is given, for instance an estimate and its confidence interval. */
  public static QuantityRange of(double low, double mid, double high) {
    return new QuantityRange(low, mid, high);
  }

  /** A quantity known exactly. */
  public static QuantityRange exactly(double value) {
    return new QuantityRange(value, value, value);
  }

  /**
   * A range from two columns of which either may be absent: one alone stands for both bounds, none
   * is an unknown range.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static Optional<QuantityRange> ofNullable(Double low, Double high) {
    if (low == null && high == null) {
      return Optional.empty();
    }
    return Optional.of(of(low == null ? high : low, high == null ? low : high));
  }

  /** [a.low + b.low, a.high + b.high]. */
  public QuantityRange plus(QuantityRange other) {
    return new QuantityRange(low + other.low, mid + other.mid, high + other.high);
  }

  /** [a.low − b.high, a.high − b.low]. */
  public QuantityRange minus(QuantityRange other) {
    return new QuantityRange(low - other.high, mid - other.mid, high - other.low);
  }

  /** The extremes of the four products of the bounds. */
  public QuantityRange times(QuantityRange other) {
    double a = low * other.low;
    double b = low * other.high;
    double c = high * other.low;
    double d = high * other.high;
    return new QuantityRange(
        Math.min(Math.min(a, b), Math.min(c, d)),
        mid * other.mid,
        Math.max(Math.max(a, b), Math.max(c, d)));
  }

  /** This range in another unit. */
  public QuantityRange times(double factor) {
    return times(exactly(factor));
  }

  /** The extremes of the four quotients of the bounds; empty if the divisor may be zero. */
  public Optional<QuantityRange> dividedBy(QuantityRange divisor) {
    if (divisor.low <= 0 && divisor.high >= 0) {
      return Optional.empty();
    }
    double a = low / divisor.low;
    double b = low / divisor.high;
    double c = high / divisor.low;
    double d = high / divisor.high;
    return Optional.of(
        new QuantityRange(
            Math.min(Math.min(a, b), Math.min(c, d)),
            mid / divisor.mid,
            Math.max(Math.max(a, b), Math.max(c, d))));
  }

  /** The sum, empty if either is unknown. */
  public static Optional<QuantityRange> sum(Optional<QuantityRange> a, Optional<QuantityRange> b) {
    return a.flatMap(x -> b.map(x::plus));
  }

  /** The product, empty if either is unknown. */
  public static Optional<QuantityRange> product(
      Optional<QuantityRange> a, Optional<QuantityRange> b) {
    return a.flatMap(x -> b.map(x::times));
  }

  /** The quotient, empty if either is unknown or the divisor may be zero. */
  public static Optional<QuantityRange> quotient(
      Optional<QuantityRange> dividend, Optional<QuantityRange> divisor) {
    return dividend.flatMap(x -> divisor.flatMap(x::dividedBy));
  }

  /** The smallest range that holds both, its mid the mean of its bounds unless both agree. */
  public QuantityRange hull(QuantityRange other) {
    return equals(other) ? this : of(Math.min(low, other.low), Math.max(high, other.high));
  }

  /** Whether the two have a value in common; touching bounds are one. */
  public boolean overlaps(QuantityRange other) {
    return low <= other.high && other.low <= high;
  }

  /** Whether low and high are one number. */
  public boolean isExact() {
    return low == high;
  }
}
