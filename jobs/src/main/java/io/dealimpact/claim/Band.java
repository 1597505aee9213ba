package io.dealimpact.claim;

import io.dealimpact.capacity.QuantityRange;

/**
 * The values that a print allows. Either end may be infinite: "more than 140" has no upper end.
 *
 * @param low smallest value allowed, or negative infinity
 * @param high largest value allowed, or infinity
 */
public record Band(double low, double high) {

  /**
   * @throws IllegalArgumentException if an end is NaN, or they are out of order
   */
  public Band {
    if (!(low <= high)) {
      throw new IllegalArgumentException("band " + low + " to " + high + " is out of order");
    }
  }

  /** Whether the value is within, ends included. */
  boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** Whether any value of the range is within. */
  boolean overlaps(QuantityRange range) {
    return low <= range.high() && range.low() <= high;
  }
}
