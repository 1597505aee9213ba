package io.dealimpact.capacity.cost;

import io.dealimpact.capacity.GpuModel;
import io.dealimpact.capacity.QuantityRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a deal states, and what follows of it: which of its values counts as the price of compute,
 * the economics, what could not be figured out, and what a reader should know.
 *
 * @param basis where the value is from; empty if there is none
 * @param valueUsd the value that counts, USD
 * @param economics what follows
 * @param status whether all figures are there
 * @param missing what kept a figure from being there, in words; empty if nothing did
 * @param usdPerGpuHour price of a GPU-hour, USD; empty for a lease of space and power, too
 * @param flags {@code rule: message} each
 * @param gains what its providers gained, in the order given
 */
public record DealCost(
    Optional<ValueBasis> basis,
    Optional<QuantityRange> valueUsd,
    Economics economics,
    Status status,
    Optional<String> missing,
    Optional<QuantityRange> usdPerGpuHour,
    List<String> flags,
    List<Gain> gains) {
  /** The kind of value of a building with power, without accelerators. */
  private static final String LEASE = "lease_value";

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
   * @param type its kind; null if not stated
   * @param isPrice whether that kind is a price of compute, so that its commitments' dollars are
   *     too
   * @param contractUsd the value, USD, if it is a price
   */
  public record StatedValue(String type, boolean isPrice, Optional<QuantityRange> contractUsd) {}

  /**
   * What a provider gained.
   *
   * @param instrumentId its share
   * @param usd abnormal change of its value, USD, with its interval
   */
  public record Gain(String instrumentId, QuantityRange usd) {}

  /**
   * What the commitments of a deal come to.
   *
   * @param count commitments that count
   * @param valueUsd their value, USD
   * @param powerGw their power, GW
   * @param gpus their GPUs
   * @param model the GPU model of all
   */
  public record Committed(
      int count,
      Optional<QuantityRange> valueUsd,
      Optional<QuantityRange> powerGw,
      Optional<QuantityRange> gpus,
      Optional<GpuModel> model) {}

  /**
   * The cost of a deal.
   *
   * @param termYears its term, years
   * @param gains what its providers gained
   */
  public static DealCost of(
      String dealId,
      StatedValue stated,
      Committed committed,
      Optional<QuantityRange> termYears,
      List<Gain> gains,
      CapexAssumptions assumptions) {
    Optional<QuantityRange> ofCommitments =
        stated.isPrice() ? committed.valueUsd() : Optional.empty();
    Optional<QuantityRange> value = ofCommitments.or(stated::contractUsd);
    Optional<ValueBasis> basis =
        ofCommitments
            .map(usd -> ValueBasis.COMMITMENTS)
            .or(() -> stated.contractUsd().map(usd -> ValueBasis.DEAL));
    Economics economics =
        Economics.of(
            new DealFacts(
                dealId,
                value,
                termYears,
                committed.powerGw(),
                committed.gpus(),
                committed.model(),
                sum(gains)),
            assumptions);
    boolean leased = LEASE.equals(stated.type());
    Optional<String> missing = missing(committed, economics);
    return new DealCost(
        basis,
        value,
        economics,
        status(committed, missing),
        missing,
        leased ? Optional.empty() : economics.price().usdPerGpuHour(),
        flags(economics, leased),
        List.copyOf(gains));
  }

  /** The sum of the gains, ends added to ends; empty without any. */
  public Optional<QuantityRange> gainedUsd() {
    return sum(gains);
  }

  private static Optional<QuantityRange> sum(List<Gain> gains) {
    return gains.stream().map(Gain::usd).reduce(QuantityRange::plus);
  }

  private static Status status(Committed committed, Optional<String> missing) {
    if (missing.isEmpty()) {
      return Status.OK;
    }
    return committed.count() == 0 ? Status.NO_COMMITMENT : Status.PARTIAL;
  }

  private static List<String> flags(Economics economics, boolean leased) {
    List<String> flags = new ArrayList<>();
    economics.flags().forEach(flag -> flags.add(flag.rule() + ": " + flag.message()));
    if (leased) {
      flags.add(
          "space-and-power-only: the value is a lease of a building and its power; GPUs are not in"
              + " it, so it has no price of a GPU-hour");
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
