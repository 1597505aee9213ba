package io.dealimpact.capacity;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a provider promised a customer for the end of a quarter, as it was known on a day (a
 * vintage), beside what was seen in operation, and by how many months it was late.
 *
 * <p>Promised is the central power online by stated dates, without options, added up over the
 * pair's commitments. Built is the newest figure of each site by then, added up. A promise is due
 * on the first day on which as much is promised as at the quarter's end; its slip is the time from
 * then to the first day on which as much was built, in months of 365.2425 / 12 days: negative if it
 * came early, empty if it has not come by the last observation, and then {@code openMonths} is the
 * time from the due day to that observation, which the slip exceeds.
 *
 * @param quarter the quarter
 * @param asOf the vintage
 * @param promisedGw power promised for its end, GW
 * @param builtGw power seen in operation at its end, GW
 * @param slipMonths delay, months; empty if it has not come
 * @param openMonths time since it was due, months, if it has not come
 */
public record Delivery(
    Quarter quarter,
    LocalDate asOf,
    double promisedGw,
    double builtGw,
    OptionalDouble slipMonths,
    OptionalDouble openMonths) {

  private static final double DAYS_A_MONTH = 365.2425 / 12;

  /** Power is compared to half a watt. */
  private static final double TOLERANCE_GW = 0.5e-9;

  /**
   * A site in operation.
   *
   * @param site its name
   * @param day day for which it was published
   * @param powerGw power in operation that day, GW
   */
  public record Observation(String site, LocalDate day, double powerGw) {}

  /**
   * The deliveries of a pair: for each vintage and each quarter that had ended by the last
   * observation and for which something was promised. A vintage is a day on which any of its
   * commitments changed; each is held against all quarters, those before it too: what was said to
   * be there already is a promise as well.
   */
  public static List<Delivery> of(
      Collection<CommitmentHistory> histories,
      Collection<Observation> observations,
      ScheduleDefaults defaults) {
    TreeMap<LocalDate, Double> built = built(observations);
    TreeSet<LocalDate> vintages = new TreeSet<>();
    histories.forEach(
        history ->
            history.versions().forEach(version -> vintages.add(version.publication().knownDate())));
    List<Delivery> deliveries = new ArrayList<>();
    if (built.isEmpty()) {
      return deliveries;
    }
    for (LocalDate vintage : vintages) {
      List<Tranche> promises =
          histories.stream()
              .flatMap(history -> history.asOf(vintage).stream())
              .filter(Commitment::isActive)
              .flatMap(known -> Tranche.of(known, known.statedPowerGw(), defaults).stream())
              .filter(tranche -> !tranche.isOption())
              .filter(tranche -> tranche.powerGw().isPresent() && tranche.schedule().isPresent())
              .toList();
      promises.stream()
          .map(promise -> promise.schedule().orElseThrow().firstPowerDate())
          .min(LocalDate::compareTo)
          .ifPresent(first -> add(promises, first, vintage, built, deliveries));
    }
    return List.copyOf(deliveries);
  }

  private static void add(
      List<Tranche> promises,
      LocalDate first,
      LocalDate vintage,
      TreeMap<LocalDate, Double> built,
      List<Delivery> deliveries) {
    LocalDate last = built.lastKey();
    for (Quarter quarter = Quarter.of(first);
        !quarter.lastDay().isAfter(last);
        quarter = quarter.next()) {
      double promised = promisedGw(promises, quarter.lastDay());
      if (promised <= TOLERANCE_GW) {
        continue;
      }
      LocalDate due = due(promises, promised, first, quarter.lastDay());
      Map.Entry<LocalDate, Double> there = built.floorEntry(quarter.lastDay());
      OptionalDouble slip =
          built.entrySet().stream()
              .filter(entry -> entry.getValue() >= promised - TOLERANCE_GW)
              .mapToDouble(entry -> months(due, entry.getKey()))
              .findFirst();
      deliveries.add(
          new Delivery(
              quarter,
              vintage,
              promised,
              there == null ? 0 : there.getValue(),
              slip,
              slip.isPresent() ? OptionalDouble.empty() : OptionalDouble.of(months(due, last))));
    }
  }

  private static double promisedGw(List<Tranche> promises, LocalDate day) {
    double sum = 0;
    for (Tranche promise : promises) {
      sum +=
          promise.powerGw().orElseThrow().mid()
              * promise.schedule().orElseThrow().statedShareAt(day);
    }
    return sum;
  }

  /** The first day with as much; what is promised never falls, so halving finds it. */
  private static LocalDate due(
      List<Tranche> promises, double gw, LocalDate first, LocalDate quarterEnd) {
    long from = first.toEpochDay();
    long to = quarterEnd.toEpochDay();
    while (from < to) {
      long middle = Math.floorDiv(from + to, 2L);
      if (promisedGw(promises, LocalDate.ofEpochDay(middle)) >= gw - TOLERANCE_GW) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return LocalDate.ofEpochDay(to);
  }

  /** Power in operation from each day on which a figure of any site changed. */
  private static TreeMap<LocalDate, Double> built(Collection<Observation> observations) {
    TreeMap<LocalDate, TreeMap<String, Double>> byDay = new TreeMap<>();
    for (Observation observation : observations) {
      byDay
          .computeIfAbsent(observation.day(), day -> new TreeMap<>())
          .merge(observation.site(), observation.powerGw(), Math::max);
    }
    TreeMap<LocalDate, Double> built = new TreeMap<>();
    TreeMap<String, Double> sites = new TreeMap<>();
    byDay.forEach(
        (day, figures) -> {
          sites.putAll(figures);
          built.put(day, sites.values().stream().mapToDouble(Double::doubleValue).sum());
        });
    return built;
  }

  private static double months(LocalDate from, LocalDate to) {
    return ChronoUnit.DAYS.between(from, to) / DAYS_A_MONTH;
  }
}
