package io.dealimpact.study.numeric;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A sum of doubles without rounding: the same bits in any order, from any split and merge.
 *
 * <p>The sum is a fixed-point integer in limbs of 32 bits, kept as signed longs so that 2²⁹
 * additions fit between two carries: the small superaccumulator of Neal (2015), "Fast exact
 * summation using small and large superaccumulators", but holding only the limbs in use, since a
 * study has thousands of sums. {@link #value()} rounds once, to nearest, ties to even.
 *
 * <p>NaN and infinities are remembered, not summed: a NaN or both infinities give NaN, one infinity
 * gives itself. Pinned by {@code ExactSumTest}.
 */
public final class ExactSum {
  private static final long MASK = 0xFFFFFFFFL;
  private static final int MAX_PENDING = 1 << 29;
  private static final int NAN = 1;
  private static final int PLUS_INFINITY = 2;
  private static final int MINUS_INFINITY = 4;
  private static final int NEGATIVE = 8;
  private static final long[] NONE = {};

  /** Limb i weighs 2^(32·(lowest + i)). */
  private int lowest;

  private long[] limbs = NONE;
  private int pending;
  private int special;

  public void add(double x) {
    long bits = Double.doubleToRawLongBits(x);
    int exponent = (int) (bits >>> 52) & 0x7FF;
    long mantissa = bits & ((1L << 52) - 1);
    if (exponent == 0x7FF) {
      special |= mantissa != 0 ? NAN : bits > 0 ? PLUS_INFINITY : MINUS_INFINITY;
      return;
    }
    if (exponent == 0) {
      if (mantissa == 0) {
        return;
      }
      exponent = 1;
    } else {
      mantissa |= 1L << 52;
    }
    int position = exponent - 1075;
    int limb = position >> 5;
    int shift = position & 31;
    cover(limb, limb + 2);
    int i = limb - lowest;
    long low = (mantissa << shift) & MASK;
    long middle = (mantissa >>> (32 - shift)) & MASK;
    long high = shift == 0 ? 0 : mantissa >>> (64 - shift);
    if (bits < 0) {
      limbs[i] -= low;
      limbs[i + 1] -= middle;
      limbs[i + 2] -= high;
    } else {
      limbs[i] += low;
      limbs[i + 1] += middle;
      limbs[i + 2] += high;
    }
    if (++pending >= MAX_PENDING) {
      carry();
    }
  }

  /** Adds x·y unrounded (exact above 2⁻⁹⁶⁹, by fused multiply-add). */
  public void addProduct(double x, double y) {
    double product = x * y;
    add(product);
    if (Double.isFinite(product)) {
      add(Math.fma(x, y, -product));
    }
  }

  /** Adds x³ unrounded. */
  void addCube(double x) {
    double square = x * x;
    addProduct(square, x);
    if (Double.isFinite(square)) {
      addProduct(Math.fma(x, x, -square), x);
    }
  }

  public void merge(ExactSum other) {
    other.carry();
    special |= other.special;
    if (other.limbs.length == 0) {
      return;
    }
    cover(other.lowest, other.lowest + other.limbs.length - 1);
    int offset = other.lowest - lowest;
    for (int i = 0; i < other.limbs.length; i++) {
      limbs[offset + i] += other.limbs[i];
    }
    if (++pending >= MAX_PENDING) {
      carry();
    }
  }

  /** The sum, correctly rounded. */
  public double value() {
    if (special != 0) {
      return switch (special) {
        case PLUS_INFINITY -> Double.POSITIVE_INFINITY;
        case MINUS_INFINITY -> Double.NEGATIVE_INFINITY;
        default -> Double.NaN;
      };
    }
    BigInteger integer = integer();
    if (integer.signum() == 0) {
      return 0;
    }
    return integer.signum() < 0 ? -round(integer.negate()) : round(integer);
  }

  boolean isFinite() {
    return special == 0;
  }

  /**
   * The sum itself.
   *
   * @throws ArithmeticException if a NaN or an infinity was added
   */
  BigDecimal exact() {
    if (special != 0) {
      throw new ArithmeticException("a NaN or an infinity was added");
    }
    BigDecimal integer = new BigDecimal(integer());
    int bits = 32 * lowest;
    return bits >= 0
        ? integer.multiply(new BigDecimal(BigInteger.TWO.pow(bits)))
        : integer
            .multiply(new BigDecimal(BigInteger.valueOf(5).pow(-bits)))
            .scaleByPowerOfTen(bits);
  }

  /** One form for one sum: flags and sign, number of limbs, exponent, limbs. */
  public void write(StateWriter out) {
    carry();
    int count = limbs.length;
    boolean negative = count > 0 && limbs[count - 1] < 0;
    int stored = negative ? count - 1 : count;
    out.putByte(special | (negative ? NEGATIVE : 0));
    out.putByte(stored);
    if (count == 0) {
      return;
    }
    out.putByte(lowest);
    for (int i = 0; i < stored; i++) {
      out.putInt((int) limbs[i]);
    }
  }

  public static ExactSum read(StateReader in) {
    ExactSum sum = new ExactSum();
    int flags = in.readByte();
    int stored = in.readByte();
    sum.special = flags & ~NEGATIVE;
    boolean negative = (flags & NEGATIVE) != 0;
    if (stored == 0 && !negative) {
      return sum;
    }
    sum.lowest = in.readByte();
    sum.limbs = new long[negative ? stored + 1 : stored];
    for (int i = 0; i < stored; i++) {
      sum.limbs[i] = in.readInt() & MASK;
    }
    if (negative) {
      sum.limbs[stored] = -1;
    }
    return sum;
  }

  /** Makes room for the limbs from {@code first} to {@code last}. */
  private void cover(int first, int last) {
    if (limbs.length == 0) {
      lowest = first;
      limbs = new long[last - first + 1];
      return;
    }
    int top = lowest + limbs.length - 1;
    if (first >= lowest && last <= top) {
      return;
    }
    int newLowest = Math.min(first, lowest);
    long[] wider = new long[Math.max(last, top) - newLowest + 1];
    System.arraycopy(limbs, 0, wider, lowest - newLowest, limbs.length);
    lowest = newLowest;
    limbs = wider;
  }

  /**
   * Brings the limbs to their only form: each in [0, 2³²) but for a top limb of −1 on a negative
   * sum, and no limb that says nothing at either end.
   */
  private void carry() {
    pending = 0;
    long carry = 0;
    for (int i = 0; i < limbs.length; i++) {
      long v = limbs[i] + carry;
      limbs[i] = v & MASK;
      carry = v >> 32;
    }
    while (carry != 0) {
      limbs = Arrays.copyOf(limbs, limbs.length + 1);
      limbs[limbs.length - 1] = carry == -1 ? -1 : carry & MASK;
      carry = carry == -1 ? 0 : carry >> 32;
    }
    int to = limbs.length;
    while (to > 0) {
      if (limbs[to - 1] == 0) {
        to--;
      } else if (to > 1 && limbs[to - 1] == -1 && limbs[to - 2] == MASK) {
        limbs[to - 2] = -1;
        to--;
      } else {
        break;
      }
    }
    int from = 0;
    while (from < to && limbs[from] == 0) {
      from++;
    }
    if (from > 0 || to < limbs.length) {
      limbs = from == to ? NONE : Arrays.copyOfRange(limbs, from, to);
      lowest = from == to ? 0 : lowest + from;
    }
  }

  private BigInteger integer() {
    carry();
    BigInteger integer = BigInteger.ZERO;
    for (int i = limbs.length - 1; i >= 0; i--) {
      integer = integer.shiftLeft(32).add(BigInteger.valueOf(limbs[i]));
    }
    return integer;
  }

  private double round(BigInteger magnitude) {
    int exponent = 32 * lowest;
    int keep = Math.max(magnitude.bitLength() - 53, -1074 - exponent);
    if (keep <= 0) {
      return Math.scalb(magnitude.doubleValue(), exponent);
    }
    BigInteger kept = magnitude.shiftRight(keep);
    boolean half = magnitude.testBit(keep - 1);
    boolean odd = kept.testBit(0);
    boolean beyondHalf = magnitude.getLowestSetBit() < keep - 1;
    if (half && (odd || beyondHalf)) {
      kept = kept.add(BigInteger.ONE);
    }
    return Math.scalb(kept.doubleValue(), exponent + keep);
  }
}
