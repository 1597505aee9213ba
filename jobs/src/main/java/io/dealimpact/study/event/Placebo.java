package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.model.ModelSeries;
import java.util.Arrays;

/**
 * |CAR| of an instrument's non-event days: same model, same window, each day refitted on its own
 * estimation window. An event is ranked among the days before it, so that its rank does not change
 * with later data.
 *
 * <p>The values of days in a row are kept in sorted blocks of 1, 2, 4, … days (a merge sort that
 * keeps its steps): those of the first n days are a few blocks, and how many of them reach a value
 * takes O(log² days), for events in any order.
 */
final class Placebo {
  private final EventWindow window;

  /** The non-event days, ascending. */
  private final int[] days;

  /** [level][day]: blocks of 2^level days, each ascending. */
  private final double[][] sorted;

  /**
   * Measures every day whose window lies within the calendar, holds a return on every day, does not
   * overlap the same window of one of the events, and whose estimation window suffices.
   *
   * @param fits the coefficients before each day; null without a fit
   * @param window the days of the CARs
   * @param eventDays day 0 of all events, ascending
   */
  Placebo(ModelSeries series, double[][] fits, EventWindow window, int[] eventDays) {
    this.window = window;
    int[] found = new int[fits.length];
    double[] absolute = new double[fits.length];
    int n = 0;
    int next = 0;
    for (int day = 0; day < fits.length; day++) {
      // The first event whose window does not end before that of the day.
      while (next < eventDays.length && eventDays[next] <= day - window.length()) {
        next++;
      }
      boolean overlaps = next < eventDays.length && eventDays[next] < day + window.length();
      if (fits[day] == null || overlaps) {
        continue;
      }
      double car = car(series, fits[day], day, window);
      if (!Double.isNaN(car)) {
        found[n] = day;
        absolute[n++] = Math.abs(car);
      }
    }
    days = Arrays.copyOf(found, n);
    sorted = blocks(Arrays.copyOf(absolute, n));
  }

  private static double[][] blocks(double[] values) {
    int levels = 1;
    while (1 << (levels - 1) < values.length) {
      levels++;
    }
    double[][] blocks = new double[levels][];
    blocks[0] = values;
    for (int level = 1; level < levels; level++) {
      int half = 1 << (level - 1);
      double[] merged = new double[values.length];
      for (int from = 0; from < values.length; from += 2 * half) {
        int middle = Math.min(from + half, values.length);
        int end = Math.min(from + 2 * half, values.length);
        merge(blocks[level - 1], from, middle, end, merged);
      }
      blocks[level] = merged;
    }
    return blocks;
  }

  private static void merge(double[] values, int from, int middle, int end, double[] merged) {
    int left = from;
    int right = middle;
    for (int at = from; at < end; at++) {
      boolean takeLeft = right == end || (left < middle && values[left] <= values[right]);
      merged[at] = takeLeft ? values[left++] : values[right++];
    }
  }

  /**
   * How many days an event is ranked among: those whose window ends before a day.
   *
   * @param first the first day of the event's windows
   */
  int before(int first) {
    int at = Arrays.binarySearch(days, first - window.end());
    return at >= 0 ? at : -1 - at;
  }

  /** (1 + #{|CAR of a day| ≥ |car|}) / (1 + n) over the first n days. */
  double p(double car, int n) {
    double value = Math.abs(car);
    int atLeast = 0;
    int from = 0;
    for (int level = sorted.length - 1; level >= 0; level--) {
      int size = 1 << level;
      if ((n & size) != 0) {
        atLeast += atLeast(sorted[level], from, from + size, value);
        from += size;
      }
    }
    return (1.0 + atLeast) / (1.0 + n);
  }

  private static int atLeast(double[] values, int from, int to, double value) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values[middle] >= value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return to - low;
  }

  private static double car(ModelSeries series, double[] b, int day, EventWindow window) {
    int from = day + window.start();
    int to = day + window.end();
    if (from < 0 || to >= series.days()) {
      return Double.NaN;
    }
    double car = 0;
    for (int t = from; t <= to; t++) {
      car += series.abnormal(t, b);
    }
    return car;
  }
}
