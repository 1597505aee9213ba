package io.dealimpact.capacity;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How promises are taken to end: what is promised, beside it, is "if on schedule".
 *
 * <p>Of all that comes online after the day on which it is looked at:
 *
 * <ul>
 *   <li>a commitment is built with the probability of its status, independently of others;
 *   <li>it is k whole quarters late with probability (1 − p) pᵏ, where p = m / (1 + m) and m is the
 *       mean;
 *   <li>what rests on an assumed date is moved by −s … +s quarters more, all alike likely;
 *   <li>an option is exercised with a probability of its own.
 * </ul>
 *
 * <p>The low end of completion is a base rate: of the power that entered the queues of US grid
 * operators from 2000 to 2019, 13 % ran by the end of 2024 (Lawrence Berkeley National Laboratory,
 * Queued Up, 2025). The others are assumptions; {@code gold.delivery} has what there is to hold
 * them against.
 *
 * @param rumoured probability that what is rumoured is built
 * @param planned the same for what a party intends
 * @param announced the same for what parties announced
 * @param signed the same for what is contracted
 * @param meanSlipQuarters mean delay, quarters
 * @param optionExercise probability that an option is exercised
 * @param dateSpreadQuarters most by which an assumed date is moved, quarters
 */
public record Forecast(
    double rumoured,
    double planned,
    double announced,
    double signed,
    double meanSlipQuarters,
    double optionExercise,
    int dateSpreadQuarters)
    implements Serializable {

  /** Delays above are put at it: with a mean of 20 quarters 1 in 50 is. */
  private static final int LONGEST_SLIP = 80;

  /**
   * @throws IllegalArgumentException if a probability is not from 0 to 1, or a time is negative
   */
  public Forecast {
    for (double probability : List.of(rumoured, planned, announced, signed, optionExercise)) {
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException("a probability must be from 0 to 1, not " + probability);
      }
    }
    if (!(meanSlipQuarters >= 0 && meanSlipQuarters <= 20)
        || dateSpreadQuarters < 0
        || dateSpreadQuarters > LONGEST_SLIP) {
      throw new IllegalArgumentException(
          "the mean delay must be from 0 to 20 quarters and dates must move by 0 to 80, not "
              + meanSlipQuarters
              + " and "
              + dateSpreadQuarters);
    }
  }

  /** 13 % of rumours and plans, half of announcements, 90 % of contracts; half a year late. */
  public static Forecast defaults() {
    return new Forecast(0.13, 0.13, 0.5, 0.9, 2, 0.5, 4);
  }

  /** Probability that a commitment of the status is built. */
  double completion(CommitmentStatus status) {
    return switch (status) {
      case CANCELLED -> 0;
      case RUMOURED -> rumoured;
      case PLANNED -> planned;
      case ANNOUNCED -> announced;
      case SIGNED, AMENDED -> signed;
    };
  }

  /** Probability of each delay in quarters, from 0 on; they add up to 1. */
  double[] slip() {
    double p = meanSlipQuarters / (1 + meanSlipQuarters);
    double[] probabilities = new double[meanSlipQuarters == 0 ? 1 : LONGEST_SLIP + 1];
    double left = 1;
    for (int k = 0; k < probabilities.length - 1; k++) {
      probabilities[k] = left * (1 - p);
      left *= p;
    }
    probabilities[probabilities.length - 1] = left;
    return probabilities;
  }

  /** Probability of each move of an assumed date together with a delay, from −s quarters on. */
  double[] slipOfAssumed() {
    double[] slip = slip();
    double[] moved = new double[slip.length + 2 * dateSpreadQuarters];
    for (int move = 0; move <= 2 * dateSpreadQuarters; move++) {
      for (int k = 0; k < slip.length; k++) {
        moved[k + move] += slip[k] / (2 * dateSpreadQuarters + 1);
      }
    }
    return moved;
  }

  /** The probabilities summed up, for draws. */
  static double[] cumulative(double[] probabilities) {
    double[] sums = probabilities.clone();
    for (int i = 1; i < sums.length; i++) {
      sums[i] += sums[i - 1];
    }
    sums[sums.length - 1] = 1;
    return sums;
  }

  /** The first index whose cumulative probability is above u. */
  static int draw(double[] cumulative, double u) {
    int found = Arrays.binarySearch(cumulative, u);
    return found >= 0 ? Math.min(found + 1, cumulative.length - 1) : -found - 1;
  }
}
