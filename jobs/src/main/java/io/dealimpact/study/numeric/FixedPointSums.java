package io.dealimpact.study.numeric;

import java.util.Arrays;

/**
 * Many exact sums in little memory: 128-bit integers of 2⁻⁷² each, so that addition commutes to the
 * last bit. A number is truncated to 2⁻⁷² (2·10⁻²²) before it is added; one of 2²⁴ or more cannot
 * be added and marks the whole as out of range.
 */
public final class FixedPointSums {
  private static final int SCALE = 72;
  private static final double LARGEST = 0x1p24;

  private final long[] high;
  private final long[] low;
  private boolean outOfRange;

  public FixedPointSums(int count) {
    this(new long[count], new long[count]);
  }

  private FixedPointSums(long[] high, long[] low) {
    this.high = high;
    this.low = low;
  }

  /** Numbers on the grid, to be added many times. */
  public static final class Terms {
    private final double[] numbers;
    private final long[] high;
    private final long[] low;

    /**
     * Takes the numbers, which stay as they are.
     *
     * @param numbers any, NaN too
     */
    public Terms(double[] numbers) {
      this.numbers = numbers;
      high = new long[numbers.length];
      low = new long[numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        if (isInRange(numbers[i])) {
          low[i] = lowOf(numbers[i]);
          high[i] = highOf(numbers[i], low[i]);
        }
      }
    }
  }

  /** Adds a number to a sum; one of 2²⁴ or more, or NaN, marks the whole as out of range. */
  public void add(int sum, double x) {
    if (isInRange(x)) {
      long l = lowOf(x);
      add(sum, highOf(x, l), l);
    } else {
      outOfRange = true;
    }
  }

  /** Adds one of some numbers, as {@link #add(int, double)} does. */
  public void add(int sum, Terms terms, int i) {
    if (isInRange(terms.numbers[i])) {
      add(sum, terms.high[i], terms.low[i]);
    } else {
      outOfRange = true;
    }
  }

  private static boolean isInRange(double x) {
    return Math.abs(x) < LARGEST;
  }

  /** The lower 64 bits of a number in units of 2⁻⁷², truncated, as a signed integer of 128. */
  private static long lowOf(double x) {
    int shift = shift(x);
    long mantissa = mantissa(x);
    long low = shift > 0 ? mantissa << shift : -shift < 64 ? mantissa >>> -shift : 0;
    return x < 0 ? -low : low;
  }

  /**
   * The upper 64 bits.
   *
   * @param low the lower
   */
  private static long highOf(double x, long low) {
    int shift = shift(x);
    long high = shift > 0 ? mantissa(x) >>> (64 - shift) : 0;
    return x < 0 ? ~high + (low == 0 ? 1 : 0) : high;
  }

  private static int shift(double x) {
    return Math.getExponent(x) - 52 + SCALE;
  }

  private static long mantissa(double x) {
    long fraction = Double.doubleToRawLongBits(x) & ((1L << 52) - 1);
    return Math.getExponent(x) < Double.MIN_EXPONENT ? 0 : fraction | (1L << 52);
  }

  /**
   * The first sums, which change apart from these.
   *
   * @param count how many; those beyond the sums there are are 0
   */
  public FixedPointSums copyOf(int count) {
    FixedPointSums copy = new FixedPointSums(Arrays.copyOf(high, count), Arrays.copyOf(low, count));
    copy.outOfRange = outOfRange;
    return copy;
  }

  /** Sums held. */
  public int size() {
    return low.length;
  }

  /** Adds sums one by one, and whether one was out of range. */
  public void merge(FixedPointSums other) {
    merge(0, other, 0, low.length);
    takeRange(other);
  }

  /**
   * Adds some sums to some of these.
   *
   * @param at the first that is added to
   * @param from the first that is added
   */
  public void merge(int at, FixedPointSums other, int from, int count) {
    for (int i = 0; i < count; i++) {
      add(at + i, other.high[from + i], other.low[from + i]);
    }
  }

  /** Is out of range from now on where others are. */
  public void takeRange(FixedPointSums other) {
    outOfRange |= other.outOfRange;
  }

  /** A number was too large: the sums say nothing. */
  public boolean isOutOfRange() {
    return outOfRange;
  }

  public double value(int sum) {
    long h = high[sum];
    long l = low[sum];
    if (h < 0) {
      l = -l;
      h = ~h + (l == 0 ? 1 : 0);
      return -magnitude(h, l);
    }
    return magnitude(h, l);
  }

  private static double magnitude(long h, long l) {
    double lower = (l >>> 11) * 0x1p11 + (l & 0x7FF);
    return Math.scalb(h * 0x1p64 + lower, -SCALE);
  }

  private void add(int sum, long h, long l) {
    long added = low[sum] + l;
    high[sum] += h + (Long.compareUnsigned(added, l) < 0 ? 1 : 0);
    low[sum] = added;
  }

  public void write(StateWriter out) {
    out.putByte(outOfRange ? 1 : 0);
    out.putLongs(high);
    out.putLongs(low);
  }

  public static FixedPointSums read(StateReader in) {
    byte flag = in.readByte();
    FixedPointSums sums = new FixedPointSums(in.readLongs(), in.readLongs());
    sums.outOfRange = flag != 0;
    return sums;
  }
}
