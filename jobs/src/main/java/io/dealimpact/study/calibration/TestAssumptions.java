package io.dealimpact.study.calibration;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.PValues;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * What a test over events takes for granted, and the size it then has: where the calibration holds
 * a test to its level and where it shows what happens without.
 */
public final class TestAssumptions {
  /** Something a test may need. */
  public enum Assumption {
    /** Events do not move together: no common dates, or no correlation on them. */
    INDEPENDENT("independent events"),
    /** The event does not change the variance of returns. */
    SAME_VARIANCE("no event-induced variance"),
    /** Every share trades every day. */
    TRADED("shares trade every day"),
    /** Returns are normal, so that a sum of days is distributed like a day. */
    NORMAL("normal returns"),
    /** Each resample of a quarter of the events is a large sample; of 50 events it has 12. */
    LARGE_QUARTER("a quarter of the events is a large sample");

    private final String label;

    Assumption(String label) {
      this.label = label;
    }

    /** For people. */
    public String label() {
      return label;
    }
  }

  private static final Set<Assumption> NONE = EnumSet.noneOf(Assumption.class);
  private static final Set<Assumption> APART = EnumSet.of(Assumption.INDEPENDENT);

  private static final Map<String, Set<Assumption>> BY_TEST = new LinkedHashMap<>();

  static {
    BY_TEST.put("cross-sectional-t", APART);
    BY_TEST.put("cda-t", EnumSet.of(Assumption.SAME_VARIANCE));
    BY_TEST.put("patell", EnumSet.of(Assumption.INDEPENDENT, Assumption.SAME_VARIANCE));
    BY_TEST.put("patell-csar", EnumSet.of(Assumption.INDEPENDENT, Assumption.SAME_VARIANCE));
    BY_TEST.put("adjusted-patell", EnumSet.of(Assumption.SAME_VARIANCE));
    BY_TEST.put("bmp", APART);
    BY_TEST.put("adjusted-bmp", NONE);
    BY_TEST.put("skewness-t", EnumSet.of(Assumption.INDEPENDENT, Assumption.TRADED));
    BY_TEST.put("johnson-t", EnumSet.of(Assumption.INDEPENDENT, Assumption.TRADED));
    BY_TEST.put("corrado-rank", EnumSet.of(Assumption.SAME_VARIANCE, Assumption.TRADED));
    BY_TEST.put("corrado-zivney-sign", EnumSet.of(Assumption.TRADED));
    BY_TEST.put("sign", EnumSet.of(Assumption.INDEPENDENT, Assumption.TRADED));
    BY_TEST.put("binomial-sign", EnumSet.of(Assumption.INDEPENDENT, Assumption.TRADED));
    BY_TEST.put("generalized-sign", EnumSet.of(Assumption.INDEPENDENT, Assumption.TRADED));
    BY_TEST.put("wilcoxon", EnumSet.of(Assumption.INDEPENDENT, Assumption.TRADED));
    BY_TEST.put(
        "jackknife", EnumSet.of(Assumption.INDEPENDENT, Assumption.TRADED, Assumption.NORMAL));
    BY_TEST.put("two-way-clustered", APART);
    BY_TEST.put("permutation", EnumSet.of(Assumption.SAME_VARIANCE));
    BY_TEST.put("bootstrap", APART);
    BY_TEST.put("wild-bootstrap", APART);
    BY_TEST.put(
        "abhar-skewness-bootstrap",
        EnumSet.of(Assumption.INDEPENDENT, Assumption.TRADED, Assumption.LARGE_QUARTER));
    BY_TEST.put("calendar-time", APART);
    BY_TEST.put("grank-t", EnumSet.of(Assumption.TRADED));
    BY_TEST.put("grank-z", EnumSet.of(Assumption.INDEPENDENT, Assumption.TRADED));
  }

  private TestAssumptions() {}

  /** What each test of the textbook over events needs for one day. */
  public static Map<String, Set<Assumption>> byTest() {
    return Map.copyOf(BY_TEST);
  }

  /** What a test needs besides for a window: GRANK ranks a sum of days among days. */
  public static Set<Assumption> ofWindows(String test) {
    return test.startsWith("grank") ? EnumSet.of(Assumption.NORMAL) : NONE;
  }

  /**
   * Whether a test's assumptions hold where some do not.
   *
   * @param test its name
   * @param window tested
   * @param broken what does not hold
   */
  public static boolean hold(String test, EventWindow window, Set<Assumption> broken) {
    Set<Assumption> more = window.length() > 1 ? ofWindows(test) : NONE;
    return Stream.concat(BY_TEST.get(test).stream(), more.stream()).noneMatch(broken::contains);
  }

  /**
   * How often a test at a level rejects if all it assumes holds: the level; for the two whose
   * statistic counts signs, what their steps allow with n events (binomial(n, ½)).
   */
  public static double size(String test, int n, double level) {
    BinomialDistribution positive = new BinomialDistribution(n, 0.5);
    double rejected = 0;
    for (int w = 0; w <= n; w++) {
      double p =
          switch (test) {
            case "sign" -> PValues.normal((w - n / 2.0) / Math.sqrt(n / 4.0));
            case "binomial-sign" ->
                Math.min(1, 2 * positive.cumulativeProbability(Math.min(w, n - w)));
            default -> Double.NaN;
          };
      if (Double.isNaN(p)) {
        return level;
      }
      rejected += p <= level ? positive.probability(w) : 0;
    }
    return rejected;
  }
}
