package io.dealimpact.study.event;

import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.StudyStatus;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;

/**
 * One deal under one model and window: the net of its listed parties, who gained and who lost.
 *
 * @param parties all listed parties
 * @param net their net
 */
public record DealWindow(List<Party> parties, DealNet net) {
  /**
   * A listed party.
   *
   * @param measured what the net is made of
   * @param eventEpochDay its day 0, since 1970-01-01; empty if it has none
   * @param rawCloseUsd raw change of its value, USD; NaN where unknown
   * @param abnormalUsd abnormal change of its value, USD; NaN where unknown
   */
  public record Party(
      DealNet.Party measured, OptionalInt eventEpochDay, double rawCloseUsd, double abnormalUsd) {}

  /**
   * The deal of its parties.
   *
   * @param confidence of the net's two-sided interval
   * @param kind of the returns that the parties' CARs sum
   */
  public static DealWindow of(List<Party> parties, double confidence, ReturnKind kind) {
    return new DealWindow(
        List.copyOf(parties),
        DealNet.of(parties.stream().map(Party::measured).toList(), confidence, kind));
  }

  /** Whether there is a net. */
  public enum Status {
    OK,
    /** Some parties could be measured in dollars, others only in returns or not at all. */
    PARTIAL,
    /** No party could be measured in dollars. */
    NO_VALUE
  }

  /** Whether there is a net. */
  public Status status() {
    if (net.status() != StudyStatus.OK) {
      return Status.NO_VALUE;
    }
    return net.parties() < parties.size() ? Status.PARTIAL : Status.OK;
  }

  /**
   * The status of a party's window by its name in the tables. Other names are of instruments that
   * are not known, which have no prices.
   */
  public static StudyStatus partyStatus(String name) {
    return Arrays.stream(StudyStatus.values())
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElse(StudyStatus.NO_PRICES);
  }

  /** The first day 0 of a party; empty if none has one. */
  public OptionalInt firstEventDay() {
    return parties.stream().flatMapToInt(party -> party.eventEpochDay().stream()).min();
  }

  /**
   * The instruments of the parties with an abnormal gain, the largest in dollars first; then those
   * without a market value, the largest return first, with their return: {@code NBIS (+49.2 %)}.
   */
  public List<String> gained() {
    return labels(sign -> sign > 0);
  }

  /** The same of the parties with an abnormal loss. */
  public List<String> lost() {
    return labels(sign -> sign < 0);
  }

  /** The instruments alone, in the order of {@link #gained}. */
  public List<String> gainers() {
    return moved(sign -> sign > 0).map(party -> party.measured().instrumentId()).toList();
  }

  /** The instruments alone, in the order of {@link #lost}. */
  public List<String> losers() {
    return moved(sign -> sign < 0).map(party -> party.measured().instrumentId()).toList();
  }

  private List<String> labels(DoublePredicate which) {
    return moved(which)
        .map(
            party ->
                Double.isNaN(party.abnormalUsd())
                    ? String.format(
                        Locale.ROOT,
                        "%s (%+.1f %%)",
                        party.measured().instrumentId(),
                        100 * car(party))
                    : party.measured().instrumentId())
        .toList();
  }

  private Stream<Party> moved(DoublePredicate which) {
    Comparator<Party> byId = Comparator.comparing(party -> party.measured().instrumentId());
    Stream<Party> valued =
        parties.stream()
            .filter(party -> which.test(party.abnormalUsd()))
            .sorted(
                Comparator.comparingDouble((Party party) -> -Math.abs(party.abnormalUsd()))
                    .thenComparing(byId));
    Stream<Party> unvalued =
        parties.stream()
            .filter(party -> Double.isNaN(party.abnormalUsd()) && which.test(car(party)))
            .sorted(
                Comparator.comparingDouble((Party party) -> -Math.abs(car(party)))
                    .thenComparing(byId));
    return Stream.concat(valued, unvalued);
  }

  private static double car(Party party) {
    return party.measured().window().car();
  }

  /** The sum of the raw changes that are known; NaN if none is. */
  public double netRawCloseUsd() {
    double[] known =
        parties.stream().mapToDouble(Party::rawCloseUsd).filter(Double::isFinite).toArray();
    if (known.length == 0) {
      return Double.NaN;
    }
    double sum = 0;
    for (double usd : known) {
      sum += usd;
    }
    return sum;
  }
}
