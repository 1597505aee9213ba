package io.dealimpact.lake;

import static io.dealimpact.lake.TableSpec.table;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import io.dealimpact.run.Failures;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/** The catalogue: every table of silver, gold and ops, and the shape that all of bronze shares. */
public final class Tables {
  private static final double HUGE = 1e15;

  private static final ArrayType MILESTONES =
      DataTypes.createArrayType(
          new StructType().add("date", DateType).add("gw", DoubleType).add("kind", StringType));

  private static final ArrayType DEAL_DATES =
      DataTypes.createArrayType(
          new StructType().add("kind", StringType).add("at", TimestampType).add("date", DateType));

  /** What a claim asserts in words, and what a source says of the same matter. */
  public static final ArrayType PARTS =
      DataTypes.createArrayType(
          new StructType()
              .add("asserts", StringType)
              .add("printed", StringType)
              .add("recorded", StringType)
              .add("source", StringType));

  private static final ArrayType TEXTS = DataTypes.createArrayType(StringType);

  /** Units of printed figures that are numbers: {@code gold.claim_audit} has columns of each. */
  public static final List<String> CLAIM_UNITS =
      List.of("usd", "gw", "gpus", "years", "days", "fraction");

  private static final MapType ATTRIBUTES = DataTypes.createMapType(StringType, StringType);

  private Tables() {}

  // ---------------------------------------------------------------- bronze

  /** Bronze of a feed: its columns as delivered, all text, and where each row came from. */
  public static TableSpec bronze(String feed, List<String> rawColumns) {
    TableSpec.Builder builder =
        table("bronze." + feed, "Every row of the feed " + feed + " as delivered; append-only");
    for (String column : rawColumns) {
      builder.text(column, "as delivered");
    }
    return builder
        .text("extra_fields", "fields delivered that this version does not know, a JSON object")
        .text("raw_record", "the record as delivered, cut at 4000 characters")
        .text("read_error", "rule broken while reading; NULL for a row that could be read")
        .text("read_error_detail", "what was wrong, for people")
        .required("source_file", StringType, "path within the landing zone")
        .required("source_sha256", StringType, "SHA-256 of the file, hex")
        .required("source_line", LongType, "line (or row, or element) in the file, from 1")
        .optional("source_element", IntegerType, "position among the records of the line, from 0")
        .required("ingested_at", TimestampType, "when the run that read it began, UTC")
        .required("run_id", StringType, "the run that read it")
        .optional(
            "delivery",
            LongType,
            "number of the append that brought the row, counted from 1: the later version of a file"
                + " has the larger one, whatever the clock said; NULL: appended by an older program,"
                + " before all others")
        .build();
  }

  // ---------------------------------------------------------------- silver

  private static final DataType NUMBERS = DataTypes.createArrayType(DoubleType);
  private static final DataType DAYS = DataTypes.createArrayType(IntegerType);

  public static final TableSpec INSTRUMENTS =
      table("silver.instruments", "One row for each instrument")
          .key("instrument_id", StringType, "identifier used by every feed")
          .required("ticker", StringType, "ticker at its exchange")
          .text("name", "full name")
          .text("organisation", "the company, as deals name it")
          .text("exchange", "exchange code; NULL: New York's hours are taken")
          .required("currency", StringType, "ISO 4217 code of its prices; USD when not delivered")
          .text("kind", "equity, etf or index")
          .text("cik", "SEC central index key, ten digits")
          .text("sector", "industry, as the deliverer of the row names it")
          .text("sector_benchmark", "instrument_id of the fund that stands for the sector")
          .text("mic", "market identifier code of the exchange; NULL where it is not known")
          .text("benchmark", "instrument_id of its market; NULL: the study's")
          .text("figi", "financial instrument global identifier")
          .text("isin", "international securities identification number")
          .optional("valid_from", DateType, "first day of its ticker; NULL: always")
          .optional("valid_to", DateType, "last day of its ticker; NULL: still")
          .number("shares_per_unit", "shares of the company in one unit that trades; NULL: one")
          .optional(
              "ticker_history",
              DataTypes.createArrayType(
                  new StructType()
                      .add("valid_from", DateType)
                      .add("valid_to", DateType)
                      .add("ticker", StringType)),
              "tickers that it had before, each with its first and last day; NULL: none")
          .build();

  public static final TableSpec BARS =
      table("silver.bars", "One row for each instrument and trading day")
          .key("instrument_id", StringType, "instrument")
          .key("trade_date", DateType, "trading day of the exchange")
          .number("open", "price, instrument's currency, split-adjusted; NULL when not delivered")
          .number("high", "price, instrument's currency, split-adjusted; NULL when not delivered")
          .number("low", "price, instrument's currency, split-adjusted; NULL when not delivered")
          .required("close", DoubleType, "price, instrument's currency, split-adjusted")
          .number("adjusted_close", "close adjusted for dividends too; NULL when not delivered")
          .number("volume_shares", "shares traded, split-adjusted; NULL when not delivered")
          .number("split_ratio", "shares after for one before, on this day")
          .number("dividend_ccy", "dividend a share with this ex-day, instrument's currency")
          .required("trade_year", IntegerType, "year of trade_date")
          .text("data_flags", "what was wrong with the delivered bar and was repaired or left out")
          .check("close_is_a_price", "close > 0 AND close < " + HUGE)
          .check(
              "adjusted_close_is_a_price",
              "adjusted_close IS NULL OR (adjusted_close > 0 AND adjusted_close < " + HUGE + ")")
          .clusteredBy("instrument_id", "trade_date")
          .build();

  public static final TableSpec DELIVERED_BARS =
      table(
              "silver.delivered_bars",
              "One row for each instrument and year: its bars as they were delivered, before they"
                  + " were held against one another; NaN where nothing was delivered")
          .key("instrument_id", StringType, "instrument")
          .key("trade_year", IntegerType, "calendar year")
          .required("days", DAYS, "trading days with a bar, counted from 1970-01-01")
          .required("open", NUMBERS, "of each of days: price, instrument's currency")
          .required("high", NUMBERS, "of each of days: price, instrument's currency")
          .required("low", NUMBERS, "of each of days: price, instrument's currency")
          .required("close", NUMBERS, "of each of days: price, instrument's currency")
          .required("adjusted_close", NUMBERS, "of each of days: close adjusted for dividends too")
          .required("volume_shares", NUMBERS, "of each of days: shares traded")
          .required("split_ratio", NUMBERS, "of each of days: shares after for one before")
          .required("dividend_ccy", NUMBERS, "of each of days: dividend, instrument's currency")
          .required("less_dividend_days", DAYS, "those of days whose close is less later dividends")
          .required(
              "review_hash",
              LongType,
              "hash of what was repaired, flagged or refused of the year's bars; 0 for nothing")
          .clusteredBy("instrument_id", "trade_year")
          .build();

  public static final TableSpec MARKET_DAYS =
      table(
              "silver.market_days",
              "One row for each day, currency and time zone of delivered bars: what the trading days"
                  + " of the benchmark's market are told from")
          .key("trade_date", DateType, "day")
          .key("currency", StringType, "ISO 4217 code")
          .key("zone", StringType, "time zone of the exchange")
          .number("benchmark_close", "close of the benchmark, its currency; NULL: it has none")
          .required("delivered", LongType, "bars of the day, of all files that count")
          .required("traded", LongType, "those with a volume, the benchmark's left out")
          .build();

  public static final TableSpec REFUSED_BARS =
      table(
              "silver.refused_bars",
              "One row for each instrument and trading day whose bar is in quarantine")
          .key("instrument_id", StringType, "instrument")
          .key("trade_date", DateType, "trading day of the exchange")
          .required("rule", StringType, "rule that was broken, as in ops.quarantine")
          .text("message", "what was wrong, for people")
          .build();

  public static final TableSpec RETURNS =
      table("silver.returns", "One row for each instrument and day that the feed returns/ has")
          .key("instrument_id", StringType, "instrument")
          .key("trade_date", DateType, "trading day of the exchange")
          .number("total_return", "return with dividends, a fraction; NULL when missing")
          .number("return_ex_dividend", "return without dividends, a fraction; NULL when missing")
          .number("delisting_return", "the part that the delisting brought, a fraction")
          .number("market_cap_ccy", "market value at the close, instrument's currency")
          .number("volume_shares", "shares traded")
          .text("data_flags", "delisting-return, return-below-minus-1; NULL for nothing")
          .clusteredBy("instrument_id", "trade_date")
          .build();

  public static final TableSpec SHARES_OUTSTANDING =
      table(
              "silver.shares_outstanding",
              "One row for each count of shares, brought to the split basis of the prices")
          .key("instrument_id", StringType, "instrument")
          .key("effective_date", DateType, "day the count is of")
          .key("known_date", DateType, "day it was filed; effective_date when not delivered")
          .required("shares", DoubleType, "shares outstanding on the prices' split basis")
          .required("shares_reported", DoubleType, "shares as reported")
          .required("split_factor", DoubleType, "shares / shares_reported: later splits multiplied")
          .text("source", "what the count is and where it was filed")
          .text(
              "data_flags",
              "company-shares: the company's, of several listings; shares-jump: far from the count"
                  + " before or after it on one split basis; NULL for neither")
          .check("shares_positive", "shares > 0 AND shares < " + HUGE)
          .build();

  public static final TableSpec MARKET_CAPS =
      table("silver.market_caps", "One row for each instrument and trading day with a known value")
          .key("instrument_id", StringType, "instrument")
          .key("trade_date", DateType, "trading day")
          .required("market_cap_ccy", DoubleType, "market value at the close, its currency")
          .number("market_cap_usd", "market value at the close, USD; NULL without an FX rate")
          .number("usd_per_unit", "USD for one unit of its currency")
          .number("shares", "shares known at the end of that day; NULL for a vendor's value alone")
          .required("source", StringType, "shares x close, or vendor")
          .number("vendor_difference", "vendor / (shares x close) - 1, a fraction")
          .check("market_cap_positive", "market_cap_ccy > 0 AND market_cap_ccy < 1e18")
          .clusteredBy("instrument_id", "trade_date")
          .build();

  public static final TableSpec SERIES =
      table(
              "silver.series",
              "One row for each instrument and year: its bars and values as arrays, ascending by"
                  + " day; NaN where silver.bars or silver.market_caps has NULL")
          .key("instrument_id", StringType, "instrument")
          .key("trade_year", IntegerType, "calendar year")
          .required("days", DAYS, "trading days with a bar, counted from 1970-01-01")
          .required("open", NUMBERS, "of each of days: silver.bars.open")
          .required("high", NUMBERS, "of each of days: silver.bars.high")
          .required("low", NUMBERS, "of each of days: silver.bars.low")
          .required("close", NUMBERS, "of each of days: silver.bars.close")
          .required("adjusted_close", NUMBERS, "of each of days: silver.bars.adjusted_close")
          .required("volume_shares", NUMBERS, "of each of days: silver.bars.volume_shares")
          .required("value_days", DAYS, "days with a market value, counted from 1970-01-01")
          .required(
              "market_cap_usd", NUMBERS, "of each of value_days: silver.market_caps.market_cap_usd")
          .required(
              "usd_per_unit", NUMBERS, "of each of value_days: silver.market_caps.usd_per_unit")
          .optional(
              "return_days", DAYS, "days of silver.returns, counted from 1970-01-01; NULL: none")
          .optional("total_return", NUMBERS, "of each of return_days: silver.returns.total_return")
          .optional(
              "return_ex_dividend",
              NUMBERS,
              "of each of return_days: silver.returns.return_ex_dividend")
          .clusteredBy("instrument_id", "trade_year")
          .build();

  public static final TableSpec SPLITS =
      table("silver.splits", "One row for each split")
          .key("instrument_id", StringType, "instrument")
          .key("effective_date", DateType, "first day at the new count")
          .required("ratio", DoubleType, "shares after for one before: 10 for ten-for-one")
          .check("ratio_positive", "ratio > 0 AND ratio < 1e6")
          .build();

  public static final TableSpec FX =
      table("silver.fx", "One row for each currency and day")
          .key("currency", StringType, "ISO 4217 code")
          .key("trade_date", DateType, "day")
          .required("usd_per_unit", DoubleType, "USD for one unit of the currency")
          .check("rate_positive", "usd_per_unit > 0 AND usd_per_unit < 1e9")
          .build();

  public static final TableSpec CALENDAR =
      table("silver.calendar", "One row for each session of an exchange that has a calendar")
          .key("exchange", StringType, "exchange code")
          .key("trade_date", DateType, "day of the session")
          .required("open_time", StringType, "opening, HH:mm of exchange time")
          .required("close_time", StringType, "closing, HH:mm of exchange time")
          .build();

  public static final TableSpec EARNINGS =
      table("silver.earnings", "One row for each earnings report")
          .key("instrument_id", StringType, "instrument")
          .key("announced_date", DateType, "day of the report in exchange time")
          .optional("announced_at", TimestampType, "instant, where delivered")
          .build();

  public static final TableSpec FACTORS =
      table("silver.factors", "One row for each factor set and day; fractions, not percent")
          .key("factor_set", StringType, "name of the set: french-daily")
          .key("trade_date", DateType, "day")
          .number("mkt_rf", "market's return less the risk-free rate")
          .number("smb", "small minus big; where files differ, of the one with most factors")
          .number(
              "smb_3",
              "small minus big of three-factor files (Fama & French 1993): rows without rmw and cma;"
                  + " smb where there is none")
          .number("hml", "high minus low book-to-market")
          .number("rmw", "robust minus weak profitability")
          .number("cma", "conservative minus aggressive investment")
          .number("umd", "momentum: up minus down")
          .number("rf", "risk-free rate, a day")
          .build();

  /** The windows that an event or a deal names itself. */
  private static TableSpec.Builder ownWindows(TableSpec.Builder builder) {
    return builder
        .optional(
            "estimation_first",
            IntegerType,
            "first day of its own estimation window, in estimation_unit; NULL: the study's")
        .optional("estimation_last", IntegerType, "last day of it, in estimation_unit")
        .text("estimation_unit", "RELATIVE: trading days from day 0; DATES: days since 1970-01-01")
        .optional(
            "window_first",
            IntegerType,
            "first day of a window of its own, trading days from day 0; NULL: the study's alone")
        .optional("window_last", IntegerType, "last day of it, trading days from day 0");
  }

  public static final TableSpec DEALS =
      ownWindows(
              table("silver.deals", "One row for each deal")
                  .key("deal_id", StringType, "identifier")
                  .optional(
                      "announced_at", TimestampType, "instant of the announcement; NULL: day only")
                  .required("announced_date", DateType, "day of the announcement, New York")
                  .text("title", "headline")
                  .text("deal_type", "kind of deal")
                  .required(
                      "status",
                      StringType,
                      "rumoured, planned, announced, signed, amended, cancelled")
                  .number("value_low_usd", "smallest stated value, USD; NULL when not disclosed")
                  .number("value_high_usd", "largest stated value, USD; NULL when not disclosed")
                  .text("value_type", "what the value is: contract_value, equity, backlog …")
                  .number("term_years", "term, years")
                  .text("source_title", "where it was announced")
                  .text("source_url", "where it was announced")
                  .text("confounders", "other news near it, in the words of the deal's record")
                  .optional(
                      "dates",
                      DEAL_DATES,
                      "its other days: report, partial-report, announcement, filing or confirmation; at is NULL"
                          + " where only the day is known, date is New York's")
                  .optional("attributes", ATTRIBUTES, "free labels and numbers by name")
                  .text("benchmark", "instrument_id of its events' market; NULL: the instrument's"))
          .build();

  public static final TableSpec EVENTS =
      ownWindows(
              table(
                      "silver.events",
                      "One row for each event and instrument of a study without deals")
                  .key("event_id", StringType, "event, as delivered")
                  .key("instrument_id", StringType, "instrument that it concerns")
                  .optional(
                      "announced_at", TimestampType, "when it became public; NULL: the day alone")
                  .required("announced_date", DateType, "its day, New York")
                  .text("benchmark", "instrument_id of its market; NULL: the instrument's")
                  .optional("attributes", ATTRIBUTES, "labels and numbers by name, as delivered"))
          .build();

  public static final TableSpec DEAL_PARTIES =
      table("silver.deal_parties", "One row for each party to a deal, listed or not")
          .key("deal_id", StringType, "deal")
          .key("organisation", StringType, "company or institution")
          .key("role", StringType, "provider, customer, supplier, investor, competitor")
          .text("instrument_id", "its share; NULL for a private company")
          .build();

  public static final TableSpec CAPACITY_COMMITMENTS =
      table("silver.capacity_commitments", "One row for each version of a commitment")
          .key("commitment_id", StringType, "identifier")
          .key("known_date", DateType, "day this version became known")
          .text("deal_id", "deal that promised it")
          .text("provider", "who builds or rents out")
          .text("customer", "who uses")
          .text("gpu_model", "accelerator; NULL when not named")
          .number("gpus_low", "accelerators, smallest")
          .number("gpus_high", "accelerators, largest")
          .number("power_gw_low", "power, GW, smallest")
          .number("power_gw_high", "power, GW, largest")
          .number("value_usd_low", "value, USD, smallest")
          .number("value_usd_high", "value, USD, largest")
          .optional("first_power_date", DateType, "first accelerators on")
          .optional("full_power_date", DateType, "all accelerators on")
          .required("status", StringType, "planned, announced, signed, amended, cancelled")
          .text(
              "ramp",
              "name of the ramp: how power comes online between the two dates; NULL: as before, or as configured")
          .text("source_title", "source")
          .text("source_url", "source")
          .optional("milestones", MILESTONES, "cumulative power by day, GW: firm, target or option")
          .text("layer", "what is counted: chips, shell, neocloud, cloud, programme")
          .text("power", "what power_gw is: it (computing alone) or facility; NULL: not stated")
          .text("region", "where it is built")
          .text("power_by", "whose estimate power_gw is; NULL: the parties stated it")
          .build();

  public static final TableSpec GPU_MODELS =
      table("silver.gpu_models", "One row for each accelerator")
          .key("gpu_model", StringType, "model as commitments name it")
          .text("vendor", "maker")
          .number("kw_per_gpu_low", "all-in power of one, kW, smallest")
          .number("kw_per_gpu_high", "all-in power of one, kW, largest")
          .number("price_usd_low", "price of one, USD, smallest")
          .number("price_usd_high", "price of one, USD, largest")
          .text("source_title", "source")
          .text("source_url", "source")
          .number("h100_equivalents", "H100s that do the work of one, by 8-bit operations a second")
          .optional("known_date", DateType, "day these figures became known; NULL: always")
          .build();

  public static final TableSpec CLAIMS =
      table("silver.claims", "One row for each printed figure")
          .key("claim_id", StringType, "identifier")
          .text("deal_id", "deal it speaks of")
          .text("subject", "whom or what it speaks of")
          .required("metric", StringType, "what it says, lower-kebab-case")
          .number("claimed_low", "printed figure, smallest, in unit; dates as days since 1970")
          .number("claimed_high", "printed figure, largest, in unit; dates as days since 1970")
          .text("unit", "usd, years, gw, gpus, fraction, date, days, text")
          .text("as_printed", "the words")
          .text("source_title", "source")
          .text("source_url", "source")
          .text("precision", "exact, rounded, about, order-of-magnitude; NULL: as its words say")
          .optional(
              "parts", PARTS, "what it asserts in words besides, and what a source says of that")
          .build();

  public static final TableSpec SITES =
      table("silver.sites", "One row for each publisher, site (or model of one) and day")
          .key("publisher", StringType, "who published it")
          .key("site", StringType, "name of the site")
          .key("as_of", DateType, "day for which it was published")
          .required(
              "basis", StringType, "built: a site in operation; model: what 1 GW is said to cost")
          .text("provider", "who owns or runs it, as commitments name it")
          .text("customer", "who uses it, where the publisher is sure")
          .required("power_gw", DoubleType, "power in operation, GW")
          .number("capex_usd", "cost of what is in operation, USD")
          .number("compute_usd", "of it, the cost of all computing hardware, USD")
          .number("gpu_usd", "of it, the cost of GPUs alone, USD")
          .text("source_title", "source")
          .text("source_url", "source")
          .optional("known_date", DateType, "day this became known; NULL: as_of")
          .check("power_is_gw", "power_gw >= 0 AND power_gw < 100")
          .build();

  // ---------------------------------------------------------------- gold

  public static final TableSpec DAILY_MOVES =
      table("gold.daily_moves", "One row for each instrument and trading day")
          .key("instrument_id", StringType, "instrument")
          .key("trade_date", DateType, "trading day")
          .number("close", "price at the close, instrument's currency, split-adjusted")
          .number("simple_return", "close to close, a fraction; NULL on its first day")
          .number("market_cap_usd", "market value at the close, USD")
          .number("change_close_usd", "shares known the day before x (close - close before), USD")
          .number("change_high_usd", "shares known the day before x (high - close before), USD")
          .optional(
              "change_rank",
              LongType,
              "rank of change_close_usd among the instrument's days so far, 1 the largest gain; NULL"
                  + " below 60 days, and for a loss that would be first")
          .optional("rank_of", LongType, "days with a change in USD so far: the ranks' denominator")
          .optional("rank_since", DateType, "the first of them")
          .optional(
              "return_rank",
              LongType,
              "rank of simple_return among the instrument's days so far, 1 the largest gain; NULL as"
                  + " change_rank")
          .required("is_record_close", BooleanType, "close above every earlier close in the lake")
          .clusteredBy("instrument_id", "trade_date")
          .build();

  private static TableSpec.Builder eventColumns(TableSpec.Builder builder) {
    return builder
        .key("event_id", StringType, "deal_id:instrument_id")
        .key("model", StringType, "expected-return model");
  }

  public static final TableSpec MODEL_FITS =
      eventColumns(table("gold.model_fits", "One row for each event and model"))
          .number("alpha", "constant, return a day; NULL where the model has none")
          .number("beta", "slope on the market; NULL where the model has none")
          .optional(
              "coefficients",
              DataTypes.createMapType(StringType, DoubleType),
              "every coefficient by name")
          .number("sigma", "residual standard deviation of the estimation window, a day")
          .optional("n", IntegerType, "returns in the estimation window (M)")
          .optional("degrees_of_freedom", IntegerType, "of sigma")
          .number("r_squared", "of the fit, a fraction")
          .optional("estimation_start", DateType, "first day of the estimation window")
          .optional("estimation_end", DateType, "last day of the estimation window")
          .optional(
              "overlapping_event_days",
              IntegerType,
              "days of the estimation window inside another event window of the instrument")
          .required("status", StringType, "OK, or what kept it from being measured")
          .text("status_reason", "why, with numbers")
          .build();

  public static final TableSpec ABNORMAL_RETURNS =
      eventColumns(table("gold.abnormal_returns", "One row for each event, model and relative day"))
          .key("relative_day", IntegerType, "trading days from day 0")
          .required("trade_date", DateType, "trading day")
          .number("actual_return", "R, a fraction of the study's return kind")
          .number("expected_return", "E[R] of the model")
          .number("abnormal_return", "AR = R - E[R]")
          .number("standardized_ar", "SAR = AR / (s sqrt(C)), forecast-error corrected")
          .build();

  public static final TableSpec EVENT_IMPACT =
      table("gold.event_impact", "One row for each event, model and window")
          .key("event_id", StringType, "deal_id:instrument_id")
          .required("deal_id", StringType, "deal")
          .required("instrument_id", StringType, "instrument")
          .required("role", StringType, "the party's role in the deal")
          .optional("event_date", DateType, "day 0; NULL when it could not be found")
          .key("model", StringType, "expected-return model")
          .key("window_start", IntegerType, "first day of the window, relative to day 0")
          .key("window_end", IntegerType, "last day of the window, relative to day 0")
          .required("status", StringType, "OK, or what kept it from being measured")
          .text("status_reason", "why, with numbers; or what a reader should know")
          .optional("n_estimation", IntegerType, "returns in the estimation window (M)")
          .number("car", "cumulative abnormal return, a fraction")
          .number("car_se", "its standard error, Mikkelson-Partch")
          .number("car_t", "car / car_se, Student's t")
          .number("car_p", "two-sided p of car_t")
          .number("scar", "standardised car")
          .number("bhar", "buy-and-hold abnormal return, simple, a fraction")
          .number("raw_close_usd", "shares known x (close at the end - close before), USD")
          .number("raw_high_usd", "shares known x (highest high - close before), USD")
          .number("raw_open_usd", "shares known x (open of day 0 - close before), USD; [0,0] only")
          .number("market_cap_before_usd", "market value at the close before the window, USD")
          .number("abnormal_usd", "car x market_cap_before_usd, USD")
          .number("abnormal_usd_low", "lower end of its confidence interval, USD")
          .number("abnormal_usd_high", "upper end of its confidence interval, USD")
          .number(
              "gain_per_deal_usd",
              "abnormal_usd / the deal's mid value; of providers and suppliers of a contract alone")
          .number("abnormal_share_of_cap", "abnormal_usd / market_cap_before_usd, a fraction")
          .number("placebo_p", "rank of the event among the instrument's other days")
          .optional("placebo_n", IntegerType, "days it was ranked among")
          .number(
              "sample_quantile_p",
              "two-sided; of one day as in Gelbach, Helland and Klick 2013, of more days by overlapping"
                  + " sums of residuals")
          .number(
              "history_p",
              "rank of |car / car_se| among that of its own days before, each over how restless it was")
          .optional("history_n", IntegerType, "days it was ranked among")
          .number(
              "donor_p",
              "rank of its gap among those of the donors, each fitted as if it were the instrument;"
                  + " of a synthetic control alone")
          .optional("donor_n", IntegerType, "donors that it was ranked among")
          .text("company_day", "instrument_id:event_date; several deals can share one")
          .optional(
              "is_primary",
              BooleanType,
              "the one event of its company-day that sums, groups and regressions count")
          .optional("is_headline", BooleanType, "the row's model stands for the event")
          .text(
              "sector_benchmark",
              "what the row's model takes for the sector: instrument_id of a fund, or peers:SECTOR;"
                  + " NULL: the market alone")
          .text("benchmark", "instrument_id of the market that the row's model takes")
          .number("market_return", "sum of beta x the market's return, a fraction")
          .number("sector_return", "sum of gamma x the sector's return, a fraction")
          .number(
              "alpha_return",
              "sum of alpha, a fraction; market, sector, alpha and car add up to the sum of returns")
          .number("market_usd", "market_return x market_cap_before_usd, USD")
          .number("sector_usd", "sector_return x market_cap_before_usd, USD; 0 without a sector")
          .number("own_usd", "car x market_cap_before_usd under a model of market or sector, USD")
          .number(
              "drift_usd",
              "raw_close_usd less market, sector and own: alpha, compounding, dividends, rounding,"
                  + " USD")
          .number(
              "own_ci_low_usd",
              "lower end of own_usd's interval by the instrument's own history (conformal), USD")
          .number("own_ci_high_usd", "upper end of it, USD")
          .number(
              "overnight_own_usd",
              "of own_usd, from the close before to the open, net of market and sector, USD; [0,0]"
                  + " only, NULL without opens")
          .number("session_own_usd", "of own_usd, from the open to the close, USD; [0,0] only")
          .number(
              "sector_share_outside",
              "share of the sector's other instruments outside their own interval under the market"
                  + " model on day 0, a fraction")
          .number("detectable_usd", "effect that is seen in 80 of 100 cases, USD")
          .text(
              "data_flags",
              "what a reader should know of the row's inputs, as no-market-value (no dollars),"
                  + " short-history (fewer than 100 own days before it), market-alone (the headline has"
                  + " no sector), signs-differ (car and bhar have different signs: see the page on the"
                  + " horizon), and what was repaired or left out in its bars; NULL: nothing")
          .optional("data_flag_list", TEXTS, "the same as a list; NULL: nothing")
          .text("confounders", "other deals, earnings and stated news in the window")
          .optional("confounder_list", TEXTS, "the same as a list, one news each; NULL: none")
          .optional("is_confounded", BooleanType, "whether there is one")
          .optional("is_record_close", BooleanType, "day 0 closed above every earlier close")
          .build();

  public static final TableSpec EVENTS_FLAT =
      table("gold.events_flat", "One row for each company-day: its headline, and its verdict")
          .required("study", StringType, "name of the study")
          .key("company_day", StringType, "instrument_id:event_date")
          .required("event_date", DateType, "day 0")
          .required("instrument_id", StringType, "instrument")
          .text("ticker", "ticker at its exchange")
          .text("organisation", "the company, as deals name it")
          .text("sector", "industry of the instrument")
          .required("event_id", StringType, "the day's primary event: deal_id:instrument_id")
          .required("deal_id", StringType, "deal of the primary event")
          .text("deal_ids", "all deals of the company-day, by id, as text for people")
          .optional("deals", TEXTS, "the same as a list: to be exploded, and joined by deal_id")
          .text("title", "headline of the deal")
          .required("role", StringType, "the party's role in the deal")
          .text("deal_type", "kind of deal")
          .text("deal_status", "rumoured, planned, announced, signed, amended, cancelled")
          .optional("announced_date", DateType, "day of the announcement, New York")
          .number("value_low_usd", "smallest stated value of the deal, USD")
          .number("value_high_usd", "largest stated value of the deal, USD")
          .text("value_type", "what the value is: contract_value, equity, backlog …")
          .range(
              "power_gw",
              "power that the deal adds, as stated, options included, GW; NULL where none is stated")
          .text("power_by", "whose estimate the power is; NULL where the parties stated it")
          .required("model", StringType, "expected-return model of the headline")
          .text("sector_benchmark", "what the model takes for the sector; NULL: the market alone")
          .required("status", StringType, "OK, or what kept it from being measured")
          .text("status_reason", "why, with numbers; or what a reader should know")
          .number("car", "abnormal return of day 0, a fraction")
          .number("car_se", "its standard error, a fraction")
          .number("market_cap_before_usd", "market value at the close before day 0, USD")
          .number("raw_close_usd", "shares known x (close - close before), USD")
          .number("market_usd", "of it, what the market's move was worth, USD")
          .number("sector_usd", "of it, what the sector's move was worth, USD")
          .number("own_usd", "of it, the instrument's own, USD")
          .number("drift_usd", "of it, the rest: alpha, dividends, rounding, USD")
          .number("own_ci_low_usd", "lower end of own_usd's interval by its own history, USD")
          .number("own_ci_high_usd", "upper end of it, USD")
          .number("overnight_own_usd", "of own_usd, from the close before to the open, USD")
          .number("session_own_usd", "of own_usd, from the open to the close, USD")
          .number("sector_share_outside", "share of the sector's others outside their interval")
          .number("detectable_usd", "effect that is seen in 80 of 100 cases, USD")
          .text("confounders", "other deals, earnings and stated news on day 0")
          .optional("confounder_list", TEXTS, "the same as a list, one news each; NULL: none")
          .optional("is_confounded", BooleanType, "whether there is one")
          .number("p_value", "the p that the verdict rests on, two-sided")
          .text("p_source", "own-history: rank among 100 own days or more; else car-t")
          .text("p_text", "p_value for people, with its rank")
          .number("q_value", "Benjamini-Hochberg 1995 over the study's company-days")
          .number("p_holm", "p adjusted over the study's company-days (Holm 1979)")
          .text("verdict", "stands-out, stands-out-alone, not-seen, could-not-be-seen")
          .optional(
              "stands_out_online",
              BooleanType,
              "decided once, in the order of the events (LORD++, Ramdas et al. 2017)")
          .clusteredBy("event_date", "instrument_id")
          .build();

  public static final TableSpec DEAL_IMPACT =
      table("gold.deal_impact", "One row for each deal, model and window")
          .key("deal_id", StringType, "deal")
          .key(
              "model",
              StringType,
              "expected-return model; headline: of each party its own, where they differ")
          .key("window_start", IntegerType, "first day of the window, relative to day 0")
          .key("window_end", IntegerType, "last day of the window, relative to day 0")
          .optional("event_date", DateType, "day 0 of its earliest event")
          .required(
              "status",
              StringType,
              "OK; PARTIAL: some parties have no figure in USD; or why there is no figure")
          .text("status_reason", "why, with numbers")
          .required("parties_listed", IntegerType, "listed parties")
          .required("parties_measured", IntegerType, "listed parties with a figure in USD")
          .text(
              "gained",
              "instruments with abnormal_usd above zero, largest first; those without a market value"
                  + " last, with their return")
          .text(
              "lost",
              "instruments with abnormal_usd below zero, largest loss first; those without a market"
                  + " value last, with their return")
          .optional(
              "gainers",
              TEXTS,
              "the instruments of gained as a list: to be exploded, and joined by instrument_id;"
                  + " NULL: none")
          .optional("losers", TEXTS, "the same of lost")
          .optional("is_headline", BooleanType, "the row stands for the deal")
          .number("net_raw_close_usd", "sum of raw_close_usd, USD")
          .number("net_abnormal_usd", "sum of abnormal_usd, USD")
          .number("net_abnormal_usd_se", "its standard error with the parties' covariance, USD")
          .number("net_abnormal_usd_low", "lower end of its confidence interval, USD")
          .number("net_abnormal_usd_high", "upper end of its confidence interval, USD")
          .number("net_abnormal_t", "net_abnormal_usd / net_abnormal_usd_se, Student's t")
          .optional("net_abnormal_df", IntegerType, "degrees of freedom of the t")
          .number("net_abnormal_p", "two-sided p of the t")
          .build();

  private static TableSpec.Builder groupColumns(TableSpec.Builder builder) {
    return builder
        .key("study", StringType, "name of the study")
        .key("group_name", StringType, "what the events are grouped by: all, role, deal_type")
        .key("group_value", StringType, "the group")
        .key(
            "model",
            StringType,
            "expected-return model; log-turnover, log-volume or volatility:MODEL for a study of"
                + " volume or volatility, whose averages are in its own unit");
  }

  public static final TableSpec STUDY_PATHS =
      groupColumns(table("gold.study_paths", "One row for each group, model and relative day"))
          .key("relative_day", IntegerType, "trading days from day 0")
          .required("n", LongType, "events with a return that day")
          .number("aar", "average abnormal return")
          .number("caar", "cumulative average abnormal return from the first day of the window")
          .number("caar_low", "lower end of its cross-sectional confidence interval")
          .number("caar_high", "upper end of its cross-sectional confidence interval")
          .optional(
              "value_weighted_n",
              LongType,
              "events in value_weighted_caar: those with a market value")
          .number(
              "value_weighted_caar",
              "the caar with each event weighed by its market value at the close before the first day"
                  + " of the path (Fama 1998); NULL of volume, volatility")
          .number(
              "value_weighted_caar_low",
              "lower end of its cross-sectional confidence interval (ratio estimator, Cochran 1977)")
          .number("value_weighted_caar_high", "upper end of it")
          .build();

  public static final TableSpec STUDY_TESTS =
      groupColumns(table("gold.study_tests", "One row for each group, model, window and test"))
          .key("window_start", IntegerType, "first day of the window, relative to day 0")
          .key("window_end", IntegerType, "last day of the window, relative to day 0")
          .key("test", StringType, "lower-kebab-case")
          .key("variant", StringType, "textbook, or the program whose form it has")
          .required("n", LongType, "events in the test")
          .number("statistic", "value of the test statistic")
          .number("df", "degrees of freedom; NULL for the normal and for exact tests")
          .number("p_value", "two-sided")
          .number("p_holm", "p adjusted over the group's tests (Holm 1979)")
          .number("q_value", "Benjamini-Hochberg 1995 over the group's tests")
          .number("caar", "mean CAR of the group's events that have the whole window")
          .number(
              "caar_low",
              "lower end of its interval at study.confidence: Student's on rows of"
                  + " cross-sectional-t, percentile-t with equal tails on rows of bootstrap, else NULL")
          .number("caar_high", "upper end of it")
          .number(
              "mean_correlation",
              "r of Kolari & Pynnonen 2010, on the rows of tests that are adjusted by it")
          .number("abhar", "mean BHAR of those events, simple returns; NULL of volume, volatility")
          .optional(
              "value_weighted_n",
              LongType,
              "events in value_weighted_caar: those with a market value")
          .number(
              "value_weighted_caar",
              "sum of CAR x market value / sum of market value, the market value at the close before"
                  + " the window (Fama 1998); NULL of volume, volatility")
          .number(
              "value_weighted_caar_low",
              "lower end of its cross-sectional confidence interval (ratio estimator, Cochran 1977)")
          .number("value_weighted_caar_high", "upper end of it")
          .optional("decides", BooleanType, "the group is decided by this test in this window")
          .text("deciding_reason", "which test decides the group in this window, and why")
          .required("status", StringType, "OK, or why there is no figure, or none to rely on")
          .text("status_reason", "why, with numbers")
          .build();

  public static final TableSpec CAPACITY_BY_QUARTER =
      table(
              "gold.capacity_by_quarter",
              "One row for each day it is looked at, cell (provider, customer, GPU model, each a name"
                  + " or ALL; status has no ALL) and quarter")
          .key("provider", StringType, "who builds or rents out; ALL: the sum over providers")
          .key("customer", StringType, "who uses; ALL: the sum over customers")
          .key("gpu_model", StringType, "accelerator; ALL: the sum over models")
          .key(
              "commitment_status",
              StringType,
              "rumoured, planned, announced, signed: how firm; never added")
          .key("quarter", StringType, "calendar quarter, 2025Q4")
          .required("quarter_end", DateType, "its last day: what is online is so at its end")
          .key("as_of", DateType, "what was known at the end of this day")
          .key("layer", StringType, "of a leaf: chips, shell, neocloud, cloud, programme; ALL")
          .key("region", StringType, "of a leaf: where it is built, as stated, or unstated; ALL")
          .required(
              "grain", StringType, "leaf: names alone; total: with ALL. Leaves add up to totals")
          .required("commitments", LongType, "commitments in the cell")
          .required("without_power", LongType, "of them, power neither stated nor derivable")
          .required("without_gpus", LongType, "of them, GPUs neither stated nor derivable")
          .required("without_h100", LongType, "of them, GPUs not known as H100s")
          .required("without_dates", LongType, "of them, never online for want of a date")
          .range("value_usd", "contract value of those that state one, USD")
          .range("value_without_power_usd", "of it, that of commitments of unknown power, USD")
          .range(
              "power_it_gw",
              "of power_committed_gw, stated as that of the computers alone, GW: sites take more")
          .range("power_committed_gw", "power promised, whenever it comes, options included, GW")
          .range("power_option_gw", "of it, options, GW")
          .range(
              "power_online_gw",
              "power online at the end of the quarter if on schedule, by stated dates alone,"
                  + " without options, GW")
          .percentiles("power_online_gw", "Monte Carlo of its sizes, all on schedule, GW")
          .number("assumed_gw_low", "power beside it that rests on an assumed date, GW; smallest")
          .number("assumed_gw", "power beside it that rests on an assumed date, GW; central")
          .number("assumed_gw_high", "power beside it that rests on an assumed date, GW; largest")
          .number(
              "expected_gw",
              "forecast of power online at the quarter's end: completion, delays, assumed dates and"
                  + " options by capacity.forecast, GW")
          .percentiles("forecast_gw", "Monte Carlo of the forecast, GW")
          .range("power_average_gw", "power online, mean over the quarter's days, GW")
          .range("power_outstanding_gw", "power promised and not online at the quarter's end, GW")
          .range("gpus_committed", "GPUs promised, whenever they come")
          .range("gpus_online", "GPUs online at the end of the quarter by the ramps")
          .percentiles("gpus_online", "Monte Carlo of GPUs online")
          .number("assumed_gpus", "GPUs beside them that rest on an assumed date; central")
          .number("h100_equivalents_low", "GPUs online as H100s that do the same work; smallest")
          .number("h100_equivalents", "GPUs online as H100s that do the same work; central")
          .number("h100_equivalents_high", "GPUs online as H100s that do the same work; largest")
          .number("h100_equivalents_committed", "GPUs promised as H100s; central")
          .range("gpus_outstanding", "GPUs promised and not online at the quarter's end")
          .check(
              "power_in_order",
              "power_online_gw_low <= power_online_gw_mid AND power_online_gw_mid <="
                  + " power_online_gw_high")
          .clusteredBy("provider", "customer")
          .build();

  public static final TableSpec DELIVERY =
      table(
              "gold.delivery",
              "One row for each provider and customer with a published site, quarter, and day on"
                  + " which what they promised changed")
          .key("provider", StringType, "who builds or rents out")
          .key("customer", StringType, "who uses")
          .key("quarter_end", DateType, "last day of the quarter")
          .key("as_of", DateType, "vintage: the promise as known at the end of this day")
          .number("promised_gw", "power promised by the quarter's end, stated dates, central, GW")
          .number("built_gw", "power seen in operation at the quarter's end, GW")
          .number(
              "slip_months",
              "from the day it was due to the day as much was built, months; negative: early; NULL:"
                  + " not built by the last observation")
          .number("open_months", "then: from the day it was due to the last observation, months")
          .build();

  public static final TableSpec CAPACITY_ECONOMICS =
      table("gold.capacity_economics", "One row for each deal: what its figures imply")
          .key("deal_id", StringType, "deal")
          .required("status", StringType, "OK, or why there is no figure")
          .text("status_reason", "why, or what a reader should know")
          .text("deal_status", "rumoured, planned, announced, signed, amended, cancelled")
          .required("commitments", LongType, "commitments that the deal made or amended")
          .text("gpu_model", "their accelerator; NULL where there are several")
          .range("value_usd", "price of the capacity, USD; contracts only")
          .text("value_basis", "commitments, or the deal")
          .text("value_type", "what the deal says its value is: contract_value, lease_value …")
          .text("charge", "what the value buys: compute, chips, space-and-power")
          .number("term_years", "term, years")
          .number("ramp_share", "mean share of the power online over the term, by stated dates")
          .range("power_gw", "power that fits all statements, GW; of an amendment what it adds")
          .text("power_by", "the parties, GPUs x kW per GPU, or whose estimate it is")
          .range("gpus", "GPUs that fit all statements: stated, and power / kW per GPU")
          .range("implied_kw_per_gpu", "stated power / stated GPUs, kW")
          .range("gpus_per_gw", "GPUs a GW, by the model's power, else as stated")
          .range("capex_usd_per_gw", "cost to build, by all published estimates, USD a GW")
          .range("gpu_share_of_capex", "share of it that is computing hardware, published")
          .range("capex_usd", "capex_usd_per_gw x power, USD")
          .range("gpu_capex_usd_per_gw", "capex_usd_per_gw x gpu_share_of_capex, USD a GW")
          .range("implied_usd_per_gpu", "gpu_capex_usd_per_gw / gpus_per_gw, USD a GPU")
          .range("usd_per_gw_year", "value / term / power, all of it at once, USD a GW and year")
          .range("usd_per_ramped_gw_year", "that / ramp_share: of the power that is online, USD")
          .range(
              "usd_per_gpu_hour",
              "value / (term x 8766 h) / GPUs, jointly feasible, USD; of compute alone")
          .range("value_per_capex", "value / capex_usd")
          .range("value_per_article_capex", "value / (the article's cost of a GW x power)")
          .optional("peers", LongType, "rents by its day whose parties state dollars, term and GW")
          .number("peer_usd_per_gw_year_low", "their lowest price of a GW-year, USD")
          .number("peer_usd_per_gw_year_high", "their highest price of a GW-year, USD")
          .number("gw_at_peer_price_low", "what value / term buys at their highest price, GW")
          .number("gw_at_peer_price_high", "what value / term buys at their lowest price, GW")
          .text("gained_by", "instruments of the providers whose gain is counted, as text")
          .optional("gainers", TEXTS, "the same as a list: to be exploded, by instrument_id")
          .range(
              "gained_usd", "their abnormal USD on day 0, headline model; low and high: interval")
          .text("gain_basis", "the deal's net, the event's own, or the sum of several intervals")
          .optional("event_date", DateType, "day 0 of the gain")
          .number("gained_p", "p_value of gold.events_flat; of several providers the largest")
          .number("gained_q", "q_value of gold.events_flat; of several providers the largest")
          .optional("is_confounded", BooleanType, "whether other news fell into the window")
          .text("confounders", "which")
          .optional("confounder_list", TEXTS, "the same as a list, one news each; NULL: none")
          .range("gained_usd_per_gw", "gained_usd / power_gw, USD a GW")
          .range("gained_usd_per_gpu", "gained_usd / gpus, USD a GPU")
          .range("gained_usd_per_deal_usd", "gained_usd / value_usd")
          .text("flags", "statements that do not fit the others or the model, with numbers")
          .optional("flag_list", TEXTS, "the same as a list, one statement each; NULL: none")
          .text("costs_source", "where capex_usd_per_gw and gpu_share_of_capex are from")
          .text("assumptions_source", "the article whose cost value_per_article_capex is by")
          .build();

  public static final TableSpec COMMITMENT_SHARES =
      table(
              "gold.commitment_shares",
              "One row for each organisation, counterparty, measure, floor, and day before and"
                  + " after a deal changed its commitments")
          .key("view", StringType, "customer: its providers; provider: its customers")
          .key("focal", StringType, "organisation whose commitments are shared out")
          .key("counterparty", StringType, "the other side; joint ones: Google + Oracle")
          .key("kind", StringType, "single, or joint: an amount that is in the singles' high too")
          .key("measure", StringType, "usd or gw")
          .key("status_floor", StringType, "least firm status that counts")
          .key("as_of", DateType, "what was known at the end of this day")
          .key("moment", StringType, "before or after the change")
          .required("deal_ids", StringType, "deals that changed it, as text for people")
          .optional("deals", TEXTS, "the same as a list: to be exploded, and joined by deal_id")
          .optional("counterparties", TEXTS, "counterparty as a list: of a joint amount several")
          .range("amount", "committed with the counterparty, USD or GW")
          .range("share", "of the organisation's total, a fraction")
          .range("total", "the organisation's total, USD or GW")
          .range("hhi", "Herfindahl-Hirschman index of the shares, a fraction")
          .required("hhi_high_exactness", StringType, "attained, or bound: no split exceeds it")
          .required("commitments", LongType, "commitments that count")
          .required("without_amount", LongType, "commitments that would, of unknown amount")
          .build();

  public static final TableSpec CONCENTRATION_NOW =
      table(
              "gold.concentration_now",
              "One row for each customer: how its commitments are divided among its providers now")
          .key("focal", StringType, "customer whose commitments are shared out")
          .required("measure", StringType, "usd where any dollars are known, else gw")
          .required("status_floor", StringType, "least firm status that counts: announced")
          .required("as_of", DateType, "day of the last change")
          .number("hhi", "Herfindahl-Hirschman index of the shares, central, a fraction")
          .number("hhi_low", "smallest that the ranges of the amounts allow")
          .number("hhi_high", "largest that the ranges of the amounts allow")
          .number("effective_number", "1 / hhi: as many equal providers would be as concentrated")
          .optional("counterparties", LongType, "its providers; joint ones count as one more")
          .text("top", "the provider with the largest share")
          .number("top_share", "its share, central, a fraction")
          .build();

  public static final TableSpec MARKET_PER_GW =
      table("gold.market_per_gw", "One row for each listed provider and quarter")
          .key("organisation", StringType, "provider, as commitments name it")
          .key("quarter", StringType, "calendar quarter, 2025Q4")
          .required("quarter_end", DateType, "its last day")
          .required("instrument_id", StringType, "its share")
          .number("contracted_gw", "power under signed contract at the quarter's end, alone, GW")
          .number("joint_gw", "power that it signed with others, of unknown split, GW")
          .optional("company_days", LongType, "days of the quarter with an announcement measured")
          .number("abnormal_usd", "sum of abnormal USD of these days (day 0, headline model), USD")
          .number("market_cap_usd", "market value at the quarter's last close, USD")
          .optional("valued_on", DateType, "day of that close")
          .number("abnormal_usd_per_gw", "abnormal_usd / contracted_gw; NULL without such GW")
          .number("market_cap_usd_per_gw", "market_cap_usd / contracted_gw; NULL without such GW")
          .build();

  /** The claimed and measured figures, each in columns of its own unit. */
  private static TableSpec.Builder inOneUnitEach(TableSpec.Builder builder) {
    for (String figure : List.of("claimed", "measured")) {
      for (String unit : CLAIM_UNITS) {
        String of = figure + "_low and _high where unit is " + unit;
        builder
            .number(figure + "_" + unit + "_low", of + ", smallest")
            .number(figure + "_" + unit + "_high", of + ", largest");
      }
      builder
          .optional(figure + "_date_low", DateType, figure + " day, the earliest")
          .optional(figure + "_date_high", DateType, figure + " day, the latest");
    }
    return builder;
  }

  public static final TableSpec CLAIM_AUDIT =
      inOneUnitEach(
              table("gold.claim_audit", "One row for each claim and reading of it")
                  .key("claim_id", StringType, "claim")
                  .text("deal_id", "deal it speaks of")
                  .text("subject", "whom or what it speaks of")
                  .required("metric", StringType, "what it says, lower-kebab-case")
                  .text("as_printed", "the words")
                  .number(
                      "claimed_low", "printed figure, smallest, in unit; dates as days since 1970")
                  .number(
                      "claimed_high", "printed figure, largest, in unit; dates as days since 1970")
                  .text("unit", "usd, years, gw, gpus, fraction, date, days, text")
                  .number("allowed_low", "smallest value the rounding allows; NULL: no lower end")
                  .number("allowed_high", "largest value the rounding allows; NULL: no upper end")
                  .key(
                      "reading",
                      StringType,
                      "how the words are read; none: nothing could be measured")
                  .number("measured_low", "measured under the reading, smallest, in unit")
                  .number("measured_high", "measured under the reading, largest, in unit")
                  .text("measured_names", "measured names, as text for people")
                  .optional("measured_list", TEXTS, "the same as a list; NULL: no names")
                  .text("reading_note", "how it was measured, or why not")
                  .required("reading_verdict", StringType, "of this reading")
                  .required("is_deciding", BooleanType, "whether this reading decided the verdict")
                  .required(
                      "verdict",
                      StringType,
                      "of the claim: supported, supported under a reading, contradicted, not measurable")
                  .required("explanation", StringType, "one sentence to quote")
                  .text(
                      "precision",
                      "how precisely it was printed: exact, rounded, about, order-of-magnitude")
                  .optional(
                      "is_independent",
                      BooleanType,
                      "whether this reading is from neither the announcement nor the print")
                  .number(
                      "off_by",
                      "printed / measured - 1 under the plainest reading; 0: they overlap")
                  .optional(
                      "could_have_failed",
                      BooleanType,
                      "whether any independent reading was measured that could have contradicted it"))
          .build();

  public static final TableSpec ARTICLE_CHECK =
      table("gold.article_check", "One row for each thing that a printed sentence asserts")
          .key("statement", StringType, "claim_id: what it asserts")
          .required("claim_id", StringType, "claim")
          .text("deal_id", "deal it speaks of")
          .required(
              "asserts",
              StringType,
              "amount, attribution, modality, date, record, rank-since, order, names, event, statement")
          .text("as_printed", "the words of the whole print")
          .text("printed_part", "the words of this piece")
          .required(
              "verdict",
              StringType,
              "of the piece: supported, supported under a reading, contradicted, not measurable")
          .number(
              "off_by", "printed / measured - 1; 0: they overlap; NULL: no number, or unmeasured")
          .required(
              "could_have_failed",
              BooleanType,
              "whether anything but the print and the announcement could have contradicted it")
          .required("explanation", StringType, "one sentence to quote")
          .build();

  public static final TableSpec ABNORMAL_VOLUME =
      table("gold.abnormal_volume", "One row for each event and relative day")
          .key("event_id", StringType, "deal_id:instrument_id")
          .key("relative_day", IntegerType, "trading days from day 0")
          .optional("trade_date", DateType, "trading day; NULL without a day 0 or past the lake")
          .required(
              "measure",
              StringType,
              "log-turnover: ln(100 volume / shares + 0.000255); log-volume: ln(volume + 1)")
          .number("log_value", "the measure on that day, natural log")
          .number("expected", "its mean in the estimation window, natural log")
          .number("abnormal", "log_value - expected: 0.1 is about 10 % more")
          .number("standardized", "abnormal / (s sqrt(1 + 1/n))")
          .optional("df", IntegerType, "degrees of freedom of standardized, n - 1")
          .number("p_value", "two-sided, Student's t")
          .optional("n_estimation", IntegerType, "days with a volume in the estimation window")
          .required("status", StringType, "OK, or what kept it from being measured")
          .text("status_reason", "why, with numbers")
          .build();

  public static final TableSpec ABNORMAL_VOLATILITY =
      eventColumns(
              table("gold.abnormal_volatility", "One row for each event, model and relative day"))
          .key("relative_day", IntegerType, "trading days from day 0")
          .optional("trade_date", DateType, "trading day; NULL for an event not measured")
          .number("squared_sar", "SAR squared: 1 on average where the event adds no variance")
          .number("excess", "squared_sar - 1")
          .optional("df", IntegerType, "degrees of freedom: squared_sar is F(1, df)")
          .number("p_value", "of a value as large or larger")
          .required("status", StringType, "OK, or what kept it from being measured")
          .text("status_reason", "why, with numbers")
          .build();

  public static final TableSpec CAR_REGRESSIONS =
      table(
              "gold.car_regressions",
              "One row for each model, window, specification, kind of errors and term")
          .key("study", StringType, "name of the study")
          .key("model", StringType, "expected-return model")
          .key("window_start", IntegerType, "first day of the window, relative to day 0")
          .key("window_end", IntegerType, "last day of the window, relative to day 0")
          .key(
              "specification",
              StringType,
              "value:KIND, role, value-role:KIND, or covariates; the kind of the deals' value, which"
                  + " are not pooled: contract, equity, backlog, intention, or a value_type")
          .key(
              "errors",
              StringType,
              "HC1 or HC3: heteroskedasticity-consistent; CR1: clustered by the day of the event"
                  + " (Petersen 2009; Cameron, Gelbach & Miller 2011)")
          .key(
              "term",
              StringType,
              "constant, log_deal_value_to_cap (natural log of deal value / market value), role=...;"
                  + " of covariates their names, or name=word")
          .number("estimate", "coefficient: CAR, a fraction, for one unit of the term")
          .number("standard_error", "of the estimate, a fraction")
          .number("t", "estimate / standard_error")
          .optional("df", IntegerType, "n - number of terms; of CR1 clusters - 1")
          .number("p_value", "two-sided, Student's t")
          .required("n", IntegerType, "events in the regression")
          .optional("clusters", IntegerType, "distinct days of these events")
          .text(
              "base",
              "what role=... and name=word are compared with: the most frequent, + the rare that have"
                  + " no term")
          .number("r_squared", "of the fit, a fraction")
          .required("status", StringType, "OK, or why there is no figure")
          .text("status_reason", "why, with numbers")
          .build();

  public static final TableSpec ROBUSTNESS =
      table(
              "gold.robustness",
              "One row for each event or group, window and choice of benchmark, model and test")
          .key("study", StringType, "name of the study")
          .key("level", StringType, "event or group")
          .key("subject", StringType, "event_id, or group_name=group_value")
          .key("window_start", IntegerType, "first day of the window, relative to day 0")
          .key("window_end", IntegerType, "last day of the window, relative to day 0")
          .key("benchmark", StringType, "instrument_id of the market")
          .key("model", StringType, "expected-return model")
          .key("test", StringType, "for events: car-t, placebo, own-history, sample-quantile")
          .key("sector", StringType, "what a model of market and sector takes: fund, or peers")
          .key("estimation_length", IntegerType, "length of the estimation window, trading days")
          .required(
              "is_baseline",
              BooleanType,
              "the study's own benchmark, sector, estimation window and headline model")
          .optional("decides", BooleanType, "the verdict rests on this test")
          .required("n", LongType, "events in the test")
          .number("car", "CAR of the event, CAAR of the group, a fraction")
          .optional("sign", IntegerType, "of car: -1, 0, 1")
          .number("statistic", "value of the test statistic; NULL for ranks of one event")
          .number("p_value", "two-sided")
          .required("status", StringType, "OK, or why there is no figure")
          .number("car_low", "smallest car of the subject and window over all choices, a fraction")
          .number("car_high", "largest car of the subject and window over all choices, a fraction")
          .text("range", "car_low to car_high in percent, and the smallest to the largest p")
          .required(
              "choices",
              LongType,
              "choices with a figure of the test that decides, of this subject and window")
          .number("positive_share", "share of them with car above 0, a fraction")
          .number("significant_share", "share of them with p below 1 - confidence, a fraction")
          .text("verdict", "how far the answer depends on the choice, in words")
          .build();

  // ---------------------------------------------------------------- ops

  public static final TableSpec QUARANTINE =
      table("ops.quarantine", "One row for each delivered row that broke a rule")
          .required("feed", StringType, "feed")
          .required("rule", StringType, "rule it broke, lower-kebab-case")
          .required("message", StringType, "what was wrong, with the value")
          .required("source_file", StringType, "path within the landing zone")
          .required("source_sha256", StringType, "SHA-256 of the file, hex")
          .required("source_line", LongType, "line (or row, or element) in the file, from 1")
          .text("raw_record", "the record as delivered, cut at 4000 characters")
          .required("run_id", StringType, "the run that judged it")
          .text("instrument_id", "instrument that the row speaks of; NULL where none is known")
          .optional("trade_date", DateType, "day of the row; NULL where it has none")
          .build();

  public static final TableSpec RUN_LOG =
      table("ops.run_log", "One row for each stage of each run, and one for the run itself")
          .required("run_id", StringType, "run")
          .required("stage", StringType, "stage, or (run)")
          .required(
              "result",
              StringType,
              "DONE, NOTHING_NEW, SKIPPED, FAILED; of a run also RUNNING, until it ends, and"
                  + " INTERRUPTED")
          .text("table_name", "table the stage writes")
          .required("started_at", TimestampType, "when the run began, UTC")
          .required("took_seconds", DoubleType, "wall time, s")
          .required("rows_in", LongType, "rows judged")
          .required("rows_accepted", LongType, "rows accepted")
          .required("rows_duplicate", LongType, "rows that repeat an accepted one")
          .required("rows_quarantined", LongType, "rows in quarantine")
          .required("rows_written", LongType, "rows written to the table")
          .optional(
              "input_versions",
              DataTypes.createMapType(StringType, LongType),
              "version of every input table")
          .text("message", "what a reader should know")
          .text(
              "fingerprint",
              "SHA-256 of program, settings and input versions, hex; of the range too where one was"
                  + " given and the table's other rows are older")
          .optional("output_version", LongType, "version of the table after the stage")
          .optional("exit_code", IntegerType, "of the run; NULL for a stage")
          .text("command", "the command as given")
          .text("program_version", "version of the program")
          .text("output_table_id", "id that Delta gave the table the stage writes")
          .text("program_build", "git commit that the program was built from")
          .text(
              "configuration",
              "of the run: every setting as it was resolved, YAML, without secrets; NULL for a stage")
          .number(
              "cpu_seconds",
              "CPU time of Spark's tasks, s; the driver's planning and the JVM's own threads are not"
                  + " in it")
          .optional("shuffle_bytes", LongType, "bytes that tasks wrote for other tasks")
          .optional(
              "spill_bytes", LongType, "bytes that tasks put on disks because memory was short")
          .optional("began_at", TimestampType, "when the stage, or the run itself, was begun")
          .build();

  public static final TableSpec PUBLISHED =
      table(
              "ops.published",
              "One row for each published night and table: the version that belongs to the night")
          .required("night", LongType, "counts the published nights from 1; the largest is current")
          .required("published_at", TimestampType, "when it was published")
          .required("run_id", StringType, "the run whose tables were audited")
          .required("table_name", StringType, "layer.name")
          .required("version", LongType, "Delta version of the table in this night")
          .required("table_id", StringType, "id that Delta gave the table")
          .build();

  public static final TableSpec LEASE =
      table("ops.lease", "One row: who may write to the lake now")
          .required("step", LongType, "counts the changes of this row from 1")
          .required("state", StringType, "HELD by a run, or FREE")
          .required("run_id", StringType, "the run that holds it, or held it last")
          .required("command", StringType, "the run's command as given")
          .required("process", StringType, "process id and machine of the run")
          .required(
              "since", TimestampType, "when the run took it, by its machine's clock; for people")
          .build();

  /**
   * Tables by their full names.
   *
   * @param names none for all of gold
   * @throws io.dealimpact.run.DealImpactException if there is no table of a name
   */
  public static List<TableSpec> named(List<String> names) {
    if (names.isEmpty()) {
      return all().stream().filter(table -> table.layer().equals("gold")).toList();
    }
    return names.stream()
        .map(
            name ->
                all().stream()
                    .filter(table -> table.fullName().equals(name))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            Failures.unknownTable(
                                name, all().stream().map(TableSpec::fullName).toList())))
        .toList();
  }

  /** Silver, gold and ops, in the order of the flow. Bronze follows the feeds. */
  public static List<TableSpec> all() {
    return Stream.of(facts(), Dimensions.all(), List.of(QUARANTINE, RUN_LOG, PUBLISHED, LEASE))
        .flatMap(List::stream)
        .toList();
  }

  private static List<TableSpec> facts() {
    return List.of(
        INSTRUMENTS,
        CALENDAR,
        SPLITS,
        FX,
        BARS,
        DELIVERED_BARS,
        MARKET_DAYS,
        REFUSED_BARS,
        RETURNS,
        SHARES_OUTSTANDING,
        MARKET_CAPS,
        SERIES,
        EARNINGS,
        FACTORS,
        DEALS,
        DEAL_PARTIES,
        EVENTS,
        CAPACITY_COMMITMENTS,
        GPU_MODELS,
        CLAIMS,
        SITES,
        DAILY_MOVES,
        MODEL_FITS,
        ABNORMAL_RETURNS,
        EVENT_IMPACT,
        EVENTS_FLAT,
        DEAL_IMPACT,
        ABNORMAL_VOLUME,
        ABNORMAL_VOLATILITY,
        STUDY_PATHS,
        STUDY_TESTS,
        CAPACITY_BY_QUARTER,
        DELIVERY,
        CAPACITY_ECONOMICS,
        COMMITMENT_SHARES,
        CONCENTRATION_NOW,
        MARKET_PER_GW,
        CLAIM_AUDIT,
        ARTICLE_CHECK,
        CAR_REGRESSIONS,
        ROBUSTNESS);
  }
}
