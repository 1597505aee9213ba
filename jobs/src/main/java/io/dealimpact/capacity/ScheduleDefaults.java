package io.dealimpact.capacity;

import java.io.Serializable;

/**
 * What to assume where a commitment does not state it.
 *
 * @param ramp how power comes online
 * @param rampDays days from first to full power where only first power is known
 */
public record ScheduleDefaults(Ramp ramp, int rampDays) implements Serializable {

  /**
   * @throws IllegalArgumentException if the days are negative
   */
  public ScheduleDefaults {
    if (rampDays < 0) {
      throw new IllegalArgumentException("ramp days must be 0 or more, not " + rampDays);
    }
  }

  /** Linear over two years. */
  public static ScheduleDefaults defaults() {
    return new ScheduleDefaults(Ramp.LINEAR, 730);
  }
}
