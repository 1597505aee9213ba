package io.dealimpact.study.group;

import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;
import java.util.Arrays;

/**
 * The few numbers that must be kept one by one: day 0, a hash of the instrument, and the CAR of
 * each window, for Wilcoxon, the jackknife and clusters. Past the limit all are dropped and only
 * counted.
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
  private double[] cars;

  public EventValues(int windows, int limit) {
    this.windows = windows;
    this.limit = limit;
    cars = new double[16 * windows];
  }

  public void add(int day, long instrument, double[] carByWindow) {
    count++;
    if (isFull()) {
      drop();
      return;
    }
    int i = (int) count - 1;
    grow(i + 1);
    days[i] = day;
    instruments[i] = instrument;
    System.arraycopy(carByWindow, 0, cars, i * windows, windows);
  }

  void merge(EventValues other) {
    long before = count;
    count += other.count;
    if (isFull()) {
      drop();
      return;
    }
    grow((int) count);
    System.arraycopy(other.days, 0, days, (int) before, (int) other.count);
    System.arraycopy(other.instruments, 0, instruments, (int) before, (int) other.count);
    System.arraycopy(other.cars, 0, cars, (int) before * windows, (int) other.count * windows);
  }

  /** More events than the limit: nothing is kept. */
  boolean isFull() {
    return count > limit;
  }

  long count() {
    return count;
  }

  /** The finite CARs of a window, ascending. */
  double[] sorted(int window) {
    double[] values = new double[(int) count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      double car = cars[i * windows + window];
      if (Double.isFinite(car)) {
        values[n++] = car;
      }
    }
    values = Arrays.copyOf(values, n);
    Arrays.sort(values);
    return values;
  }

  int day(int i) {
    return days[i];
  }

  long instrument(int i) {
    return instruments[i];
  }

  double car(int i, int window) {
    return cars[i * windows + window];
  }

  /** In one order, so that the same events give the same bytes. */
  void write(StateWriter out) {
    out.putLong(count);
    if (isFull()) {
      return;
    }
    Integer[] order = new Integer[(int) count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, this::compare);
    for (int i : order) {
      out.putInt(days[i]);
      out.putLong(instruments[i]);
      for (int w = 0; w < windows; w++) {
        out.putDouble(car(i, w));
      }
    }
  }

  static EventValues read(StateReader in, int windows, int limit) {
    EventValues values = new EventValues(windows, limit);
    values.count = in.readLong();
    if (values.isFull()) {
      values.drop();
      return values;
    }
    values.grow((int) values.count);
    for (int i = 0; i < values.count; i++) {
      values.days[i] = in.readInt();
      values.instruments[i] = in.readLong();
      for (int w = 0; w < windows; w++) {
        values.cars[i * windows + w] = in.readDouble();
      }
    }
    return values;
  }

  private int compare(int a, int b) {
    int order = Integer.compare(days[a], days[b]);
    if (order == 0) {
      order = Long.compare(instruments[a], instruments[b]);
    }
    for (int w = 0; w < windows && order == 0; w++) {
      order = Double.compare(car(a, w), car(b, w));
    }
    return order;
  }

  private void grow(int size) {
    if (size > days.length) {
      int capacity = Math.max(size, days.length * 2);
      days = Arrays.copyOf(days, capacity);
      instruments = Arrays.copyOf(instruments, capacity);
      cars = Arrays.copyOf(cars, Math.multiplyExact(capacity, windows));
    }
  }

  private void drop() {
    days = new int[0];
    instruments = new long[0];
    cars = new double[0];
  }
}
