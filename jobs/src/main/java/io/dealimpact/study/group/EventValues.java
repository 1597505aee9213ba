package io.dealimpact.study.group;

import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;
import java.util.Arrays;

/**
 * The few numbers that must be kept one by one: day 0, hashes of the instrument and of the event,
 * and the CAR and BHAR of each window, for Wilcoxon, the jackknife, clusters and the bootstraps.
 * Past the limit they are kept as {@link BucketSums}, which the bootstraps alone can do with.
 *
 * <p>Instruments are distinguished by 64 bits of hash: with 10,000 of them two collide with a
 * probability of 3·10⁻¹².
 */
public final class EventValues {
  private final int windows;
  private final int limit;
  private long count;
  private int[] days = new int[16];
  private long[] instruments = new long[16];
  private long[] events = new long[16];

  /** [event][CAR of each window, then BHAR of each window], flat. */
  private double[] values;

  /** The sums of all events once they are more than the limit; null until then. */
  private BucketSums buckets;

  public EventValues(int windows, int limit) {
    this.windows = windows;
    this.limit = limit;
    values = new double[16 * 2 * windows];
  }

  /**
   * Adds an event.
   *
   * @param day 0, days since 1970-01-01
   * @param instrument a hash of it
   * @param event a hash of it
   * @param carByWindow NaN where missing
   * @param bharByWindow NaN where missing
   */
  public void add(
      int day, long instrument, long event, double[] carByWindow, double[] bharByWindow) {
    count++;
    if (isFull()) {
      toBuckets(count - 1);
      for (int w = 0; w < windows; w++) {
        buckets.add(event, w, carByWindow[w], bharByWindow[w]);
      }
      return;
    }
    int i = (int) count - 1;
    grow(i + 1);
    days[i] = day;
    instruments[i] = instrument;
    events[i] = event;
    System.arraycopy(carByWindow, 0, values, i * 2 * windows, windows);
    System.arraycopy(bharByWindow, 0, values, (i * 2 + 1) * windows, windows);
  }

  void merge(EventValues other) {
    long before = count;
    count += other.count;
    if (isFull()) {
      toBuckets(before);
      if (other.isFull()) {
        buckets.merge(other.buckets);
      } else {
        other.addTo(buckets, (int) other.count);
      }
      return;
    }
    grow((int) count);
    System.arraycopy(other.days, 0, days, (int) before, (int) other.count);
    System.arraycopy(other.instruments, 0, instruments, (int) before, (int) other.count);
    System.arraycopy(other.events, 0, events, (int) before, (int) other.count);
    System.arraycopy(
        other.values, 0, values, (int) before * 2 * windows, (int) other.count * 2 * windows);
  }

  /** More events than the limit: none is kept by itself. */
  boolean isFull() {
    return count > limit;
  }

  /** The sums of all events; only where they are more than the limit. */
  BucketSums buckets() {
    return buckets;
  }

  /** Whether a number was too large to be summed. */
  boolean isOutOfRange() {
    return isFull() && buckets.isOutOfRange();
  }

  long count() {
    return count;
  }

  /** The finite CARs of a window, ascending. */
  double[] sorted(int window) {
    double[] sorted = new double[(int) count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      double car = car(i, window);
      if (Double.isFinite(car)) {
        sorted[n++] = car;
      }
    }
    sorted = Arrays.copyOf(sorted, n);
    Arrays.sort(sorted);
    return sorted;
  }

  int day(int i) {
    return days[i];
  }

  long instrument(int i) {
    return instruments[i];
  }

  /** A hash of the event. */
  long event(int i) {
    return events[i];
  }

  double car(int i, int window) {
    return values[i * 2 * windows + window];
  }

  double bhar(int i, int window) {
    return values[(i * 2 + 1) * windows + window];
  }

  /** Places of the events in one order, which does not depend on the order they came in. */
  int[] order() {
    long[] byDay = new long[(int) count];
    Arrays.setAll(byDay, i -> (long) days[i] << Integer.SIZE | i);
    Arrays.sort(byDay);
    int[] order = Arrays.stream(byDay).mapToInt(dayAndPlace -> (int) dayAndPlace).toArray();
    int from = 0;
    while (from < order.length) {
      int to = from + 1;
      while (to < order.length && days[order[to]] == days[order[from]]) {
        to++;
      }
      sortOneDay(order, from, to);
      from = to;
    }
    return order;
  }

  private void sortOneDay(int[] order, int from, int to) {
    if (to - from > 1) {
      Integer[] ofDay = Arrays.stream(order, from, to).boxed().toArray(Integer[]::new);
      Arrays.sort(ofDay, this::compare);
      for (int i = 0; i < ofDay.length; i++) {
        order[from + i] = ofDay[i];
      }
    }
  }

  /** In one order, so that the same events give the same bytes. */
  void write(StateWriter out) {
    out.putLong(count);
    if (isFull()) {
      buckets.write(out);
      return;
    }
    for (int i : order()) {
      out.putInt(days[i]);
      out.putLong(instruments[i]);
      out.putLong(events[i]);
      for (int v = 0; v < 2 * windows; v++) {
        out.putDouble(values[i * 2 * windows + v]);
      }
    }
  }

  static EventValues read(StateReader in, int windows, int limit) {
    EventValues values = new EventValues(windows, limit);
    values.count = in.readLong();
    if (values.isFull()) {
      values.letGo();
      values.buckets = BucketSums.read(in, windows);
      return values;
    }
    values.grow((int) values.count);
    for (int i = 0; i < values.count; i++) {
      values.days[i] = in.readInt();
      values.instruments[i] = in.readLong();
      values.events[i] = in.readLong();
      for (int v = 0; v < 2 * windows; v++) {
        values.values[i * 2 * windows + v] = in.readDouble();
      }
    }
    return values;
  }

  /** Compares events of one day. */
  private int compare(int a, int b) {
    int order = Long.compare(instruments[a], instruments[b]);
    if (order == 0) {
      order = Long.compare(events[a], events[b]);
    }
    for (int v = 0; v < 2 * windows && order == 0; v++) {
      order = Double.compare(values[a * 2 * windows + v], values[b * 2 * windows + v]);
    }
    return order;
  }

  private void grow(int size) {
    if (size > days.length) {
      int capacity = Math.max(size, days.length * 2);
      days = Arrays.copyOf(days, capacity);
      instruments = Arrays.copyOf(instruments, capacity);
      events = Arrays.copyOf(events, capacity);
      values = Arrays.copyOf(values, Math.multiplyExact(capacity, 2 * windows));
    }
  }

  /**
   * Sums the events that are kept one by one, unless that is done.
   *
   * @param kept how many, the limit at most where it is not done
   */
  private void toBuckets(long kept) {
    if (buckets == null) {
      buckets = new BucketSums(windows);
      addTo(buckets, (int) kept);
      letGo();
    }
  }

  private void addTo(BucketSums sums, int kept) {
    for (int i = 0; i < kept; i++) {
      for (int w = 0; w < windows; w++) {
        sums.add(events[i], w, car(i, w), bhar(i, w));
      }
    }
  }

  private void letGo() {
    days = new int[0];
    instruments = new long[0];
    events = new long[0];
    values = new double[0];
  }
}
