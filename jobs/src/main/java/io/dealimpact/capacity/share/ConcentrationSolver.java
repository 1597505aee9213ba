package io.dealimpact.capacity.share;

import io.dealimpact.capacity.QuantityRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the extremes that {@link Concentration} states. */
final class ConcentrationSolver {

  private static final double TOLERANCE = 1e-12;
  private static final int MAX_SWEEPS = 10_000;
  private static final int BISECTIONS = 60;

  /** An amount of several parties, by their indices. */
  private record Joint(int[] members, QuantityRange amount) {

    boolean has(int party) {
      return Arrays.binarySearch(members, party) >= 0;
    }
  }

  private final List<String> parties;
  private final QuantityRange[] own;
  private final List<Joint> joints;
  private final QuantityRange total;

  private ConcentrationSolver(
      List<String> parties, QuantityRange[] own, List<Joint> joints, QuantityRange total) {
    this.parties = parties;
    this.own = own;
    this.joints = joints;
    this.total = total;
  }

  static Optional<Concentration> solve(Collection<Concentration.Holding> holdings) {
    // One holding for each set of parties; added in order of size and name, so that the order of
    // arrival cannot change a bit.
    SortedMap<String, Concentration.Holding> merged = new TreeMap<>();
    SortedSet<String> names = new TreeSet<>();
    holdings.stream()
        .sorted(
            Comparator.comparingDouble((Concentration.Holding h) -> h.amount().low())
                .thenComparingDouble(h -> h.amount().mid())
                .thenComparingDouble(h -> h.amount().high()))
        .forEach(
            holding -> {
              names.addAll(holding.parties());
              merged.merge(
                  new TreeSet<>(holding.parties()).toString(),
                  holding,
                  (a, b) -> new Concentration.Holding(a.parties(), a.amount().plus(b.amount())));
            });
    List<String> parties = List.copyOf(names);
    QuantityRange[] own = new QuantityRange[parties.size()];
    Arrays.fill(own, QuantityRange.exactly(0));
    List<Joint> joints = new ArrayList<>();
    QuantityRange total = QuantityRange.exactly(0);
    for (Concentration.Holding holding : merged.values()) {
      int[] members = holding.parties().stream().mapToInt(parties::indexOf).sorted().toArray();
      if (members.length == 1) {
        own[members[0]] = holding.amount();
      } else {
        joints.add(new Joint(members, holding.amount()));
      }
      total = total.plus(holding.amount());
    }
    if (total.high() <= 0) {
      return Optional.empty();
    }
    return Optional.of(new ConcentrationSolver(parties, own, joints, total).concentration());
  }

  private Concentration concentration() {
    SortedMap<String, QuantityRange> shares = new TreeMap<>();
    double bound = 0;
    double[] middle = middle();
    for (int party = 0; party < own.length; party++) {
      QuantityRange share = share(party, middle);
      shares.put(parties.get(party), share);
      bound += share.high() * share.high();
    }
    boolean attained = vertices() <= Concentration.MAX_VERTICES;
    double high = attained ? largest(new double[own.length], 0, 0) : Math.min(1, bound);
    double mid = Math.min(high, hhi(middle));
    double low = Math.min(mid, smallest());
    return new Concentration(
        Collections.unmodifiableSortedMap(shares),
        new QuantityRange(low, mid, high),
        attained ? Concentration.Exactness.ATTAINED : Concentration.Exactness.BOUND,
        total);
  }

  private QuantityRange share(int party, double[] middle) {
    double mineLow = own[party].low();
    double mineHigh = own[party].high();
    double othersLow = 0;
    double othersHigh = 0;
    for (int other = 0; other < own.length; other++) {
      if (other != party) {
        othersLow += own[other].low();
        othersHigh += own[other].high();
      }
    }
    for (Joint joint : joints) {
      othersHigh += joint.amount().high();
      if (joint.has(party)) {
        mineHigh += joint.amount().high();
      } else {
        othersLow += joint.amount().low();
      }
    }
    double low = portion(mineLow, othersHigh);
    double high = portion(mineHigh, othersLow);
    double mid = middle[party] / sum(middle);
    return new QuantityRange(low, Math.max(low, Math.min(mid, high)), high);
  }

  private static double portion(double mine, double others) {
    return mine == 0 ? 0 : mine / (mine + others);
  }

  /**
   * All amounts at their mids, joint ones split equally; at their highs if the mids are all zero.
   */
  private double[] middle() {
    double[] held = new double[own.length];
    for (int party = 0; party < own.length; party++) {
      held[party] = total.mid() > 0 ? own[party].mid() : own[party].high();
    }
    for (Joint joint : joints) {
      double amount = total.mid() > 0 ? joint.amount().mid() : joint.amount().high();
      for (int member : joint.members()) {
        held[member] += amount / joint.members().length;
      }
    }
    return held;
  }

  private double vertices() {
    double count = 1;
    for (QuantityRange amount : own) {
      count *= amount.isExact() ? 1 : 2;
    }
    for (Joint joint : joints) {
      count *= joint.members().length * (joint.amount().isExact() ? 1.0 : 2.0);
    }
    return count;
  }

  /** The largest HHI over all choices for the amounts from the given one on. */
  private double largest(double[] held, int party, int joint) {
    if (party < own.length) {
      double best = 0;
      for (double amount : ends(own[party])) {
        double[] next = held.clone();
        next[party] += amount;
        best = Math.max(best, largest(next, party + 1, 0));
      }
      return best;
    }
    if (joint == joints.size()) {
      return hhi(held);
    }
    double best = 0;
    for (int member : joints.get(joint).members()) {
      for (double amount : ends(joints.get(joint).amount())) {
        double[] next = held.clone();
        next[member] += amount;
        best = Math.max(best, largest(next, party, joint + 1));
      }
    }
    return best;
  }

  private static double[] ends(QuantityRange amount) {
    return amount.isExact()
        ? new double[] {amount.low()}
        : new double[] {amount.low(), amount.high()};
  }

  private double smallest() {
    if (total.isExact()) {
      return hhi(nearest(0));
    }
    double below = 0;
    double above = total.high();
    for (int i = 0; i < BISECTIONS; i++) {
      double level = (below + above) / 2;
      double[] held = nearest(level);
      double sum = sum(held);
      if (sum == 0 || sumOfSquares(held) / sum > level) {
        below = level;
      } else {
        above = level;
      }
    }
    return hhi(nearest(above));
  }

  /** The allowed point nearest to (level, …, level), by filling each amount in turn. */
  private double[] nearest(double level) {
    double[] held = new double[own.length];
    double[] alone = new double[own.length];
    double[][] split = new double[joints.size()][];
    for (int party = 0; party < own.length; party++) {
      alone[party] = own[party].low();
      held[party] = alone[party];
    }
    for (int k = 0; k < split.length; k++) {
      split[k] = new double[joints.get(k).members().length];
    }
    double moved = Double.POSITIVE_INFINITY;
    for (int sweep = 0; sweep < MAX_SWEEPS && moved > TOLERANCE * total.high(); sweep++) {
      moved = 0;
      for (int party = 0; party < own.length; party++) {
        double others = held[party] - alone[party];
        double amount = Math.max(own[party].low(), Math.min(level - others, own[party].high()));
        moved = Math.max(moved, Math.abs(amount - alone[party]));
        alone[party] = amount;
        held[party] = others + amount;
      }
      for (int k = 0; k < split.length; k++) {
        moved = Math.max(moved, fill(joints.get(k), level, split[k], held));
      }
    }
    return held;
  }

  /** Splits a joint amount over its members so that they come nearest to the level. */
  private static double fill(Joint joint, double level, double[] split, double[] held) {
    int count = split.length;
    double[] base = new double[count];
    double wanted = 0;
    for (int j = 0; j < count; j++) {
      base[j] = held[joint.members()[j]] - split[j];
      wanted += Math.max(0, level - base[j]);
    }
    double amount = Math.max(joint.amount().low(), Math.min(wanted, joint.amount().high()));
    double surface = surface(base, amount);
    double moved = 0;
    for (int j = 0; j < count; j++) {
      double part = Math.max(0, surface - base[j]);
      moved = Math.max(moved, Math.abs(part - split[j]));
      split[j] = part;
      held[joint.members()[j]] = base[j] + part;
    }
    return moved;
  }

  /** The height to which the amount fills vessels with these floors: Σ max(0, height − floor). */
  private static double surface(double[] floors, double amount) {
    double[] sorted = floors.clone();
    Arrays.sort(sorted);
    double sum = amount;
    for (int j = 0; j < sorted.length; j++) {
      sum += sorted[j];
      double height = sum / (j + 1);
      if (j + 1 == sorted.length || height <= sorted[j + 1]) {
        return height;
      }
    }
    throw new IllegalStateException("no vessel to fill");
  }

  private static double hhi(double[] held) {
    double sum = sum(held);
    return sum == 0 ? 0 : sumOfSquares(held) / (sum * sum);
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double sumOfSquares(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }
}
