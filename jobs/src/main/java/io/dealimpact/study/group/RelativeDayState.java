package io.dealimpact.study.group;

import io.dealimpact.study.event.Residuals;
import io.dealimpact.study.numeric.ExactSum;
import io.dealimpact.study.numeric.FixedPointSums;
import io.dealimpact.study.numeric.Ranker;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums by relative day over the estimation axis followed by the event axis: what the dependence
 * adjustment (CDA, r̄), the rank and the sign tests need.
 *
 * <p>An event is ranked over all its days with a return, T_i of them, on both axes together; ties
 * take mid-ranks. Ranks are summed as integers, apart for each T_i, so that they are exact; sums of
 * residuals are exact on the grid of {@link FixedPointSums}.
 */
final class RelativeDayState {
  private final int estimationDays;
  private final int length;
  private final Ranker ranker = new Ranker();
  private final double[] present;
  private long[] residualCount;
  private FixedPointSums residuals;
  private long[] scaledCount;
  private FixedPointSums scaled;

  /** By day, the events that lack a return on some day. */
  private long[] rankCount;

  /** By day, Σ(T_i + 1) of the events that lack a return on some day. */
  private long[] doubledMeans;

  /** Events with a return on every day. */
  private long complete;

  private long[] signs;

  /** By T_i and day, Σ(2·rank − (T_i + 1)). */
  private final TreeMap<Integer, long[]> centredByLength = new TreeMap<>();

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

  RelativeDayState(int estimationDays, int eventDays) {
    this.estimationDays = estimationDays;
    length = estimationDays + eventDays;
    present = new double[length];
    residualCount = new long[estimationDays];
    residuals = new FixedPointSums(estimationDays);
    scaledCount = new long[estimationDays];
    scaled = new FixedPointSums(estimationDays);
    rankCount = new long[length];
    doubledMeans = new long[length];
    signs = new long[length];
  }

  /**
   * Adds what the correlation of an event's residuals with those of others needs.
   *
   * @param scaled residuals of the estimation axis, centred and scaled to unit variance; empty
   *     where they do not vary
   */
  void addScaled(double[] scaled) {
    if (scaled.length > 0) {
      correlated++;
      for (int t = 0; t < scaled.length; t++) {
        if (!Double.isNaN(scaled[t])) {
          correlatedReturns++;
          this.scaled.add(t, scaled[t]);
          scaledCount[t]++;
        }
      }
    }
  }

  /**
   * Adds an event's residuals.
   *
   * @param returns of every day of both axes, NaN where missing
   * @param event the residuals of the estimation axis
   */
  void addEstimation(double[] returns, Residuals event) {
    int positive = 0;
    for (int t = 0; t < estimationDays; t++) {
      if (!Double.isNaN(returns[t])) {
        positive += returns[t] > 0 ? 1 : 0;
        residuals.add(t, returns[t]);
        residualCount[t]++;
      }
    }
    int m = event.count();
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
      residualVariance.add(event.deviation() * event.deviation());
    }
  }

  /**
   * Adds an event's ranks.
   *
   * @param returns of every day of both axes, NaN where missing
   */
  void addRanks(double[] returns) {
    int count = 0;
    for (double value : returns) {
      if (!Double.isNaN(value)) {
        present[count++] = value;
      }
    }
    if (count == 0) {
      return;
    }
    rankedEvents++;
    rankedReturns += count;
    ranker.rank(present, count);
    double median = ranker.median();
    long[] centred = centred(count);
    if (count == length) {
      complete++;
      for (int t = 0; t < length; t++) {
        centred[t] += ranker.doubled(t) - (length + 1);
        signs[t] += sign(returns[t] - median);
      }
      return;
    }
    int next = 0;
    for (int t = 0; t < length; t++) {
      if (Double.isNaN(returns[t])) {
        continue;
      }
      rankCount[t]++;
      doubledMeans[t] += count + 1;
      centred[t] += ranker.doubled(next) - (count + 1);
      signs[t] += sign(returns[t] - median);
      next++;
    }
  }

  private static int sign(double x) {
    return x > 0 ? 1 : x < 0 ? -1 : 0;
  }

  private long[] centred(int count) {
    return centredByLength.computeIfAbsent(count, c -> new long[length]);
  }

  void merge(RelativeDayState other) {
    add(residualCount, other.residualCount);
    residuals.merge(other.residuals);
    add(scaledCount, other.scaledCount);
    scaled.merge(other.scaled);
    add(rankCount, other.rankCount);
    add(doubledMeans, other.doubledMeans);
    complete += other.complete;
    add(signs, other.signs);
    other.centredByLength.forEach((count, sums) -> add(centred(count), sums));
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

  private static void add(long[] into, long[] from) {
    for (int t = 0; t < into.length; t++) {
      into[t] += from[t];
    }
  }

  int estimationDays() {
    return estimationDays;
  }

  int length() {
    return length;
  }

  Day day(int index) {
    return new Day(index);
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
    out.putLongs(residualCount);
    residuals.write(out);
    out.putLongs(scaledCount);
    scaled.write(out);
    out.putLongs(rankCount);
    out.putLongs(doubledMeans);
    out.putLong(complete);
    out.putLongs(signs);
    out.putInt(centredByLength.size());
    centredByLength.forEach(
        (count, sums) -> {
          out.putInt(count);
          out.putLongs(sums);
        });
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

  static RelativeDayState read(StateReader in, int estimationDays, int eventDays) {
    RelativeDayState sums = new RelativeDayState(estimationDays, eventDays);
    sums.residualCount = in.readLongs();
    sums.residuals = FixedPointSums.read(in);
    sums.scaledCount = in.readLongs();
    sums.scaled = FixedPointSums.read(in);
    sums.rankCount = in.readLongs();
    sums.doubledMeans = in.readLongs();
    sums.complete = in.readLong();
    sums.signs = in.readLongs();
    int lengths = in.readInt();
    for (int i = 0; i < lengths; i++) {
      int count = in.readInt();
      sums.centredByLength.put(count, in.readLongs());
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
  final class Day {
    private final int index;

    private Day(int index) {
      this.index = index;
    }

    /** Events with a residual that day; only of estimation days, as all of residuals. */
    long residualCount() {
      return residualCount[index];
    }

    /** AAR of an estimation day; NaN if a residual was out of range. */
    double meanResidual() {
      return RelativeDayState.value(residuals, index) / residualCount[index];
    }

    long scaledCount() {
      return scaledCount[index];
    }

    /** Σ_i z_it; NaN if one was out of range. */
    double scaled() {
      return RelativeDayState.value(scaled, index);
    }

    /** Events with a return that day (n_t). */
    long rankCount() {
      return rankCount[index] + complete;
    }

    /** √n_t. */
    double root() {
      return Math.sqrt((double) rankCount());
    }

    /** Σ_i K_it, K = rank/(T_i + 1) − ½. */
    double scaledRanks() {
      double sum = 0;
      for (Map.Entry<Integer, long[]> entry : centredByLength.entrySet()) {
        sum += entry.getValue()[index] / (2.0 * (entry.getKey() + 1));
      }
      return sum;
    }

    /** Σ_i rank_it. */
    double ranks() {
      return (doubledCentredRanks() + doubledMeans[index] + complete * (length + 1)) / 2.0;
    }

    /** Σ_i (rank_it − (T_i + 1)/2). */
    double centredRanks() {
      return doubledCentredRanks() / 2.0;
    }

    private long doubledCentredRanks() {
      return centredByLength.values().stream().mapToLong(sums -> sums[index]).sum();
    }

    /** Σ_i sign(AR_it − median_i). */
    long signs() {
      return signs[index];
    }
  }

  private static double value(FixedPointSums sums, int index) {
    return sums.isOutOfRange() ? Double.NaN : sums.value(index);
  }
}
