package io.dealimpact.study.group;

import io.dealimpact.study.numeric.Hash;
import org.hipparchus.util.FastMath;

/**
 * The weighted sums of every bootstrap replicate and window, drawn from the values of a group. A
 * weight is a function of (seed, event, replicate) alone, so the replicates are the same on any
 * partitioning (Chamandy, Muralidharan, Najmi &amp; Naidu 2012); the Poisson(1) bootstrap stands
 * for drawing N of N with replacement, the Poisson(¼) for N/4 of N (Lyon, Barber &amp; Tsai 1999),
 * and signs of ±1 for the wild bootstrap. Of more than {@link #ITEMS} events those whose hashes
 * agree modulo that number are drawn together, so that the cost of a replicate has a bound (the bag
 * of little bootstraps draws in this way; Kleiner, Talwalkar, Sarkar &amp; Jordan 2014).
 */
final class Replicates {
  /** What a replicate draws at most. */
  static final int ITEMS = BucketSums.BUCKETS;

  /** Replicates whose sums stay in a processor's nearest memory while the items go by. */
  private static final int AT_ONCE = 64;

  private static final int SIZE = 0;
  private static final int SUM = 1;
  private static final int SQUARES = 2;
  private static final int SIGNED = 3;
  private static final int QUARTER_SIZE = 4;
  private static final int QUARTER_SUM = 5;
  private static final int QUARTER_SQUARES = 6;
  private static final int QUARTER_CUBES = 7;
  private static final int FIELDS = 8;
  private static final double[] POISSON_ONE = poisson(1);
  private static final double[] POISSON_QUARTER = poisson(0.25);

  private final int replicates;
  private final int windows;

  /** [replicate][window][field], flat. */
  private final double[] sums;

  /**
   * Draws all replicates.
   *
   * @param values of the events, one by one or in buckets
   */
  Replicates(int replicates, int windows, long seed, EventValues values) {
    this.replicates = replicates;
    this.windows = windows;
    sums = new double[replicates * windows * FIELDS];
    Items items = Items.of(values, windows, seed);
    for (int first = 0; first < replicates; first += AT_ONCE) {
      draw(items, first, Math.min(replicates, first + AT_ONCE));
    }
  }

  /**
   * Draws some replicates. Each sums the items in their order, however many are drawn at once.
   *
   * @param end behind the last
   */
  private void draw(Items items, int first, int end) {
    for (int i = 0; i < items.keys.length; i++) {
      for (int b = first; b < end; b++) {
        int one = draw(POISSON_ONE, Hash.uniform(Hash.draw(items.keys[i], b, 0)));
        int quarter = draw(POISSON_QUARTER, Hash.uniform(Hash.draw(items.keys[i], b, 1)));
        int sign = Hash.draw(items.keys[i], b, 2) < 0 ? 1 : -1;
        for (int w = 0; w < windows; w++) {
          add((b * windows + w) * FIELDS, items.at(i, w), items.sums, one, quarter, sign);
        }
      }
    }
  }

  private void add(int into, int from, double[] items, int one, int quarter, int sign) {
    sums[into + SIZE] += one * items[from];
    sums[into + SUM] += one * items[from + 1];
    sums[into + SQUARES] += one * items[from + 2];
    sums[into + SIGNED] += sign * items[from + 1];
    if (quarter > 0) {
      sums[into + QUARTER_SIZE] += quarter * items[from + 3];
      sums[into + QUARTER_SUM] += quarter * items[from + 4];
      sums[into + QUARTER_SQUARES] += quarter * items[from + 5];
      sums[into + QUARTER_CUBES] += quarter * items[from + 6];
    }
  }

  int replicates() {
    return replicates;
  }

  /** Σw, the size of the Poisson(1) resample. */
  double size(int replicate, int window) {
    return sums[field(replicate, window) + SIZE];
  }

  /** Σwx. */
  double sum(int replicate, int window) {
    return sums[field(replicate, window) + SUM];
  }

  /** Σwx². */
  double squares(int replicate, int window) {
    return sums[field(replicate, window) + SQUARES];
  }

  /** Σ±x. */
  double signed(int replicate, int window) {
    return sums[field(replicate, window) + SIGNED];
  }

  /** Σw of the Poisson(¼) resample of BHARs. */
  double quarterSize(int replicate, int window) {
    return sums[field(replicate, window) + QUARTER_SIZE];
  }

  /** Σwy, Σwy² or Σwy³ of the Poisson(¼) resample of BHARs. */
  double quarterPower(int replicate, int window, int power) {
    return sums[field(replicate, window) + QUARTER_SIZE + power];
  }

  private int field(int replicate, int window) {
    return (replicate * windows + window) * FIELDS;
  }

  /** Most draws are below three, and a branch that nobody can foretell costs more than a sum. */
  private static int draw(double[] cumulative, double uniform) {
    int k =
        (uniform >= cumulative[0] ? 1 : 0)
            + (uniform >= cumulative[1] ? 1 : 0)
            + (uniform >= cumulative[2] ? 1 : 0);
    while (k >= 3 && k < cumulative.length && uniform >= cumulative[k]) {
      k++;
    }
    return k;
  }

  private static double[] poisson(double mean) {
    double[] cumulative = new double[20];
    double term = FastMath.exp(-mean);
    double sum = 0;
    for (int k = 0; k < cumulative.length; k++) {
      sum += term;
      cumulative[k] = sum;
      term *= mean / (k + 1);
    }
    return cumulative;
  }

  /**
   * What is drawn: an event, or events drawn together.
   *
   * @param keys what the draws of each depend on
   * @param sums [item][window][n, Σx, Σx² of the CARs; n, Σy, Σy², Σy³ of the BHARs], flat
   * @param windows of each item
   */
  private record Items(long[] keys, double[] sums, int windows) {
    private static final int FIELDS = 7;

    int at(int item, int window) {
      return (item * windows + window) * FIELDS;
    }

    static Items of(EventValues values, int windows, long seed) {
      return values.isFull() ? of(values.buckets(), windows, seed) : ofEach(values, windows, seed);
    }

    private static Items of(BucketSums buckets, int windows, long seed) {
      Items items = new Items(new long[ITEMS], new double[ITEMS * windows * FIELDS], windows);
      for (int item = 0; item < ITEMS; item++) {
        items.keys[item] = Hash.key(seed, item);
        for (int w = 0; w < windows; w++) {
          int at = items.at(item, w);
          items.sums[at] = buckets.cars(item, w);
          items.sums[at + 1] = buckets.carPower(item, w, 1);
          items.sums[at + 2] = buckets.carPower(item, w, 2);
          items.sums[at + 3] = buckets.bhars(item, w);
          items.sums[at + 4] = buckets.bharPower(item, w, 1);
          items.sums[at + 5] = buckets.bharPower(item, w, 2);
          items.sums[at + 6] = buckets.bharPower(item, w, 3);
        }
      }
      return items;
    }

    private static Items ofEach(EventValues values, int windows, long seed) {
      boolean apart = values.count() <= ITEMS;
      int count = apart ? (int) values.count() : ITEMS;
      Items items = new Items(new long[count], new double[count * windows * FIELDS], windows);
      int[] order = values.order();
      for (int i = 0; i < order.length; i++) {
        long event = values.event(order[i]);
        int item = apart ? i : BucketSums.of(event);
        items.keys[item] = Hash.key(seed, apart ? event : item);
        for (int w = 0; w < windows; w++) {
          items.add(items.at(item, w), values.car(order[i], w), values.bhar(order[i], w));
        }
      }
      return items;
    }

    private void add(int at, double car, double bhar) {
      if (Double.isFinite(car)) {
        sums[at]++;
        sums[at + 1] += car;
        sums[at + 2] += car * car;
      }
      if (Double.isFinite(bhar)) {
        sums[at + 3]++;
        sums[at + 4] += bhar;
        sums[at + 5] += bhar * bhar;
        sums[at + 6] += bhar * bhar * bhar;
      }
    }
  }
}
