package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.TradingCalendar;
import java.util.Arrays;

/**
 * The days on which an instrument counts among the peers of its sector: not about its own events. A
 * day lies about an event if it is within the study's windows of the announcement, in calendar days
 * and with a week to spare, so that after-hours news and holidays make no difference.
 */
public final class PeerDays {
  private static final int SPARE = 7;

  private PeerDays() {}

  /** Calendar days about an announcement on which its instruments are no peers. */
  public static EventWindow about(StudyPlan plan) {
    EventWindow hull = plan.hull();
    return new EventWindow(
        Math.min(0, hull.start()) * 7 / 5 - SPARE, Math.max(0, hull.end()) * 7 / 5 + SPARE);
  }

  /** Returns of the instrument, NaN on days about its own events. */
  public static double[] outsideOwnEvents(
      InstrumentInput instrument, TradingCalendar calendar, StudyPlan plan) {
    double[] returns = instrument.prices().returns(plan.price(), plan.returns());
    EventWindow about = about(plan);
    for (EventInput event : instrument.events()) {
      int first = event.announcedEpochDay() + about.start();
      int last = event.announcedEpochDay() + about.end();
      int from = Arrays.binarySearch(calendar.epochDays(), first);
      for (int t = from < 0 ? -1 - from : from;
          t < calendar.size() && calendar.epochDay(t) <= last;
          t++) {
        returns[t] = Double.NaN;
      }
    }
    return returns;
  }

  /** Market values of the day before, USD. */
  public static double[] weights(InstrumentInput instrument) {
    double[] weights = new double[instrument.marketCapUsd().length];
    for (int t = 0; t < weights.length; t++) {
      weights[t] = t == 0 ? Double.NaN : instrument.marketCapUsd()[t - 1];
    }
    return weights;
  }
}
