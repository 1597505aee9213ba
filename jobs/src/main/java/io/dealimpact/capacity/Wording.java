package io.dealimpact.capacity;

import java.time.LocalDate;
import java.util.Locale;

/** How measured things are put into words. */
final class Wording {

  private Wording() {}

  static String reading(Reading reading, Metric metric) {
    String name =
        switch (reading.name()) {
          case "at-close" -> "at the close";
          case "at-high" -> "at the day's high";
          case "at-open" -> "at the open";
          case "at-published-sites" ->
              reading.measured().isEmpty() ? "at published sites" : "by the " + reading.note();
          case "in-the-deal" -> "in the deal as recorded";
          case "in-the-commitments" -> "in the commitments as recorded";
          case "announced-or-signed", "signed-only", "planned-too", "rumoured-too" ->
              reading.name().replace('-', ' ')
                  + (reading.measured().isEmpty() ? "" : " (" + reading.note() + ")");
          default -> reading.name().replace('-', ' ');
        };
    if (reading.kind() == Reading.Kind.NAMES) {
      return name + " " + String.join(", ", reading.names());
    }
    return reading
        .measured()
        .map(measured -> name + " " + range(measured.low(), measured.high(), metric))
        .orElseGet(() -> name + " nothing, for " + reading.note());
  }

  static String band(Band band, Metric metric) {
    if (metric == Metric.RECORD_PRICE) {
      return "above the earlier record";
    }
    if (band.high() == Double.POSITIVE_INFINITY) {
      return value(band.low(), metric) + " or more";
    }
    if (band.low() == Double.NEGATIVE_INFINITY) {
      return "at most " + value(band.high(), metric);
    }
    return range(band.low(), band.high(), metric);
  }

  private static String range(double low, double high, Metric metric) {
    String from = value(low, metric);
    String to = value(high, metric);
    return from.equals(to) ? from : from + " to " + to;
  }

  private static String value(double value, Metric metric) {
    return switch (metric.unit()) {
      case USD -> usd(value);
      case YEARS -> Figures.plain(value) + " years";
      case GW -> Figures.plain(value) + " GW";
      case GPUS -> String.format(Locale.ROOT, "%,d GPUs", Math.round(value));
      case FRACTION -> Figures.plain(100 * value) + " %";
      case DATE -> LocalDate.ofEpochDay(Math.round(value)).toString();
      case RATIO -> Figures.plain(value) + " times the earlier record";
      case DAYS -> Figures.plain(value) + " days";
      case NAMES -> Figures.plain(value);
    };
  }

  private static String usd(double value) {
    double size = Math.abs(value);
    if (size >= 1e12) {
      return Figures.plain(value / 1e12) + " trillion USD";
    }
    if (size >= 1e9) {
      return Figures.plain(value / 1e9) + " billion USD";
    }
    if (size >= 1e6) {
      return Figures.plain(value / 1e6) + " million USD";
    }
    return Figures.plain(value) + " USD";
  }
}
