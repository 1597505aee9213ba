package io.dealimpact.capacity.share;

import io.dealimpact.capacity.QuantityRange;
import java.time.LocalDate;
import java.util.List;

/**
 * One row of {@code commitment_shares}: what a focal organisation has with one counterparty, on the
 * day before a deal changed it or on that day.
 *
 * @param query whose shares of what
 * @param focal the customer or the provider whose commitments are shared out
 * @param part what it has with a counterparty
 * @param change which deals changed it, and on which side of that the row is
 * @param whole all that the organisation has
 */
public record ShareRow(ShareQuery query, String focal, Part part, Change change, Whole whole) {

  /**
   * What an organisation has with a counterparty.
   *
   * @param counterparty the other side; for a joint amount all of them, {@code Google + Oracle}
   * @param kind whether the row is of one counterparty, or of a joint amount (which is within the
   *     shares of its members too: never add the two kinds)
   * @param amount committed with the counterparty, USD or GW: for one counterparty from its own
   *     amounts only to its own and all joint ones
   * @param share of the focal organisation's total, a fraction; mid splits joint amounts equally
   */
  public record Part(String counterparty, Kind kind, QuantityRange amount, QuantityRange share) {}

  /**
   * A change of an organisation's commitments, and a side of it.
   *
   * @param asOf the day at whose end this was known
   * @param moment whether that is before or after the change
   * @param dealIds the deals whose commitments changed, in order
   */
  public record Change(LocalDate asOf, Moment moment, List<String> dealIds) {}

  /**
   * All that an organisation has.
   *
   * @param total its total, USD or GW
   * @param concentration HHI of its shares, a fraction
   * @param hhiHigh whether the largest HHI is attained or a bound
   * @param commitments how many commitments count
   * @param withoutAmount how many more would, but their amount is not known
   */
  public record Whole(
      QuantityRange total,
      QuantityRange concentration,
      Concentration.Exactness hhiHigh,
      long commitments,
      long withoutAmount) {}

  /** What the row is of. */
  public enum Kind {
    /** One counterparty. */
    SINGLE,
    /** An amount that several counterparties hold together. */
    JOINT
  }

  /** Which side of a change. */
  public enum Moment {
    /** The day before. */
    BEFORE,
    /** The day of it. */
    AFTER
  }
}
