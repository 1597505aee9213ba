package io.dealimpact.capacity;

/**
 * An exact sum of ranges, in whole quanta: watts for power, thousandths of a GPU for GPUs. Adding
 * is associative and commutative to the bit, and an overflow is an {@link ArithmeticException}.
 *
 * @param low sum of the lows
 * @param mid sum of the mids
 * @param high sum of the highs
 */
public record ExactRangeSum(long low, long mid, long high) {

  /** Watts in a GW. */
  public static final double WATTS_PER_GW = 1e9;

  /** Thousandths in a GPU. */
  public static final double MILLIS_PER_GPU = 1e3;

  /** Nothing. */
  public static final ExactRangeSum ZERO = new ExactRangeSum(0, 0, 0);

  /** The range rounded to whole quanta, half up. */
  static ExactRangeSum of(QuantityRange range, double quantaPerUnit) {
    return new ExactRangeSum(
        Math.round(range.low() * quantaPerUnit),
        Math.round(range.mid() * quantaPerUnit),
        Math.round(range.high() * quantaPerUnit));
  }

  /** The sum. */
  public ExactRangeSum plus(ExactRangeSum other) {
    return new ExactRangeSum(
        Math.addExact(low, other.low),
        Math.addExact(mid, other.mid),
        Math.addExact(high, other.high));
  }

  /** The difference of two exact sums, bound by bound: what is left when a part is taken away. */
  public ExactRangeSum minus(ExactRangeSum part) {
    return new ExactRangeSum(
        Math.subtractExact(low, part.low),
        Math.subtractExact(mid, part.mid),
        Math.subtractExact(high, part.high));
  }

  /** The range in units: quanta ÷ quanta per unit, rounded once. */
  public QuantityRange toRange(double quantaPerUnit) {
    return new QuantityRange(low / quantaPerUnit, mid / quantaPerUnit, high / quantaPerUnit);
  }
}
