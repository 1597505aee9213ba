package io.dealimpact.capacity;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One cell of the cube: provider × customer × GPU model, each a name or {@code ALL}, and a status.
 * There is no "all" of statuses: they are never added. A cell of names alone is a leaf, and is of
 * one layer and region; every other is a total over all of them.
 *
 * @param provider a name, joint providers as written, or {@code ALL}
 * @param customer a name or {@code ALL}
 * @param gpuModel a name or {@code ALL}
 * @param status how firm it is
 * @param layer of a leaf; {@code ALL} in a total
 * @param region of a leaf; {@code ALL} in a total
 */
public record RollupKey(
    String provider,
    String customer,
    String gpuModel,
    CommitmentStatus status,
    String layer,
    String region)
    implements Comparable<RollupKey>, Serializable {

  /** Marks a dimension that is summed over. */
  public static final String ALL = "ALL";

  private static final Comparator<RollupKey> ORDER =
      Comparator.comparing(RollupKey::provider)
          .thenComparing(RollupKey::customer)
          .thenComparing(RollupKey::gpuModel)
          .thenComparing(RollupKey::status)
          .thenComparing(RollupKey::layer)
          .thenComparing(RollupKey::region);

  /** A cell of no stated layer and region: {@code unstated} in a leaf, {@code ALL} in a total. */
  public RollupKey(String provider, String customer, String gpuModel, CommitmentStatus status) {
    this(
        provider,
        customer,
        gpuModel,
        status,
        unstated(provider, customer, gpuModel),
        unstated(provider, customer, gpuModel));
  }

  private static String unstated(String... names) {
    return List.of(names).contains(ALL) ? ALL : Commitment.UNSTATED;
  }

  /** Whether it is a leaf: leaves add up without counting anything twice. */
  public boolean isLeaf() {
    return !List.of(provider, customer, gpuModel).contains(ALL);
  }

  /** The eight cells that a commitment of this key adds to: itself and every roll-up of it. */
  public List<RollupKey> cube() {
    List<RollupKey> cells = new ArrayList<>(8);
    for (String p : new String[] {provider, ALL}) {
      for (String c : new String[] {customer, ALL}) {
        for (String m : new String[] {gpuModel, ALL}) {
          RollupKey total = new RollupKey(p, c, m, status);
          cells.add(total.isLeaf() ? this : total);
        }
      }
    }
    return List.copyOf(cells);
  }

  @Override
  public int compareTo(RollupKey other) {
    return ORDER.compare(this, other);
  }
}
