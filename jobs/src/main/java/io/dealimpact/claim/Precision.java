package io.dealimpact.claim;

import java.util.Locale;
import java.util.Optional;

/** How precisely a figure was printed. */
public enum Precision {
  /** To the last digit that could be read: the figure itself. */
  EXACT,
  /** Half a unit of the last significant digit on either side. */
  ROUNDED,
  /** "About", "some", "roughly": 10 % on either side. */
  ABOUT,
  /** An order of magnitude: from the figure over √10 to the figure times √10. */
  ORDER_OF_MAGNITUDE;

  /** The name in data: {@code order-of-magnitude}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The precision of that name; empty if there is none. */
  public static Optional<Precision> parse(String code) {
    for (Precision precision : values()) {
      if (precision.code().equals(code)) {
        return Optional.of(precision);
      }
    }
    return Optional.empty();
  }
}
