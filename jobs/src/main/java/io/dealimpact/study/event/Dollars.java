package io.dealimpact.study.event;

import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.numeric.StudentT;

/**
 * One window of one event in US dollars. With window [a, b], MV = shares × close of the last day of
 * trade before day a.
 *
 * <ul>
 *   <li>raw, close to close: shares × (close_b − close_before)
 *   <li>raw at the high: shares × (highest high of the window − close_before); at the open: shares
 *       × (open of day a − close_before), the window's first day of trade
 *   <li>abnormal: CAR × MV, interval MV × (CAR ± t_{df,(1+c)/2} S_CAR); of log returns (e^CAR − 1)
 *       × MV, and the interval's ends alike: dollars compound, and nobody loses more than MV
 * </ul>
 *
 * Raw changes are of closes without dividends, whatever price the returns are formed from. A number
 * is NaN where a price, the CAR or the deal's value it needs is missing.
 *
 * @param marketCapBeforeUsd MV
 * @param raw the change of the market value
 * @param abnormal CAR × MV, the CAR as a simple return, with its interval
 * @param gainPerDealUsd abnormal dollars for one dollar of a contract that pays the party
 * @param abnormalShareOfMarketCap abnormal dollars over MV: the CAR as a simple return, as a check
 * @param split the raw change in parts
 */
public record Dollars(
    double marketCapBeforeUsd,
    Raw raw,
    UsdInterval abnormal,
    double gainPerDealUsd,
    double abnormalShareOfMarketCap,
    DollarSplit split) {

  /**
   * The change of the market value, whatever the market did.
   *
   * @param closeUsd close to close
   * @param highUsd at the high
   * @param openUsd at the open
   */
  public record Raw(double closeUsd, double highUsd, double openUsd) {}

  /**
   * Values one window of one event.
   *
   * @param kind of the returns that the CAR sums
   * @param interval the quantiles of the interval's confidence, used for all events
   */
  public static Dollars of(
      PriceHistory prices,
      EventDay day,
      WindowResult result,
      DollarTerms terms,
      ReturnKind kind,
      StudentT interval) {
    int from = day.index() + result.window().start();
    int to = day.index() + result.window().end();
    int before = lastBarBefore(prices, day, result.window().start());
    double scale = scale(terms);
    double[] levels = prices.levels();
    double base = before < 0 ? Double.NaN : levels[before];
    double marketCap = scale * base;
    UsdInterval abnormal = UsdInterval.of(result.car(), margin(result, interval), marketCap, kind);
    boolean inside = before >= 0 && to < prices.size() && prices.isLinked(before, to);
    double raw = inside ? scale * (levels[to] - base) : Double.NaN;
    return new Dollars(
        marketCap,
        new Raw(
            raw,
            inside ? scale * (highest(prices, from, to) - base) : Double.NaN,
            inside ? scale * (firstOpen(prices, from, to) - base) : Double.NaN),
        abnormal,
        abnormal.usd() / terms.dealUsd(),
        abnormal.usd() / marketCap,
        DollarSplit.of(result, marketCap, raw, abnormal.usd(), kind, interval.confidence()));
  }

  /**
   * The market value at the last close before a relative day, USD; NaN where a price or the count
   * of shares is missing.
   */
  static double marketCapBefore(
      PriceHistory prices, EventDay day, int relativeDay, DollarTerms terms) {
    int before = lastBarBefore(prices, day, relativeDay);
    return before < 0 ? Double.NaN : scale(terms) * prices.levels()[before];
  }

  private static int lastBarBefore(PriceHistory prices, EventDay day, int relativeDay) {
    return day.index() < 0 ? -1 : prices.lastBarBefore(day.index() + relativeDay);
  }

  private static double scale(DollarTerms terms) {
    return terms.shares() * terms.usdPerUnit();
  }

  private static double margin(WindowResult result, StudentT interval) {
    return result.status() == StudyStatus.OK
        ? interval.quantile(result.df()) * result.carSe()
        : Double.NaN;
  }

  private static double highest(PriceHistory prices, int from, int to) {
    double highest = Double.NaN;
    for (int t = from; t <= to; t++) {
      if (!(prices.high()[t] <= highest) && !Double.isNaN(prices.high()[t])) {
        highest = prices.high()[t];
      }
    }
    return highest;
  }

  private static double firstOpen(PriceHistory prices, int from, int to) {
    for (int t = from; t <= to; t++) {
      if (prices.hasBar(t)) {
        return prices.open()[t];
      }
    }
    return Double.NaN;
  }
}
