package io.dealimpact.study.group;

import io.dealimpact.study.numeric.FixedPointSums;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;
import java.util.Arrays;

/**
 * Exact sums by trading day, in {@value #PAGE} days at a time: 20 bytes a day, of the stretches of
 * days alone that have a number. Sums of the same numbers are the same, and so are their bytes, in
 * whichever order they came.
 */
final class DaySums {
  /** Days that come together. An event has its windows' days next to each other. */
  private static final int PAGE = 16;

  /** Pages that there is room for at least. */
  private static final int FEWEST = 4;

  /** Pages that have a number, ascending, {@link #pages} of them. */
  private int[] numbers = new int[FEWEST];

  /** Where each page lies in {@link #counts} and {@link #sums}, in pages. */
  private int[] places = new int[FEWEST];

  private int pages;
  private int[] counts = new int[FEWEST * PAGE];
  private FixedPointSums sums = new FixedPointSums(FEWEST * PAGE);

  /** The page met last: days come one after the other. */
  private int last = Integer.MIN_VALUE;

  private int lastPlace;

  /** What is done with each day. */
  interface EachDay {
    /**
     * A day with a number.
     *
     * @param count of its numbers
     * @param sum of them; NaN where one was out of range
     */
    void take(int day, int count, double sum);
  }

  /**
   * Adds a number.
   *
   * @param day counted from any day on, negative before it
   * @throws ArithmeticException beyond 2³¹ numbers of one day
   */
  void add(int day, double x) {
    int i = place(Math.floorDiv(day, PAGE)) * PAGE + Math.floorMod(day, PAGE);
    counts[i] = Math.incrementExact(counts[i]);
    sums.add(i, x);
  }

  private int place(int number) {
    if (number != last) {
      int at = Arrays.binarySearch(numbers, 0, pages, number);
      lastPlace = at >= 0 ? places[at] : added(-1 - at, number);
      last = number;
    }
    return lastPlace;
  }

  private int added(int at, int number) {
    if (pages == numbers.length) {
      int room = Math.max(FEWEST, pages + pages / 2);
      numbers = Arrays.copyOf(numbers, room);
      places = Arrays.copyOf(places, room);
      counts = Arrays.copyOf(counts, room * PAGE);
      sums = sums.copyOf(room * PAGE);
    }
    System.arraycopy(numbers, at, numbers, at + 1, pages - at);
    System.arraycopy(places, at, places, at + 1, pages - at);
    numbers[at] = number;
    places[at] = pages;
    return pages++;
  }

  void merge(DaySums other) {
    if (pages == 0) {
      take(other.ordered());
      return;
    }
    for (int page = 0; page < other.pages; page++) {
      int own = place(other.numbers[page]) * PAGE;
      int from = other.places[page] * PAGE;
      for (int i = 0; i < PAGE; i++) {
        counts[own + i] = Math.addExact(counts[own + i], other.counts[from + i]);
      }
      sums.merge(own, other.sums, from, PAGE);
    }
    sums.takeRange(other.sums);
  }

  private void take(DaySums other) {
    numbers = other.numbers;
    places = other.places;
    pages = other.pages;
    counts = other.counts;
    sums = other.sums;
    last = Integer.MIN_VALUE;
  }

  /** The same in arrays of their own, without room to spare, the pages in their order. */
  private DaySums ordered() {
    DaySums ordered = new DaySums();
    ordered.numbers = Arrays.copyOf(numbers, pages);
    ordered.pages = pages;
    ordered.places = new int[pages];
    Arrays.setAll(ordered.places, page -> page);
    if (Arrays.equals(places, 0, pages, ordered.places, 0, pages)) {
      ordered.counts = Arrays.copyOf(counts, pages * PAGE);
      ordered.sums = sums.copyOf(pages * PAGE);
      return ordered;
    }
    ordered.counts = new int[pages * PAGE];
    ordered.sums = new FixedPointSums(pages * PAGE);
    for (int page = 0; page < pages; page++) {
      int from = places[page] * PAGE;
      System.arraycopy(counts, from, ordered.counts, page * PAGE, PAGE);
      ordered.sums.merge(page * PAGE, sums, from, PAGE);
    }
    ordered.sums.takeRange(sums);
    return ordered;
  }

  /** Days with a number, ascending. */
  void forEach(EachDay each) {
    for (int page = 0; page < pages; page++) {
      for (int i = 0; i < PAGE; i++) {
        int at = places[page] * PAGE + i;
        if (counts[at] > 0) {
          each.take(
              numbers[page] * PAGE + i,
              counts[at],
              sums.isOutOfRange() ? Double.NaN : sums.value(at));
        }
      }
    }
  }

  /** How many numbers were added. */
  long count() {
    return Arrays.stream(counts).asLongStream().sum();
  }

  /** Σ over days of the square of a day's sum; NaN where one was out of range. */
  double sumOfSquares() {
    double[] squares = {0};
    forEach((day, count, sum) -> squares[0] += sum * sum);
    return squares[0];
  }

  void write(StateWriter out) {
    DaySums ordered = ordered();
    out.putInts(ordered.numbers);
    out.putInts(ordered.counts);
    ordered.sums.write(out);
  }

  static DaySums read(StateReader in) {
    DaySums read = new DaySums();
    read.numbers = in.readInts();
    read.pages = read.numbers.length;
    read.places = new int[read.pages];
    Arrays.setAll(read.places, page -> page);
    read.counts = in.readInts();
    read.sums = FixedPointSums.read(in);
    return read;
  }
}
