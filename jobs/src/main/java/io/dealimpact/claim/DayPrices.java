package io.dealimpact.claim;

import io.dealimpact.capacity.QuantityRange;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A share on the day of a claim, in its own currency unless said otherwise; NaN where not known.
 *
 * @param previousClose close of the trading day before
 * @param open first price of the day
 * @param high highest price of the day
 * @param low lowest price of the day
 * @param close last price of the day
 * @param highestCloseBefore highest close of all earlier days known
 * @param highestHighBefore highest price of all earlier days known
 * @param firstDay the first of those days; empty if not known
 * @param capBeforeUsd market value at the close before, USD
 * @param netReturn abnormal return of the day with its interval, a fraction
 * @param netUsd abnormal change of market value with its interval, USD
 */
public record DayPrices(
    double previousClose,
    double open,
    double high,
    double low,
    double close,
    double highestCloseBefore,
    double highestHighBefore,
    Optional<LocalDate> firstDay,
    double capBeforeUsd,
    Net netReturn,
    Net netUsd) {

  /** Standard errors on either side where the share's value, and so its interval, is not known. */
  private static final double STANDARD_ERRORS = 2;

  private static final String NO_PRICE = "a price is missing";

  /**
   * What a model leaves unexplained of the day; NaN where not known.
   *
   * @param car abnormal return, a fraction
   * @param carSe its standard error
   * @param usd abnormal change of market value, USD
   * @param usdLow lower end of its interval
   * @param usdHigh upper end
   */
  public record Abnormal(double car, double carSe, double usd, double usdLow, double usdHigh) {
    /** The change in USD with its interval; empty where it is not known. */
    public Optional<QuantityRange> netUsd() {
      return estimate(usdLow, usd, usdHigh);
    }

    /**
     * The return with its interval: that of the dollars over the value before, else two standard
     * errors on either side; empty without a return.
     */
    public Optional<QuantityRange> netReturn(double capBeforeUsd) {
      double margin = STANDARD_ERRORS * carSe;
      return estimate(usdLow / capBeforeUsd, car, usdHigh / capBeforeUsd)
          .or(() -> estimate(car - margin, car, car + margin));
    }

    private static Optional<QuantityRange> estimate(double low, double mid, double high) {
      return Double.isFinite(low) && Double.isFinite(high) && low <= mid && mid <= high
          ? Optional.of(QuantityRange.of(low, mid, high))
          : Optional.empty();
    }
  }

  /** The builder of a day; what is not set is not known. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects a day, a figure with its name. */
  public static final class Builder {
    private double previousClose = Double.NaN;
    private double open = Double.NaN;
    private double high = Double.NaN;
    private double low = Double.NaN;
    private double close = Double.NaN;
    private double highestCloseBefore = Double.NaN;
    private double highestHighBefore = Double.NaN;
    private Optional<LocalDate> firstDay = Optional.empty();
    private double capBeforeUsd = Double.NaN;
    private Optional<Abnormal> ofMarket = Optional.empty();
    private Optional<Abnormal> ofMarketAndSector = Optional.empty();

    private Builder() {}

    /** Close of the trading day before. */
    public Builder previousClose(double value) {
      previousClose = value;
      return this;
    }

    /** First price of the day. */
    public Builder open(double value) {
      open = value;
      return this;
    }

    /** Highest price of the day. */
    public Builder high(double value) {
      high = value;
      return this;
    }

    /** Lowest price of the day. */
    public Builder low(double value) {
      low = value;
      return this;
    }

    /** Last price of the day. */
    public Builder close(double value) {
      close = value;
      return this;
    }

    /** Highest close of all earlier days known. */
    public Builder highestCloseBefore(double value) {
      highestCloseBefore = value;
      return this;
    }

    /** Highest price of all earlier days known. */
    public Builder highestHighBefore(double value) {
      highestHighBefore = value;
      return this;
    }

    /** The first of those days. */
    public Builder firstDay(Optional<LocalDate> value) {
      firstDay = value;
      return this;
    }

    /** Market value at the close before, USD. */
    public Builder capBeforeUsd(double value) {
      capBeforeUsd = value;
      return this;
    }

    /** What the market does not explain. */
    public Builder ofMarket(Optional<Abnormal> value) {
      ofMarket = value;
      return this;
    }

    /** What market and sector do not explain. */
    public Builder ofMarketAndSector(Optional<Abnormal> value) {
      ofMarketAndSector = value;
      return this;
    }

    /** The day. */
    public DayPrices build() {
      return new DayPrices(
          previousClose,
          open,
          high,
          low,
          close,
          highestCloseBefore,
          highestHighBefore,
          firstDay,
          capBeforeUsd,
          new Net(returned(ofMarket), returned(ofMarketAndSector)),
          new Net(ofMarket.flatMap(Abnormal::netUsd), ofMarketAndSector.flatMap(Abnormal::netUsd)));
    }

    private Optional<QuantityRange> returned(Optional<Abnormal> model) {
      return model.flatMap(abnormal -> abnormal.netReturn(capBeforeUsd));
    }
  }

  /** Readings of a one-day gain, by {@link DayMove}, in the dollars of the day before. */
  List<Reading> gains() {
    return new DayMove(previousClose, open, high, low, close, capBeforeUsd / previousClose, netUsd)
        .readings();
  }

  /** Readings of a record, by {@link PriceRecord}. */
  List<Reading> records() {
    return new PriceRecord(close, highestCloseBefore, high, highestHighBefore, firstDay).readings();
  }

  /**
   * Readings of a one-day return, plainest first: {@code at-close}, {@code at-high}, {@code
   * at-open}, price over the close before less 1; {@code net-of-market}, {@code
   * net-of-market-and-sector}.
   */
  List<Reading> returns() {
    return List.of(
        returned("at-close", close),
        returned("at-high", high),
        returned("at-open", open),
        netReturn.readingOfMarket(),
        netReturn.readingOfMarketAndSector());
  }

  /** Readings of a rise within the day: the same, the day's high first. */
  List<Reading> intradayReturns() {
    return List.of(
        returned("at-high", high),
        returned("at-open", open),
        returned("at-close", close),
        netReturn.readingOfMarket(),
        netReturn.readingOfMarketAndSector());
  }

  /**
   * Readings of a market value, plainest first: {@code at-close} and {@code at-high}, the value the
   * day before times the price over the close before; {@code day-before}.
   */
  List<Reading> values() {
    return List.of(
        valued("at-close", close), valued("at-high", high), valued("day-before", previousClose));
  }

  private Reading returned(String name, double price) {
    double ratio = price / previousClose;
    return ratio > 0 && Double.isFinite(ratio)
        ? Reading.value(name, ratio - 1)
        : Reading.missing(name, NO_PRICE);
  }

  private Reading valued(String name, double price) {
    double value = capBeforeUsd * (price / previousClose);
    return value > 0 && Double.isFinite(value)
        ? Reading.value(name, value)
        : Reading.missing(name, "a price or the number of shares is missing");
  }
}
