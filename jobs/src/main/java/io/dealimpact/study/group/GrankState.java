package io.dealimpact.study.group;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.event.Residuals;
import io.dealimpact.study.numeric.ExactSum;
import io.dealimpact.study.numeric.Ranks;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * GRANK, the second pass over the events of a group: their SCARs, divided by the spread the first
 * pass found, are ranked among their own residuals.
 *
 * <p>Event i has M_i residuals e_t/(s√(1 + h_t)), h_t = x_t'(X'X)⁻¹x_t, standardised as abnormal
 * returns are (the reading of Kolari &amp; Pynnönen that the oracles have), and, as day 0, SCAR*_i
 * = SCAR_i/sd(SCAR). U_it = rank_it/(M_i + 2) − ½ over those M_i + 1 values, ties at mid-ranks; Ū_t
 * their mean over the n_t events of day t; S² = T⁻¹ Σ_t (n_t/N)·Ū_t² over the T days including day
 * 0; Z = Ū₀/S.
 *
 * <ul>
 *   <li><b>grank-t</b>: Z·√((T − 2)/(T − 1 − Z²)), t(T − 2); T ≥ 3 (Kolari &amp; Pynnönen 2011)
 *   <li><b>grank-z</b>: √(12N(M + 2)/M)·Ū₀, N(0,1), M = T − 1
 * </ul>
 *
 * <p>Two events at least. Mergeable like {@link GroupState}. Pinned by {@code RequestedOraclesTest}
 * and {@code LiteralsOracleTest}.
 */
public final class GrankState {
  private static final int FORMAT = 1;

  private final GroupSpec spec;
  private final ScarSpread spread;
  private final Window[] windows;

  private GrankState(GroupSpec spec, ScarSpread spread) {
    this.spec = spec;
    this.spread = spread;
    windows = new Window[spec.windows().size()];
    for (int w = 0; w < windows.length; w++) {
      windows[w] = new Window(spec.estimationAxis().length());
    }
  }

  /**
   * A state without events.
   *
   * @param spread of the same events under the same spec: {@link GroupState#scarSpread()}
   */
  public static GrankState empty(GroupSpec spec, ScarSpread spread) {
    if (spread.deviations().length != spec.windows().size()) {
      throw new IllegalArgumentException(
          "spread of " + spread.deviations().length + " windows for " + spec.windows().size());
    }
    return new GrankState(spec, spread);
  }

  /** Adds one event; days outside the spec's axes are left out. */
  public void add(EventSample event) {
    if (!(event.sigma() > Residuals.LEAST_SIGMA)) {
      return;
    }
    double[] residuals =
        GroupState.align(event.residuals(), event.estimationStart(), spec.estimationAxis());
    double[] h =
        GroupState.align(event.leverages(), event.estimationStart(), spec.estimationAxis());
    double[] present = new double[residuals.length];
    int count = 0;
    for (int t = 0; t < residuals.length; t++) {
      residuals[t] /= event.sigma() * Math.sqrt(1 + h[t]);
      if (!Double.isNaN(residuals[t])) {
        present[count++] = residuals[t];
      }
    }
    if (count == 0) {
      return;
    }
    double[] sorted = Arrays.copyOf(present, count);
    Arrays.sort(sorted);
    long[] ranks = new long[residuals.length];
    for (int t = 0; t < residuals.length; t++) {
      ranks[t] = Double.isNaN(residuals[t]) ? 0 : Ranks.doubledRank(sorted, residuals[t]);
    }
    for (int w = 0; w < windows.length; w++) {
      double scar = event.scar(spec.windows().get(w)) / spread.deviations()[w];
      if (Double.isFinite(scar)) {
        windows[w].add(residuals, ranks, sorted, scar);
      }
    }
  }

  /**
   * Adds all events of another state, which stays as it is.
   *
   * @throws IllegalArgumentException if the other has another spec or spread
   */
  public void merge(GrankState other) {
    if (!Arrays.equals(spec.toBytes(), other.spec.toBytes())
        || !Arrays.equals(spread.deviations(), other.spread.deviations())) {
      throw new IllegalArgumentException("states of two specs or spreads");
    }
    for (int w = 0; w < windows.length; w++) {
      windows[w].merge(other.windows[w]);
    }
  }

  /** {@code grank-t} and {@code grank-z} of every window. */
  public List<TestResult> results() {
    List<TestResult> results = new ArrayList<>();
    for (int w = 0; w < windows.length; w++) {
      Inference inference = new Inference(spec.windows().get(w));
      double deviation = spread.deviations()[w];
      results.add(windows[w].student(deviation, inference));
      results.add(windows[w].normal(deviation, inference));
    }
    return results;
  }

  /** The state as bytes: the same for the same events, however they were added. */
  public byte[] toBytes() {
    StateWriter out = new StateWriter();
    out.putInt(FORMAT);
    spec.write(out);
    for (double deviation : spread.deviations()) {
      out.putDouble(deviation);
    }
    for (Window window : windows) {
      window.write(out);
    }
    return out.toBytes();
  }

  /**
   * The state that wrote these bytes.
   *
   * @throws IllegalArgumentException if another version of the program wrote them
   */
  public static GrankState fromBytes(byte[] bytes) {
    StateReader in = new StateReader(bytes);
    int format = in.readInt();
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "a GRANK state of format " + format + "; this program reads format " + FORMAT);
    }
    GroupSpec spec = GroupSpec.read(in);
    double[] deviations = new double[spec.windows().size()];
    for (int w = 0; w < deviations.length; w++) {
      deviations[w] = in.readDouble();
    }
    GrankState state = new GrankState(spec, new ScarSpread(deviations));
    for (Window window : state.windows) {
      window.read(in);
    }
    return state;
  }

  /** Σ U by day of one window, day 0 last. */
  private static final class Window {
    private final ExactSum[] sums;
    private final long[] counts;

    Window(int estimationDays) {
      sums = new ExactSum[estimationDays + 1];
      Arrays.setAll(sums, t -> new ExactSum());
      counts = new long[estimationDays + 1];
    }

    void add(double[] residuals, long[] doubledRanks, double[] sorted, double scar) {
      int m = sorted.length;
      for (int t = 0; t < residuals.length; t++) {
        if (!Double.isNaN(residuals[t])) {
          int shift = scar < residuals[t] ? 2 : scar == residuals[t] ? 1 : 0;
          addRank(t, doubledRanks[t] + shift, m);
        }
      }
      long own = Ranks.below(sorted, scar) + (long) Ranks.notAbove(sorted, scar) + 2;
      addRank(residuals.length, own, m);
    }

    /** U = rank/(M + 2) − ½, written so that a changed sign changes nothing but the sign. */
    private void addRank(int t, long doubledRank, int m) {
      sums[t].add((doubledRank - (m + 2)) / (2.0 * (m + 2)));
      counts[t]++;
    }

    void merge(Window other) {
      for (int t = 0; t < sums.length; t++) {
        sums[t].merge(other.sums[t]);
        counts[t] += other.counts[t];
      }
    }

    private long events() {
      return counts[counts.length - 1];
    }

    /** Estimation days on which an event has a residual. */
    private int estimationDays() {
      int days = 0;
      for (int t = 0; t < counts.length - 1; t++) {
        days += counts[t] > 0 ? 1 : 0;
      }
      return days;
    }

    TestResult student(double deviation, Inference inference) {
      String test = "grank-t";
      long n = events();
      TestResult trouble = trouble(test, deviation, inference);
      if (trouble != null) {
        return trouble;
      }
      ExactSum squares = new ExactSum();
      int used = estimationDays() + 1;
      for (int t = 0; t < sums.length; t++) {
        if (counts[t] > 0) {
          double mean = sums[t].value() / counts[t];
          squares.add((double) counts[t] / n * mean * mean);
        }
      }
      if (used < 3) {
        return inference.tooFewDays(test, TestVariant.TEXTBOOK, n, used, 3);
      }
      double z = sums[sums.length - 1].value() / n / Math.sqrt(squares.value() / used);
      double t = z * Math.sqrt((used - 2) / (used - 1 - z * z));
      return inference.student(test, TestVariant.TEXTBOOK, n, t, used - 2.0);
    }

    TestResult normal(double deviation, Inference inference) {
      String test = "grank-z";
      TestResult trouble = trouble(test, deviation, inference);
      if (trouble != null) {
        return trouble;
      }
      long n = events();
      double m = estimationDays();
      double z = Math.sqrt(12 * (m + 2) / (m * n)) * sums[sums.length - 1].value();
      return inference.normal(test, TestVariant.TEXTBOOK, n, z);
    }

    private TestResult trouble(String test, double deviation, Inference inference) {
      if (deviation == 0) {
        return inference.noVariance(test, TestVariant.TEXTBOOK, events());
      }
      return events() < 2 ? inference.tooFew(test, TestVariant.TEXTBOOK, events(), 2) : null;
    }

    void write(StateWriter out) {
      for (int t = 0; t < sums.length; t++) {
        sums[t].write(out);
        out.putLong(counts[t]);
      }
    }

    void read(StateReader in) {
      for (int t = 0; t < sums.length; t++) {
        sums[t] = ExactSum.read(in);
        counts[t] = in.readLong();
      }
    }
  }
}
