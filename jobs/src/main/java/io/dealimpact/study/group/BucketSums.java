package io.dealimpact.study.group;

import io.dealimpact.study.numeric.FixedPointSums;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;

/**
 * What the bootstraps draw of more events than are kept one by one: the sums of the events whose
 * hashes agree modulo {@link #BUCKETS}, by window. The sums are exact on the grid of {@link
 * FixedPointSums}, so that they do not depend on the order of the events.
 *
 * <p>Size: 0.96 MB for each window, however many events there are.
 */
final class BucketSums {
  static final int BUCKETS = 10_000;

  /** Σx and Σx² of the CARs, Σy, Σy² and Σy³ of the BHARs. */
  private static final int SUMS = 5;

  private final int windows;

  /** [bucket][window][CARs, BHARs], flat. */
  private final long[] counts;

  /** [bucket][window][sum], flat. */
  private final FixedPointSums sums;

  BucketSums(int windows) {
    this(windows, new long[BUCKETS * windows * 2], new FixedPointSums(BUCKETS * windows * SUMS));
  }

  private BucketSums(int windows, long[] counts, FixedPointSums sums) {
    this.windows = windows;
    this.counts = counts;
    this.sums = sums;
  }

  /** The bucket of an event. */
  static int of(long event) {
    return (int) Long.remainderUnsigned(event, BUCKETS);
  }

  /**
   * Adds a window of an event.
   *
   * @param event a hash of it
   * @param car NaN where missing
   * @param bhar NaN where missing
   */
  void add(long event, int window, double car, double bhar) {
    int at = of(event) * windows + window;
    if (Double.isFinite(car)) {
      counts[at * 2]++;
      sums.add(at * SUMS, car);
      sums.add(at * SUMS + 1, car * car);
    }
    if (Double.isFinite(bhar)) {
      counts[at * 2 + 1]++;
      sums.add(at * SUMS + 2, bhar);
      sums.add(at * SUMS + 3, bhar * bhar);
      sums.add(at * SUMS + 4, bhar * bhar * bhar);
    }
  }

  void merge(BucketSums other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    sums.merge(other.sums);
  }

  /** CARs of a bucket and window. */
  double cars(int bucket, int window) {
    return counts[(bucket * windows + window) * 2];
  }

  /** BHARs of a bucket and window. */
  double bhars(int bucket, int window) {
    return counts[(bucket * windows + window) * 2 + 1];
  }

  /** Σx or Σx² of the CARs of a bucket and window. */
  double carPower(int bucket, int window, int power) {
    return sums.value((bucket * windows + window) * SUMS + power - 1);
  }

  /** Σy, Σy² or Σy³ of the BHARs of a bucket and window. */
  double bharPower(int bucket, int window, int power) {
    return sums.value((bucket * windows + window) * SUMS + 1 + power);
  }

  /** A number was too large: the sums say nothing. */
  boolean isOutOfRange() {
    return sums.isOutOfRange();
  }

  void write(StateWriter out) {
    out.putLongs(counts);
    sums.write(out);
  }

  static BucketSums read(StateReader in, int windows) {
    return new BucketSums(windows, in.readLongs(), FixedPointSums.read(in));
  }
}
