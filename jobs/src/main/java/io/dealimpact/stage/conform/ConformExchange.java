package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.contains;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.quality.Parse;
import io.dealimpact.study.market.Exchange;
import io.dealimpact.study.market.TradingHours;
import java.time.DayOfWeek;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;

/** Market identifier codes of exchanges, whatever name a feed has for them. */
final class ConformExchange {
  private static final Column CODES = ConstantMap.ofTexts(Exchange.codes());
  private static final Column ZONES = zones();
  private static final Column UNTIL = until();
  private static final Column OTHER_DAYS_OFF = otherDaysOff();

  /** Column with the code of a row's exchange, or its name where no code is known. */
  static final String MARKET = "market";

  /** Column with the time zone of a row's exchange. */
  static final String ZONE = "exchange_zone";

  /** Column with the {@link #daysOff} of a row's exchange. */
  static final String DAYS_OFF = "exchange_days_off";

  /** Minutes after the end of trading in which a bar may still be stamped: a closing auction. */
  private static final int AFTER_CLOSE = 60;

  private ConformExchange() {}

  /** The code of an exchange; NULL where it is not known. */
  static Column known(Column exchange) {
    return element_at(CODES, exchange);
  }

  /** The code of an exchange, or its name where no code is known. */
  static Column codeOf(Column exchange) {
    return coalesce(known(exchange), exchange);
  }

  /** The time zone of an exchange; New York's where it is not known. */
  static Column zone(Column exchange) {
    return coalesce(element_at(ZONES, known(exchange)), lit(Parse.NEW_YORK));
  }

  /**
   * Spark's numbers of the weekdays on which an exchange never trades, as {@code 45}; NULL where
   * they are the usual ones.
   */
  static Column daysOff(Column exchange) {
    return element_at(OTHER_DAYS_OFF, known(exchange));
  }

  /** Whether an exchange never trades on the weekday of a day, by {@link #DAYS_OFF}. */
  static Column isWeekEnd(Column day) {
    Column usual =
        weekday(day)
            .isin(Exchange.WEEK_END.stream().map(ConformExchange::weekdayOf).sorted().toArray());
    return when(col(DAYS_OFF).isNull(), usual)
        .otherwise(contains(col(DAYS_OFF), weekday(day).cast("string")));
  }

  /** As Spark counts: Monday is 0 there and 1 here. */
  private static int weekdayOf(DayOfWeek day) {
    return day.getValue() - 1;
  }

  /** The day of a session of the row's {@code exchange}. */
  static Column session(String column) {
    return Parse.session(column, zone(col("exchange")), until(col("exchange")));
  }

  /** The last minute of its day that a bar of an exchange is stamped with. */
  static Column until(Column exchange) {
    return coalesce(element_at(UNTIL, known(exchange)), lit(lastMinute(TradingHours.NEW_YORK)));
  }

  private static double lastMinute(TradingHours hours) {
    return hours.close().toSecondOfDay() / 60.0 + AFTER_CLOSE;
  }

  private static Column until() {
    Map<String, Double> minutes = new TreeMap<>();
    Exchange.all().forEach(e -> minutes.put(e.mic(), lastMinute(e.hours())));
    return ConstantMap.ofNumbers(minutes);
  }

  private static Column otherDaysOff() {
    Map<String, String> days = new TreeMap<>();
    for (Exchange exchange : Exchange.all()) {
      if (!exchange.daysOff().equals(Exchange.WEEK_END)) {
        days.put(
            exchange.mic(),
            exchange.daysOff().stream()
                .map(day -> String.valueOf(weekdayOf(day)))
                .sorted()
                .collect(Collectors.joining()));
      }
    }
    return ConstantMap.ofTexts(days);
  }

  private static Column zones() {
    Map<String, String> zones = new TreeMap<>();
    Exchange.all().forEach(e -> zones.put(e.mic(), e.hours().zone().getId()));
    return ConstantMap.ofTexts(zones);
  }
}
