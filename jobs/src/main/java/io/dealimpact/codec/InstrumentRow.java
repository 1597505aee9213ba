package io.dealimpact.codec;

/**
 * One row about an instrument, as Spark's bean encoder reads it: its properties are its columns. An
 * array of numbers comes as an array of primitives, where a {@code Row} would hold an object for
 * each number. {@link InstrumentRows} makes and reads them.
 */
public final class InstrumentRow {
  private String instrumentId;
  private int kind;
  private int position;
  private String eventId;
  private Long instant;
  private int[] days;
  private double[] open;
  private double[] high;
  private double[] low;
  private double[] close;
  private double[] adjustedClose;
  private double[] volumeShares;
  private int[] valueDays;
  private double[] marketCapUsd;
  private double[] usdPerUnit;
  private int[] returnDays;
  private double[] totalReturns;
  private double[] priceReturns;
  private EventTerms event;

  /** Instrument_id. */
  public String getInstrumentId() {
    return instrumentId;
  }

  public void setInstrumentId(String instrumentId) {
    this.instrumentId = instrumentId;
  }

  /** Which of the kinds the row is. */
  public int getKind() {
    return kind;
  }

  public void setKind(int kind) {
    this.kind = kind;
  }

  /** Days since 1970-01-01; of a packed year the year. */
  public int getPosition() {
    return position;
  }

  public void setPosition(int position) {
    this.position = position;
  }

  /** Id of the event; null for other kinds. */
  public String getEventId() {
    return eventId;
  }

  public void setEventId(String eventId) {
    this.eventId = eventId;
  }

  /** Microseconds since 1970; null for a day without a time. */
  public Long getInstant() {
    return instant;
  }

  public void setInstant(Long instant) {
    this.instant = instant;
  }

  /** Days of a packed year with a bar, since 1970-01-01, ascending. */
  public int[] getDays() {
    return days;
  }

  public void setDays(int[] days) {
    this.days = days;
  }

  /** Price of each of {@code days}; NaN where missing. */
  public double[] getOpen() {
    return open;
  }

  public void setOpen(double[] open) {
    this.open = open;
  }

  /** Price, likewise. */
  public double[] getHigh() {
    return high;
  }

  public void setHigh(double[] high) {
    this.high = high;
  }

  /** Price, likewise. */
  public double[] getLow() {
    return low;
  }

  public void setLow(double[] low) {
    this.low = low;
  }

  /** Price, likewise. */
  public double[] getClose() {
    return close;
  }

  public void setClose(double[] close) {
    this.close = close;
  }

  /** Price, likewise. */
  public double[] getAdjustedClose() {
    return adjustedClose;
  }

  public void setAdjustedClose(double[] adjustedClose) {
    this.adjustedClose = adjustedClose;
  }

  /** Shares traded, likewise. */
  public double[] getVolumeShares() {
    return volumeShares;
  }

  public void setVolumeShares(double[] volumeShares) {
    this.volumeShares = volumeShares;
  }

  /** Days of a packed year with a market value, since 1970-01-01, ascending. */
  public int[] getValueDays() {
    return valueDays;
  }

  public void setValueDays(int[] valueDays) {
    this.valueDays = valueDays;
  }

  /** USD, of each of {@code valueDays}; NaN where missing. */
  public double[] getMarketCapUsd() {
    return marketCapUsd;
  }

  public void setMarketCapUsd(double[] marketCapUsd) {
    this.marketCapUsd = marketCapUsd;
  }

  /** USD for one unit of the currency, likewise. */
  public double[] getUsdPerUnit() {
    return usdPerUnit;
  }

  public void setUsdPerUnit(double[] usdPerUnit) {
    this.usdPerUnit = usdPerUnit;
  }

  /** Days of a packed year that a feed of returns has, since 1970-01-01, ascending. */
  public int[] getReturnDays() {
    return returnDays;
  }

  public void setReturnDays(int[] returnDays) {
    this.returnDays = returnDays;
  }

  /** Total return of each of {@code returnDays}, a fraction; NaN where missing. */
  public double[] getTotalReturns() {
    return totalReturns;
  }

  public void setTotalReturns(double[] totalReturns) {
    this.totalReturns = totalReturns;
  }

  /** Return without dividends, likewise. */
  public double[] getPriceReturns() {
    return priceReturns;
  }

  public void setPriceReturns(double[] priceReturns) {
    this.priceReturns = priceReturns;
  }

  /** Terms of the event; null for other kinds. */
  public EventTerms getEvent() {
    return event;
  }

  public void setEvent(EventTerms event) {
    this.event = event;
  }
}
