package io.dealimpact.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.contains;
import static org.apache.spark.sql.functions.endswith;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.minute;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;

/**
 * Typed values from text as delivered. What cannot be parsed becomes NULL and never throws; the
 * {@link Rules} distinguish "absent" from "unreadable".
 */
public final class Parse {
  public static final String NEW_YORK = "America/New_York";

  private static final String MIDNIGHT = "([T ]00:00(:00(\\.0+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?";

  /** What people and programs write where there is no value. */
  private static final String ABSENT =
      "(?i)^(\\(?null\\)?|none|nan|nat|nil|n/?a|n\\.a\\.?|<na>|<null>|#n/a( n/a)?|#na"
          + "|#(value|ref|num|name|null|div/0)[!?]|\\\\n|missing|[-\u2013\u2014]+|\\.[a-z_]?)$";

  private static final int LATE_EVENING = 21 * 60;

  private Parse() {}

  /** Text without blanks around it; NULL when nothing is left. */
  public static Column text(String column) {
    return DeliveredRows.raw(column);
  }

  /** Text that is to be a number or a day; NULL also for {@code N/A}, {@code null}, {@code -}. */
  public static Column value(String column) {
    Column text = text(column);
    return when(text.rlike(ABSENT).equalTo(false), text);
  }

  /** Whether the text is a time within a day rather than a day. */
  public static Column isInstant(String column) {
    return coalesce(date(column).isNull().and(value(column).isNotNull()), lit(false));
  }

  /** Like {@link #text(String)}, in lower case. */
  public static Column lowerText(String column) {
    return lower(text(column));
  }

  /** Like {@link #text(String)}, in upper case. */
  public static Column upperText(String column) {
    return upper(text(column));
  }

  /**
   * A decimal number with an optional exponent; may be NaN or infinite, which {@link Rules}
   * reports.
   */
  public static Column number(String column) {
    Column text = text(column);
    // Java reads 1d, 1f and 0x1p3 as numbers; nobody who delivers data means them. It reads words
    // too: NaN, which stands for no value, and infinity. Few texts need that look.
    return when(endsIn(text, "n", "N", "y", "Y"), number(value(column)))
        .when(
            not(
                endsIn(text, "d", "D", "f", "F")
                    .or(contains(text, lit("x")))
                    .or(contains(text, lit("X")))),
            text.try_cast("double"));
  }

  private static Column endsIn(Column text, String... letters) {
    return Arrays.stream(letters)
        .map(letter -> endswith(text, lit(letter)))
        .reduce(Column::or)
        .orElseThrow();
  }

  private static Column number(Column text) {
    return when(translate(text, "dDfFxX", "").equalTo(text), text.try_cast("double"));
  }

  /**
   * Shares after for one before: a {@link #number}, or {@code 10:1}, {@code 10/1} and {@code
   * 10-for-1}.
   */
  public static Column ratio(String column) {
    Column text = value(column);
    String pair = "^([0-9.]+) ?(?:[:/]|-?(?:for|to)-?) ?([0-9.]+)$";
    Column after = number(regexp_replace(text, pair, "$1"));
    Column before = number(regexp_replace(text, pair, "$2"));
    return coalesce(
        number(column), when(text.rlike(pair).and(before.notEqual(0)), after.divide(before)));
  }

  /**
   * A number in percent as a fraction: 0.38 is exactly the double 0.0038, because the decimal point
   * moves before the text becomes binary.
   */
  public static Column percent(String column) {
    Column text = value(column);
    return when(
        translate(text, "dDfFxXeE", "").equalTo(text),
        concat_ws("", text, lit("E-2")).try_cast("double"));
  }

  /**
   * A day that exists, {@code yyyy-MM-dd} or {@code yyyyMMdd}; midnight on it, as data frames write
   * days, is the day in whatever zone it is.
   */
  public static Column date(String column) {
    Column text = text(column);
    return when(isDashed(text), text.try_cast("date")).otherwise(date(value(column)));
  }

  /** Whether a text is written as nearly all days are, yyyy-MM-dd; seen without a pattern. */
  static Column isDashed(Column text) {
    return octet_length(text)
        .equalTo(10)
        .and(substring(text, 5, 1).equalTo("-"))
        .and(substring(text, 8, 1).equalTo("-"))
        .and(substring(text, 9, 1).between("0", "9"))
        .and(substring(text, 10, 1).between("0", "9"));
  }

  private static Column date(Column text) {
    Column dashed =
        when(
                text.rlike("^[0-9]{4}([-/])[0-9]{2}\\1[0-9]{2}" + MIDNIGHT + "$"),
                translate(substring(text, 1, 10), "/", "-"))
            .when(
                text.rlike("^[0-9]{8}$"),
                concat_ws(
                    "-", substring(text, 1, 4), substring(text, 5, 2), substring(text, 7, 2)));
    return dashed.try_cast("date");
  }

  /**
   * The day of a session: a {@link #date}, or the day that an instant within it has at the
   * exchange. Instants are written as {@link #instant}s, or as Unix time in seconds, milliseconds
   * or nanoseconds.
   *
   * @param zone of the exchange
   */
  public static Column session(String column, Column zone) {
    return session(column, zone, lit(LATE_EVENING));
  }

  /**
   * The same where the end of the session is known. A time after it is none of the session:
   * midnight of a place further east is such a time, and its day is the next one.
   *
   * @param zone of the exchange
   * @param until the last minute of the exchange's day that a bar is stamped with
   */
  public static Column session(String column, Column zone, Column until) {
    Column text = value(column);
    Column seconds =
        when(text.rlike("^[0-9]{19}$"), substring(text, 1, 10))
            .when(text.rlike("^[0-9]{13}$"), substring(text, 1, 10))
            .when(text.rlike("^[0-9]{10}$"), text)
            .cast("long");
    Column instant = coalesce(timestamp_seconds(seconds), instant(column));
    Column local = from_utc_timestamp(instant, zone);
    Column stamp = hour(local).multiply(60).plus(minute(local));
    return coalesce(date(column), when(stamp.leq(until), to_date(local)));
  }

  /**
   * An ISO 8601 instant with an offset: {@code 2025-11-03T09:00:00-05:00}, or {@code …Z}; a blank
   * may stand for the {@code T}. Midnight in UTC is none: data frames write days so.
   */
  public static Column instant(String column) {
    return instant(value(column));
  }

  /** The same of a text that is no column's own, as an element of an array. */
  public static Column instant(Column given) {
    Column text =
        when(
            given.rlike("^.{10}[T ]00:00(:00(\\.0+)?)?(Z|[+-]00:?00)$").equalTo(false),
            regexp_replace(given, "^(.{10}) ", "$1T"));
    // Spark wants seconds before an offset, and a colon in it.
    Column withSeconds = regexp_replace(text, "(T[0-9]{2}:[0-9]{2})([Z+-])", "$1:00$2");
    Column withColon = regexp_replace(withSeconds, "([+-][0-9]{2})([0-9]{2})$", "$1:$2");
    return when(
        text.rlike(
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?"
                + "(Z|[+-][0-9]{2}:?[0-9]{2})$"),
        withColon.try_cast("timestamp"));
  }

  /** The day of an {@link #instant} in New York, or the plain {@link #date}. */
  public static Column newYorkDay(String column) {
    return newYorkDay(text(column));
  }

  /** The same of a text that is no column's own, as an element of an array. */
  public static Column newYorkDay(Column text) {
    return coalesce(to_date(from_utc_timestamp(instant(text), NEW_YORK)), date(text));
  }

  /** A time of day as {@code HH:mm}; seconds are dropped. */
  public static Column timeOfDay(String column) {
    Column text = text(column);
    Column hoursAndMinutes = regexp_replace(text, "^([0-9]{1,2}:[0-9]{2}).*$", "$1");
    return when(
        text.rlike("^([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"),
        lpad(hoursAndMinutes, 5, "0"));
  }

  /** An SEC central index key, brought to ten digits. */
  public static Column cik(String column) {
    // A column of numbers in which some are absent is written with decimals.
    Column text = regexp_replace(value(column), "\\.0+$", "");
    return when(text.rlike("^[0-9]{1,10}$"), lpad(text, 10, "0"));
  }

  /** The last part of the source file's name up to its first dot: {@code AMZN}. */
  public static Column fileStem() {
    return regexp_replace(col("source_file"), "^.*/|\\..*$", "");
  }
}
