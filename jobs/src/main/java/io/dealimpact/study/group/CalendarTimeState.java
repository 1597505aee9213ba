package io.dealimpact.study.group;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.event.Residuals;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.FixedPointSums;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sums by trading day of the market: residuals for r̄ in calendar time, and for each window the
 * portfolio of the events that are in it. Day 0 is found in the spec's trading days; an event of
 * another day is not counted here. The sums are exact on the grid of {@link FixedPointSums}.
 */
final class CalendarTimeState {
  private final int[] tradingDays;
  private long events;
  private long correlated;
  private final DayTable residuals = new DayTable();
  private final List<DayTable> portfolios = new ArrayList<>();

  CalendarTimeState(int[] tradingDays, int windows) {
    this.tradingDays = tradingDays;
    for (int w = 0; w < windows; w++) {
      portfolios.add(new DayTable());
    }
  }

  void add(
      EventSample event, EventDays days, double[] scaled, GroupSpec spec, Set<StatePart> parts) {
    int day0 = Arrays.binarySearch(tradingDays, event.key().epochDay());
    if (day0 < 0) {
      return;
    }
    events++;
    correlated += scaled.length > 0 ? 1 : 0;
    if (parts.contains(StatePart.CALENDAR_CORRELATION)) {
      addResiduals(day0 + spec.estimationAxis().start(), scaled);
    }
    if (parts.contains(StatePart.PORTFOLIOS)) {
      addReturns(day0, event, days, spec);
    }
  }

  private void addResiduals(int first, double[] scaled) {
    for (int t = 0; t < scaled.length; t++) {
      if (!Double.isNaN(scaled[t])) {
        residuals.add(first + t, scaled[t], Double.NaN);
      }
    }
  }

  private void addReturns(int day0, EventSample event, EventDays days, GroupSpec spec) {
    for (int w = 0; w < portfolios.size(); w++) {
      EventWindow window = spec.windows().get(w);
      for (int day = window.start(); day <= window.end(); day++) {
        int t = day - event.returns().start();
        if (t >= 0
            && t < event.returns().abnormal().length
            && Double.isFinite(event.returns().abnormal()[t])) {
          double sar =
              event.estimation().sigma() > Residuals.LEAST_SIGMA
                  ? days.standardized(day)
                  : Double.NaN;
          portfolios.get(w).add(day0 + day, event.returns().abnormal()[t], sar);
        }
      }
    }
  }

  void merge(CalendarTimeState other) {
    events += other.events;
    correlated += other.correlated;
    residuals.merge(other.residuals);
    for (int w = 0; w < portfolios.size(); w++) {
      portfolios.get(w).merge(other.portfolios.get(w));
    }
  }

  /** Events whose day 0 is a trading day. */
  long events() {
    return events;
  }

  /** r̄ by calendar day. */
  double meanCorrelation() {
    return MeanCorrelation.byCalendarDay(residuals.cells(), correlated);
  }

  /** The window's portfolio by trading day. */
  NavigableMap<Integer, Cell> portfolio(int window) {
    return portfolios.get(window).cells();
  }

  void write(StateWriter out) {
    out.putLong(events);
    out.putLong(correlated);
    residuals.write(out);
    for (DayTable portfolio : portfolios) {
      portfolio.write(out);
    }
  }

  void read(StateReader in) {
    events = in.readLong();
    correlated = in.readLong();
    residuals.read(in);
    for (DayTable portfolio : portfolios) {
      portfolio.read(in);
    }
  }

  /**
   * One trading day.
   *
   * @param count returns of that day
   * @param sum their sum; NaN if one was out of range
   * @param standardizedCount those that have a standardised return
   * @param standardizedSum the sum of these
   */
  record Cell(long count, double sum, long standardizedCount, double standardizedSum) {
    double mean() {
      return sum / count;
    }

    /** Σ SAR/√n: unit variance under the null. */
    double standardized() {
      return standardizedSum / Math.sqrt((double) standardizedCount);
    }
  }

  /** Sums by trading day, in pages that are made when a day of theirs is first met. */
  private static final class DayTable {
    private static final int PAGE = 128;
    private final TreeMap<Integer, Page> pages = new TreeMap<>();

    /** The page met last: days come one after the other. */
    private Page last;

    private int lastNumber = Integer.MIN_VALUE;

    void add(int day, double x, double itsStandardized) {
      Page page = page(Math.floorDiv(day, PAGE));
      int i = Math.floorMod(day, PAGE);
      page.count[i]++;
      page.sums.add(i, x);
      if (Double.isFinite(itsStandardized)) {
        page.standardizedCount[i]++;
        page.standardized.add(i, itsStandardized);
      }
    }

    private Page page(int number) {
      if (number != lastNumber) {
        last = pages.computeIfAbsent(number, n -> Page.empty());
        lastNumber = number;
      }
      return last;
    }

    void merge(DayTable other) {
      other.pages.forEach(
          (number, page) -> {
            Page own = pages.get(number);
            if (own == null) {
              pages.put(number, page.copy());
            } else {
              own.merge(page);
            }
          });
    }

    NavigableMap<Integer, Cell> cells() {
      TreeMap<Integer, Cell> cells = new TreeMap<>();
      pages.forEach(
          (number, page) -> {
            for (int i = 0; i < PAGE; i++) {
              if (page.count[i] > 0) {
                cells.put(number * PAGE + i, page.cell(i));
              }
            }
          });
      return cells;
    }

    void write(StateWriter out) {
      out.putInt(pages.size());
      pages.forEach(
          (number, page) -> {
            out.putInt(number);
            page.write(out);
          });
    }

    void read(StateReader in) {
      int size = in.readInt();
      for (int i = 0; i < size; i++) {
        int number = in.readInt();
        pages.put(number, Page.read(in));
      }
    }
  }

  /**
   * The sums of successive days.
   *
   * @param count returns of each day
   * @param standardizedCount those that have a standardised return
   */
  private record Page(
      long[] count, long[] standardizedCount, FixedPointSums sums, FixedPointSums standardized) {
    static Page empty() {
      return new Page(
          new long[DayTable.PAGE],
          new long[DayTable.PAGE],
          new FixedPointSums(DayTable.PAGE),
          new FixedPointSums(DayTable.PAGE));
    }

    Page copy() {
      return new Page(count.clone(), standardizedCount.clone(), sums.copy(), standardized.copy());
    }

    Cell cell(int i) {
      return new Cell(count[i], value(sums, i), standardizedCount[i], value(standardized, i));
    }

    private static double value(FixedPointSums sums, int i) {
      return sums.isOutOfRange() ? Double.NaN : sums.value(i);
    }

    void merge(Page other) {
      for (int i = 0; i < count.length; i++) {
        count[i] += other.count[i];
        standardizedCount[i] += other.standardizedCount[i];
      }
      sums.merge(other.sums);
      standardized.merge(other.standardized);
    }

    void write(StateWriter out) {
      out.putLongs(count);
      out.putLongs(standardizedCount);
      sums.write(out);
      standardized.write(out);
    }

    static Page read(StateReader in) {
      return new Page(
          in.readLongs(), in.readLongs(), FixedPointSums.read(in), FixedPointSums.read(in));
    }
  }
}
