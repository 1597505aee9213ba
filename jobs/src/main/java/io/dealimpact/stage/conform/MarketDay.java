package io.dealimpact.stage.conform;

import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A day of a market, as delivered bars tell of it.
 *
 * @param close of the benchmark, in its currency; NaN where it has none
 * @param delivered bars of the day
 * @param traded those with a volume, the benchmark's left out
 */
record MarketDay(Market market, double close, long delivered, long traded) {

  /**
   * Which day of which market.
   *
   * @param currency ISO 4217 code
   * @param zone time zone
   */
  record Market(LocalDate date, String currency, String zone) {}

  /** Reads the rows of {@link BarChecks#marketDays}. */
  static List<MarketDay> of(Dataset<Row> rows) {
    RowReader reader = RowReader.of(rows.schema());
    List<MarketDay> days = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      RowReader.Cells cells = reader.at(row);
      days.add(
          new MarketDay(
              new Market(
                  cells.date("trade_date").orElseThrow(),
                  cells.text("currency"),
                  cells.text("zone")),
              cells.number("benchmark_close"),
              cells.count("delivered"),
              cells.count("traded")));
    }
    return days;
  }

  /** Makes rows of silver.market_days. */
  static List<Row> rows(List<MarketDay> days, StructType schema) {
    RowWriter writer = new RowWriter(schema);
    return days.stream()
        .map(
            day ->
                writer
                    .row()
                    .value("trade_date", day.market.date())
                    .text("currency", day.market.currency())
                    .text("zone", day.market.zone())
                    .number("benchmark_close", day.close)
                    .count("delivered", day.delivered)
                    .count("traded", day.traded)
                    .build())
        .toList();
  }

  /**
   * The days after rows came and went.
   *
   * @param added days of the rows that came
   * @param removed days of the rows that went; none of the benchmark's
   */
  static List<MarketDay> changed(
      List<MarketDay> days, List<MarketDay> added, List<MarketDay> removed) {
    Map<Market, MarketDay> changed = new TreeMap<>(MarketDay::compare);
    days.forEach(day -> changed.put(day.market, day));
    added.forEach(day -> changed.merge(day.market, day, MarketDay::and));
    removed.forEach(day -> changed.merge(day.market, day, MarketDay::without));
    return changed.values().stream().filter(day -> day.delivered > 0).toList();
  }

  private static int compare(Market one, Market other) {
    int byDate = one.date.compareTo(other.date);
    int byCurrency = byDate == 0 ? one.currency.compareTo(other.currency) : byDate;
    return byCurrency == 0 ? one.zone.compareTo(other.zone) : byCurrency;
  }

  private MarketDay and(MarketDay other) {
    return new MarketDay(
        market,
        Double.isNaN(other.close) ? close : other.close,
        delivered + other.delivered,
        traded + other.traded);
  }

  private MarketDay without(MarketDay gone) {
    return new MarketDay(market, close, delivered - gone.delivered, traded - gone.traded);
  }
}
