package io.dealimpact.capacity.share;

import io.dealimpact.capacity.CommitmentStatus;
import java.io.Serializable;

/**
 * Whose shares of what.
 *
 * @param view whose commitments are shared out
 * @param measure in what they are measured
 * @param floor the least firm status that counts: {@code SIGNED} for contracts only; the rows carry
 *     it, so that planned and signed are never added unseen
 */
public record ShareQuery(View view, Measure measure, CommitmentStatus floor)
    implements Serializable {

  /** Whose commitments are shared out over whom. */
  public enum View {
    /** A customer's commitments, over its providers. */
    CUSTOMER,
    /** A provider's commitments, over its customers. */
    PROVIDER
  }

  /** In what commitments are measured. */
  public enum Measure {
    /** Contract value, USD. */
    USD,
    /** Power, GW; stated, or derived from GPUs. */
    GW
  }
}
