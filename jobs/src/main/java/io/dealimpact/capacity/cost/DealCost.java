package io.dealimpact.capacity.cost;

import io.dealimpact.capacity.GpuModel;
import io.dealimpact.capacity.QuantityRange;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a deal states, and what follows of it: which of its values counts as the price of compute,
 * the economics, what could not be figured out, and what a reader should know.
 *
 * @param charge what its dollars buy
 * @param basis where the value is from; empty if there is none
 * @param valueUsd the value that counts, USD
 * @param economics what follows
 * @param status whether all figures are there
 * @param missing what kept a figure from being there, in words; empty if nothing did
 * @param powerBy whose figure the power is, in words; empty without power
 * @param flags {@code rule: message} each
 */
public record DealCost(
    Charge charge,
    Optional<ValueBasis> basis,
    Optional<QuantityRange> valueUsd,
    Economics economics,
    Status status,
    Optional<String> missing,
    Optional<String> powerBy,
    List<String> flags) {

  /** Where a deal's value is from. */
  public enum ValueBasis {
    /** The sum of what its commitments state. */
    COMMITMENTS,
    /** The deal's own value. */
    DEAL;

    /** The name in the tables. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether a deal's figures are there. */
  public enum Status {
    OK,
    /** Some are not. */
    PARTIAL,
    /** The deal made no commitment of compute that still counts. */
    NO_COMMITMENT
  }

  /**
   * What a deal states of its value.
   *
   * @param dealType the kind of deal; null if not stated
   * @param type the value's kind; null if not stated
   * @param isPrice whether that kind is a price of compute, so that its commitments' dollars are
   *     too
   * @param contractUsd the value, USD, if it is a price
   */
  public record StatedValue(
      String dealType, String type, boolean isPrice, Optional<QuantityRange> contractUsd) {}

  /**
   * What the commitments of a deal come to.
   *
   * @param count commitments that count
   * @param valueUsd their value, USD
   * @param powerGw their power, GW
   * @param powerBy whose estimate that is; empty where the parties stated it
   * @param gpus their GPUs
   * @param model the GPU model of all
   */
  public record Committed(
      int count,
      Optional<QuantityRange> valueUsd,
      Optional<QuantityRange> powerGw,
      Optional<String> powerBy,
      Optional<QuantityRange> gpus,
      Optional<GpuModel> model) {}

  /**
   * Two costs to build.
   *
   * @param published as others published
   * @param article by the article that is audited
   */
  public record Costs(CapexAssumptions published, CapexAssumptions article)
      implements Serializable {}

  /**
   * The cost of a deal.
   *
   * @param gains what its providers gained
   * @param costs cost to build
   */
  public static DealCost of(
      String dealId,
      StatedValue stated,
      Committed committed,
      DealFacts.Term term,
      Gains gains,
      Costs costs) {
    Optional<QuantityRange> ofCommitments =
        stated.isPrice() ? committed.valueUsd() : Optional.empty();
    Optional<QuantityRange> value = ofCommitments.or(stated::contractUsd);
    Charge charge =
        Charge.of(Optional.ofNullable(stated.dealType()), Optional.ofNullable(stated.type()));
    Economics economics =
        Economics.of(
            new DealFacts(
                dealId,
                charge,
                value,
                term,
                committed.powerGw(),
                committed.gpus(),
                committed.model(),
                gains.together().map(Gains.Together::usd)),
            costs.published(),
            costs.article());
    Optional<String> missing = missing(committed, economics);
    return new DealCost(
        charge,
        ofCommitments
            .map(usd -> ValueBasis.COMMITMENTS)
            .or(() -> stated.contractUsd().map(usd -> ValueBasis.DEAL)),
        value,
        economics,
        status(committed, missing),
        missing,
        economics.size().powerGw().map(power -> powerBy(committed)),
        flags(economics, charge));
  }

  private static String powerBy(Committed committed) {
    return committed.powerGw().isEmpty()
        ? "GPUs x kW per GPU"
        : committed.powerBy().orElse("the parties");
  }

  private static Status status(Committed committed, Optional<String> missing) {
    if (missing.isEmpty()) {
      return Status.OK;
    }
    return committed.count() == 0 ? Status.NO_COMMITMENT : Status.PARTIAL;
  }

  private static List<String> flags(Economics economics, Charge charge) {
    List<String> flags = new ArrayList<>();
    economics.flags().forEach(flag -> flags.add(flag.rule() + ": " + flag.message()));
    switch (charge) {
      case SPACE_AND_POWER ->
          flags.add(
              "space-and-power-only: the value is a lease of a building and its power; GPUs are not"
                  + " in it, so it has no price of a GPU-hour");
      case CHIPS ->
          flags.add("chips-to-own: the value buys chips, so it has no price of a GPU-hour");
      case COMPUTE -> {}
    }
    return List.copyOf(flags);
  }

  private static Optional<String> missing(Committed committed, Economics economics) {
    if (committed.count() == 0) {
      return Optional.of("the deal made no commitment of compute that still counts");
    }
    List<String> missing = new ArrayList<>();
    if (economics.size().powerGw().isEmpty()) {
      missing.add("power");
    }
    if (economics.size().gpus().isEmpty()) {
      missing.add("GPUs");
    }
    if (economics.price().usdPerGwYear().isEmpty() && economics.price().usdPerGpuHour().isEmpty()) {
      missing.add("a contract value with its term");
    }
    if (economics.gain().usdPerGw().isEmpty() && economics.gain().usdPerDealUsd().isEmpty()) {
      missing.add("a provider's measured gain");
    }
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("not known, or nothing to relate it to: " + String.join(", ", missing));
  }
}
