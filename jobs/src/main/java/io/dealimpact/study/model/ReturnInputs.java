package io.dealimpact.study.model;

import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.SectorSeries;
import io.dealimpact.study.numeric.Vectors;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * The returns a model is made of, between any two days of the calendar: over a halt, the stock's
 * return spans it and everything else is compounded over the same days.
 */
public final class ReturnInputs {
  private static final String MARKET_EXCESS = "mkt_rf";
  private static final String RISK_FREE = "rf";

  private final double[] prices;

  /** Returns that are given, of the kind; empty where none is. */
  private final double[] given;

  private final ReturnKind kind;
  private final MarketData market;
  private final Optional<SectorSeries> sector;
  private final double[] absent;
  private final double[] zeros;
  private final double[] ones;
  private final double[] daily;
  private final int[] lastTrades;

  /**
   * @throws IllegalArgumentException if prices and benchmark differ in length
   */
  public ReturnInputs(double[] prices, ReturnKind kind, MarketData market) {
    this(prices, new double[0], kind, market, Optional.empty());
  }

  /**
   * Returns of a history, with the instrument's sector.
   *
   * @throws IllegalArgumentException if prices and benchmark differ in length
   */
  public ReturnInputs(
      PriceHistory history,
      PriceKind price,
      ReturnKind kind,
      MarketData market,
      Optional<SectorSeries> sector) {
    this(
        history.prices(price),
        Arrays.stream(history.given().of(price)).map(kind::ofSimple).toArray(),
        kind,
        market,
        sector);
  }

  private ReturnInputs(
      double[] prices,
      double[] given,
      ReturnKind kind,
      MarketData market,
      Optional<SectorSeries> sector) {
    if (prices.length != market.benchmark().length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the instrument has %d days, the benchmark %d",
              prices.length,
              market.benchmark().length));
    }
    this.prices = prices;
    this.given = given;
    this.kind = kind;
    this.market = market;
    this.sector = sector;
    int days = prices.length;
    absent = Vectors.missing(days);
    zeros = new double[days];
    ones = new double[days];
    Arrays.fill(ones, 1);
    daily = new double[days];
    Arrays.setAll(daily, t -> stock(t - 1, t));
    lastTrades = new int[days];
    for (int t = 0; t < days; t++) {
      boolean isBefore = isGiven(t) || (t > 0 && !Double.isNaN(prices[t - 1]));
      lastTrades[t] = isBefore || t == 0 ? t - 1 : lastTrades[t - 1];
    }
  }

  int days() {
    return prices.length;
  }

  /** The instrument's return of each day from the day before. */
  double[] daily() {
    return daily;
  }

  /** The returns of the instrument's sector; empty where it has none. */
  public Optional<SectorSeries> sector() {
    return sector;
  }

  /** A series without a value on any day. */
  double[] absent() {
    return absent;
  }

  /** 0 on every day. */
  double[] zeros() {
    return zeros;
  }

  /** 1 on every day. */
  double[] ones() {
    return ones;
  }

  public MarketData market() {
    return market;
  }

  /**
   * The instrument's return from the close of one day to that of another; NaN where a price is
   * missing, and beyond 1e100, whose square would overflow.
   */
  double stock(int from, int to) {
    double value = raw(from, to);
    return Math.abs(value) < 1e100 ? value : Double.NaN;
  }

  /** A day's return as it is given; of several days by prices, else by the returns given. */
  private double raw(int from, int to) {
    if (to - from == 1 && isGiven(to)) {
      return given[to];
    }
    double value = from < 0 ? Double.NaN : kind.between(prices[from], prices[to]);
    return Double.isNaN(value) && given.length > 0 ? compounded(given, from, to) : value;
  }

  private boolean isGiven(int day) {
    return given.length > 0 && !Double.isNaN(given[day]);
  }

  /**
   * A factor's series as returns of the study's kind; all NaN where the market data have none of
   * that name. Factors are published as simple returns. In a study of log returns the riskless
   * return is ln(1 + rf), the market's ln(1 + mkt_rf + rf), and its excess over the riskless one
   * the difference of the two, as the instrument's excess is. A day without rf has an excess of
   * ln(1 + mkt_rf). The others are differences between portfolios, whose own returns are not
   * published: they stay as they are.
   */
  double[] factor(String name) {
    double[] published = market.factors().getOrDefault(name, absent);
    return switch (name) {
      case FactorModel.MARKET -> market((total, riskFree) -> kind.ofSimple(total + riskFree));
      case MARKET_EXCESS ->
          kind == ReturnKind.SIMPLE
              ? published
              : market(
                  (excess, riskFree) -> {
                    double safe = Double.isNaN(riskFree) ? 0 : riskFree;
                    return kind.ofSimple(excess + safe) - kind.ofSimple(safe);
                  });
      case RISK_FREE ->
          kind == ReturnKind.SIMPLE
              ? published
              : Arrays.stream(published).map(kind::ofSimple).toArray();
      default -> published;
    };
  }

  /** Made of the market's excess return and the riskless one, day by day. */
  private double[] market(DoubleBinaryOperator made) {
    double[] excess = market.factors().getOrDefault(MARKET_EXCESS, absent);
    double[] riskFree = market.factors().getOrDefault(RISK_FREE, absent);
    double[] total = new double[excess.length];
    Arrays.setAll(total, t -> made.applyAsDouble(excess[t], riskFree[t]));
    return total;
  }

  /** Small minus big as a model without rmw and cma has it (Fama &amp; French 1993). */
  double[] smallMinusBigOfThree() {
    return market.factors().getOrDefault("smb_3", factor("smb"));
  }

  /** A series of daily returns compounded over the days after {@code from} up to {@code to}. */
  double compounded(double[] series, int from, int to) {
    if (to - from == 1) {
      return series[to];
    }
    if (from < 0) {
      return Double.NaN;
    }
    double total = kind == ReturnKind.SIMPLE ? 1 : 0;
    for (int t = from + 1; t <= to; t++) {
      switch (kind) {
        case SIMPLE -> total *= 1 + series[t];
        case LOG -> total += series[t];
      }
    }
    return kind == ReturnKind.SIMPLE ? total - 1 : total;
  }

  /** The last day before {@code day} with a price; −1 if there is none. */
  int lastTrade(int day) {
    return lastTrades[day];
  }
}
