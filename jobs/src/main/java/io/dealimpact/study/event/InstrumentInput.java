package io.dealimpact.study.event;

import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.PriceHistory;
import java.util.List;

/**
 * All that is known of one instrument.
 *
 * @param prices aligned to the calendar
 * @param marketCapUsd value at each day's close, USD, aligned to the calendar; NaN where unknown
 * @param usdPerUnit USD for one unit of its currency, aligned likewise
 * @param volumeShares shares traded each day, split-adjusted, aligned likewise
 * @param events in the order of their ids
 * @param earnings in the order of their days
 * @param sector name of what stands for its sector; null where nothing does
 */
public record InstrumentInput(
    PriceHistory prices,
    double[] marketCapUsd,
    double[] usdPerUnit,
    double[] volumeShares,
    List<EventInput> events,
    List<EarningsReport> earnings,
    String sector) {

  /**
   * An earnings report.
   *
   * @param epochDay its day, since 1970-01-01
   * @param announcement its instant, or its day
   */
  public record EarningsReport(int epochDay, Announcement announcement) {}

  /** Shares outstanding of a day: the market value over the close in USD; NaN where unknown. */
  double shares(int day) {
    return marketCapUsd[day] / (prices.close()[day] * usdPerUnit[day]);
  }

  /** Units of what the value moves with: shares, or the market value over the returns' level. */
  private double units(int day) {
    return marketCapUsd[day] / (prices.levels()[day] * usdPerUnit[day]);
  }

  /** What turns an event's returns into dollars, as known at the last trade before day 0. */
  DollarTerms terms(EventInput event, EventDay day) {
    int before = day.lastTrade();
    double contract = event.party().isPaid() ? event.party().dealUsd() : Double.NaN;
    return before < 0
        ? new DollarTerms(Double.NaN, Double.NaN, contract)
        : new DollarTerms(units(before), usdPerUnit[before], contract);
  }
}
