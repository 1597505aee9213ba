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
import java.util.stream.Collectors;
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
      Comparator.comparing((Commitment row) -> row.publication().knownDate())
          .thenComparing(row -> row.publication().source())
          .thenComparing(CommitmentHistory::statements);

  /**
   * The history of one commitment.
   *
   * @throws IllegalArgumentException if there is no row, or rows of several commitments
   */
  public static CommitmentHistory of(Collection<Commitment> rows) {
    if (rows.size() == 1) {
      return of(rows.iterator().next());
    }
    Set<String> ids = new HashSet<>();
    rows.forEach(row -> ids.add(row.commitmentId()));
    if (ids.size() != 1) {
      throw new IllegalArgumentException(
          "a history is of one commitment, not of " + ids.size() + ": " + ids);
    }
    TreeMap<LocalDate, List<Commitment>> byDay = new TreeMap<>();
    rows.stream()
        .sorted(CANONICAL)
        .forEach(
            row ->
                byDay
                    .computeIfAbsent(row.publication().knownDate(), day -> new ArrayList<>())
                    .add(row));
    List<Finding> findings = new ArrayList<>();
    List<Commitment> versions = new ArrayList<>();
    for (List<Commitment> day : byDay.values()) {
      Commitment version = day.get(0);
      for (Commitment other : day.subList(1, day.size())) {
        version = merge(version, other, findings);
      }
      if (versions.isEmpty()) {
        version = with(version, version.timing(), statusAfter(Optional.empty(), version));
      } else {
        version = amend(versions.get(versions.size() - 1), version, findings);
      }
      versions.add(withoutReversedDates(version, findings));
    }
    return new CommitmentHistory(
        ids.iterator().next(), List.copyOf(versions), findings.stream().distinct().toList());
  }

  /** The history of a commitment that was reported once. */
  private static CommitmentHistory of(Commitment row) {
    List<Finding> findings = new ArrayList<>(1);
    CommitmentStatus status = statusAfter(Optional.empty(), row);
    Commitment first = status == row.status() ? row : with(row, row.timing(), status);
    Commitment version = withoutReversedDates(first, findings);
    return new CommitmentHistory(row.commitmentId(), List.of(version), List.copyOf(findings));
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
      if (!version.publication().knownDate().isAfter(day)) {
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
    String dealId = agreed("deal_id", a, b, Commitment::dealId, disputed);
    Commitment.Parties parties =
        new Commitment.Parties(
            agreed("provider", a, b, row -> row.parties().provider(), disputed),
            agreed("customer", a, b, row -> row.parties().customer(), disputed));
    Commitment.Size size = merge(a.size(), b.size(), disputed);
    Optional<LocalDate> firstPowerDate =
        later(
            "first_power_date", a.timing().firstPowerDate(), b.timing().firstPowerDate(), disputed);
    Optional<LocalDate> fullPowerDate =
        later("full_power_date", a.timing().fullPowerDate(), b.timing().fullPowerDate(), disputed);
    CommitmentStatus status = lower(a.status(), b.status(), disputed);
    Optional<Ramp> ramp = ramp(a.timing(), b.timing(), disputed);
    List<Milestone> milestones = milestones(a.timing(), b.timing(), disputed);
    Commitment merged =
        new Commitment(
            a.commitmentId(),
            dealId,
            parties,
            size,
            new Commitment.Timing(firstPowerDate, fullPowerDate, ramp, milestones),
            status,
            a.scope().or(b.scope()),
            a.publication());
    if (!disputed.isEmpty()) {
      findings.add(
          new Finding(
              a.commitmentId(),
              a.publication().knownDate(),
              "contradictory-amendments",
              "'"
                  + a.publication().source()
                  + "' and '"
                  + b.publication().source()
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

  private static Commitment.Size merge(
      Commitment.Size a, Commitment.Size b, List<String> disputed) {
    return new Commitment.Size(
        model(a, b, disputed),
        hull("gpus", a.gpus(), b.gpus(), disputed),
        hull("power_gw", a.powerGw(), b.powerGw(), disputed),
        a.powerBy().or(b::powerBy),
        hull("value_usd", a.valueUsd(), b.valueUsd(), disputed));
  }

  private static String model(Commitment.Size a, Commitment.Size b, List<String> disputed) {
    if (!a.hasModel()) {
      return b.gpuModel();
    }
    if (b.hasModel() && !a.gpuModel().equals(b.gpuModel())) {
      disputed.add("gpu_model");
    }
    return a.gpuModel();
  }

  private static Optional<Ramp> ramp(
      Commitment.Timing a, Commitment.Timing b, List<String> disputed) {
    if (a.ramp().isPresent() && b.ramp().isPresent() && !a.ramp().equals(b.ramp())) {
      disputed.add("ramp");
    }
    return a.ramp().or(b::ramp);
  }

  /** The list that states less for certain, or else comes later. */
  private static List<Milestone> milestones(
      Commitment.Timing a, Commitment.Timing b, List<String> disputed) {
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
    Commitment.Size size = amend(before.size(), change.size());
    return new Commitment(
        change.commitmentId(),
        change.dealId(),
        change.parties(),
        size,
        new Commitment.Timing(
            change.timing().firstPowerDate().or(before.timing()::firstPowerDate),
            change.timing().fullPowerDate().or(before.timing()::fullPowerDate),
            change.timing().ramp().or(before.timing()::ramp),
            milestonesAfter(before, change, size.powerGw(), findings)),
        statusAfter(Optional.of(before), change),
        change.scope().or(before.scope()),
        new Commitment.Publication(
            change.publication().knownDate(),
            before.publication().promisedOn(),
            change.publication().source()));
  }

  private static Commitment.Size amend(Commitment.Size before, Commitment.Size change) {
    boolean sizeStated = change.gpus().isPresent() || change.powerGw().isPresent();
    boolean remodelled = change.hasModel() && !change.gpuModel().equals(before.gpuModel());
    boolean gpusStale = remodelled && before.powerGw().isPresent();
    Optional<QuantityRange> keptGpus = gpusStale ? Optional.empty() : before.gpus();
    return new Commitment.Size(
        change.hasModel() ? change.gpuModel() : before.gpuModel(),
        sizeStated ? change.gpus() : keptGpus,
        sizeStated ? change.powerGw() : before.powerGw(),
        change.powerGw().isPresent() ? change.powerBy() : before.powerBy(),
        change.valueUsd().or(before::valueUsd));
  }

  /** Milestones stay until others are stated, or they no longer fit the power. */
  private static List<Milestone> milestonesAfter(
      Commitment before,
      Commitment change,
      Optional<QuantityRange> powerGw,
      List<Finding> findings) {
    List<Milestone> milestones =
        change.timing().milestones().isEmpty()
            ? before.timing().milestones()
            : change.timing().milestones();
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
    if (!before.parties().provider().equals(change.parties().provider())
        || !before.parties().customer().equals(change.parties().customer())) {
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
              "was cancelled on "
                  + before.publication().knownDate()
                  + "; it counts again from this day"));
    } else if (change.status().counts() && change.status().compareTo(before.status()) < 0) {
      findings.add(
          finding(
              change,
              "status-went-back",
              "was " + before.status().code() + " and is " + change.status().code()));
    }
  }

  private static String parties(Commitment commitment) {
    return commitment.parties().provider() + " for " + commitment.parties().customer();
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
    Optional<LocalDate> first = c.timing().firstPowerDate();
    Optional<LocalDate> full = c.timing().fullPowerDate();
    if (first.isEmpty() || full.isEmpty() || !full.get().isBefore(first.get())) {
      return c;
    }
    findings.add(
        finding(
            c,
            "full-before-first-power",
            "full power on "
                + full.get()
                + " is before first power on "
                + first.get()
                + "; full power is taken to be on the first day"));
    return with(c, c.timing().atOnce(), c.status());
  }

  private static Commitment with(Commitment c, Commitment.Timing timing, CommitmentStatus status) {
    return new Commitment(
        c.commitmentId(),
        c.dealId(),
        c.parties(),
        c.size(),
        timing,
        status,
        c.scope(),
        c.publication());
  }

  /** All that a row states, as text in a fixed order; breaks ties within a source. */
  private static String statements(Commitment row) {
    return Stream.of(
            row.dealId(),
            row.parties().provider(),
            row.parties().customer(),
            row.size().gpuModel(),
            row.size().gpus(),
            row.size().powerGw(),
            row.size().valueUsd(),
            row.timing().firstPowerDate(),
            row.timing().fullPowerDate(),
            row.status(),
            row.timing().ramp(),
            row.timing().milestones(),
            row.scope(),
            row.size().powerBy())
        .map(Object::toString)
        .collect(Collectors.joining(", "));
  }

  private static Finding finding(Commitment commitment, String rule, String message) {
    return new Finding(
        commitment.commitmentId(), commitment.publication().knownDate(), rule, message);
  }
}
