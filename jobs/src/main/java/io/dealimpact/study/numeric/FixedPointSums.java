package io.dealimpact.study.numeric;

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
    high = new long[count];
    low = new long[count];
  }

  /** A number on the grid, to be added many times. */
  public final class Term {
    private long termHigh;
    private long termLow;

    /** Sets the number to be added. */
    public Term set(double x) {
      if (!(Math.abs(x) < LARGEST)) {
        outOfRange = true;
        termHigh = 0;
        termLow = 0;
        return this;
      }
      int exponent = Math.getExponent(x);
      long bits = Double.doubleToRawLongBits(x);
      long mantissa = exponent < Double.MIN_EXPONENT ? 0 : (bits & ((1L << 52) - 1)) | (1L << 52);
      int shift = exponent - 52 + SCALE;
      if (shift > 0) {
        termHigh = mantissa >>> (64 - shift);
        termLow = mantissa << shift;
      } else {
        termHigh = 0;
        termLow = -shift < 64 ? mantissa >>> -shift : 0;
      }
      if (bits < 0) {
        negate();
      }
      return this;
    }

    private void negate() {
      termLow = -termLow;
      termHigh = ~termHigh + (termLow == 0 ? 1 : 0);
    }

    /** Adds weight × number to a sum; weights are small integers. */
    public void addTo(int sum, int weight) {
      for (int i = 0; i < weight; i++) {
        FixedPointSums.this.add(sum, termHigh, termLow);
      }
    }

    /** Subtracts the number from a sum. */
    public void subtractFrom(int sum) {
      long before = low[sum];
      low[sum] = before - termLow;
      high[sum] -= termHigh + (Long.compareUnsigned(before, termLow) < 0 ? 1 : 0);
    }
  }

  public Term term() {
    return new Term();
  }

  /** Adds a number to a sum; one of 2²⁴ or more, or NaN, marks the whole as out of range. */
  public void add(int sum, double x) {
    if (!(Math.abs(x) < LARGEST)) {
      outOfRange = true;
      return;
    }
    int exponent = Math.getExponent(x);
    long bits = Double.doubleToRawLongBits(x);
    long mantissa = exponent < Double.MIN_EXPONENT ? 0 : (bits & ((1L << 52) - 1)) | (1L << 52);
    int shift = exponent - 52 + SCALE;
    long termHigh = shift > 0 ? mantissa >>> (64 - shift) : 0;
    long termLow = shift > 0 ? mantissa << shift : -shift < 64 ? mantissa >>> -shift : 0;
    if (bits < 0) {
      termLow = -termLow;
      termHigh = ~termHigh + (termLow == 0 ? 1 : 0);
    }
    add(sum, termHigh, termLow);
  }

  /** Sums held. */
  public int size() {
    return low.length;
  }

  public void merge(FixedPointSums other) {
    outOfRange |= other.outOfRange;
    for (int i = 0; i < low.length; i++) {
      add(i, other.high[i], other.low[i]);
    }
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
    long[] high = in.readLongs();
    FixedPointSums sums = new FixedPointSums(high.length);
    System.arraycopy(high, 0, sums.high, 0, high.length);
    long[] low = in.readLongs();
    System.arraycopy(low, 0, sums.low, 0, low.length);
    sums.outOfRange = flag != 0;
    return sums;
  }
}
