package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.quality.Parse;
import io.dealimpact.study.market.Exchange;
import io.dealimpact.study.market.TradingHours;
import java.time.DayOfWeek;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;

/** Market identifier codes of exchanges, whatever name a feed has for them. */
final class ConformExchange {
  private static final Column CODES = ConstantMap.ofTexts(Exchange.codes());
  private static final Column ZONES = zones();
  private static final Column UNTIL = until();

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

  /** Whether an exchange never trades on the weekday of a day. */
  static Column isWeekEnd(Column exchange, Column day) {
    Column found = lit(null).cast("boolean");
    for (Exchange other : Exchange.all()) {
      if (!other.daysOff().equals(Exchange.WEEK_END)) {
        found =
            coalesce(found, when(known(exchange).equalTo(other.mic()), isOn(day, other.daysOff())));
      }
    }
    return coalesce(found, isOn(day, Exchange.WEEK_END));
  }

  private static Column isOn(Column day, Set<DayOfWeek> days) {
    // Monday is 0 there and 1 here.
    return weekday(day).isin(days.stream().map(d -> d.getValue() - 1).toArray());
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

  private static Column zones() {
    Map<String, String> zones = new TreeMap<>();
    Exchange.all().forEach(e -> zones.put(e.mic(), e.hours().zone().getId()));
    return ConstantMap.ofTexts(zones);
  }
}
