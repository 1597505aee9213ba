package io.dealimpact.capacity.cost;

import io.dealimpact.capacity.Figures;
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The values that a deal's statements allow each quantity when all of them hold at once.
 *
 * <p>Every relation is a product of powers, so it is linear in logarithms. With v, y, r, p, k the
 * logarithms of value, years, mean share of the power over the term, GW and kW a GPU:
 *
 * <pre>
 *   GPUs             n = p − k + ln 10⁶
 *   USD a GPU-hour   h = v − y − n − ln 8766
 *   USD a GW-year    w = v − y − r − p
 *   USD a GW         d = v − p
 * </pre>
 *
 * <p>A statement bounds one of the nine from below and above, so what fits all is a polytope in (v,
 * y, r, p, k), and the bounds of a quantity are at its corners. All corners are tried: five of the
 * nine quantities at one of their bounds each. The bounds are therefore exact to rounding; they are
 * narrower than interval arithmetic where a quantity is stated and follows from others too (Moore
 * 1966 calls what interval arithmetic adds its dependency problem).
 *
 * <p><b>Central values</b> are one point of the set. The quantity that is stated most narrowly (in
 * the ratio of its bounds) keeps its own mid; then the next takes the value nearest to its own mid
 * that the ones before allow; and so on. What nobody stated follows. Where only wide statements
 * contradict a narrow one, the narrow one is believed.
 *
 * <p>If nothing fits, each statement without which the others would fit is named, with what the
 * others need it to be. What no statement bounds is empty. A year is 365.25 days, 8766 hours.
 */
public final class FeasibleSet {

  /** What a deal may state, or what follows. */
  public enum Quantity {
    /** Contract value, USD. */
    VALUE_USD,
    /** Term, years. */
    YEARS,
    /** Mean share of the power that is online over the term, by its ramp, a fraction. */
    RAMP_SHARE,
    /** Power, GW. */
    POWER_GW,
    /** All-in power of one GPU, kW. */
    KW_PER_GPU,
    /** GPUs. */
    GPUS,
    /** Value over all GPUs for all hours of the term, USD. */
    USD_PER_GPU_HOUR,
    /** Value over the power that is online, year by year, USD. */
    USD_PER_GW_YEAR,
    /** Value over the power, USD. */
    USD_PER_GW;

    /** The name in data and messages: {@code power_gw}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final double HOURS_PER_YEAR = 8766;
  private static final int BASE = 5;
  private static final List<Quantity> QUANTITIES = List.of(Quantity.values());
  private static final int ALL = QUANTITIES.size();

  /** Logarithm beyond which a quantity counts as without bound: 10³⁴ times any unit here. */
  private static final double UNBOUNDED = 80;

  /** Corners are solutions of five equations in numbers below 100: errors are far below this. */
  private static final double TOLERANCE = 1e-9;

  /** Exponents over value, years, ramp share, GW, kW a GPU; a row for each quantity. */
  private static final double[][] EXPONENTS = {
    {1, 0, 0, 0, 0},
    {0, 1, 0, 0, 0},
    {0, 0, 1, 0, 0},
    {0, 0, 0, 1, 0},
    {0, 0, 0, 0, 1},
    {0, 0, 0, 1, -1},
    {1, -1, 0, -1, 1},
    {1, -1, -1, -1, 0},
    {1, 0, 0, -1, 0}
  };

  private static final double KW_PER_GW = Math.log(1e6);

  private static final double[] CONSTANTS = {
    0, 0, 0, 0, 0, KW_PER_GW, -KW_PER_GW - Math.log(HOURS_PER_YEAR), 0, 0
  };

  private static final List<Basis> BASES = bases();

  /** Five quantities that determine all others, and the inverse of their exponents. */
  private record Basis(int[] quantities, double[][] inverse) {}

  /** Logarithms of the bounds of every quantity. */
  private record Box(double[] low, double[] high) {

    Box with(int quantity, double from, double to) {
      Box changed = new Box(low.clone(), high.clone());
      changed.low[quantity] = from;
      changed.high[quantity] = to;
      return changed;
    }

    Box without(int quantity) {
      return with(quantity, -UNBOUNDED, UNBOUNDED);
    }
  }

  private final Map<Quantity, QuantityRange> ranges;
  private final List<Violation> misfits;

  private FeasibleSet(Map<Quantity, QuantityRange> ranges, List<Violation> misfits) {
    this.ranges = ranges;
    this.misfits = misfits;
  }

  /**
   * What the statements allow.
   *
   * @throws IllegalArgumentException if a statement is not above 0
   */
  public static FeasibleSet of(Map<Quantity, QuantityRange> statements) {
    if (statements.isEmpty()) {
      return new FeasibleSet(new EnumMap<>(Quantity.class), List.of());
    }
    Box box = new Box(new double[ALL], new double[ALL]);
    for (Quantity quantity : Quantity.values()) {
      QuantityRange stated = statements.get(quantity);
      if (stated != null && !(stated.low() > 0)) {
        throw new IllegalArgumentException(
            quantity.code() + " must be above 0, not " + stated.low());
      }
      box.low[QUANTITIES.indexOf(quantity)] = stated == null ? -UNBOUNDED : Math.log(stated.low());
      box.high[QUANTITIES.indexOf(quantity)] = stated == null ? UNBOUNDED : Math.log(stated.high());
    }
    Optional<Box> fits = hull(box);
    if (fits.isEmpty()) {
      return new FeasibleSet(new EnumMap<>(Quantity.class), misfits(statements, box));
    }
    return new FeasibleSet(ranges(statements, fits.get(), point(statements, box)), List.of());
  }

  /** The values it may have; empty where nothing bounds it, or the statements do not fit. */
  public Optional<QuantityRange> range(Quantity quantity) {
    return Optional.ofNullable(ranges.get(quantity));
  }

  /** Whether some values satisfy all statements. */
  public boolean isFeasible() {
    return misfits.isEmpty();
  }

  /** The statements that do not fit the others; empty if all fit. */
  public List<Violation> misfits() {
    return misfits;
  }

  private static Map<Quantity, QuantityRange> ranges(
      Map<Quantity, QuantityRange> statements, Box fits, double[] point) {
    Map<Quantity, QuantityRange> ranges = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      int q = QUANTITIES.indexOf(quantity);
      if (isBounded(fits.low[q]) && isBounded(fits.high[q])) {
        QuantityRange stated = statements.get(quantity);
        double low = value(fits.low[q], stated);
        double high = value(fits.high[q], stated);
        double mid = Math.max(low, Math.min(high, value(point[q], stated)));
        ranges.put(quantity, QuantityRange.of(low, mid, high));
      }
    }
    return ranges;
  }

  private static boolean isBounded(double logarithm) {
    return Math.abs(logarithm) < UNBOUNDED / 2;
  }

  /** The value; one of the statement's own where it is that but for rounding. */
  private static double value(double logarithm, QuantityRange stated) {
    if (stated != null) {
      for (double own : new double[] {stated.low(), stated.mid(), stated.high()}) {
        if (Math.abs(logarithm - Math.log(own)) < TOLERANCE) {
          return own;
        }
      }
    }
    return Math.exp(logarithm);
  }

  /** Logarithms of the central values. */
  private static double[] point(Map<Quantity, QuantityRange> statements, Box box) {
    List<Quantity> narrowestFirst =
        statements.keySet().stream()
            .sorted(
                Comparator.comparingDouble(
                        (Quantity q) -> statements.get(q).high() / statements.get(q).low())
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    Box left = box;
    for (Quantity quantity : narrowestFirst) {
      int q = QUANTITIES.indexOf(quantity);
      Box allowed = hull(left).orElse(left);
      double own = Math.log(statements.get(quantity).mid());
      double nearest = Math.max(allowed.low[q], Math.min(allowed.high[q], own));
      left = left.with(q, nearest, nearest);
    }
    Box last = hull(left).orElse(left);
    double[] point = new double[ALL];
    for (int q = 0; q < ALL; q++) {
      point[q] = (last.low[q] + last.high[q]) / 2;
    }
    return point;
  }

  private static List<Violation> misfits(Map<Quantity, QuantityRange> statements, Box box) {
    List<Violation> found = new ArrayList<>();
    for (Quantity quantity : Quantity.values()) {
      QuantityRange stated = statements.get(quantity);
      if (stated == null) {
        continue;
      }
      int q = QUANTITIES.indexOf(quantity);
      hull(box.without(q))
          .ifPresent(
              others ->
                  found.add(
                      new Violation(
                          "does-not-fit",
                          quantity.code()
                              + " is stated as "
                              + text(stated)
                              + ", but the other statements need "
                              + text(
                                  QuantityRange.of(
                                      Math.exp(others.low[q]), Math.exp(others.high[q]))))));
    }
    if (found.isEmpty()) {
      found.add(
          new Violation(
              "does-not-fit", "no single statement is wrong: without any one the others conflict"));
    }
    return List.copyOf(found);
  }

  private static String text(QuantityRange range) {
    return range.high() / range.low() - 1 < TOLERANCE
        ? shown(range.low())
        : shown(range.low()) + " to " + shown(range.high());
  }

  private static String shown(double value) {
    return Figures.plain(Double.parseDouble(String.format(Locale.ROOT, "%.4g", value)));
  }

  /** The least and most of every quantity over all corners; empty if there is none. */
  private static Optional<Box> hull(Box box) {
    Box hull = new Box(new double[ALL], new double[ALL]);
    Arrays.fill(hull.low, Double.POSITIVE_INFINITY);
    Arrays.fill(hull.high, Double.NEGATIVE_INFINITY);
    boolean found = false;
    double[] corner = new double[ALL];
    for (Basis basis : BASES) {
      for (int ends = 0; ends < 1 << BASE; ends++) {
        if (solve(basis, ends, box, corner)) {
          found = true;
          for (int q = 0; q < ALL; q++) {
            hull.low[q] = Math.min(hull.low[q], corner[q]);
            hull.high[q] = Math.max(hull.high[q], corner[q]);
          }
        }
      }
    }
    return found ? Optional.of(hull) : Optional.empty();
  }

  /** All quantities where those of the basis are at their bounds; false if another is outside. */
  private static boolean solve(Basis basis, int ends, Box box, double[] corner) {
    double[] free = new double[BASE];
    for (int i = 0; i < BASE; i++) {
      int q = basis.quantities[i];
      double bound = (((ends >> i) & 1) == 0 ? box.low[q] : box.high[q]) - CONSTANTS[q];
      for (int j = 0; j < BASE; j++) {
        free[j] += basis.inverse[j][i] * bound;
      }
    }
    for (int q = 0; q < ALL; q++) {
      double value = CONSTANTS[q];
      for (int j = 0; j < BASE; j++) {
        value += EXPONENTS[q][j] * free[j];
      }
      if (value < box.low[q] - TOLERANCE || value > box.high[q] + TOLERANCE) {
        return false;
      }
      corner[q] = Math.max(box.low[q], Math.min(box.high[q], value));
    }
    return true;
  }

  private static List<Basis> bases() {
    List<Basis> bases = new ArrayList<>();
    for (int set = 0; set < 1 << ALL; set++) {
      if (Integer.bitCount(set) == BASE) {
        int[] quantities = new int[BASE];
        int count = 0;
        for (int q = 0; q < ALL; q++) {
          if (((set >> q) & 1) == 1) {
            quantities[count] = q;
            count++;
          }
        }
        inverse(quantities).ifPresent(inverse -> bases.add(new Basis(quantities, inverse)));
      }
    }
    return List.copyOf(bases);
  }

  /** The inverse by Gauss-Jordan elimination with pivoting; empty if they do not determine all. */
  private static Optional<double[][]> inverse(int[] quantities) {
    double[][] rows = new double[BASE][2 * BASE];
    for (int i = 0; i < BASE; i++) {
      System.arraycopy(EXPONENTS[quantities[i]], 0, rows[i], 0, BASE);
      rows[i][BASE + i] = 1;
    }
    for (int column = 0; column < BASE; column++) {
      int pivot = column;
      for (int i = column + 1; i < BASE; i++) {
        if (Math.abs(rows[i][column]) > Math.abs(rows[pivot][column])) {
          pivot = i;
        }
      }
      if (rows[pivot][column] == 0) {
        return Optional.empty();
      }
      double[] swapped = rows[pivot];
      rows[pivot] = rows[column];
      rows[column] = swapped;
      double scale = rows[column][column];
      for (int j = 0; j < 2 * BASE; j++) {
        rows[column][j] /= scale;
      }
      for (int i = 0; i < BASE; i++) {
        double factor = rows[i][column];
        if (i != column && factor != 0) {
          for (int j = 0; j < 2 * BASE; j++) {
            rows[i][j] -= factor * rows[column][j];
          }
        }
      }
    }
    double[][] inverse = new double[BASE][BASE];
    for (int i = 0; i < BASE; i++) {
      System.arraycopy(rows[i], BASE, inverse[i], 0, BASE);
    }
    return Optional.of(inverse);
  }
}
