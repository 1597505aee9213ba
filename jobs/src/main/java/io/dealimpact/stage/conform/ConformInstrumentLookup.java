package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.forall;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.lake.Tables;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.DeliveredRows;
import io.dealimpact.quality.Parse;
import io.dealimpact.quality.Rule;
import io.dealimpact.stage.StageContext;
import io.dealimpact.study.market.Exchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds the instrument that a row of another feed speaks of, by whatever name the row gives it.
 * Adds {@code instrument_id}, {@code exchange} and {@code currency}; NULL when nothing or several
 * things have that name, and {@link #rules} say which.
 *
 * <p>A ticker may belong to one instrument after another: of several the one counts that has it on
 * the row's day. A suffix must be one of the instrument's exchange, or of its currency where the
 * exchange is not known.
 */
final class ConformInstrumentLookup {
  private static final String FOUND = DeliveredRows.forRules("lookup_found");
  private static final String NEAR = DeliveredRows.forRules("lookup_near");
  private static final String GIVEN = DeliveredRows.forRules("lookup_given");
  private static final String HIT = "lookup_hit";
  private static final String NAME = "lookup_name";

  /** Names of a feed that are kept in memory at most; with more, each row is looked up. */
  private static final int MOST_NAMES = 200_000;

  /** Columns that are added to rows: fields of a candidate. */
  private static final List<String> OF_INSTRUMENT =
      List.of("instrument_id", "exchange", "currency");

  /** What is known of a candidate, beside the days of the name. */
  private static final List<String> OF_EXCHANGE =
      List.of(
          "instrument_id",
          "exchange",
          "currency",
          ConformExchange.MARKET,
          ConformExchange.ZONE,
          ConformExchange.DAYS_OFF);

  private static final String SUFFIX = "\\.([A-Z]{1,5})$";

  private ConformInstrumentLookup() {}

  static Column byId(Column id) {
    return concat(lit("id:"), id);
  }

  static Column byTicker(Column ticker) {
    return concat(lit("ticker:"), upper(ticker));
  }

  /** By a ticker as vendors write it: {@code BRK-B.US}, {@code BRK/B}, {@code BRK B} are BRK.B. */
  private static List<Column> byVendorTicker(Column ticker) {
    Column upper = upper(ticker);
    return List.of(vendor(upper), vendorWithSuffix(upper));
  }

  private static Column vendor(Column upper) {
    return concat(lit("vendor:"), translate(upper, "./ ", "---"));
  }

  private static Column vendorWithSuffix(Column upper) {
    return when(
        upper.rlike(SUFFIX),
        concat(
            vendor(regexp_replace(upper, SUFFIX, "")), lit("@"), regexp_extract(upper, SUFFIX, 1)));
  }

  static Column byCik(Column cik) {
    return concat(lit("cik:"), cik);
  }

  static Column byName(Column name) {
    return concat(lit("name:"), upper(name));
  }

  /**
   * What is tried to find an instrument.
   *
   * @param given what the row calls it, for messages; NULL when it does not say
   * @param tried names in the order in which they are tried; NULL is skipped
   * @param near a name of another listing of it, which is not taken
   */
  private record Names(Column given, List<Column> tried, Column near) {}

  /**
   * Adds the instrument.
   *
   * @param given what the row calls it, for messages; NULL when it does not say
   * @param names in the order in which they are tried; NULL is skipped
   * @param day of the row; NULL where any day will do
   */
  static Dataset<Row> resolve(
      StageContext context, Dataset<Row> rows, Column given, List<Column> names, Column day) {
    return resolve(
        rows,
        lookup(context),
        new Names(given, names, lit(null).cast("string")),
        day,
        OF_INSTRUMENT);
  }

  private static Dataset<Row> resolve(
      Dataset<Row> rows, Dataset<Row> lookup, Names names, Column day, List<String> columns) {
    return found(withHits(rows, lookup, names), day, columns);
  }

  /** Adds {@link #GIVEN}, {@link #HIT} and {@link #NEAR}. */
  private static Dataset<Row> withHits(Dataset<Row> rows, Dataset<Row> lookup, Names names) {
    List<Column> tried = new ArrayList<>(names.tried());
    tried.add(names.near());
    Map<String, Column> wanted = new TreeMap<>(Map.of(GIVEN, names.given()));
    for (int i = 0; i < tried.size(); i++) {
      wanted.put("lookup_key_" + i + "_wanted", tried.get(i));
    }
    Dataset<Row> result = rows.withColumns(wanted);
    String[] hits = new String[tried.size()];
    for (int i = 0; i < tried.size(); i++) {
      String key = "lookup_key_" + i;
      hits[i] = "lookup_hit_" + i;
      result =
          result
              .join(
                  broadcast(lookup.select(col("lookup_key").as(key), col("hit").as(hits[i]))),
                  col(key + "_wanted").equalTo(col(key)),
                  "left")
              .drop(key, key + "_wanted");
    }
    int last = hits.length - 1;
    Column first =
        coalesce(Arrays.stream(hits, 0, last).map(hit -> col(hit)).toArray(Column[]::new));
    Column near = col(hits[last]).getField("candidates").getItem(0);
    return result.withColumns(Map.of(HIT, first, NEAR, near)).drop(hits);
  }

  /**
   * Adds {@link #FOUND} and what is known of the instrument, if it is one.
   *
   * @param columns that are added
   */
  private static Dataset<Row> found(Dataset<Row> withHits, Column day, List<String> columns) {
    Column candidates = col(HIT).getField("candidates");
    Column found = coalesce(col(HIT).getField("always"), valid(candidates, day));
    Column one = when(size(col(FOUND)).equalTo(1), col(FOUND).getItem(0));
    Map<String, Column> added = new TreeMap<>();
    columns.forEach(column -> added.put(column, one.getField(column)));
    return withHits.withColumn(FOUND, found).drop(HIT).withColumns(added);
  }

  /** The candidates that have the name on the row's day, each once. */
  private static Column valid(Column hits, Column day) {
    return each(
        filter(
            hits,
            candidate ->
                coalesce(candidate.getField("valid_from").leq(day), lit(true))
                    .and(coalesce(candidate.getField("valid_to").geq(day), lit(true)))));
  }

  /** Candidates without the days of the name, each once. */
  private static Column each(Column candidates) {
    return array_distinct(
        transform(
            candidates,
            candidate ->
                struct(
                    OF_EXCHANGE.stream()
                        .map(field -> candidate.getField(field).as(field))
                        .toArray(Column[]::new))));
  }

  private static Column isUnbounded(Column candidate) {
    return candidate.getField("valid_from").isNull().and(candidate.getField("valid_to").isNull());
  }

  /** Adds the instrument of rows that give its {@code instrument_id}, or a ticker. */
  static Dataset<Row> resolveByIdOrTicker(StageContext context, Dataset<Row> rows, Column day) {
    return resolve(
        rows,
        lookup(context),
        byIdOrTicker(Parse.text("instrument_id"), Parse.text("ticker")),
        day,
        OF_INSTRUMENT);
  }

  private static Names byIdOrTicker(Column id, Column givenTicker) {
    Column ticker = when(id.isNull(), givenTicker);
    List<Column> names = new ArrayList<>();
    names.add(coalesce(byId(id), byTicker(ticker)));
    names.addAll(byVendorTicker(ticker));
    // A file may be named for the instrument, where several have its ticker.
    names.add(byId(ticker));
    return new Names(
        coalesce(id, givenTicker),
        names,
        when(upper(ticker).rlike(SUFFIX), vendor(regexp_replace(upper(ticker), SUFFIX, ""))));
  }

  /**
   * Like {@link #resolveByIdOrTicker}, for many rows of few instruments: each name is looked up
   * once, and not in each row. Adds the columns of {@link ConformExchange} too.
   *
   * @param wanted rows that cannot be of one of these instruments may be left out; empty for all
   *     rows
   */
  static Dataset<Row> resolveManyByIdOrTicker(
      StageContext context, Dataset<Row> rows, Column day, Set<String> wanted) {
    Column id = Parse.text("instrument_id");
    Column ticker = Parse.text("ticker");
    Dataset<Row> lookup = lookup(context);
    Column name =
        coalesce(concat(lit("id:"), id), concat(lit("ticker:"), ticker), lit("")).as(NAME);
    Dataset<Row> named =
        withHits(
            rows.select(name, id.as("name_id"), ticker.as("name_ticker")).dropDuplicates(NAME),
            lookup,
            byIdOrTicker(col("name_id"), col("name_ticker")));
    Column isWanted =
        wanted.isEmpty()
            ? lit(true)
            : exists(
                col(HIT).getField("candidates"),
                candidate -> candidate.getField("instrument_id").isin(wanted.toArray()));
    Dataset<Row> hits = named.where(isWanted).select(NAME, GIVEN, HIT, NEAR);
    List<Row> few = hits.limit(MOST_NAMES + 1).collectAsList();
    if (few.size() > MOST_NAMES) {
      return resolve(rows, lookup, byIdOrTicker(id, ticker), day, OF_EXCHANGE);
    }
    Dataset<Row> known =
        rows.sparkSession()
            .createDataFrame(few, hits.schema())
            .withColumnRenamed(NAME, NAME + "_known");
    return found(
            rows.withColumn(NAME, name)
                .join(
                    broadcast(known),
                    col(NAME).equalTo(col(NAME + "_known")),
                    wanted.isEmpty() ? "left" : "inner")
                .drop(NAME, NAME + "_known"),
            day,
            OF_EXCHANGE)
        // What is known of the one that was found is in columns of its own.
        .withColumn(FOUND, when(col("instrument_id").isNull(), col(FOUND)));
  }

  /** Every candidate for which a row may stand, for rows that speak of a company. */
  static Column candidates() {
    return transform(col(FOUND), candidate -> candidate.getField("instrument_id"));
  }

  private static Dataset<Row> lookup(StageContext context) {
    return context.derived(Tables.INSTRUMENTS, "names", ConformInstrumentLookup::names);
  }

  /** The names under which instruments are found: lookup_key, hit. */
  private static Dataset<Row> names(Dataset<Row> instruments) {
    Column suffixes =
        coalesce(
            element_at(suffixes(Exchange::mic), col("mic")),
            element_at(suffixes(Exchange::currency), Subunits.main(col("currency"))),
            array().cast("array<string>"));
    Column tickers =
        concat(
            array(struct(col("valid_from"), col("valid_to"), col("ticker"))),
            coalesce(
                col("ticker_history"),
                array().cast("array<struct<valid_from: date, valid_to: date, ticker: string>>")));
    Column spans =
        flatten(
            transform(
                tickers,
                name ->
                    transform(
                        concat(
                            array(
                                byTicker(name.getField("ticker")),
                                vendor(upper(name.getField("ticker")))),
                            transform(
                                suffixes,
                                suffix ->
                                    concat(
                                        vendor(upper(name.getField("ticker"))), lit("@"), suffix))),
                        key ->
                            entry(key, name.getField("valid_from"), name.getField("valid_to")))));
    Column never = lit(null).cast("date");
    Column whole =
        transform(
            array(byId(col("instrument_id")), byId(col("isin")), byId(col("figi"))),
            key -> entry(key, never, never));
    // Of a company from the first of its tickers to the last.
    Column hasAlways = exists(tickers, name -> name.getField("valid_from").isNull());
    Column hasStill = exists(tickers, name -> name.getField("valid_to").isNull());
    Column ofCompany =
        transform(
            array(byCik(col("cik")), byName(col("organisation")), byName(col("name"))),
            key ->
                entry(
                    key,
                    when(not(hasAlways), array_min(tickers.getField("valid_from"))),
                    when(not(hasStill), array_max(tickers.getField("valid_to")))));
    Dataset<Row> found =
        instruments
            .withColumn("entry", explode(concat(spans, whole, ofCompany)))
            .select(col("*"), col("entry.*"))
            .where(col("lookup_key").isNotNull())
            .select(
                col("lookup_key"),
                struct(
                        col("instrument_id"),
                        col("exchange"),
                        col("currency"),
                        ConformExchange.codeOf(col("exchange")).as(ConformExchange.MARKET),
                        ConformExchange.zone(col("exchange")).as(ConformExchange.ZONE),
                        ConformExchange.daysOff(col("exchange")).as(ConformExchange.DAYS_OFF),
                        col("name_from").as("valid_from"),
                        col("name_to").as("valid_to"))
                    .as("candidate"))
            .groupBy("lookup_key")
            .agg(sort_array(collect_set("candidate")).as("candidates"))
            // Of most names: what stands for every day need not be found for each row.
            .withColumn(
                "always",
                when(
                    forall(col("candidates"), ConformInstrumentLookup::isUnbounded),
                    each(col("candidates"))))
            .select(col("lookup_key"), struct(col("candidates"), col("always")).as("hit"));
    // Taken to the driver: as a plan it would be planned anew in every join.
    return instruments.sparkSession().createDataFrame(found.collectAsList(), found.schema());
  }

  /** A name under which an instrument is found, from day to day. */
  private static Column entry(Column key, Column from, Column to) {
    return struct(key.as("lookup_key"), from.as("name_from"), to.as("name_to"));
  }

  private static Column suffixes(Function<Exchange, String> of) {
    Map<String, Set<String>> suffixes = new TreeMap<>();
    for (Exchange exchange : Exchange.all()) {
      suffixes
          .computeIfAbsent(of.apply(exchange), key -> new TreeSet<>())
          .addAll(exchange.suffixes());
    }
    Map<String, List<String>> lists = new TreeMap<>();
    suffixes.forEach((key, values) -> lists.put(key, List.copyOf(values)));
    return ConstantMap.ofLists(lists);
  }

  /**
   * {@code missing-instrument}, {@code unknown-instrument}, {@code not-followed} and {@code
   * ambiguous-instrument}.
   */
  static List<Rule> rules() {
    Column found =
        when(col("instrument_id").isNotNull(), 1).otherwise(size(coalesce(col(FOUND), array())));
    return List.of(
        new Rule(
            "missing-instrument",
            col(GIVEN).isNull().and(found.equalTo(0)),
            lit("the row names no instrument; instrument_id is needed")),
        new Rule(
            CheckedRows.OTHER_LISTING,
            found.equalTo(0).and(col(NEAR).isNotNull()),
            format_string(
                "the instrument '%s' is not in silver.instruments: %s is, at %s in %s, and its"
                    + " tickers do not end so; deliver it in instruments/, or correct the name",
                col(GIVEN),
                col(NEAR).getField("instrument_id"),
                coalesce(col(NEAR).getField("exchange"), lit("no exchange")),
                col(NEAR).getField("currency"))),
        new Rule(
            CheckedRows.NOT_FOLLOWED,
            found.equalTo(0),
            format_string(
                "the instrument '%s' is not in silver.instruments; to follow it, deliver it in"
                    + " instruments/",
                col(GIVEN))),
        ambiguous(found));
  }

  /** Like {@link #rules}, for rows that may speak of several listings of a company. */
  static List<Rule> rulesOfCompanies() {
    return rules().stream().filter(rule -> !rule.name().equals("ambiguous-instrument")).toList();
  }

  private static Rule ambiguous(Column found) {
    return new Rule(
        "ambiguous-instrument",
        found.gt(1),
        format_string(
            "'%s' may be any of %s; give the instrument_id, or say in instruments/ from when to"
                + " when each has the ticker (valid_from, valid_to)",
            coalesce(col(GIVEN), lit("the file's name")), concat_ws(", ", candidates())));
  }
}
