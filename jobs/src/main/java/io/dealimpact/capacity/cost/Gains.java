package io.dealimpact.capacity.cost;

import io.dealimpact.capacity.QuantityRange;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a deal's providers gained.
 *
 * @param parts each provider's, in order of instrument
 * @param net of all listed parties of the deal together
 */
public record Gains(List<Part> parts, Optional<Net> net) {

  /** The parts are copied. */
  public Gains {
    parts = List.copyOf(parts);
  }

  /**
   * A provider's gain on day 0.
   *
   * @param instrumentId its share
   * @param usd abnormal change of its value, USD, with its interval
   * @param event what a reader should know of the event
   */
  public record Part(String instrumentId, QuantityRange usd, Event event) {}

  /**
   * What a reader should know of an event.
   *
   * @param day its day 0
   * @param p p value of its abnormal return
   * @param q that adjusted for the number of events
   * @param isConfounded whether other news fell into its window
   * @param confounders which
   */
  public record Event(
      Optional<LocalDate> day,
      Optional<Double> p,
      Optional<Double> q,
      boolean isConfounded,
      List<String> confounders) {}

  /**
   * The net of a deal's listed parties.
   *
   * @param parties how many they are, all of them measured
   * @param usd abnormal change of their value together, USD, with its interval
   */
  public record Net(long parties, QuantityRange usd) {}

  /**
   * What the providers gained together.
   *
   * @param usd USD, with its interval
   * @param basis where the interval is from, in words
   */
  public record Together(QuantityRange usd, String basis) {}

  /**
   * The net of the deal where its listed parties are the providers, for its interval knows how they
   * move together; the event's own where there is one; else the sum, as if all were at one end of
   * their intervals at once. Empty without any.
   */
  public Optional<Together> together() {
    if (parts.size() > 1) {
      Optional<Net> all = net.filter(known -> known.parties() == parts.size());
      if (all.isPresent()) {
        return Optional.of(
            new Together(all.get().usd(), "the deal's net, with the covariance of its parties"));
      }
    }
    return parts.stream()
        .map(Part::usd)
        .reduce(QuantityRange::plus)
        .map(
            sum ->
                new Together(
                    sum,
                    parts.size() == 1
                        ? "the event's own"
                        : "sum of the events' intervals, end by end: too wide"));
  }

  /** The shares, comma-separated. */
  public String instruments() {
    return parts.stream().map(Part::instrumentId).collect(Collectors.joining(", "));
  }

  /** The earliest event. */
  public Optional<LocalDate> day() {
    return parts.stream()
        .flatMap(part -> part.event().day().stream())
        .min(Comparator.naturalOrder());
  }

  /** The largest p. */
  public Optional<Double> p() {
    return largest(Event::p);
  }

  /** The largest q. */
  public Optional<Double> q() {
    return largest(Event::q);
  }

  private Optional<Double> largest(Function<Event, Optional<Double>> figure) {
    return parts.stream()
        .flatMap(part -> figure.apply(part.event()).stream())
        .max(Comparator.naturalOrder());
  }

  /** Whether other news fell into any of the windows; empty without a gain. */
  public Optional<Boolean> isConfounded() {
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(parts.stream().anyMatch(part -> part.event().isConfounded()));
  }

  /** The other news, each once. */
  public List<String> confounders() {
    return parts.stream().flatMap(part -> part.event().confounders().stream()).distinct().toList();
  }
}
