package io.dealimpact.capacity;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A calendar quarter, written {@code 2025Q4}.
 *
 * @param year calendar year
 * @param number 1 to 4
 */
public record Quarter(int year, int number) implements Comparable<Quarter>, Serializable {

  private static final Pattern FORMAT = Pattern.compile("(\\d{4})-?[Qq]([1-4])");

  /**
   * @throws IllegalArgumentException if the number is not 1 to 4
   */
  public Quarter {
    if (number < 1 || number > 4) {
      throw new IllegalArgumentException("quarter " + number + " of " + year + " is not 1 to 4");
    }
  }

  /**
   * The quarter written {@code 2025Q4} or {@code 2025-Q4}.
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static Quarter parse(String text) {
    Matcher matcher = FORMAT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a quarter such as 2025Q4");
    }
    return new Quarter(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** The quarter that holds the date. */
  public static Quarter of(LocalDate date) {
    return new Quarter(date.getYear(), (date.getMonthValue() + 2) / 3);
  }

  /** The first day. */
  public LocalDate firstDay() {
    return LocalDate.of(year, 3 * number - 2, 1);
  }

  /** The last day, inclusive. */
  public LocalDate lastDay() {
    return LocalDate.of(year, 3 * number, number == 1 || number == 4 ? 31 : 30);
  }

  /** Number of days, 90 to 92. */
  public int days() {
    return Math.toIntExact(ChronoUnit.DAYS.between(firstDay(), next().firstDay()));
  }

  /** The quarter after this one. */
  public Quarter next() {
    return plus(1);
  }

  /** The quarter so many later, or earlier if negative. */
  public Quarter plus(int quarters) {
    int ordinal = ordinal() + quarters;
    return new Quarter(Math.floorDiv(ordinal, 4), Math.floorMod(ordinal, 4) + 1);
  }

  /** How many quarters later the other is; negative if earlier. */
  public int until(Quarter other) {
    return other.ordinal() - ordinal();
  }

  /**
   * Share of the quarter's days that have passed at the end of the day: 0 before the quarter, 1 on
   * its last day and after.
   */
  public double fraction(LocalDate day) {
    long passed = ChronoUnit.DAYS.between(firstDay(), day) + 1;
    return (double) Math.max(0, Math.min(passed, days())) / days();
  }

  private int ordinal() {
    return 4 * year + number - 1;
  }

  @Override
  public int compareTo(Quarter other) {
    return Integer.compare(ordinal(), other.ordinal());
  }

  @Override
  public String toString() {
    return year + "Q" + number;
  }
}
