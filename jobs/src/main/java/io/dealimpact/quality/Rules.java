package io.dealimpact.quality;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.substring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;

/** Rules that several feeds share. Typed columns have the delivered column's name. */
public final class Rules {
  /** Longest part of a delivered value that a message repeats. */
  private static final int SHOWN = 100;

  static final String EARLIEST = "1800-01-01";
  static final String LATEST = "2100-12-31";
  static final int LONGEST_NAME = 200;

  /** Control, format, surrogate and private characters, and separators of lines. */
  private static final String INVISIBLE = "[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]";

  private static final Object[] NOT_FINITE = {
    "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity"
  };

  private Rules() {}

  /** The value as delivered, as messages show it: its beginning, without invisible characters. */
  public static Column shown(String column) {
    Column visible =
        regexp_replace(substring(DeliveredRows.raw(column), 1, SHOWN), INVISIBLE, "\uFFFD");
    return coalesce(visible, lit("(missing)"));
  }

  /**
   * {@code implausible-date}: a day outside {@value #EARLIEST} to {@value #LATEST}, as years 0001
   * and 9999 are that programs write for an absent day.
   */
  public static Rule implausibleDate(String column) {
    return implausibleDate(column, column);
  }

  /** Like {@link #implausibleDate(String)}, where the typed day has a name of its own. */
  public static Rule implausibleDate(String column, String day) {
    return broken(
        "implausible-date",
        column,
        col(day).between(lit(EARLIEST).cast("date"), lit(LATEST).cast("date")).equalTo(false),
        "between " + EARLIEST + " and " + LATEST);
  }

  /**
   * {@code invalid-name} for each column: a name or an id that is longer than {@value
   * #LONGEST_NAME} characters, or has characters that nobody sees (control characters, marks that
   * turn the direction of the text). Two names could look the same and not be it.
   */
  public static List<Rule> names(String... columns) {
    return Arrays.stream(columns).map(column -> name(column, Parse.text(column))).toList();
  }

  /** Like {@link #names}, for a title that nothing is found by: a line may end in it. */
  public static Rule title(String column) {
    return name(column, regexp_replace(Parse.text(column), "[\\r\\n\\t]", " "));
  }

  private static Rule name(String column, Column name) {
    return broken(
        "invalid-name",
        column,
        length(name).gt(LONGEST_NAME).or(name.rlike(INVISIBLE)),
        "a name of at most "
            + LONGEST_NAME
            + " characters, without control characters and marks of direction");
  }

  /** {@code missing-<column>}: nothing was delivered. */
  public static Rule missing(String column) {
    return new Rule(
        "missing-" + column.replace('_', '-'),
        Parse.text(column).isNull(),
        lit(column + " is missing; every row needs it"));
  }

  /** {@code missing-<column>}: no value was delivered, or a word for none. */
  public static Rule missingValue(String column) {
    return new Rule(
        "missing-" + column.replace('_', '-'),
        isMissing(column),
        format_string(column + " is '%s'; every row needs a value", shown(column)));
  }

  /** The typed column is looked at first: where it has a value, the text need not be. */
  private static Column isMissing(String column) {
    return col(column).isNull().and(Parse.value(column).isNull());
  }

  /** {@code missing-date}: no day was delivered. */
  public static Rule missingDate(String column) {
    return new Rule(
        "missing-date", isMissing(column), lit(column + " is missing; a day is needed"));
  }

  /** {@code invalid-date}: delivered, but not a day that exists. */
  public static Rule invalidDate(String column) {
    return invalidDate(column, col(column));
  }

  /** Like {@link #invalidDate(String)}, where the typed column may have another day instead. */
  public static Rule invalidDate(String column, Column date) {
    return broken(
        "invalid-date",
        column,
        date.isNull().and(Parse.value(column).isNotNull()),
        "a day that exists, as yyyy-MM-dd or yyyyMMdd");
  }

  /**
   * {@code invalid-date}: neither an instant with an offset nor a plain day.
   *
   * @param day typed column with the day it is
   */
  public static Rule invalidInstant(String column, String day) {
    return broken(
        "invalid-date",
        column,
        col(day).isNull().and(Parse.value(column).isNotNull()),
        "an ISO instant with offset, as 2025-11-03T09:00:00-05:00, or a day that exists, as"
            + " 2025-11-03");
  }

  /** {@code not-finite} and {@code not-a-number} for each column. */
  public static List<Rule> numbers(String... columns) {
    List<Rule> rules = new ArrayList<>();
    for (String column : columns) {
      Column value = col(column);
      rules.add(
          broken(
              "not-finite",
              column,
              isnan(value)
                  .or(abs(value).equalTo(Double.POSITIVE_INFINITY))
                  .or(value.isNull().and(lower(Parse.value(column)).isin(NOT_FINITE))),
              "a finite number"));
      rules.add(
          broken(
              "not-a-number",
              column,
              value.isNull().and(Parse.value(column).isNotNull()),
              "a number such as 12.5, without thousands separators or units"));
    }
    return rules;
  }

  /** {@code negative-<what>}: below 0. */
  public static Rule negative(String what, String column) {
    return broken("negative-" + what, column, col(column).lt(0), "0 or above");
  }

  /** {@code implausible-<what>}: at or above a limit. */
  public static Rule below(String what, String column, double limit) {
    return broken(
        "implausible-" + what,
        column,
        col(column).geq(limit),
        String.format(Locale.ROOT, "below %.0e", limit));
  }

  /** {@code negative-<what>}, {@code zero-<what>} and, outside the limits, {@code implausible-}. */
  public static List<Rule> within(String what, String column, double least, double limit) {
    String allowed = String.format(Locale.ROOT, "at least %.0e and below %.0e", least, limit);
    Column value = col(column);
    return List.of(
        broken("negative-" + what, column, value.lt(0), allowed),
        broken("zero-" + what, column, value.equalTo(0), allowed),
        broken("implausible-" + what, column, value.lt(least).or(value.geq(limit)), allowed));
  }

  /** {@code negative-<what>}, {@code zero-<what>} and {@code implausible-<what>}. */
  public static List<Rule> positiveBelow(String what, String column, double limit) {
    String allowed = String.format(Locale.ROOT, "above 0 and below %.0e", limit);
    Column value = col(column);
    return List.of(
        broken("negative-" + what, column, value.lt(0), allowed),
        broken("zero-" + what, column, value.equalTo(0), allowed),
        broken("implausible-" + what, column, value.geq(limit), allowed));
  }

  /** {@code low-above-high}: a range that is the wrong way round. */
  public static Rule lowAboveHigh(String low, String high) {
    return new Rule(
        "low-above-high",
        col(low).gt(col(high)),
        format_string(
            low + " %s is above " + high + " %s; the low end must not exceed the high end",
            shown(low),
            shown(high)));
  }

  /** {@code unknown-<column>}: a word that is not in the list; an absent one is not broken. */
  public static Rule unknownWord(String column, List<String> allowed) {
    return broken(
        "unknown-" + column.replace('_', '-'),
        column,
        Parse.lowerText(column).isin(allowed.toArray()).equalTo(false),
        "one of " + String.join(", ", allowed));
  }

  /** {@code column is 'value'; it must be …}. */
  public static Rule broken(String name, String column, Column brokenWhen, String allowed) {
    return new Rule(
        name,
        brokenWhen,
        format_string(
            column + " is '%s'; it must be " + allowed.replace("%", "%%"), shown(column)));
  }

  /** Lists of rules one after the other. */
  @SafeVarargs
  public static List<Rule> inOrder(List<Rule>... parts) {
    List<Rule> rules = new ArrayList<>();
    for (List<Rule> part : parts) {
      rules.addAll(part);
    }
    return List.copyOf(rules);
  }
}
