package io.dealimpact.capacity;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A commitment as a row has it; {@link #build()} makes a {@link Commitment} of it. */
public final class CommitmentDraft {

  private String commitmentId;
  private String dealId;
  private String provider;
  private String customer;
  private String gpuModel;
  private Double gpusLow;
  private Double gpusHigh;
  private Double powerLowGw;
  private Double powerHighGw;
  private Double valueLowUsd;
  private Double valueHighUsd;
  private LocalDate firstPowerDate;
  private LocalDate fullPowerDate;
  private String status;
  private String ramp;
  private List<Milestone> milestones = List.of();
  private String layer;
  private String region;
  private String load;
  private String powerBy;
  private LocalDate knownDate;
  private String source;

  /** Sets the id that all versions of the commitment share. */
  public CommitmentDraft commitmentId(String value) {
    commitmentId = value;
    return this;
  }

  /** Sets the deal. */
  public CommitmentDraft dealId(String value) {
    dealId = value;
    return this;
  }

  /** Sets who provides; several with an unknown split as {@code Google + Oracle}. */
  public CommitmentDraft provider(String value) {
    provider = value;
    return this;
  }

  /** Sets who uses. */
  public CommitmentDraft customer(String value) {
    customer = value;
    return this;
  }

  /** Sets the GPU model; null or blank is {@code undisclosed}. */
  public CommitmentDraft gpuModel(String value) {
    gpuModel = value;
    return this;
  }

  /** Sets the number of GPUs; one bound stands for both. */
  public CommitmentDraft gpus(Double low, Double high) {
    gpusLow = low;
    gpusHigh = high;
    return this;
  }

  /** Sets the power, GW; one bound stands for both. */
  public CommitmentDraft powerGw(Double low, Double high) {
    powerLowGw = low;
    powerHighGw = high;
    return this;
  }

  /** Sets the contract value, USD; one bound stands for both. */
  public CommitmentDraft valueUsd(Double low, Double high) {
    valueLowUsd = low;
    valueHighUsd = high;
    return this;
  }

  /** Sets the first day with any power. */
  public CommitmentDraft firstPowerDate(LocalDate value) {
    firstPowerDate = value;
    return this;
  }

  /** Sets the first day with all power. */
  public CommitmentDraft fullPowerDate(LocalDate value) {
    fullPowerDate = value;
    return this;
  }

  /** Sets the status, by {@link CommitmentStatus#code()}. */
  public CommitmentDraft status(String value) {
    status = value;
    return this;
  }

  /** Sets the ramp, by {@link Ramp#code()}; null or blank leaves it to the configuration. */
  public CommitmentDraft ramp(String value) {
    ramp = value;
    return this;
  }

  /** Sets the milestones, in order of their days. */
  public CommitmentDraft milestones(List<Milestone> value) {
    milestones = List.copyOf(value);
    return this;
  }

  /** Sets the layer; null or blank is {@code unstated}. */
  public CommitmentDraft layer(String value) {
    layer = value;
    return this;
  }

  /** Sets where it is built; null or blank is {@code unstated}. */
  public CommitmentDraft region(String value) {
    region = value;
    return this;
  }

  /** Sets what its power is of, it or facility; null or blank is {@code unstated}. */
  public CommitmentDraft load(String value) {
    load = value;
    return this;
  }

  /** Sets whose estimate the power is; null or blank: the parties stated it. */
  public CommitmentDraft powerBy(String value) {
    powerBy = value;
    return this;
  }

  /** Sets the first day on which this version was public. */
  public CommitmentDraft knownDate(LocalDate value) {
    knownDate = value;
    return this;
  }

  /** Sets the feed or document; null is the empty text. */
  public CommitmentDraft source(String value) {
    source = value;
    return this;
  }

  /**
   * The commitment.
   *
   * @throws IllegalArgumentException if a value cannot be read or a range is out of order
   */
  public Commitment build() {
    Optional<QuantityRange> powerGw = QuantityRange.ofNullable(powerLowGw, powerHighGw);
    List<Violation> violations = Milestone.violations(milestones, powerGw);
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException(violations.get(0).message());
    }
    LocalDate known =
        Optional.ofNullable(knownDate)
            .orElseThrow(() -> new IllegalArgumentException("known_date is missing"));
    String id = required("commitment_id", commitmentId);
    String deal = required("deal_id", dealId);
    Commitment.Parties parties =
        new Commitment.Parties(required("provider", provider), required("customer", customer));
    Commitment.Size size =
        new Commitment.Size(
            isBlank(gpuModel) ? Commitment.UNDISCLOSED : gpuModel.strip(),
            QuantityRange.ofNullable(gpusLow, gpusHigh),
            powerGw,
            isBlank(powerBy) ? Optional.empty() : Optional.of(powerBy.strip()),
            QuantityRange.ofNullable(valueLowUsd, valueHighUsd));
    CommitmentStatus firmness =
        CommitmentStatus.parse(required("status", status))
            .orElseThrow(() -> new IllegalArgumentException("status '" + status + "' is unknown"));
    return new Commitment(
        id,
        deal,
        parties,
        size,
        timing(),
        firmness,
        new Commitment.Scope(orUnstated(layer), orUnstated(region), orUnstated(load)),
        new Commitment.Publication(known, known, source == null ? "" : source));
  }

  private Commitment.Timing timing() {
    return new Commitment.Timing(
        Optional.ofNullable(firstPowerDate),
        Optional.ofNullable(fullPowerDate),
        isBlank(ramp)
            ? Optional.empty()
            : Optional.of(
                Ramp.parse(ramp.strip())
                    .orElseThrow(
                        () -> new IllegalArgumentException("ramp '" + ramp + "' is unknown"))),
        milestones);
  }

  private static String orUnstated(String text) {
    return isBlank(text) ? Commitment.UNSTATED : text.strip();
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }

  private static String required(String column, String value) {
    if (isBlank(value)) {
      throw new IllegalArgumentException(column + " is missing");
    }
    return value.strip();
  }
}
