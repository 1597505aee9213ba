package io.dealimpact.study.group;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.event.Residuals;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.ExactSum;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Sums by trading day of the market: residuals for r̄ in calendar time, and for each window the
 * portfolio of the events that are in it. Day 0 is found in the spec's trading days; an event of
 * another day is not counted here.
 */
final class CalendarSums {
  private final int[] tradingDays;
  private long events;
  private long correlated;
  private final TreeMap<Integer, Cell> residuals = new TreeMap<>();
  private final List<TreeMap<Integer, Cell>> portfolios = new ArrayList<>();

  CalendarSums(int[] tradingDays, int windows) {
    this.tradingDays = tradingDays;
    for (int w = 0; w < windows; w++) {
      portfolios.add(new TreeMap<>());
    }
  }

  void add(EventSample event, double[] scaled, GroupSpec spec) {
    int day0 = Arrays.binarySearch(tradingDays, event.eventEpochDay());
    if (day0 < 0) {
      return;
    }
    events++;
    correlated += scaled.length > 0 ? 1 : 0;
    for (int t = 0; t < scaled.length; t++) {
      if (!Double.isNaN(scaled[t])) {
        cell(residuals, day0 + spec.estimationAxis().start() + t).add(scaled[t], Double.NaN);
      }
    }
    for (int w = 0; w < portfolios.size(); w++) {
      EventWindow window = spec.windows().get(w);
      for (int day = window.start(); day <= window.end(); day++) {
        int t = day - event.eventStart();
        if (t >= 0
            && t < event.abnormalReturns().length
            && Double.isFinite(event.abnormalReturns()[t])) {
          double sar =
              event.sigma() > Residuals.LEAST_SIGMA
                  ? event.standardizedAbnormalReturn(day)
                  : Double.NaN;
          cell(portfolios.get(w), day0 + day).add(event.abnormalReturns()[t], sar);
        }
      }
    }
  }

  void merge(CalendarSums other) {
    events += other.events;
    correlated += other.correlated;
    merge(residuals, other.residuals);
    for (int w = 0; w < portfolios.size(); w++) {
      merge(portfolios.get(w), other.portfolios.get(w));
    }
  }

  /** Events whose day 0 is a trading day. */
  long events() {
    return events;
  }

  /** r̄ by calendar day. */
  double meanCorrelation() {
    return MeanCorrelation.byCalendarDay(residuals, correlated);
  }

  /** The window's portfolio by trading day. */
  NavigableMap<Integer, Cell> portfolio(int window) {
    return portfolios.get(window);
  }

  void write(StateWriter out) {
    out.putLong(events);
    out.putLong(correlated);
    write(out, residuals);
    for (TreeMap<Integer, Cell> portfolio : portfolios) {
      write(out, portfolio);
    }
  }

  void read(StateReader in) {
    events = in.readLong();
    correlated = in.readLong();
    read(in, residuals);
    for (TreeMap<Integer, Cell> portfolio : portfolios) {
      read(in, portfolio);
    }
  }

  private static Cell cell(NavigableMap<Integer, Cell> cells, int day) {
    return cells.computeIfAbsent(day, d -> new Cell());
  }

  private static void merge(NavigableMap<Integer, Cell> into, NavigableMap<Integer, Cell> from) {
    from.forEach((day, cell) -> cell(into, day).merge(cell));
  }

  private static void write(StateWriter out, NavigableMap<Integer, Cell> cells) {
    out.putInt(cells.size());
    cells.forEach(
        (day, cell) -> {
          out.putInt(day);
          cell.write(out);
        });
  }

  private static void read(StateReader in, NavigableMap<Integer, Cell> cells) {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      int day = in.readInt();
      cells.put(day, Cell.read(in));
    }
  }

  /** One trading day. */
  static final class Cell {
    private long count;
    private ExactSum sum = new ExactSum();
    private long standardizedCount;
    private ExactSum standardized = new ExactSum();

    private void add(double x, double itsStandardized) {
      count++;
      sum.add(x);
      if (Double.isFinite(itsStandardized)) {
        standardizedCount++;
        standardized.add(itsStandardized);
      }
    }

    private void merge(Cell other) {
      count += other.count;
      sum.merge(other.sum);
      standardizedCount += other.standardizedCount;
      standardized.merge(other.standardized);
    }

    long count() {
      return count;
    }

    double sum() {
      return sum.value();
    }

    double mean() {
      return sum.value() / count;
    }

    long standardizedCount() {
      return standardizedCount;
    }

    /** Σ SAR/√n: unit variance under the null. */
    double standardized() {
      return standardized.value() / Math.sqrt((double) standardizedCount);
    }

    private void write(StateWriter out) {
      out.putLong(count);
      sum.write(out);
      out.putLong(standardizedCount);
      standardized.write(out);
    }

    private static Cell read(StateReader in) {
      Cell cell = new Cell();
      cell.count = in.readLong();
      cell.sum = ExactSum.read(in);
      cell.standardizedCount = in.readLong();
      cell.standardized = ExactSum.read(in);
      return cell;
    }
  }
}
