package io.dealimpact.capacity;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One cell of the cube: provider × customer × GPU model, each a name or {@code ALL}, and a status.
 * There is no "all" of statuses: they are never added.
 *
 * @param provider a name, joint providers as written, or {@code ALL}
 * @param customer a name or {@code ALL}
 * @param gpuModel a name or {@code ALL}
 * @param status how firm it is
 */
public record RollupKey(String provider, String customer, String gpuModel, CommitmentStatus status)
    implements Comparable<RollupKey>, Serializable {

  /** Marks a dimension that is summed over. */
  public static final String ALL = "ALL";

  private static final Comparator<RollupKey> ORDER =
      Comparator.comparing(RollupKey::provider)
          .thenComparing(RollupKey::customer)
          .thenComparing(RollupKey::gpuModel)
          .thenComparing(RollupKey::status);

  /** The eight cells that a commitment of this key adds to: itself and every roll-up of it. */
  public List<RollupKey> cube() {
    List<RollupKey> cells = new ArrayList<>(8);
    for (String p : new String[] {provider, ALL}) {
      for (String c : new String[] {customer, ALL}) {
        for (String m : new String[] {gpuModel, ALL}) {
          cells.add(new RollupKey(p, c, m, status));
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
