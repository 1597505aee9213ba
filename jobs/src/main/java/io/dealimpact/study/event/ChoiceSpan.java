package io.dealimpact.study.event;

import java.util.Locale;

/**
 * How far one figure of an event or a group depends on the choices that it was measured under: the
 * span of its CAR and of the p that decides, over the choices that have both.
 *
 * <p>Minima, maxima and counts do not depend on the order in which choices are added.
 */
public final class ChoiceSpan {
  private final double level;
  private long choices;
  private long positive;
  private long significant;
  private double carLow = Double.NaN;
  private double carHigh = Double.NaN;
  private double pLow = Double.NaN;
  private double pHigh = Double.NaN;

  /**
   * A span over no choice yet.
   *
   * @param level below which a p is significant, 0.05 say
   */
  public ChoiceSpan(double level) {
    this.level = level;
  }

  /**
   * Adds a choice; one without a figure or a p is left out.
   *
   * @param car CAR of the event, CAAR of the group, a fraction; NaN if not measured
   * @param p of the test that decides; NaN if there is none
   */
  public void add(double car, double p) {
    if (Double.isNaN(car) || Double.isNaN(p)) {
      return;
    }
    carLow = choices == 0 ? car : Math.min(carLow, car);
    carHigh = choices == 0 ? car : Math.max(carHigh, car);
    pLow = choices == 0 ? p : Math.min(pLow, p);
    pHigh = choices == 0 ? p : Math.max(pHigh, p);
    choices++;
    positive += car > 0 ? 1 : 0;
    significant += p < level ? 1 : 0;
  }

  /** Choices that have a figure and a p. */
  public long choices() {
    return choices;
  }

  /** The smallest figure, a fraction; NaN without a choice. */
  public double carLow() {
    return carLow;
  }

  /** The largest figure, a fraction; NaN without a choice. */
  public double carHigh() {
    return carHigh;
  }

  /** The smallest p; NaN without a choice. */
  public double pLow() {
    return pLow;
  }

  /** The largest p; NaN without a choice. */
  public double pHigh() {
    return pHigh;
  }

  /** The share of the choices whose figure is above 0; NaN without a choice. */
  public double positiveShare() {
    return (double) positive / choices;
  }

  /** The share of the choices whose p is significant; NaN without a choice. */
  public double significantShare() {
    return (double) significant / choices;
  }

  /** The span for people; empty without a choice. */
  public String range() {
    return choices == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%+.2f %% to %+.2f %%, p %s to %s",
            carLow * 100,
            carHigh * 100,
            EventP.text(pLow),
            EventP.text(pHigh));
  }

  /** What the choices agree on, in words. */
  public String verdict() {
    if (choices == 0) {
      return "no figure under any choice";
    }
    if (positive > 0 && positive < choices) {
      return "the sign depends on the choice";
    }
    if (significant == choices) {
      return "significant under every choice";
    }
    return significant == 0
        ? "significant under no choice"
        : "the sign holds, significance depends on the choice";
  }
}
