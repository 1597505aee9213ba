package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.StageContext;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * What was repaired in the data that an event's figures are from, or left out. A repair of prices
 * counts from the first day of the estimation window; a column that was left out counts about the
 * event alone, where highs and opens are used; a count of shares counts if it was known before day
 * 0.
 */
final class EventFlags implements AutoCloseable {
  /** Days of the calendar before and after day 0 that windows may reach to. */
  private static final int DAYS_BEFORE = 15;

  private static final int DAYS_AFTER = 35;

  /** Oldest count of shares that is used, days: as conform-market-caps has it. */
  private static final int COUNT_AGE_DAYS = 731;

  /** Days before day 0 whose market values an event is valued with. */
  private static final int CAP_DAYS = 5;

  /** The difference above which two market values are said to differ, a fraction. */
  private static final double DIFFERENCE = 0.02;

  /** Few listed companies have fewer. */
  private static final double FEW_SHARES = 1e6;

  /**
   * Days of the calendar come in stretches of 2 to this power, and an event meets the days of its
   * own stretches alone: not its instrument's whole history.
   */
  private static final int STRETCH = 7;

  private static final String STRETCH_OF_DAY = "stretch";
  private static final String[] MEETING = {"instrument_id", STRETCH_OF_DAY};

  /** So many events are sent to every task; with more, Spark decides how they meet the days. */
  private static final int MOST_SENT = 10_000;

  private final Dataset<Row> rows;
  private final List<Dataset<Row>> held;

  private EventFlags(Dataset<Row> rows, List<Dataset<Row>> held) {
    this.rows = rows;
    this.held = List.copyOf(held);
  }

  /**
   * The flags of events. To be closed when the rows were used.
   *
   * @param measured one row for each event and model
   */
  static EventFlags of(StageContext context, Dataset<Row> measured) {
    return of(context, measured, MOST_SENT);
  }

  /**
   * The same.
   *
   * @param mostSent events or days of them that are sent to every task; the flags are the same
   */
  static EventFlags of(StageContext context, Dataset<Row> measured, int mostSent) {
    Dataset<Row> found =
        measured
            .where(col("event_day").isNotNull())
            .groupBy("event_id", "instrument_id")
            .agg(
                max("event_day").as("event_day"),
                min(coalesce(col("estimation_start_day"), col("event_day"))).as("first_day"))
            .persist(StorageLevel.MEMORY_AND_DISK());
    List<Row> first = found.limit(mostSent + 1).collectAsList();
    boolean areFew = first.size() <= mostSent;
    // Each of the joins below would find them anew, in all that was measured.
    Dataset<Row> events =
        areFew ? measured.sparkSession().createDataFrame(first, found.schema()) : found;
    UnaryOperator<Dataset<Row>> sent = areFew ? rows -> broadcast(rows) : rows -> rows;
    Dataset<Row> counted = sent.apply(events);
    Dataset<Row> about = sent.apply(inStretches(events, daysBefore(DAYS_BEFORE)));
    UnaryOperator<Dataset<Row>> possible =
        areFew ? days -> broadcast(days) : days -> possible(context, days, mostSent);
    Dataset<Row> ofBars = ofDays(context, Tables.BARS).union(ofDays(context, Tables.RETURNS));
    Column isInEstimation =
        not(col("flag").endsWith("left-out"))
            .and(col("day").between(col("first_day"), col("event_day")));
    Dataset<Row> flags =
        ofBars
            .join(
                sent.apply(inStretches(events, least(col("first_day"), daysBefore(DAYS_BEFORE)))),
                MEETING)
            .where(isAboutEvent().or(isInEstimation))
            .select(col("event_id"), regexp_replace(col("flag"), " by .*", "").as("flag"))
            .union(ofCounts(context, counted))
            .union(differingCaps(context, about))
            .union(againstBars(context, about, possible));
    Dataset<Row> ofEvents =
        flags
            .groupBy(col("event_id").as("flagged_event"))
            .agg(sort_array(collect_set("flag")).as("input_flags"));
    if (areFew) {
      return new EventFlags(broadcast(ofEvents), List.of(found));
    }
    // Hardly an event has any as a rule. Spark sees how many there are before it joins them.
    ofEvents.persist(StorageLevel.MEMORY_AND_DISK()).count();
    return new EventFlags(ofEvents, List.of(found, ofEvents));
  }

  /** flagged_event and input_flags, in order of the alphabet: the events that have any. */
  Dataset<Row> rows() {
    return rows;
  }

  @Override
  public void close() {
    held.forEach(Dataset::unpersist);
  }

  /** What is said of the newest count of shares before an event; or that it is too old. */
  private static Dataset<Row> ofCounts(StageContext context, Dataset<Row> events) {
    Column isOld = col("count.effective_day").lt(col("event_day").minus(lit(COUNT_AGE_DAYS)));
    return context
        .read(Tables.SHARES_OUTSTANDING)
        .select(
            col("instrument_id"),
            unix_date(col("effective_date")).as("effective_day"),
            unix_date(col("known_date")).as("known_day"),
            col("data_flags"))
        .join(events, "instrument_id")
        .where(col("known_day").lt(col("event_day")))
        .groupBy("event_id", "event_day")
        .agg(max(struct(col("effective_day"), col("known_day"), col("data_flags"))).as("count"))
        .select(
            col("event_id"),
            explode(
                    concat(
                        coalesce(
                            split(col("count.data_flags"), ", "), array().cast("array<string>")),
                        array_compact(array(when(isOld, lit("share-count-too-old"))))))
                .as("flag"));
  }

  private static Column isAboutEvent() {
    return col("day").between(daysBefore(DAYS_BEFORE), lastDay());
  }

  private static Column daysBefore(int days) {
    return col("event_day").minus(lit(days));
  }

  private static Column lastDay() {
    return col("event_day").plus(lit(DAYS_AFTER));
  }

  private static Column day() {
    return unix_date(col("trade_date")).as("day");
  }

  private static Column stretch(Column day) {
    return shiftright(day, STRETCH);
  }

  /** Each event once for every stretch of days from a first one to the last about it. */
  private static Dataset<Row> inStretches(Dataset<Row> events, Column first) {
    return events.withColumn(STRETCH_OF_DAY, explode(sequence(stretch(first), stretch(lastDay()))));
  }

  /** Events before which the vendor's market value and shares times close differ. */
  private static Dataset<Row> differingCaps(StageContext context, Dataset<Row> about) {
    return context
        .read(Tables.MARKET_CAPS)
        .where(abs(col("vendor_difference")).gt(DIFFERENCE))
        .select(col("instrument_id"), day())
        .withColumn(STRETCH_OF_DAY, stretch(col("day")))
        .join(about, MEETING)
        .where(col("day").between(daysBefore(CAP_DAYS), daysBefore(1)))
        .select(col("event_id"), lit("market-cap-differs").as("flag"));
  }

  /**
   * Events about which more shares were traded on a day than there are, and those whose market
   * value is that of so few shares that it may be in thousands.
   *
   * @param possible leaves out days on which no bar matters, if it can tell
   */
  private static Dataset<Row> againstBars(
      StageContext context, Dataset<Row> about, UnaryOperator<Dataset<Row>> possible) {
    Dataset<Row> days =
        context
            .read(Tables.MARKET_CAPS)
            .select(
                col("instrument_id"),
                col("trade_date"),
                col("shares"),
                col("market_cap_ccy"),
                day())
            .withColumn(STRETCH_OF_DAY, stretch(col("day")))
            .join(about, MEETING)
            .where(isAboutEvent())
            .drop(STRETCH_OF_DAY);
    return context
        .read(Tables.BARS)
        .select("instrument_id", "trade_date", "close", "volume_shares")
        .join(possible.apply(days), new String[] {"instrument_id", "trade_date"})
        .select(
            col("event_id"),
            explode(
                    array_compact(
                        array(
                            when(isAboveShares(col("volume_shares")), lit("volume-above-shares")),
                            when(isOfFewShares(col("close")), lit("few-shares")))))
                .as("flag"));
  }

  private static Column isAboveShares(Column volume) {
    return volume.gt(col("shares"));
  }

  /** Whether the day's market value counts for the event and is that of few shares at a price. */
  private static Column isOfFewShares(Column close) {
    return col("day")
        .between(daysBefore(CAP_DAYS), daysBefore(1))
        .and(col("market_cap_ccy").lt(close.multiply(FEW_SHARES)));
  }

  /**
   * The days of many events on which a bar of their instrument may matter: hardly one. Few are sent
   * to the bars, which are then not brought together with days by the million.
   */
  private static Dataset<Row> possible(StageContext context, Dataset<Row> days, int mostSent) {
    Dataset<Row> highest =
        context
            .read(Tables.BARS)
            .groupBy("instrument_id")
            .agg(max("close").as("highest_close"), max("volume_shares").as("highest_volume"));
    Dataset<Row> possible =
        days.join(broadcast(highest), "instrument_id")
            .where(isAboveShares(col("highest_volume")).or(isOfFewShares(col("highest_close"))))
            .drop("highest_close", "highest_volume");
    List<Row> first = possible.limit(mostSent + 1).collectAsList();
    return first.size() <= mostSent
        ? broadcast(days.sparkSession().createDataFrame(first, possible.schema()))
        : possible;
  }

  private static Dataset<Row> ofDays(StageContext context, TableSpec table) {
    return context
        .read(table)
        .where(col("data_flags").isNotNull())
        .select(
            col("instrument_id"),
            day(),
            stretch(unix_date(col("trade_date"))).as(STRETCH_OF_DAY),
            explode(split(col("data_flags"), ", ")).as("flag"));
  }
}
