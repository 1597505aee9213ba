package io.dealimpact.study.group;

import io.dealimpact.study.numeric.ExactSum;
import io.dealimpact.study.numeric.SecondMoments;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;

/** Moments of the abnormal returns of each event day, and of their sums from the first day on. */
final class EventDayMoments {
  private final SecondMoments[] daily;
  private final SecondMoments[] cumulative;
  private final WeightedMoments[] weighted;
  private final ExactSum[] leverage;
  private final long[] leverageCount;

  EventDayMoments(int days) {
    daily = new SecondMoments[days];
    cumulative = new SecondMoments[days];
    weighted = new WeightedMoments[days];
    leverage = new ExactSum[days];
    leverageCount = new long[days];
    for (int t = 0; t < days; t++) {
      daily[t] = new SecondMoments();
      cumulative[t] = new SecondMoments();
      weighted[t] = new WeightedMoments();
      leverage[t] = new ExactSum();
    }
  }

  /**
   * Adds an event.
   *
   * @param abnormal of every day, NaN where missing
   * @param leverages x_t'(X'X)⁻¹x_t − 1/M of every day, NaN where unknown
   * @param weight market value before the first day; NaN where unknown
   */
  void add(double[] abnormal, double[] leverages, double weight) {
    double sum = 0;
    for (int t = 0; t < daily.length; t++) {
      sum += abnormal[t];
      daily[t].add(abnormal[t]);
      cumulative[t].add(sum);
      weighted[t].add(sum, weight);
      if (Double.isFinite(leverages[t])) {
        leverage[t].add(leverages[t]);
        leverageCount[t]++;
      }
    }
  }

  void merge(EventDayMoments other) {
    for (int t = 0; t < daily.length; t++) {
      daily[t].merge(other.daily[t]);
      cumulative[t].merge(other.cumulative[t]);
      weighted[t].merge(other.weighted[t]);
      leverage[t].merge(other.leverage[t]);
      leverageCount[t] += other.leverageCount[t];
    }
  }

  SecondMoments daily(int t) {
    return daily[t];
  }

  SecondMoments cumulative(int t) {
    return cumulative[t];
  }

  /** The cumulative returns, each event weighed by its market value. */
  WeightedMoments weighted(int t) {
    return weighted[t];
  }

  /** Mean over events of x_t'(X'X)⁻¹x_t − 1/M. */
  double meanLeverage(int t) {
    return leverage[t].value() / leverageCount[t];
  }

  void write(StateWriter out) {
    for (int t = 0; t < daily.length; t++) {
      daily[t].write(out);
      cumulative[t].write(out);
      weighted[t].write(out);
      leverage[t].write(out);
      out.putLong(leverageCount[t]);
    }
  }

  static EventDayMoments read(StateReader in, int days) {
    EventDayMoments sums = new EventDayMoments(days);
    for (int t = 0; t < days; t++) {
      sums.daily[t] = SecondMoments.read(in);
      sums.cumulative[t] = SecondMoments.read(in);
      sums.weighted[t] = WeightedMoments.read(in);
      sums.leverage[t] = ExactSum.read(in);
      sums.leverageCount[t] = in.readLong();
    }
    return sums;
  }
}
