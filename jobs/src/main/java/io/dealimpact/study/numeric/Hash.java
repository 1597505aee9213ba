package io.dealimpact.study.numeric;

/** 64-bit hashes that are the same on every machine, and random numbers made of them. */
public final class Hash {
  private Hash() {}

  /** FNV-1a over UTF-16 units, finished by {@link #mix}. */
  public static long of(String text) {
    long h = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      h = (h ^ text.charAt(i)) * 0x100000001B3L;
    }
    return mix(h);
  }

  /** The finaliser of SplitMix64 (Steele, Lea &amp; Flood 2014): every bit depends on every bit. */
  public static long mix(long x) {
    long z = x + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** What all draws of an event have in common: a hash of (seed, event). */
  public static long key(long seed, long event) {
    return mix(seed ^ mix(event));
  }

  /** A hash of (seed, event, replicate); {@code stream} keeps one use apart from another. */
  public static long draw(long seed, long event, int replicate, int stream) {
    return draw(key(seed, event), replicate, stream);
  }

  /**
   * The same, for many draws of one event.
   *
   * @param key of {@link #key}
   * @param stream keeps one use apart from another
   */
  public static long draw(long key, int replicate, int stream) {
    return mix(key ^ ((long) stream << 32 | replicate));
  }

  /** 53 uniform bits in [0, 1). */
  public static double uniform(long hash) {
    return (hash >>> 11) * 0x1p-53;
  }
}
