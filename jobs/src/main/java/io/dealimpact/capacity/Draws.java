package io.dealimpact.capacity;

/**
 * The Monte Carlo draws of one commitment: a pure function of (seed, commitment id, replicate), so
 * that no partitioning and no order can change them.
 *
 * <p>With h = mix(seed ⊕ mix(FNV-1a of the id's UTF-16 units)) and x = mix(h + (r + 1)·
 * 0x9E3779B97F4A7C15), where mix is the finalizer of SplitMix64 (Steele, Lea &amp; Flood 2014), the
 * upper and the lower half of x give two uniforms U, V = (half + ½)·2⁻³². Commitments are
 * independent; the same U, V serve a commitment's power and its GPUs, and all its quarters.
 *
 * <p>A value is triangular on [low, high] with its mode at mid: low + (high − low)·((1 − c)·min(U,
 * V) + c·max(U, V)), c = (mid − low)/(high − low) (the minmax method, Stein &amp; Keblis 2009). It
 * needs no branch and no root, and IEEE 754 rounds all of it, so every machine draws the same.
 */
final class Draws {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** min(U, V) and max(U, V) of every replicate. */
  private final double[] smaller;

  private final double[] larger;

  Draws(int replicates) {
    smaller = new double[replicates];
    larger = new double[replicates];
  }

  /** Draws for a commitment. */
  void fill(long seed, String commitmentId) {
    long id = 0xCBF29CE484222325L;
    for (int i = 0; i < commitmentId.length(); i++) {
      id = (id ^ commitmentId.charAt(i)) * 0x100000001B3L;
    }
    long state = mix(seed ^ mix(id));
    for (int r = 0; r < smaller.length; r++) {
      state += GOLDEN;
      long x = mix(state);
      double u = ((x >>> 32) + 0.5) * 0x1p-32;
      double v = ((x & 0xFFFFFFFFL) + 0.5) * 0x1p-32;
      smaller[r] = Math.min(u, v);
      larger[r] = Math.max(u, v);
    }
  }

  /** Sets sizes[r] to the triangular value of replicate r in whole quanta, rounded half up. */
  void triangular(QuantityRange range, double quantaPerUnit, double[] sizes) {
    double low = range.low() * quantaPerUnit;
    double left = (range.mid() - range.low()) * quantaPerUnit;
    double right = (range.high() - range.mid()) * quantaPerUnit;
    for (int r = 0; r < sizes.length; r++) {
      sizes[r] = Math.floor(low + right * smaller[r] + left * larger[r] + 0.5);
    }
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
