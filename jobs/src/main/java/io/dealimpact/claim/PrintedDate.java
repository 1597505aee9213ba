package io.dealimpact.claim;

import io.dealimpact.capacity.Quarter;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a printed date at its word, as days since 1970-01-01.
 *
 * <ul>
 *   <li>2026-12-31, October 2026, Q3 2026, 2026Q3, H2 2026, second half of 2026, 2026: that day,
 *       month, quarter, half or year.
 *   <li>early, mid, late 2026: January to April, May to August, September to December; the end of
 *       2026: its last quarter; the start of 2026: its first.
 *   <li>by, before the end of, until X: up to the last day of X; before X: up to the day before it.
 *   <li>from, into, since X, X and beyond, X or later: from the first day of X; after X: from the
 *       day after it.
 *   <li>at once, immediately, right away, now: from the day of the deal to 31 days later.
 * </ul>
 */
final class PrintedDate {

  private static final Pattern AT_ONCE =
      Pattern.compile("\\b(?:at once|immediately|immediate|right away|straight away|now)\\b");
  private static final Pattern ISO = Pattern.compile("\\b(\\d{4})-(\\d{2})-(\\d{2})\\b");
  private static final Pattern QUARTER =
      Pattern.compile("\\bq([1-4]) (?:of )?(20\\d{2})\\b|\\b(20\\d{2})-?q([1-4])\\b");
  private static final Pattern HALF =
      Pattern.compile(
          "\\b(?:h([12])|(first|second) half)(?: of)? (20\\d{2})\\b|\\b(20\\d{2})-?h([12])\\b");
  private static final Pattern MONTH =
      Pattern.compile(
          "\\b(january|february|march|april|may|june|july|august|september|october|november|december)"
              + " (20\\d{2})\\b");
  private static final Pattern PART =
      Pattern.compile(
          "\\b(early|beginning of|start of|mid|middle of|late|end of|end)[ -](?:in"
              + " )?(20\\d{2})\\b");
  private static final Pattern YEAR = Pattern.compile("\\b(20\\d{2})\\b");

  /** What the date words name. */
  private record Span(LocalDate first, LocalDate last, int start, int end) {}

  private PrintedDate() {}

  /** The days that the print allows; what was claimed where it names none; else empty. */
  static Optional<Band> band(Claim claim) {
    String text = claim.print().words().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    Optional<Span> span = span(text);
    if (span.isPresent()) {
      return Optional.of(directed(text, span.get()));
    }
    if (AT_ONCE.matcher(text).find() && claim.eventDate().isPresent()) {
      LocalDate day = claim.eventDate().get();
      return Optional.of(band(day, day.plusDays(31)));
    }
    return claim.print().claimed().map(days -> new Band(days.low(), days.high()));
  }

  private static Band directed(String text, Span span) {
    String before = text.substring(0, span.start());
    String after = text.substring(span.end());
    if (before.matches(".*\\bbefore (?:the )?$") && !text.startsWith("end", span.start())) {
      return new Band(Double.NEGATIVE_INFINITY, span.first().toEpochDay() - 1.0);
    }
    if (before.matches(".*\\b(?:by|before|until|till|no later than) (?:the )?$")) {
      return new Band(Double.NEGATIVE_INFINITY, span.last().toEpochDay());
    }
    if (before.matches(".*\\bafter (?:the )?$")) {
      return new Band(span.last().toEpochDay() + 1.0, Double.POSITIVE_INFINITY);
    }
    if (before.matches(".*\\b(?:from|into|since|starting|beginning)(?: in)? (?:the )?$")
        || after.matches("^,? (?:and|or) (?:beyond|later|after|onwards?)\\b.*")) {
      return new Band(span.first().toEpochDay(), Double.POSITIVE_INFINITY);
    }
    return band(span.first(), span.last());
  }

  private static Optional<Span> span(String text) {
    return iso(text)
        .or(() -> quarter(text))
        .or(() -> half(text))
        .or(() -> month(text))
        .or(() -> part(text))
        .or(() -> year(text));
  }

  private static Optional<Span> iso(String text) {
    Matcher matcher = ISO.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    int year = Integer.parseInt(matcher.group(1));
    int month = Integer.parseInt(matcher.group(2));
    int day = Integer.parseInt(matcher.group(3));
    if (month < 1 || month > 12 || day < 1 || day > YearMonth.of(year, month).lengthOfMonth()) {
      return Optional.empty();
    }
    LocalDate date = LocalDate.of(year, month, day);
    return Optional.of(new Span(date, date, matcher.start(), matcher.end()));
  }

  private static Optional<Span> quarter(String text) {
    Matcher matcher = QUARTER.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    boolean yearLast = matcher.group(1) != null;
    Quarter quarter =
        new Quarter(
            Integer.parseInt(matcher.group(yearLast ? 2 : 3)),
            Integer.parseInt(matcher.group(yearLast ? 1 : 4)));
    return Optional.of(
        new Span(quarter.firstDay(), quarter.lastDay(), matcher.start(), matcher.end()));
  }

  private static Optional<Span> half(String text) {
    Matcher matcher = HALF.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    boolean yearLast = matcher.group(3) != null;
    int year = Integer.parseInt(matcher.group(yearLast ? 3 : 4));
    boolean first =
        yearLast
            ? "1".equals(matcher.group(1)) || "first".equals(matcher.group(2))
            : "1".equals(matcher.group(5));
    return Optional.of(months(year, first ? 1 : 7, first ? 6 : 12, matcher));
  }

  private static Optional<Span> month(String text) {
    Matcher matcher = MONTH.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    int month = Month.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)).getValue();
    return Optional.of(months(Integer.parseInt(matcher.group(2)), month, month, matcher));
  }

  private static Optional<Span> part(String text) {
    Matcher matcher = PART.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    int year = Integer.parseInt(matcher.group(2));
    return Optional.of(
        switch (matcher.group(1)) {
          case "early" -> months(year, 1, 4, matcher);
          case "beginning of", "start of" -> months(year, 1, 3, matcher);
          case "mid", "middle of" -> months(year, 5, 8, matcher);
          case "late" -> months(year, 9, 12, matcher);
          default -> months(year, 10, 12, matcher);
        });
  }

  private static Optional<Span> year(String text) {
    Matcher matcher = YEAR.matcher(text);
    return matcher.find()
        ? Optional.of(months(Integer.parseInt(matcher.group(1)), 1, 12, matcher))
        : Optional.empty();
  }

  private static Span months(int year, int from, int to, Matcher matcher) {
    return new Span(
        LocalDate.of(year, from, 1),
        YearMonth.of(year, to).atEndOfMonth(),
        matcher.start(),
        matcher.end());
  }

  private static Band band(LocalDate first, LocalDate last) {
    return new Band(first.toEpochDay(), last.toEpochDay());
  }
}
