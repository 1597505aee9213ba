package io.dealimpact.study.market;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * One instrument's daily prices, aligned to a {@link TradingCalendar}: NaN where it has no bar. On
 * one split basis, in the instrument's currency. A price that is not a positive finite number
 * counts as missing.
 *
 * @param open price at the open
 * @param high the day's highest price
 * @param low the day's lowest price
 * @param close the last price; a day with a close has a bar
 * @param adjustedClose the close less splits and dividends to come
 * @param refused indexes of days whose bar was delivered and is in quarantine
 * @param given returns that a feed gives; each counts before one that prices would give
 */
public record PriceHistory(
    double[] open,
    double[] high,
    double[] low,
    double[] close,
    double[] adjustedClose,
    Set<Integer> refused,
    DailyReturns given)
    implements Serializable {

  /** A history of which no bar was refused. */
  public PriceHistory(
      double[] open, double[] high, double[] low, double[] close, double[] adjustedClose) {
    this(open, high, low, close, adjustedClose, Set.of(), DailyReturns.NONE);
  }

  /**
   * Copies the arrays.
   *
   * @throws IllegalArgumentException if the arrays differ in length
   */
  public PriceHistory {
    int days = close.length;
    if (open.length != days
        || high.length != days
        || low.length != days
        || adjustedClose.length != days) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "price arrays differ in length: open %d, high %d, low %d, close %d, adjusted close %d",
              open.length,
              high.length,
              low.length,
              days,
              adjustedClose.length));
    }
    if (!given.isEmpty() && given.level().length != days) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "the returns have %d days, the prices %d", given.level().length, days));
    }
    refused = Set.copyOf(refused);
    open = positive(open);
    high = positive(high);
    low = positive(low);
    close = positive(close);
    adjustedClose = positive(adjustedClose);
  }

  /** A history of which only closes are known. */
  public static PriceHistory ofCloses(double[] close) {
    double[] none = new double[close.length];
    Arrays.fill(none, Double.NaN);
    return new PriceHistory(none, none, none, close, close);
  }

  /** The same with adjusted closes; where there is not one, the closes stand for them. */
  public static PriceHistory ofCloses(double[] close, double[] adjustedClose) {
    PriceHistory closes = ofCloses(close);
    return Arrays.stream(adjustedClose).allMatch(Double::isNaN)
        ? closes
        : new PriceHistory(closes.open, closes.high, closes.low, close, adjustedClose);
  }

  /** The same with returns that a feed gives. */
  public PriceHistory withReturns(DailyReturns returns) {
    return new PriceHistory(open, high, low, close, adjustedClose, refused, returns);
  }

  /** Number of days of the calendar. */
  public int size() {
    return close.length;
  }

  /** Whether the instrument traded on a day of the calendar. */
  public boolean hasBar(int index) {
    return !Double.isNaN(close[index]) || given.has(index);
  }

  /** Whether any close is known. */
  public boolean hasCloses() {
    return Arrays.stream(close).anyMatch(p -> !Double.isNaN(p));
  }

  /** Whether returns can be formed that way: there are prices of the kind, or returns. */
  public boolean has(PriceKind kind) {
    return Arrays.stream(prices(kind)).anyMatch(p -> !Double.isNaN(p))
        || Arrays.stream(given.of(kind)).anyMatch(r -> !Double.isNaN(r));
  }

  /**
   * What the value of a share moves with: its close, or where no close is known the level of the
   * given returns.
   */
  public double[] levels() {
    return given.isEmpty() || hasCloses() ? close : given.level();
  }

  /** Whether {@link #levels} say what a holder gained between two days. */
  public boolean isLinked(int from, int to) {
    return given.isEmpty() || hasCloses() || given.isLinked(from, to);
  }

  /** The day from whose close the return of a day starts: the last bar, unless it is given. */
  public int startOf(int index) {
    return hasOwnReturn(index) ? index - 1 : lastBarBefore(index);
  }

  /** Whether the return of a day is given, and no price stands beside it. */
  public boolean hasOwnReturn(int index) {
    return given.has(index) && Double.isNaN(close[index]);
  }

  /** Whether the instrument's bar of a day was delivered and is in quarantine. */
  public boolean isRefused(int index) {
    return refused.contains(index) && !hasBar(index);
  }

  /** Index of the first bar; −1 if there is none. */
  public int firstBar() {
    for (int i = 0; i < close.length; i++) {
      if (hasBar(i)) {
        return i;
      }
    }
    return -1;
  }

  /** Index of the last bar; −1 if there is none. */
  public int lastBar() {
    return lastBarBefore(close.length);
  }

  /** Index of the last bar before a day; −1 if there is none. */
  public int lastBarBefore(int index) {
    for (int i = Math.min(index, close.length) - 1; i >= 0; i--) {
      if (hasBar(i)) {
        return i;
      }
    }
    return -1;
  }

  /** The prices of a kind. */
  public double[] prices(PriceKind kind) {
    return switch (kind) {
      case CLOSE -> close;
      case ADJUSTED_CLOSE -> adjustedClose;
    };
  }

  /**
   * Daily returns: day t's is given, or needs the prices of t and t − 1, else it is NaN.
   *
   * @return fractions, one for each day of the calendar
   */
  public double[] returns(PriceKind price, ReturnKind kind) {
    double[] prices = prices(price);
    double[] returns = new double[prices.length];
    Arrays.fill(returns, Double.NaN);
    for (int t = 0; t < prices.length; t++) {
      double simple = given.of(price, t);
      if (!Double.isNaN(simple)) {
        returns[t] = kind.ofSimple(simple);
      } else if (t > 0) {
        returns[t] = kind.between(prices[t - 1], prices[t]);
      }
    }
    return returns;
  }

  private static double[] positive(double[] prices) {
    double[] clean = prices.clone();
    for (int i = 0; i < clean.length; i++) {
      if (!(clean[i] > 0 && clean[i] < Double.POSITIVE_INFINITY)) {
        clean[i] = Double.NaN;
      }
    }
    return clean;
  }
}
