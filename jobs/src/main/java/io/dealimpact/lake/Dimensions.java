package io.dealimpact.lake;

import static io.dealimpact.lake.TableSpec.table;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;

/**
 * Small tables that name what the other tables of gold mean by their keys. Every deal, instrument,
 * day, model and window that a row of gold names has one row here.
 */
public final class Dimensions {
  public static final TableSpec DEAL =
      table("gold.dim_deal", "One row for each deal that gold names")
          .key("deal_id", StringType, "deal")
          .required("label", StringType, "its headline; deal_id where it has none")
          .text("deal_type", "kind of deal")
          .text("deal_status", "rumoured, planned, announced, signed, amended, cancelled")
          .optional("announced_date", DateType, "day of the announcement, New York")
          .number("value_low_usd", "smallest stated value, USD; NULL when not disclosed")
          .number("value_high_usd", "largest stated value, USD; NULL when not disclosed")
          .text("value_type", "what the value is: contract_value, equity, backlog …")
          .number("term_years", "term, years")
          .optional(
              "organisations",
              DataTypes.createArrayType(StringType),
              "its parties, listed or not, by name; NULL: an event without a deal's record")
          .text("source_title", "where it was announced")
          .text("source_url", "where it was announced")
          .build();

  public static final TableSpec INSTRUMENT =
      table("gold.dim_instrument", "One row for each instrument that gold names")
          .key("instrument_id", StringType, "instrument")
          .required(
              "label", StringType, "organisation and ticker, as Amazon (AMZN); else what is known")
          .text("ticker", "ticker at its exchange; NULL: not in the feed of instruments")
          .text("name", "full name")
          .text("organisation", "the company, as deals name it")
          .text("kind", "equity, etf or index")
          .text("sector", "industry")
          .text("exchange", "exchange code")
          .text("mic", "market identifier code of the exchange")
          .text("currency", "ISO 4217 code of its prices")
          .text("isin", "international securities identification number")
          .build();

  public static final TableSpec DATE =
      table("gold.dim_date", "One row for each day of the years that gold speaks of")
          .key("calendar_date", DateType, "day: trade_date, event_date, quarter_end, as_of …")
          .required("label", StringType, "as Mon 3 Nov 2025")
          .required("calendar_year", IntegerType, "year")
          .required("quarter", StringType, "calendar quarter, 2025Q4")
          .required("quarter_end", DateType, "last day of the quarter")
          .required("month", StringType, "month, 2025-11")
          .required("month_end", DateType, "last day of the month")
          .required("weekday_number", IntegerType, "day of the week, 1 Monday to 7 Sunday")
          .required("weekday", StringType, "as Mon")
          .required("is_trading_day", BooleanType, "the study's benchmark has a price of the day")
          .build();

  public static final TableSpec MODEL =
      table("gold.dim_model", "One row for each model, or measure of volume, that gold has rows of")
          .key("model", StringType, "model as tables name it")
          .required("label", StringType, "as Market and sector")
          .text(
              "formula",
              "expected return in one line, with its reference; NULL: volume, or several models")
          .optional(
              "uses_benchmark",
              BooleanType,
              "another benchmark can give another expected return; NULL as formula")
          .build();

  public static final TableSpec WINDOW =
      table("gold.dim_window", "One row for each window around an event that gold has rows of")
          .key("window_start", IntegerType, "first day of the window, relative to day 0")
          .key("window_end", IntegerType, "last day of the window, relative to day 0")
          .required("label", StringType, "as days −1 to +1")
          .required("days", IntegerType, "trading days in it")
          .required("has_event_date", BooleanType, "day 0 is in it")
          .build();

  private Dimensions() {}

  /** The table that names the values of a column of that name, where it is a key of one column. */
  public static Optional<TableSpec> naming(String column) {
    return all().stream().filter(table -> table.keys().equals(List.of(column))).findFirst();
  }

  static List<TableSpec> all() {
    return List.of(DEAL, INSTRUMENT, DATE, MODEL, WINDOW);
  }
}
