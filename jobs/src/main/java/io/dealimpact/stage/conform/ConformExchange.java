package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;

import io.dealimpact.quality.Parse;
import io.dealimpact.study.market.Exchange;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;

/** Market identifier codes of exchanges, whatever name a feed has for them. */
final class ConformExchange {
  private static final Column CODES = ConstantMap.ofTexts(Exchange.codes());
  private static final Column ZONES = zones();

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

  private static Column zones() {
    Map<String, String> zones = new TreeMap<>();
    Exchange.all().forEach(e -> zones.put(e.mic(), e.hours().zone().getId()));
    return ConstantMap.ofTexts(zones);
  }
}
