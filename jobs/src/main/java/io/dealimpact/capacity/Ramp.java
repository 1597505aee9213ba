package io.dealimpact.capacity;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How power comes online between the first-power date f and the full-power date F.
 *
 * <p>The share of full power online at the <em>end</em> of day d is s(u), where u = (d − f + 1) /
 * (F − f + 1) in days, cut to [0, 1]: nothing the day before f, everything at the end of F, and if
 * f = F everything on that day. The days count as whole, so the average over a period is the mean
 * of its day ends and has a closed form (sums of k, k² and k³, in exact integers).
 *
 * <p>{@code capacity_by_quarter} reports as online the share at the END of the quarter; the average
 * over the quarter stands beside it, for energy and revenue.
 */
public enum Ramp {
  /** s(u) = u: the same power every day. */
  LINEAR {
    @Override
    double shape(double u) {
      return u;
    }

    @Override
    double sumOfShares(long from, long to, long n) {
      return (double) (triangular(to) - triangular(from - 1)) / n;
    }
  },
  /** s(u) = 1 if u ≥ 1, else 0: nothing counts until all is there, the most cautious reading. */
  STEP {
    @Override
    double shape(double u) {
      return u >= 1 ? 1 : 0;
    }

    @Override
    double sumOfShares(long from, long to, long n) {
      return from <= n && n <= to ? 1 : 0;
    }
  },
  /** s(u) = 3u² − 2u³ (smoothstep): slow start, fast middle, slow end; half at half time. */
  S_CURVE {
    @Override
    double shape(double u) {
      return u * u * (3 - 2 * u);
    }

    @Override
    double sumOfShares(long from, long to, long n) {
      double squares = squares(to) - squares(from - 1);
      double cubes = cubes(to) - cubes(from - 1);
      return 3 * squares / ((double) n * n) - 2 * cubes / ((double) n * n * n);
    }
  };

  private static final Map<String, Ramp> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(Ramp::code, ramp -> ramp));

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name in data and configuration: {@code linear}, {@code step}, {@code s-curve}. */
  public String code() {
    return code;
  }

  /** The names of all ramps. */
  public static List<String> codes() {
    return Arrays.stream(values()).map(Ramp::code).toList();
  }

  /** The ramp of that name; empty if there is none. */
  public static Optional<Ramp> parse(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  abstract double shape(double u);

  /** Σ s(k / n) over k = from..to, 1 ≤ from ≤ to ≤ n. */
  abstract double sumOfShares(long from, long to, long n);

  /**
   * Share of full power at the end of a day, 0 to 1. Days since 1970-01-01.
   *
   * @param day the day
   * @param first first-power day
   * @param full full-power day, not before {@code first}
   */
  double shareAt(long day, long first, long full) {
    if (day < first) {
      return 0;
    }
    if (day >= full) {
      return 1;
    }
    return shape((double) (day - first + 1) / (full - first + 1));
  }

  /** Mean of {@link #shareAt} over the days {@code from} to {@code to}, both inclusive. */
  double averageShare(long from, long to, long first, long full) {
    long rampFrom = Math.max(from, first);
    long rampTo = Math.min(to, full);
    double sum = Math.max(0, to - Math.max(from, full + 1) + 1);
    if (rampFrom <= rampTo) {
      sum += sumOfShares(rampFrom - first + 1, rampTo - first + 1, full - first + 1);
    }
    return Math.min(1, sum / (to - from + 1));
  }

  private static long triangular(long n) {
    return n * (n + 1) / 2;
  }

  private static long squares(long n) {
    return n * (n + 1) * (2 * n + 1) / 6;
  }

  private static long cubes(long n) {
    return triangular(n) * triangular(n);
  }
}
