package io.dealimpact.capacity;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One version of one commitment: what was known of it from {@code knownDate} on. Made by {@link
 * CommitmentDraft}.
 *
 * @param commitmentId identifies the commitment over all its versions, feeds and reporting parties
 * @param dealId the deal that made it
 * @param parties who provides and who uses
 * @param size how much
 * @param timing when it comes online
 * @param status how firm it is
 * @param scope what is counted, and where
 * @param publication when and where it became known
 */
public record Commitment(
    String commitmentId,
    String dealId,
    Parties parties,
    Size size,
    Timing timing,
    CommitmentStatus status,
    Scope scope,
    Publication publication) {

  /**
   * Who provides and who uses.
   *
   * @param provider who provides; joint providers whose split is not known are written {@code
   *     Google + Oracle}
   * @param customer who uses
   */
  public record Parties(String provider, String customer) {

    /** The providers, in alphabetical order: one, or several whose split is not known. */
    public List<String> providers() {
      return Stream.of(provider.split(" \\+ ", -1)).map(String::strip).sorted().distinct().toList();
    }
  }

  /**
   * How much.
   *
   * @param gpuModel name of the model, {@code undisclosed} if not stated
   * @param gpus number of GPUs; empty if not stated
   * @param powerGw all-in power, GW; empty if not stated
   * @param powerBy whose estimate the power is; empty where the parties stated it
   * @param valueUsd contract value, USD; empty if not stated
   */
  public record Size(
      String gpuModel,
      Optional<QuantityRange> gpus,
      Optional<QuantityRange> powerGw,
      Optional<String> powerBy,
      Optional<QuantityRange> valueUsd) {

    /** Whether the model is named. */
    boolean hasModel() {
      return !gpuModel.equals(UNDISCLOSED);
    }
  }

  /**
   * When the power comes online.
   *
   * @param firstPowerDate first day with any power; empty if not stated
   * @param fullPowerDate first day with all power; empty if not stated
   * @param ramp how power comes online between the dates; empty if not stated
   * @param milestones cumulative power by day, in order; empty if none is stated
   */
  public record Timing(
      Optional<LocalDate> firstPowerDate,
      Optional<LocalDate> fullPowerDate,
      Optional<Ramp> ramp,
      List<Milestone> milestones) {

    /** The same without milestones. */
    Timing withoutMilestones() {
      return new Timing(firstPowerDate, fullPowerDate, ramp, List.of());
    }

    /** The same with all power on the first day with any. */
    Timing atOnce() {
      return new Timing(firstPowerDate, firstPowerDate, ramp, milestones);
    }
  }

  /**
   * When and where a version became known.
   *
   * @param knownDate first day on which this version was public
   * @param promisedOn first day on which any version of the commitment was public
   * @param source feed or document; breaks ties between versions of one day
   */
  public record Publication(LocalDate knownDate, LocalDate promisedOn, String source) {}

  /** Stands for a GPU model that the parties did not name. */
  public static final String UNDISCLOSED = "undisclosed";

  /** Stands for a layer, a region or a load that nobody stated. */
  public static final String UNSTATED = "unstated";

  /**
   * What is counted, and where; {@code unstated} for what is not stated.
   *
   * @param layer chips, shell, neocloud, cloud, programme. A GW of one layer may be a GW of
   *     another: totals are taken within a layer
   * @param region where it is built, in the source's words
   * @param load what its power is of: it, the computers alone, or facility, all of the site
   */
  public record Scope(String layer, String region, String load) {

    /** Nothing is stated. */
    static final Scope NONE = new Scope(UNSTATED, UNSTATED, UNSTATED);

    /** The same, with another's for what is not stated. */
    Scope or(Scope other) {
      return new Scope(
          either(layer, other.layer), either(region, other.region), either(load, other.load));
    }

    private static String either(String own, String other) {
      return own.equals(UNSTATED) ? other : own;
    }
  }

  /** The power stated: of its own, or that of the last milestone; GW. */
  public Optional<QuantityRange> statedPowerGw() {
    List<Milestone> milestones = timing.milestones();
    return size.powerGw()
        .or(
            () ->
                milestones.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                        QuantityRange.exactly(
                            milestones.get(milestones.size() - 1).cumulativeGw())));
  }

  /** The same with another size, and without milestones, which were of the size it had. */
  public Commitment withSize(Size other) {
    return new Commitment(
        commitmentId,
        dealId,
        parties,
        other,
        timing.withoutMilestones(),
        status,
        scope,
        publication);
  }

  /** Whether it counts for something: not cancelled. */
  public boolean isActive() {
    return status.counts();
  }
}
