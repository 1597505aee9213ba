package io.dealimpact.capacity;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is wrong with a commitment as a row has it: the rules of quarantine. All that is wrong is
 * reported, not the first thing only; a row with nothing wrong has an empty list and its draft can
 * be built.
 *
 * <table>
 * <caption>Rules</caption>
 * <tr><th>rule</th><th>broken when</th></tr>
 * <tr><td>{@code commitment-id-missing}, {@code provider-missing}, {@code customer-missing}, {@code
 *     known-date-missing}</td><td>the column is null or blank</td></tr>
 * <tr><td>{@code deal-missing}, {@code deal-unknown}</td><td>no deal, or none of that id</td></tr>
 * <tr><td>{@code status-unknown}, {@code ramp-unknown}</td><td>not a name of the list</td></tr>
 * <tr><td>{@code gpu-model-unknown}</td><td>named, and not in the catalogue</td></tr>
 * <tr><td>{@code reserved-name}</td><td>provider, customer or model is {@code ALL}</td></tr>
 * <tr><td>{@code gpus-}, {@code power-}, {@code value-not-a-number}</td><td>NaN or infinite</td></tr>
 * <tr><td>{@code gpus-}, {@code power-}, {@code value-negative}</td><td>a bound below 0</td></tr>
 * <tr><td>{@code gpus-}, {@code power-}, {@code value-low-above-high}</td><td>low above high</td></tr>
 * <tr><td>{@code full-before-first-power}</td><td>full power before first power</td></tr>
 * <tr><td>{@code date-implausible}</td><td>a power date outside the limits</td></tr>
 * <tr><td>{@code kw-per-gpu-implausible}</td><td>power and GPUs imply a kW per GPU that no value of
 *     the model's range, widened by the factor, allows: MW given as GW</td></tr>
 * <tr><td>{@code power-implausible}, {@code gpus-implausible}</td><td>above the limit</td></tr>
 * <tr><td>{@code value-per-gw-implausible}</td><td>value and power imply USD per GW beyond the
 *     limits</td></tr>
 * <tr><td>{@code nothing-committed}</td><td>neither GPUs nor power nor value, unless cancelled or
 *     amended</td></tr>
 * </table>
 */
public final class CommitmentCheck {

  private final GpuCatalogue catalogue;
  private final PlausibilityLimits limits;

  private CommitmentCheck(GpuCatalogue catalogue, PlausibilityLimits limits) {
    this.catalogue = catalogue;
    this.limits = limits;
  }

  /** The check against these models and limits. */
  public static CommitmentCheck of(GpuCatalogue catalogue, PlausibilityLimits limits) {
    return new CommitmentCheck(catalogue, limits);
  }

  /**
   * All that is wrong with the draft, in the order of the table above; empty if nothing is.
   *
   * @param dealExists whether there is a deal of that id
   */
  public List<Violation> check(CommitmentDraft draft, Predicate<String> dealExists) {
    List<Violation> found = new ArrayList<>();
    checkNames(draft, dealExists, found);
    Optional<Range> gpus = checkRange("gpus", draft.gpusLow, draft.gpusHigh, found);
    Optional<Range> powerGw = checkRange("power", draft.powerLowGw, draft.powerHighGw, found);
    Optional<Range> valueUsd = checkRange("value", draft.valueLowUsd, draft.valueHighUsd, found);
    checkDates(draft, found);
    checkPlausible(draft, gpus, powerGw, valueUsd, found);
    if (nothingSaid(draft)
        && !"cancelled".equals(draft.status)
        && !"amended".equals(draft.status)) {
      found.add(
          new Violation(
              "nothing-committed", "neither GPUs nor power nor value is given; give one"));
    }
    return List.copyOf(found);
  }

  private void checkNames(
      CommitmentDraft draft, Predicate<String> dealExists, List<Violation> found) {
    checkPresent("commitment-id-missing", "commitment_id", draft.commitmentId, found);
    checkPresent("provider-missing", "provider", draft.provider, found);
    checkPresent("customer-missing", "customer", draft.customer, found);
    if (draft.knownDate == null) {
      found.add(new Violation("known-date-missing", "known_date is missing"));
    }
    if (CommitmentDraft.isBlank(draft.dealId)) {
      found.add(new Violation("deal-missing", "deal_id is missing"));
    } else if (!dealExists.test(draft.dealId.strip())) {
      found.add(
          new Violation("deal-unknown", "no deal has the deal_id '" + draft.dealId.strip() + "'"));
    }
    if (draft.status == null || CommitmentStatus.parse(draft.status.strip()).isEmpty()) {
      found.add(
          new Violation(
              "status-unknown",
              "status '"
                  + draft.status
                  + "' is none of cancelled, rumoured, planned, announced, signed, amended"));
    }
    if (!CommitmentDraft.isBlank(draft.ramp) && Ramp.parse(draft.ramp.strip()).isEmpty()) {
      found.add(
          new Violation(
              "ramp-unknown", "ramp '" + draft.ramp + "' is none of linear, step, s-curve"));
    }
    if (isNamed(draft.gpuModel) && catalogue.find(draft.gpuModel).isEmpty()) {
      found.add(
          new Violation(
              "gpu-model-unknown",
              "GPU model '"
                  + draft.gpuModel
                  + "' is none of "
                  + String.join(", ", catalogue.names())));
    }
    for (String name : new String[] {draft.provider, draft.customer, draft.gpuModel}) {
      if (RollupKey.ALL.equals(name)) {
        found.add(new Violation("reserved-name", "the name ALL is kept for totals"));
      }
    }
  }

  private static void checkPresent(
      String rule, String column, String value, List<Violation> found) {
    if (CommitmentDraft.isBlank(value)) {
      found.add(new Violation(rule, column + " is missing"));
    }
  }

  /** The range if nothing is wrong with it, empty otherwise. */
  private static Optional<Range> checkRange(
      String name, Double low, Double high, List<Violation> found) {
    boolean sound = true;
    for (Double bound : new Double[] {low, high}) {
      if (bound != null && !Double.isFinite(bound)) {
        found.add(new Violation(name + "-not-a-number", name + " " + bound + " is not a number"));
        sound = false;
      } else if (bound != null && bound < 0) {
        found.add(
            new Violation(
                name + "-negative",
                name + " " + Figures.plain(bound) + " is negative; 0 is the least"));
        sound = false;
      }
    }
    if (low != null && high != null && low > high) {
      found.add(
          new Violation(
              name + "-low-above-high",
              name + " low " + Figures.plain(low) + " is above high " + Figures.plain(high)));
      sound = false;
    }
    return sound ? Range.ofNullable(low, high) : Optional.empty();
  }

  private void checkDates(CommitmentDraft draft, List<Violation> found) {
    if (draft.firstPowerDate != null
        && draft.fullPowerDate != null
        && draft.fullPowerDate.isBefore(draft.firstPowerDate)) {
      found.add(
          new Violation(
              "full-before-first-power",
              "full power on "
                  + draft.fullPowerDate
                  + " is before first power on "
                  + draft.firstPowerDate));
    }
    for (LocalDate date : new LocalDate[] {draft.firstPowerDate, draft.fullPowerDate}) {
      if (date != null && (date.isBefore(limits.earliest()) || date.isAfter(limits.latest()))) {
        found.add(
            new Violation(
                "date-implausible",
                "power on "
                    + date
                    + " is not between "
                    + limits.earliest()
                    + " and "
                    + limits.latest()));
      }
    }
  }

  private void checkPlausible(
      CommitmentDraft draft,
      Optional<Range> gpus,
      Optional<Range> powerGw,
      Optional<Range> valueUsd,
      List<Violation> found) {
    Optional<Range> implied = GpuModel.impliedKwPerGpu(powerGw, gpus);
    Optional<GpuModel> model =
        isNamed(draft.gpuModel) ? catalogue.find(draft.gpuModel) : Optional.empty();
    if (implied.isPresent() && model.isPresent()) {
      Range kw = model.get().kwPerGpu();
      Range allowed =
          Range.of(kw.low() / limits.kwPerGpuFactor(), kw.high() * limits.kwPerGpuFactor());
      if (!implied.get().overlaps(allowed)) {
        found.add(
            new Violation(
                "kw-per-gpu-implausible",
                "power and GPUs imply "
                    + Figures.plain(implied.get().mid())
                    + " kW per GPU, but a "
                    + model.get().gpuModel()
                    + " takes "
                    + Figures.plain(kw.low())
                    + " to "
                    + Figures.plain(kw.high())
                    + "; power_gw must be in GW, not MW"));
      }
    }
    if (powerGw.isPresent() && powerGw.get().high() > limits.maxPowerGw()) {
      found.add(
          new Violation(
              "power-implausible",
              Figures.plain(powerGw.get().high())
                  + " GW is above "
                  + Figures.plain(limits.maxPowerGw())
                  + " GW; power_gw must be in GW, not MW"));
    }
    if (gpus.isPresent() && gpus.get().high() > limits.maxGpus()) {
      found.add(
          new Violation(
              "gpus-implausible",
              Figures.plain(gpus.get().high())
                  + " GPUs is above "
                  + Figures.plain(limits.maxGpus())));
    }
    Optional<Range> usdPerGw = Range.quotient(valueUsd, powerGw);
    if (usdPerGw.isPresent() && !usdPerGw.get().overlaps(limits.usdPerGw())) {
      found.add(
          new Violation(
              "value-per-gw-implausible",
              "value and power imply "
                  + Figures.plain(usdPerGw.get().mid())
                  + " USD per GW, not between "
                  + Figures.plain(limits.usdPerGw().low())
                  + " and "
                  + Figures.plain(limits.usdPerGw().high())
                  + "; power_gw must be in GW, not MW"));
    }
  }

  private static boolean isNamed(String gpuModel) {
    return !CommitmentDraft.isBlank(gpuModel)
        && !gpuModel.strip().equals(Commitment.UNDISCLOSED)
        && !gpuModel.equals(RollupKey.ALL);
  }

  private static boolean nothingSaid(CommitmentDraft draft) {
    return draft.gpusLow == null
        && draft.gpusHigh == null
        && draft.powerLowGw == null
        && draft.powerHighGw == null
        && draft.valueLowUsd == null
        && draft.valueHighUsd == null;
  }
}
