package io.dealimpact.study.market;

import java.io.Serializable;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;

/**
 * The regular session of an exchange, in its own time.
 *
 * @param zone the exchange's time zone
 * @param open start of the regular session
 * @param close its end: news at or after it reaches the next trading day's prices
 */
public record TradingHours(ZoneId zone, LocalTime open, LocalTime close) implements Serializable {

  /** NYSE, NASDAQ and their kin: 09:30 to 16:00 in New York. */
  public static final TradingHours NEW_YORK = hours("America/New_York", "09:30", "16:00");

  /**
   * @throws IllegalArgumentException if the session ends before it begins
   */
  public TradingHours {
    if (!close.isAfter(open)) {
      throw new IllegalArgumentException("the session " + open + " to " + close + " is empty");
    }
  }

  /**
   * The regular hours of an exchange by its name or market identifier code, in any case; New York's
   * where the name is not known. Closing times are those of continuous trading in 2026, without a
   * closing auction.
   */
  public static TradingHours of(String exchange) {
    return switch (exchange == null ? "" : exchange.strip().toUpperCase(Locale.ROOT)) {
      case "LSE", "LONDON", "XLON" -> hours("Europe/London", "08:00", "16:30");
      case "XETRA", "XETR", "FRANKFURT", "XFRA", "FWB", "GER" ->
          hours("Europe/Berlin", "09:00", "17:30");
      case "EURONEXT", "EURONEXT PARIS", "PARIS", "XPAR", "PAR" ->
          hours("Europe/Paris", "09:00", "17:30");
      case "EURONEXT AMSTERDAM", "AMSTERDAM", "XAMS", "AMS" ->
          hours("Europe/Amsterdam", "09:00", "17:30");
      case "SIX", "XSWX", "SWX", "ZURICH" -> hours("Europe/Zurich", "09:00", "17:30");
      case "BORSA ITALIANA", "XMIL", "MILAN" -> hours("Europe/Rome", "09:00", "17:30");
      case "BME", "XMAD", "MADRID" -> hours("Europe/Madrid", "09:00", "17:30");
      case "NASDAQ STOCKHOLM", "XSTO", "STO" -> hours("Europe/Stockholm", "09:00", "17:30");
      case "OSLO", "XOSL" -> hours("Europe/Oslo", "09:00", "16:20");
      case "TSE", "TYO", "JPX", "XTKS", "TOKYO" -> hours("Asia/Tokyo", "09:00", "15:30");
      case "HKEX", "HKG", "XHKG", "HONG KONG" -> hours("Asia/Hong_Kong", "09:30", "16:00");
      case "KRX", "KOSPI", "KOSDAQ", "XKRX", "XKOS" -> hours("Asia/Seoul", "09:00", "15:30");
      case "TWSE", "XTAI", "TPEX", "TAIPEI" -> hours("Asia/Taipei", "09:00", "13:30");
      case "SSE", "XSHG", "SZSE", "XSHE" -> hours("Asia/Shanghai", "09:30", "15:00");
      case "NSE", "BSE", "XNSE", "XBOM" -> hours("Asia/Kolkata", "09:15", "15:30");
      case "SGX", "XSES" -> hours("Asia/Singapore", "09:00", "17:00");
      case "ASX", "XASX" -> hours("Australia/Sydney", "10:00", "16:00");
      case "TSX", "XTSE", "TSXV", "TORONTO" -> hours("America/Toronto", "09:30", "16:00");
      case "TADAWUL", "XSAU" -> hours("Asia/Riyadh", "10:00", "15:00");
      case "TASE", "XTAE" -> hours("Asia/Jerusalem", "09:59", "17:15");
      default -> NEW_YORK;
    };
  }

  private static TradingHours hours(String zone, String open, String close) {
    return new TradingHours(ZoneId.of(zone), LocalTime.parse(open), LocalTime.parse(close));
  }
}
