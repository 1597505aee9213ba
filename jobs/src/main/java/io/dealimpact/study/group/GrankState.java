package io.dealimpact.study.group;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.numeric.ExactSum;
import io.dealimpact.study.numeric.Ranks;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
  private static final int FORMAT = 2;

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
    new ResidualRanks(spec).of(event).ifPresent(this::add);
  }

  /**
   * Adds one event.
   *
   * @param event ranked under the same spec
   */
  public void add(ResidualRanks.Ranked event) {
    for (int w = 0; w < windows.length; w++) {
      double scar = event.scars()[w] / spread.deviations()[w];
      if (Double.isFinite(scar)) {
        windows[w].add(event, scar);
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
    return results.stream().map(r -> spec.wants(r.test()) ? r : r.notRequested()).toList();
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

  /**
   * Σ U by day of one window, day 0 last. 2·rank − (M + 2) is an integer and is summed as one,
   * apart for each M, so that the sums are exact.
   */
  private static final class Window {
    private final TreeMap<Integer, long[]> centredByLength = new TreeMap<>();
    private long[] counts;

    Window(int estimationDays) {
      counts = new long[estimationDays + 1];
    }

    void add(ResidualRanks.Ranked event, double scar) {
      double[] residuals = event.residuals();
      int[] doubledRanks = event.doubled();
      double[] sorted = event.sorted();
      int m = sorted.length;
      long[] centred = centred(m);
      for (int t = 0; t < residuals.length; t++) {
        if (!Double.isNaN(residuals[t])) {
          int shift = scar < residuals[t] ? 2 : scar == residuals[t] ? 1 : 0;
          centred[t] += doubledRanks[t] + shift - (m + 2);
          counts[t]++;
        }
      }
      long own = Ranks.below(sorted, scar) + (long) Ranks.notAbove(sorted, scar) + 2;
      centred[residuals.length] += own - (m + 2);
      counts[residuals.length]++;
    }

    private long[] centred(int m) {
      return centredByLength.computeIfAbsent(m, length -> new long[counts.length]);
    }

    /** Σ U of a day, U = rank/(M + 2) − ½; a changed sign changes nothing but the sign. */
    private double sum(int t) {
      double sum = 0;
      for (Map.Entry<Integer, long[]> entry : centredByLength.entrySet()) {
        sum += entry.getValue()[t] / (2.0 * (entry.getKey() + 2));
      }
      return sum;
    }

    void merge(Window other) {
      other.centredByLength.forEach(
          (m, sums) -> {
            long[] centred = centred(m);
            for (int t = 0; t < centred.length; t++) {
              centred[t] += sums[t];
            }
          });
      for (int t = 0; t < counts.length; t++) {
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
      Statistic test = Statistic.GRANK_T;
      long n = events();
      TestResult trouble = trouble(test, deviation, inference);
      if (trouble != null) {
        return trouble;
      }
      ExactSum squares = new ExactSum();
      int used = estimationDays() + 1;
      for (int t = 0; t < counts.length; t++) {
        if (counts[t] > 0) {
          double mean = sum(t) / counts[t];
          squares.add((double) counts[t] / n * mean * mean);
        }
      }
      if (used < 3) {
        return inference.tooFewDays(test, TestVariant.TEXTBOOK, n, used, 3);
      }
      double z = sum(counts.length - 1) / n / Math.sqrt(squares.value() / used);
      double t = z * Math.sqrt((used - 2) / (used - 1 - z * z));
      return inference.student(test, TestVariant.TEXTBOOK, n, t, used - 2.0);
    }

    TestResult normal(double deviation, Inference inference) {
      Statistic test = Statistic.GRANK_Z;
      TestResult trouble = trouble(test, deviation, inference);
      if (trouble != null) {
        return trouble;
      }
      long n = events();
      double m = estimationDays();
      double z = Math.sqrt(12 * (m + 2) / (m * n)) * sum(counts.length - 1);
      return inference.normal(test, TestVariant.TEXTBOOK, n, z);
    }

    private TestResult trouble(Statistic test, double deviation, Inference inference) {
      if (deviation == 0) {
        return inference.noVariance(test, TestVariant.TEXTBOOK, events());
      }
      return events() < 2 ? inference.tooFew(test, TestVariant.TEXTBOOK, events(), 2) : null;
    }

    void write(StateWriter out) {
      out.putLongs(counts);
      out.putInt(centredByLength.size());
      centredByLength.forEach(
          (m, sums) -> {
            out.putInt(m);
            out.putLongs(sums);
          });
    }

    void read(StateReader in) {
      counts = in.readLongs();
      int lengths = in.readInt();
      for (int i = 0; i < lengths; i++) {
        int m = in.readInt();
        centredByLength.put(m, in.readLongs());
      }
    }
  }
}
