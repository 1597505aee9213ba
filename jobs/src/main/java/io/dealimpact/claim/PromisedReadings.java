package io.dealimpact.claim;

import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.CommitmentStatus;
import io.dealimpact.capacity.QuantityRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a deal's customers had been promised by a claim's subjects, as readings of the claim.
 *
 * @param claim the claim; its subjects are providers, or the customer
 * @param customers of its deal
 * @param histories of the commitments that the deal touches or its customers have
 */
record PromisedReadings(Claim claim, Set<String> customers, List<CommitmentHistory> histories) {

  /**
   * What the deal's customers had been promised by the subject on the day of the deal. Plainest is
   * what the parties announced or signed; the other statuses follow where they change the sum.
   */
  List<Reading> readings() {
    List<Reading> readings = new ArrayList<>();
    Set<String> before = new TreeSet<>();
    for (CommitmentStatus floor :
        List.of(
            CommitmentStatus.ANNOUNCED,
            CommitmentStatus.SIGNED,
            CommitmentStatus.PLANNED,
            CommitmentStatus.RUMOURED)) {
      List<Commitment> counted = promisedBySubject(floor);
      Set<String> ids =
          counted.stream()
              .map(Commitment::commitmentId)
              .collect(Collectors.toCollection(TreeSet::new));
      List<String> silent = silent(counted);
      if (readings.isEmpty() && !counted.isEmpty() && !silent.isEmpty()) {
        readings.addAll(partly(counted, silent));
      } else if (readings.isEmpty() || !ids.equals(before)) {
        readings.add(sum(named(floor), counted));
      }
      if (floor != CommitmentStatus.SIGNED) {
        before = ids;
      }
    }
    return List.copyOf(readings);
  }

  private static String named(CommitmentStatus floor) {
    return switch (floor) {
      case SIGNED -> "signed-only";
      case ANNOUNCED -> "announced-or-signed";
      case PLANNED -> "planned-too";
      case RUMOURED -> "rumoured-too";
      case CANCELLED, AMENDED ->
          throw new IllegalArgumentException(floor + " does not count, so it is no least status");
    };
  }

  /** The commitments that announced or signed amounts of the subject are in, that day. */
  List<Commitment> counted() {
    return promisedBySubject(CommitmentStatus.ANNOUNCED);
  }

  /** Those of several subjects that hold none of the amounts. */
  List<String> silent() {
    return silent(counted());
  }

  List<Commitment> promisedBySubject(CommitmentStatus floor) {
    Set<String> subjects =
        subjects().stream().map(PromisedReadings::key).collect(Collectors.toSet());
    boolean ofCustomer = customers.stream().map(PromisedReadings::key).anyMatch(subjects::contains);
    return histories.stream()
        .flatMap(
            history -> claim.eventDate().map(history::asOf).orElseGet(Optional::empty).stream())
        .filter(known -> known.status().atLeast(floor))
        .filter(known -> customers.contains(known.parties().customer()))
        .filter(
            known ->
                ofCustomer
                    || known.parties().providers().stream()
                        .map(PromisedReadings::key)
                        .allMatch(subjects::contains))
        .filter(known -> known.size().valueUsd().isPresent())
        .toList();
  }

  /** Those of whom the claim speaks; several are joined by a plus, a comma, an ampersand or and. */
  private Set<String> subjects() {
    return Arrays.stream(claim.about().subject().split("\\s*(?:\\+|&|,| and )\\s*", -1))
        .map(String::strip)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Reading sum(String name, List<Commitment> counted) {
    String with =
        counted.stream()
            .map(commitment -> commitment.commitmentId() + " of " + commitment.parties().provider())
            .collect(Collectors.joining(", "));
    return counted.stream()
        .flatMap(commitment -> commitment.size().valueUsd().stream())
        .reduce(QuantityRange::plus)
        .map(total -> Reading.estimate(name, total).noted(with))
        .orElseGet(() -> Reading.missing(name, "no commitment with an amount was known that day"));
  }

  /** Those of several subjects that hold none of the amounts, alone or jointly. */
  private List<String> silent(List<Commitment> counted) {
    Set<String> found =
        counted.stream()
            .flatMap(commitment -> commitment.parties().providers().stream())
            .map(PromisedReadings::key)
            .collect(Collectors.toSet());
    return subjects().size() == 1
        ? List.of()
        : subjects().stream().filter(subject -> !found.contains(key(subject))).toList();
  }

  /** A sum over several of whom not all state an amount: that of the others alone is known. */
  private List<Reading> partly(List<Commitment> counted, List<String> silent) {
    return List.of(
        Reading.missing(
            named(CommitmentStatus.ANNOUNCED),
            "no amount is known of " + String.join(", ", silent)),
        sum("known-amounts", counted));
  }

  private static String key(String name) {
    return name.strip().toUpperCase(Locale.ROOT);
  }
}
