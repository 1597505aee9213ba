package io.dealimpact.capacity.cost;

import java.util.Locale;
import java.util.Optional;

/** What a deal's dollars buy. */
public enum Charge {
  /** The use of computers: it has a price a GPU-hour. */
  COMPUTE,
  /** Chips or systems, to own: their hours have no price. */
  CHIPS,
  /** A building with power; computers are not in it. */
  SPACE_AND_POWER;

  /** The name in the tables. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * What a deal's kind says its dollars buy, by the kind of deal and else by the kind of value;
   * compute where neither says.
   */
  public static Charge of(Optional<String> dealType, Optional<String> valueType) {
    if (valueType.filter("lease_value"::equals).isPresent()) {
      return SPACE_AND_POWER;
    }
    return switch (dealType.orElse("")) {
      case "data-center-lease", "hosting", "colocation" -> SPACE_AND_POWER;
      case "chip-supply", "chips", "hardware" -> CHIPS;
      default -> COMPUTE;
    };
  }
}
