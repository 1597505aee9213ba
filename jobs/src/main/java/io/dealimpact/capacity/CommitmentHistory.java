package io.dealimpact.capacity;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All that became known of one commitment, in the order in which it did.
 *
 * <p><b>What is one commitment.</b> Rows with the same {@code commitment_id} are, whichever feed or
 * party reported them: they are counted once. Rows with different ids are different commitments;
 * where two look alike the roll-up says so, and nothing is merged on a guess.
 *
 * <p><b>Rows of one known date</b> are merged into one version. What one leaves out the other may
 * say. Where they contradict each other the finding {@code contradictory-amendments} is reported
 * and the version is the cautious reading: ranges become the smallest range that holds both, power
 * dates the later, the less firm status; names are those of the first source in alphabetical order.
 *
 * <p><b>Rows of later dates</b> amend from their own date. What an amendment leaves out stays as it
 * was; but GPUs and power stand together: an amendment of one drops the other rather than keep a
 * figure that no longer fits, and a new model alone keeps the power and drops the GPUs. The status
 * {@code amended} keeps the status.
 *
 * <p>The result depends on the set of rows, not on their order.
 *
 * @param commitmentId the commitment
 * @param versions one for each known date, resolved, in order of date
 * @param findings what was odd: {@code contradictory-amendments}, {@code identity-changed}, {@code
 *     status-went-back}, {@code amended-after-cancelled}, {@code full-before-first-power}, {@code
 *     milestones-do-not-fit}
 */
public record CommitmentHistory(
    String commitmentId, List<Commitment> versions, List<Finding> findings) {

  private static final Comparator<Commitment> CANONICAL =
      Comparator.comparing(Commitment::knownDate)
          .thenComparing(Commitment::source)
          .thenComparing(Commitment::toString);

  /**
   * The history of one commitment.
   *
   * @throws IllegalArgumentException if there is no row, or rows of several commitments
   */
  public static CommitmentHistory of(Collection<Commitment> rows) {
    Set<String> ids = new HashSet<>();
    rows.forEach(row -> ids.add(row.commitmentId()));
    if (ids.size() != 1) {
      throw new IllegalArgumentException(
          "a history is of one commitment, not of " + ids.size() + ": " + ids);
    }
    TreeMap<LocalDate, List<Commitment>> byDay = new TreeMap<>();
    rows.stream()
        .sorted(CANONICAL)
        .forEach(row -> byDay.computeIfAbsent(row.knownDate(), day -> new ArrayList<>()).add(row));
    List<Finding> findings = new ArrayList<>();
    List<Commitment> versions = new ArrayList<>();
    for (List<Commitment> day : byDay.values()) {
      Commitment version = day.get(0);
      for (Commitment other : day.subList(1, day.size())) {
        version = merge(version, other, findings);
      }
      if (versions.isEmpty()) {
        version = with(version, statusAfter(Optional.empty(), version), version.fullPowerDate());
      } else {
        version = amend(versions.get(versions.size() - 1), version, findings);
      }
      versions.add(withoutReversedDates(version, findings));
    }
    return new CommitmentHistory(
        ids.iterator().next(), List.copyOf(versions), findings.stream().distinct().toList());
  }

  /** The histories of many commitments, in order of their ids. */
  public static List<CommitmentHistory> group(Collection<Commitment> rows) {
    Map<String, List<Commitment>> byId = new TreeMap<>();
    rows.forEach(row -> byId.computeIfAbsent(row.commitmentId(), id -> new ArrayList<>()).add(row));
    return byId.values().stream().map(CommitmentHistory::of).toList();
  }

  /**
   * What was known at the end of a day: the last version whose known date is not after it,
   * cancelled ones included; empty before the first.
   */
  public Optional<Commitment> asOf(LocalDate day) {
    Optional<Commitment> latest = Optional.empty();
    for (Commitment version : versions) {
      if (!version.knownDate().isAfter(day)) {
        latest = Optional.of(version);
      }
    }
    return latest;
  }

  /** The version that counts at the end of a day; empty before the first, and once cancelled. */
  public Optional<Commitment> activeOn(LocalDate day) {
    return asOf(day).filter(Commitment::isActive);
  }

  /** Two rows of one day. */
  private static Commitment merge(Commitment a, Commitment b, List<Finding> findings) {
    List<String> disputed = new ArrayList<>();
    Commitment merged =
        new Commitment(
            a.commitmentId(),
            agreed("deal_id", a, b, Commitment::dealId, disputed),
            agreed("provider", a, b, Commitment::provider, disputed),
            agreed("customer", a, b, Commitment::customer, disputed),
            model(a, b, disputed),
            hull("gpus", a.gpus(), b.gpus(), disputed),
            hull("power_gw", a.powerGw(), b.powerGw(), disputed),
            hull("value_usd", a.valueUsd(), b.valueUsd(), disputed),
            later("first_power_date", a.firstPowerDate(), b.firstPowerDate(), disputed),
            later("full_power_date", a.fullPowerDate(), b.fullPowerDate(), disputed),
            lower(a.status(), b.status(), disputed),
            ramp(a, b, disputed),
            milestones(a, b, disputed),
            a.scope().or(b.scope()),
            a.powerBy().or(b::powerBy),
            a.knownDate(),
            a.promisedOn(),
            a.source());
    if (!disputed.isEmpty()) {
      findings.add(
          new Finding(
              a.commitmentId(),
              a.knownDate(),
              "contradictory-amendments",
              "'"
                  + a.source()
                  + "' and '"
                  + b.source()
                  + "' differ in "
                  + String.join(", ", disputed)
                  + "; the cautious reading is kept"));
    }
    return merged;
  }

  private static <T> T agreed(
      String column,
      Commitment a,
      Commitment b,
      Function<Commitment, T> value,
      List<String> disputed) {
    if (!value.apply(a).equals(value.apply(b))) {
      disputed.add(column);
    }
    return value.apply(a);
  }

  private static String model(Commitment a, Commitment b, List<String> disputed) {
    if (a.gpuModel().equals(Commitment.UNDISCLOSED)) {
      return b.gpuModel();
    }
    if (!b.gpuModel().equals(Commitment.UNDISCLOSED) && !a.gpuModel().equals(b.gpuModel())) {
      disputed.add("gpu_model");
    }
    return a.gpuModel();
  }

  private static Optional<Ramp> ramp(Commitment a, Commitment b, List<String> disputed) {
    if (a.ramp().isPresent() && b.ramp().isPresent() && !a.ramp().equals(b.ramp())) {
      disputed.add("ramp");
    }
    return a.ramp().or(b::ramp);
  }

  /** The list that states less for certain, or else comes later. */
  private static List<Milestone> milestones(Commitment a, Commitment b, List<String> disputed) {
    if (a.milestones().isEmpty() || a.milestones().equals(b.milestones())) {
      return b.milestones();
    }
    if (b.milestones().isEmpty()) {
      return a.milestones();
    }
    disputed.add("milestones");
    return Stream.of(a.milestones(), b.milestones())
        .min(
            Comparator.comparingDouble(CommitmentHistory::certainGw)
                .thenComparing(CommitmentHistory::certainBy, Comparator.reverseOrder())
                .thenComparing(List::toString))
        .orElseThrow();
  }

  private static double certainGw(List<Milestone> milestones) {
    return milestones.stream()
        .filter(milestone -> milestone.kind() == Milestone.Kind.FIRM)
        .mapToDouble(Milestone::cumulativeGw)
        .max()
        .orElse(0);
  }

  private static LocalDate certainBy(List<Milestone> milestones) {
    return milestones.stream()
        .filter(milestone -> milestone.kind() == Milestone.Kind.FIRM)
        .flatMap(milestone -> milestone.date().stream())
        .max(Comparator.naturalOrder())
        .orElse(LocalDate.MAX);
  }

  private static Optional<QuantityRange> hull(
      String column, Optional<QuantityRange> a, Optional<QuantityRange> b, List<String> disputed) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.or(() -> b);
    }
    if (!a.equals(b)) {
      disputed.add(column);
    }
    return Optional.of(a.get().hull(b.get()));
  }

  private static Optional<LocalDate> later(
      String column, Optional<LocalDate> a, Optional<LocalDate> b, List<String> disputed) {
    if (a.isPresent() && b.isPresent() && !a.equals(b)) {
      disputed.add(column);
    }
    return Stream.concat(a.stream(), b.stream()).max(Comparator.naturalOrder());
  }

  private static CommitmentStatus lower(
      CommitmentStatus a, CommitmentStatus b, List<String> disputed) {
    if (a == b || b == CommitmentStatus.AMENDED) {
      return a;
    }
    if (a == CommitmentStatus.AMENDED) {
      return b;
    }
    disputed.add("status");
    return a.compareTo(b) < 0 ? a : b;
  }

  /** A version on top of the one before it. */
  private static Commitment amend(Commitment before, Commitment change, List<Finding> findings) {
    report(before, change, findings);
    boolean sizeStated = change.gpus().isPresent() || change.powerGw().isPresent();
    boolean modelStated = !change.gpuModel().equals(Commitment.UNDISCLOSED);
    boolean remodelled = modelStated && !change.gpuModel().equals(before.gpuModel());
    boolean gpusStale = remodelled && before.powerGw().isPresent();
    Optional<QuantityRange> keptGpus = gpusStale ? Optional.empty() : before.gpus();
    Optional<QuantityRange> powerGw = sizeStated ? change.powerGw() : before.powerGw();
    return new Commitment(
        change.commitmentId(),
        change.dealId(),
        change.provider(),
        change.customer(),
        modelStated ? change.gpuModel() : before.gpuModel(),
        sizeStated ? change.gpus() : keptGpus,
        powerGw,
        change.valueUsd().or(before::valueUsd),
        change.firstPowerDate().or(before::firstPowerDate),
        change.fullPowerDate().or(before::fullPowerDate),
        statusAfter(Optional.of(before), change),
        change.ramp().or(before::ramp),
        milestonesAfter(before, change, powerGw, findings),
        change.scope().or(before.scope()),
        change.powerGw().isPresent() ? change.powerBy() : before.powerBy(),
        change.knownDate(),
        before.promisedOn(),
        change.source());
  }

  /** Milestones stay until others are stated, or they no longer fit the power. */
  private static List<Milestone> milestonesAfter(
      Commitment before,
      Commitment change,
      Optional<QuantityRange> powerGw,
      List<Finding> findings) {
    List<Milestone> milestones =
        change.milestones().isEmpty() ? before.milestones() : change.milestones();
    List<Violation> violations = Milestone.violations(milestones, powerGw);
    if (violations.isEmpty()) {
      return milestones;
    }
    findings.add(
        finding(
            change,
            "milestones-do-not-fit",
            violations.get(0).message() + "; they are left out from this day"));
    return List.of();
  }

  private static void report(Commitment before, Commitment change, List<Finding> findings) {
    // Another deal is what an amendment comes with; other parties make another commitment.
    if (!before.provider().equals(change.provider())
        || !before.customer().equals(change.customer())) {
      findings.add(
          finding(
              change,
              "identity-changed",
              "was "
                  + parties(before)
                  + " and is "
                  + parties(change)
                  + "; a new commitment should have a new id"));
    }
    if (before.status() == CommitmentStatus.CANCELLED
        && change.status() != CommitmentStatus.CANCELLED) {
      findings.add(
          finding(
              change,
              "amended-after-cancelled",
              "was cancelled on " + before.knownDate() + "; it counts again from this day"));
    } else if (change.status().counts() && change.status().compareTo(before.status()) < 0) {
      findings.add(
          finding(
              change,
              "status-went-back",
              "was " + before.status().code() + " and is " + change.status().code()));
    }
  }

  private static String parties(Commitment commitment) {
    return commitment.provider() + " for " + commitment.customer();
  }

  private static CommitmentStatus statusAfter(Optional<Commitment> before, Commitment change) {
    if (change.status() != CommitmentStatus.AMENDED) {
      return change.status();
    }
    return before
        .map(Commitment::status)
        .filter(CommitmentStatus::counts)
        .orElse(CommitmentStatus.SIGNED);
  }

  /** Rows that are sound alone can, put together, have full power before first power. */
  private static Commitment withoutReversedDates(Commitment c, List<Finding> findings) {
    if (c.firstPowerDate().isEmpty()
        || c.fullPowerDate().isEmpty()
        || !c.fullPowerDate().get().isBefore(c.firstPowerDate().get())) {
      return c;
    }
    findings.add(
        finding(
            c,
            "full-before-first-power",
            "full power on "
                + c.fullPowerDate().get()
                + " is before first power on "
                + c.firstPowerDate().get()
                + "; full power is taken to be on the first day"));
    return with(c, c.status(), c.firstPowerDate());
  }

  private static Commitment with(
      Commitment c, CommitmentStatus status, Optional<LocalDate> fullPowerDate) {
    return new Commitment(
        c.commitmentId(),
        c.dealId(),
        c.provider(),
        c.customer(),
        c.gpuModel(),
        c.gpus(),
        c.powerGw(),
        c.valueUsd(),
        c.firstPowerDate(),
        fullPowerDate,
        status,
        c.ramp(),
        c.milestones(),
        c.scope(),
        c.powerBy(),
        c.knownDate(),
        c.promisedOn(),
        c.source());
  }

  private static Finding finding(Commitment commitment, String rule, String message) {
    return new Finding(commitment.commitmentId(), commitment.knownDate(), rule, message);
  }
}
