package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.quality.Parse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;

/**
 * Hundredths of currencies in which some exchanges quote shares: London's pence, Johannesburg's
 * cents, Tel Aviv's agorot. An instrument may be quoted in one of them. Its prices stay in it; its
 * market value is given in the currency.
 */
final class Subunits {
  /** Units for one of the hundredths' currency. */
  static final double HUNDRED = 100;

  /** The currency of each hundredth. */
  private static final Map<String, String> MAIN =
      new TreeMap<>(Map.of("GBX", "GBP", "ZAC", "ZAR", "ILA", "ILS"));

  /** What vendors call them; upper case of {@code GBp} would be pounds. */
  private static final Map<String, String> NAMES =
      new TreeMap<>(
          Map.of(
              "GBp", "GBX", "GBx", "GBX", "GBX", "GBX", "ZAc", "ZAC", "ZAC", "ZAC", "ILa", "ILA",
              "ILA", "ILA"));

  private static final List<String> EXCHANGES = List.of("XLON", "XJSE", "XTAE");

  private Subunits() {}

  /** The code of the hundredth that a column names; NULL where it names none. */
  static Column named(String column) {
    return element_at(ConstantMap.ofTexts(NAMES), Parse.value(column));
  }

  /** The currency of a hundredth, or the currency itself. */
  static Column main(Column currency) {
    return coalesce(element_at(ConstantMap.ofTexts(MAIN), currency), currency);
  }

  private static Column isSubunit(Column currency) {
    return coalesce(currency.isin(MAIN.keySet().toArray()), lit(false));
  }

  /** How many currency units one unit of a price is: 1, or a hundredth. */
  static Column size(Column currency) {
    return when(isSubunit(currency), lit(1 / HUNDRED)).otherwise(lit(1.0));
  }

  /** Whether shares are quoted in hundredths of a currency at its exchanges. */
  static Column hasSubunit(Column currency) {
    return coalesce(currency.isin(MAIN.values().toArray()), lit(false));
  }

  /**
   * Whether a bar is of a vendor that quotes as the exchange does, and the instrument is said to be
   * quoted in the currency itself.
   *
   * @param market code of the exchange
   */
  static Column mayBeIn(Column currency, Column market) {
    return hasSubunit(currency)
        .and(coalesce(market.isin(EXCHANGES.toArray()), lit(false)))
        .and(col("source_file").rlike("^bars/(yahoo|stooq)/"));
  }
}
