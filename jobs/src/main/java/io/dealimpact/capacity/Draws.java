package io.dealimpact.capacity;

import java.util.Arrays;

/**
 * The Monte Carlo draws of a commitment: a pure function of (seed, commitment id, replicate), so
 * that no partitioning and no order can change them.
 *
 * <p>u is uniform on (0, 1): h = mix(seed ⊕ mix(FNV-1a of the id's UTF-16 units)), x = mix(h + (r +
 * 1)· 0x9E3779B97F4A7C15), u = (⌊x / 2¹¹⌋ + ½)·2⁻⁵³, where mix is the finalizer of SplitMix64
 * (Steele, Lea &amp; Flood 2014). Commitments are independent; one u serves a commitment's power
 * and its GPUs, and all its quarters.
 *
 * <p>A value is triangular on (low, mid, high), by inversion: with c = (mid − low) / (high − low),
 * x = low + √(u (high − low)(mid − low)) if u &lt; c, else high − √((1 − u)(high − low)(high −
 * mid)). Only operations that IEEE 754 rounds correctly are used, so every machine draws the same.
 */
final class Draws {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Draws() {}

  /** Fills u[r] for every replicate r. */
  static void fill(long seed, String commitmentId, double[] u) {
    long id = 0xCBF29CE484222325L;
    for (int i = 0; i < commitmentId.length(); i++) {
      id = (id ^ commitmentId.charAt(i)) * 0x100000001B3L;
    }
    long state = mix(seed ^ mix(id));
    for (int r = 0; r < u.length; r++) {
      state += GOLDEN;
      u[r] = ((mix(state) >>> 11) + 0.5) * 0x1p-53;
    }
  }

  /** Fills quanta[r] with the triangular value of u[r], rounded to whole quanta. */
  static void triangular(Range range, double quantaPerUnit, double[] u, long[] quanta) {
    double low = range.low() * quantaPerUnit;
    double high = range.high() * quantaPerUnit;
    double left = range.mid() * quantaPerUnit - low;
    double width = high - low;
    double right = width - left;
    if (width <= 0) {
      Arrays.fill(quanta, Math.round(low));
      return;
    }
    double turn = left / width;
    for (int r = 0; r < u.length; r++) {
      double x =
          u[r] < turn
              ? low + Math.sqrt(u[r] * width * left)
              : high - Math.sqrt((1 - u[r]) * width * right);
      quanta[r] = (long) (x + 0.5);
    }
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
