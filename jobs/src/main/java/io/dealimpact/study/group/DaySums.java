package io.dealimpact.study.group;

import io.dealimpact.study.event.Residuals;
import io.dealimpact.study.numeric.ExactSum;
import io.dealimpact.study.numeric.Ranks;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;
import java.util.Arrays;

/**
 * Sums by relative day over the estimation axis followed by the event axis: what the dependence
 * adjustment (CDA, r̄), the rank and the sign tests need.
 *
 * <p>An event is ranked over all its days with a return, T_i of them, on both axes together; ties
 * take mid-ranks.
 */
final class DaySums {
  private final int estimationDays;
  private final Day[] days;
  private long estimationEvents;
  private long estimationReturns;
  private long positiveReturns;
  private ExactSum positiveShare = new ExactSum();
  private ExactSum residualVariance = new ExactSum();
  private ExactSum estudyScale = new ExactSum();
  private long correlated;
  private long correlatedReturns;
  private long rankedEvents;
  private long rankedReturns;

  DaySums(int estimationDays, int eventDays) {
    this.estimationDays = estimationDays;
    days = new Day[estimationDays + eventDays];
    for (int i = 0; i < days.length; i++) {
      days[i] = new Day();
    }
  }

  /**
   * Adds an event's returns.
   *
   * @param returns of every day of both axes, NaN where missing
   * @param residuals of the estimation axis
   * @param scaled residuals of the estimation axis, centred and scaled to unit variance; empty
   *     where they do not vary
   */
  void add(double[] returns, Residuals residuals, double[] scaled) {
    addEstimation(returns, residuals);
    if (scaled.length > 0) {
      correlated++;
      for (int t = 0; t < scaled.length; t++) {
        if (!Double.isNaN(scaled[t])) {
          correlatedReturns++;
          days[t].scaled.add(scaled[t]);
          days[t].scaledCount++;
        }
      }
    }
    addRanks(returns);
  }

  private void addEstimation(double[] returns, Residuals residuals) {
    int positive = 0;
    for (int t = 0; t < estimationDays; t++) {
      if (!Double.isNaN(returns[t])) {
        positive += returns[t] > 0 ? 1 : 0;
        days[t].residuals.add(returns[t]);
        days[t].residualCount++;
      }
    }
    int m = residuals.count();
    if (m > 0) {
      estimationEvents++;
      estimationReturns += m;
      positiveReturns += positive;
      positiveShare.add((double) positive / m);
    }
    if (m > 4) {
      estudyScale.add((m - 2.0) / (m - 4.0));
    }
    if (m > 1) {
      residualVariance.add(residuals.deviation() * residuals.deviation());
    }
  }

  private void addRanks(double[] returns) {
    int count = 0;
    double[] present = new double[returns.length];
    for (double value : returns) {
      if (!Double.isNaN(value)) {
        present[count++] = value;
      }
    }
    if (count == 0) {
      return;
    }
    present = Arrays.copyOf(present, count);
    rankedEvents++;
    rankedReturns += count;
    long[] doubled = Ranks.doubled(present);
    double median = Ranks.median(present);
    int next = 0;
    for (int t = 0; t < returns.length; t++) {
      if (Double.isNaN(returns[t])) {
        continue;
      }
      Day day = days[t];
      day.rankCount++;
      day.doubledRanks += doubled[next];
      day.doubledMeans += count + 1;
      day.scaledRanks.add((doubled[next] - (count + 1)) / (2.0 * (count + 1)));
      day.signs += (int) Math.signum(returns[t] - median);
      next++;
    }
  }

  void merge(DaySums other) {
    for (int i = 0; i < days.length; i++) {
      days[i].merge(other.days[i]);
    }
    estimationEvents += other.estimationEvents;
    estimationReturns += other.estimationReturns;
    positiveReturns += other.positiveReturns;
    positiveShare.merge(other.positiveShare);
    residualVariance.merge(other.residualVariance);
    estudyScale.merge(other.estudyScale);
    correlated += other.correlated;
    correlatedReturns += other.correlatedReturns;
    rankedEvents += other.rankedEvents;
    rankedReturns += other.rankedReturns;
  }

  int estimationDays() {
    return estimationDays;
  }

  int length() {
    return days.length;
  }

  Day day(int index) {
    return days[index];
  }

  /** Events with at least one residual. */
  long estimationEvents() {
    return estimationEvents;
  }

  /** Σ M_i. */
  long estimationReturns() {
    return estimationReturns;
  }

  /** Cowan's p̂: the mean over events of their share of positive residuals. */
  double meanPositiveShare() {
    return positiveShare.value() / estimationEvents;
  }

  /** Positive residuals over all residuals. */
  double pooledPositiveShare() {
    return (double) positiveReturns / estimationReturns;
  }

  /** Σ_i of the residual variance over M_i − 1. */
  double residualVariance() {
    return residualVariance.value();
  }

  /** Σ_i (M_i − 2)/(M_i − 4), of events with more than four residuals. */
  double estudyScale() {
    return estudyScale.value();
  }

  /** Events whose residuals vary. */
  long correlated() {
    return correlated;
  }

  long correlatedReturns() {
    return correlatedReturns;
  }

  /** Events with a return on any day. */
  long rankedEvents() {
    return rankedEvents;
  }

  /** Mean number of ranked days T_i. */
  double meanRankedDays() {
    return (double) rankedReturns / rankedEvents;
  }

  /**
   * Mean over events of their mean rank (T_i + 1)/2.
   *
   * @return NaN without events
   */
  double meanRank() {
    return (meanRankedDays() + 1) / 2;
  }

  void write(StateWriter out) {
    for (Day day : days) {
      day.write(out);
    }
    out.putLong(estimationEvents);
    out.putLong(estimationReturns);
    out.putLong(positiveReturns);
    positiveShare.write(out);
    residualVariance.write(out);
    estudyScale.write(out);
    out.putLong(correlated);
    out.putLong(correlatedReturns);
    out.putLong(rankedEvents);
    out.putLong(rankedReturns);
  }

  static DaySums read(StateReader in, int estimationDays, int eventDays) {
    DaySums sums = new DaySums(estimationDays, eventDays);
    for (Day day : sums.days) {
      day.read(in);
    }
    sums.estimationEvents = in.readLong();
    sums.estimationReturns = in.readLong();
    sums.positiveReturns = in.readLong();
    sums.positiveShare = ExactSum.read(in);
    sums.residualVariance = ExactSum.read(in);
    sums.estudyScale = ExactSum.read(in);
    sums.correlated = in.readLong();
    sums.correlatedReturns = in.readLong();
    sums.rankedEvents = in.readLong();
    sums.rankedReturns = in.readLong();
    return sums;
  }

  /** The sums of one relative day. */
  static final class Day {
    private long residualCount;
    private ExactSum residuals = new ExactSum();
    private long scaledCount;
    private ExactSum scaled = new ExactSum();
    private long rankCount;
    private ExactSum scaledRanks = new ExactSum();
    private long doubledRanks;
    private long doubledMeans;
    private long signs;

    long residualCount() {
      return residualCount;
    }

    /** AAR of an estimation day. */
    double meanResidual() {
      return residuals.value() / residualCount;
    }

    long scaledCount() {
      return scaledCount;
    }

    /** Σ_i z_it. */
    double scaled() {
      return scaled.value();
    }

    /** Events with a return that day (n_t). */
    long rankCount() {
      return rankCount;
    }

    /** √n_t. */
    double root() {
      return Math.sqrt((double) rankCount);
    }

    /** Σ_i K_it, K = rank/(T_i + 1) − ½. */
    double scaledRanks() {
      return scaledRanks.value();
    }

    /** Σ_i rank_it. */
    double ranks() {
      return doubledRanks / 2.0;
    }

    /** Σ_i (rank_it − (T_i + 1)/2). */
    double centredRanks() {
      return (doubledRanks - doubledMeans) / 2.0;
    }

    /** Σ_i sign(AR_it − median_i). */
    long signs() {
      return signs;
    }

    private void merge(Day other) {
      residualCount += other.residualCount;
      residuals.merge(other.residuals);
      scaledCount += other.scaledCount;
      scaled.merge(other.scaled);
      rankCount += other.rankCount;
      scaledRanks.merge(other.scaledRanks);
      doubledRanks += other.doubledRanks;
      doubledMeans += other.doubledMeans;
      signs += other.signs;
    }

    private void write(StateWriter out) {
      out.putLong(residualCount);
      residuals.write(out);
      out.putLong(scaledCount);
      scaled.write(out);
      out.putLong(rankCount);
      scaledRanks.write(out);
      out.putLong(doubledRanks);
      out.putLong(doubledMeans);
      out.putLong(signs);
    }

    private void read(StateReader in) {
      residualCount = in.readLong();
      residuals = ExactSum.read(in);
      scaledCount = in.readLong();
      scaled = ExactSum.read(in);
      rankCount = in.readLong();
      scaledRanks = ExactSum.read(in);
      doubledRanks = in.readLong();
      doubledMeans = in.readLong();
      signs = in.readLong();
    }
  }
}
