package io.dealimpact.capacity.share;

import io.dealimpact.capacity.QuantityRange;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Who holds what share of a whole, and how concentrated it is, where parts are known in ranges and
 * some are joint: an amount that several parties hold together in an unknown split.
 *
 * <p>Party i holds b_i = a_i + Σ_k x_ik, with its own a_i anywhere in its range, and each joint
 * amount J_k anywhere in its range and split in any way over its members (x_ik ≥ 0, Σ_i x_ik =
 * J_k). The whole is T = Σ b_i, the share b_i / T, the Herfindahl–Hirschman index HHI = Σ (b_i /
 * T)², a fraction: 1 is one holder, 1/n is n equal ones. The extremes are over all that this
 * allows:
 *
 * <ul>
 *   <li><b>shares</b>: b / (b + rest) rises with b and falls with the rest, so the least share has
 *       the party's own low and nothing of its joint amounts while all others are high (its joint
 *       amounts too), and the largest the reverse. A joint amount whose only member is the party is
 *       its own.
 *   <li><b>largest HHI</b>: ‖b‖₂ / ‖b‖₁ is a convex function over a positive linear one, thus
 *       quasi-convex, so its maximum over the polytope is at a vertex: every own amount at an end
 *       of its range, every joint amount at an end and wholly with one member. All vertices are
 *       tried; with more than {@value #MAX_VERTICES} the bound Σ (largest share)², at most 1,
 *       stands instead and {@code hhiHigh} says so.
 *   <li><b>smallest HHI</b>: by its optimality conditions the minimum is the point of the polytope
 *       nearest to (m, …, m), where m = Σb² / Σb at that point. The nearest point is found by
 *       filling each amount up to the common level in turn (water-filling) until nothing moves by
 *       more than 10⁻¹² of the whole, m by bisection. Without ranges the level does not matter and
 *       one filling is enough.
 *   <li><b>mid</b>: all amounts at their mids, joint ones split equally. A convention, not an
 *       estimate.
 * </ul>
 *
 * @param shares of each party, in order of name
 * @param hhi smallest, mid and largest HHI
 * @param hhiHigh whether the largest HHI is attained or a bound
 * @param total the whole, in the unit of the amounts
 */
public record Concentration(
    SortedMap<String, QuantityRange> shares,
    QuantityRange hhi,
    Exactness hhiHigh,
    QuantityRange total) {

  static final int MAX_VERTICES = 16_384;

  /** Whether an extreme is attained or bounded from outside. */
  public enum Exactness {
    /** Some split attains it. */
    ATTAINED,
    /** No split exceeds it. */
    BOUND
  }

  /**
   * An amount that parties hold together; with one party it is that party's own.
   *
   * @param parties who
   * @param amount how much, 0 or more
   */
  public record Holding(Set<String> parties, QuantityRange amount) {

    /**
     * @throws IllegalArgumentException if nobody holds it, or it may be negative
     */
    public Holding {
      if (parties.isEmpty()) {
        throw new IllegalArgumentException("a holding needs a party");
      }
      if (amount.low() < 0) {
        throw new IllegalArgumentException("a holding must be 0 or more, not " + amount.low());
      }
      parties = Set.copyOf(parties);
    }
  }

  /** The concentration of these holdings; empty if there is nothing to share. */
  public static Optional<Concentration> of(Collection<Holding> holdings) {
    return ConcentrationSolver.solve(holdings);
  }
}
