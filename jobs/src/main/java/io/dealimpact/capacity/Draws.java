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

  /** What becomes of the commitment in every replicate. */
  private final boolean[] built;

  private final boolean[] exercised;
  private final int[] slips;
  private final int[] moves;

  private final Forecast forecast;
  private final double[] slip;
  private long fate;

  Draws(int replicates, Forecast forecast) {
    smaller = new double[replicates];
    larger = new double[replicates];
    built = new boolean[replicates];
    exercised = new boolean[replicates];
    slips = new int[replicates];
    moves = new int[replicates];
    this.forecast = forecast;
    slip = Forecast.cumulative(forecast.slip());
  }

  /** Draws for a commitment. */
  void fill(long seed, String commitmentId) {
    long id = 0xCBF29CE484222325L;
    for (int i = 0; i < commitmentId.length(); i++) {
      id = (id ^ commitmentId.charAt(i)) * 0x100000001B3L;
    }
    long state = mix(seed ^ mix(id));
    fate = ~state;
    for (int r = 0; r < smaller.length; r++) {
      state += GOLDEN;
      long x = mix(state);
      double u = ((x >>> 32) + 0.5) * 0x1p-32;
      double v = ((x & 0xFFFFFFFFL) + 0.5) * 0x1p-32;
      smaller[r] = Math.min(u, v);
      larger[r] = Math.max(u, v);
    }
  }

  /**
   * Draws whether the commitment last filled in is built, how late, and the rest of a {@link
   * Forecast}, from four 16-bit uniforms of a sequence of its own (that of ~h).
   */
  void fates(CommitmentStatus status) {
    double completion = forecast.completion(status);
    int spread = forecast.dateSpreadQuarters();
    long state = fate;
    for (int r = 0; r < built.length; r++) {
      state += GOLDEN;
      long x = mix(state);
      built[r] = uniform(x) < completion;
      slips[r] = Forecast.draw(slip, uniform(x >>> 16));
      exercised[r] = uniform(x >>> 32) < forecast.optionExercise();
      moves[r] = (int) (uniform(x >>> 48) * (2 * spread + 1)) - spread;
    }
  }

  /** Whether the commitment is built in the replicate. */
  boolean isBuilt(int replicate) {
    return built[replicate];
  }

  /** Whether its options are exercised. */
  boolean isExercised(int replicate) {
    return exercised[replicate];
  }

  /** Its delay, quarters. */
  int slip(int replicate) {
    return slips[replicate];
  }

  /** By how many quarters its assumed dates move. */
  int move(int replicate) {
    return moves[replicate];
  }

  private static double uniform(long bits) {
    return ((bits & 0xFFFF) + 0.5) * 0x1p-16;
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
