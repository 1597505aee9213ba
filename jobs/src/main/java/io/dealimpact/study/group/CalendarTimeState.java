package io.dealimpact.study.group;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.event.Residuals;
import io.dealimpact.study.market.EventWindow;
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
 * another day is not counted here. The sums are exact on the grid of {@link DaySums}.
 */
final class CalendarTimeState {
  private final int[] tradingDays;
  private long events;
  private long correlated;
  private DaySums residuals = new DaySums();

  /** AR_t of each window. */
  private final List<DaySums> returns = new ArrayList<>();

  /** SAR_t of each window. */
  private final List<DaySums> standardized = new ArrayList<>();

  CalendarTimeState(int[] tradingDays, int windows) {
    this.tradingDays = tradingDays;
    for (int w = 0; w < windows; w++) {
      returns.add(new DaySums());
      standardized.add(new DaySums());
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
        residuals.add(first + t, scaled[t]);
      }
    }
  }

  private void addReturns(int day0, EventSample event, EventDays days, GroupSpec spec) {
    for (int w = 0; w < returns.size(); w++) {
      EventWindow window = spec.windows().get(w);
      for (int day = window.start(); day <= window.end(); day++) {
        int t = day - event.returns().start();
        if (t >= 0
            && t < event.returns().abnormal().length
            && Double.isFinite(event.returns().abnormal()[t])) {
          returns.get(w).add(day0 + day, event.returns().abnormal()[t]);
          double sar = days.standardized(day);
          if (event.estimation().sigma() > Residuals.LEAST_SIGMA && Double.isFinite(sar)) {
            standardized.get(w).add(day0 + day, sar);
          }
        }
      }
    }
  }

  void merge(CalendarTimeState other) {
    events += other.events;
    correlated += other.correlated;
    residuals.merge(other.residuals);
    for (int w = 0; w < returns.size(); w++) {
      returns.get(w).merge(other.returns.get(w));
      standardized.get(w).merge(other.standardized.get(w));
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
    TreeMap<Integer, Cell> cells = new TreeMap<>();
    returns.get(window).forEach((day, count, sum) -> cells.put(day, new Cell(count, sum, 0, 0)));
    standardized
        .get(window)
        .forEach(
            (day, count, sum) ->
                cells.computeIfPresent(day, (d, cell) -> cell.withStandardized(count, sum)));
    return cells;
  }

  void write(StateWriter out) {
    out.putLong(events);
    out.putLong(correlated);
    residuals.write(out);
    returns.forEach(sums -> sums.write(out));
    standardized.forEach(sums -> sums.write(out));
  }

  void read(StateReader in) {
    events = in.readLong();
    correlated = in.readLong();
    residuals = DaySums.read(in);
    returns.replaceAll(sums -> DaySums.read(in));
    standardized.replaceAll(sums -> DaySums.read(in));
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
    Cell withStandardized(long itsCount, double itsSum) {
      return new Cell(count, sum, itsCount, itsSum);
    }

    double mean() {
      return sum / count;
    }

    /** Σ SAR/√n: unit variance under the null. */
    double standardized() {
      return standardizedSum / Math.sqrt((double) standardizedCount);
    }
  }
}
