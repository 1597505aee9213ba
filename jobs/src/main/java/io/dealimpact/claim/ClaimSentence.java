package io.dealimpact.claim;

import io.dealimpact.capacity.Figures;
import io.dealimpact.capacity.QuantityRange;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is said of a claim in one sentence that can be quoted: the print, whether it holds and under
 * which reading, and what the plain reading gives where another one decides. All other readings are
 * rows of the table.
 */
final class ClaimSentence {

  /** How many readings a contradiction names. */
  private static final int NAMED = 3;

  private ClaimSentence() {}

  static String of(
      Claim claim,
      Metric metric,
      List<ClaimAudit.ReadingVerdict> judged,
      Verdict verdict,
      boolean within) {
    String print =
        "“" + new Clauses(claim.print().words()).figure() + "” (" + claim.about().subject() + ") ";
    if (judged.isEmpty()) {
      return print + "cannot be measured: there is no reading of it.";
    }
    Reading plain = judged.get(0).reading();
    return print
        + switch (verdict) {
          case SUPPORTED -> supported(plain, judged, metric, within);
          case SUPPORTED_UNDER_A_READING -> underAReading(plain, judged, metric);
          case CONTRADICTED -> contradicted(judged, metric);
          case NOT_MEASURABLE -> "cannot be measured: " + undecided(plain, metric);
        }
        + ".";
  }

  static String notMeasurable(Claim claim, String why) {
    return "“" + claim.print().words() + "” cannot be measured: " + why + ".";
  }

  private static String supported(
      Reading plain, List<ClaimAudit.ReadingVerdict> judged, Metric metric, boolean within) {
    if (!isRecorded(plain)) {
      return (within ? "holds: " : "fits: ") + clause(plain, metric);
    }
    return "agrees with the announcement, which says "
        + value(plain, metric)
        + judged.stream()
            .filter(one -> one.verdict() == Verdict.SUPPORTED && !isRecorded(one.reading()))
            .findFirst()
            .map(one -> "; " + clause(one.reading(), metric))
            .orElse("; nothing independent measures it");
  }

  private static String underAReading(
      Reading plain, List<ClaimAudit.ReadingVerdict> judged, Metric metric) {
    Reading other =
        judged.stream()
            .filter(one -> one.verdict() == Verdict.SUPPORTED)
            .findFirst()
            .orElseThrow()
            .reading();
    return "holds only "
        + phrase(other, metric)
        + ", where it was "
        + value(other, metric)
        + "; "
        + undecided(plain, metric);
  }

  private static String contradicted(List<ClaimAudit.ReadingVerdict> judged, Metric metric) {
    return judged.stream()
        .filter(one -> one.verdict() == Verdict.CONTRADICTED)
        .map(one -> undecided(one.reading(), metric))
        .distinct()
        .limit(NAMED)
        .collect(Collectors.joining(", ", "does not hold: ", ""));
  }

  /** The clause, or why there is none. */
  private static String undecided(Reading reading, Metric metric) {
    if (reading.measured().isEmpty() && reading.names().isEmpty()) {
      return reading.note();
    }
    return isRecorded(reading)
        ? "the announcement says " + value(reading, metric)
        : clause(reading, metric);
  }

  private static boolean isRecorded(Reading reading) {
    return reading.kind() == Reading.Kind.RECORDED || reading.kind() == Reading.Kind.NAMES;
  }

  private static String clause(Reading reading, Metric metric) {
    return phrase(reading, metric) + " it was " + value(reading, metric);
  }

  private static String phrase(Reading reading, Metric metric) {
    return switch (reading.name()) {
      case "at-close", "closing" -> "at the close";
      case "at-high" -> "at the day's high";
      case "at-open" -> "at the open";
      case "day-before" -> "at the close before";
      case "intraday" -> metric == Metric.RECORD_PRICE ? "at the day's high" : "within the day";
      case "in-the-deal", "in-the-commitments" -> "in the announcement";
      case "at-published-sites", "by-published-models" -> "by " + reading.note();
      case "power-beside-the-largest" -> "beside the largest power before, " + reading.note() + ",";
      case "value-beside-the-largest" -> "beside the largest value before, " + reading.note() + ",";
      case "deals-between" -> "between the two, by the commitments known,";
      case "gpus-alone", "all-computing-hardware" ->
          "for " + reading.name().replace('-', ' ').replace("gpus", "GPUs") + " " + reading.note();
      case "by-accelerators" -> "by the GPUs announced and the power of one";
      case "by-power" -> "by the power stated and that of one GPU";
      case "between-announcements" -> "between the announcements";
      case "announced-or-signed" -> "announced or signed by then";
      case "known-amounts" -> "for the amounts that are known";
      default ->
          reading.name().startsWith(Reading.BY_MODEL_OF)
              ? "by " + reading.note()
              : reading.name().replace('-', ' ');
    };
  }

  private static String value(Reading reading, Metric metric) {
    if (reading.kind() == Reading.Kind.NAMES) {
      return String.join(" and ", reading.names());
    }
    QuantityRange measured = reading.measured().orElseThrow();
    if (metric == Metric.RECORD_PRICE) {
      return beside(measured.mid(), reading);
    }
    boolean wide = reading.kind() == Reading.Kind.ESTIMATED && !measured.isExact();
    String range = range(measured.low(), measured.high(), metric);
    return wide ? range(measured.mid(), measured.mid(), metric) + " (" + range + ")" : range;
  }

  /** A ratio to the earlier record, in percent of it. */
  private static String beside(double ratio, Reading reading) {
    String what = reading.name().equals("closing") ? "close " : "price ";
    String percent = decimals(100 * Math.abs(ratio - 1), 2) + " % ";
    if (ratio > 1) {
      return percent + "above every " + what + reading.note();
    }
    return (ratio == 1 ? "no higher than " : percent + "below ")
        + "the highest "
        + what
        + reading.note();
  }

  private static String range(double low, double high, Metric metric) {
    double scale = scale(high, metric);
    String from = number(low, scale, metric);
    String to = number(high, scale, metric);
    return (from.equals(to) ? from : from + " to " + to) + unit(scale, metric);
  }

  private static double scale(double value, Metric metric) {
    if (metric.unit() != Metric.Unit.USD) {
      return 1;
    }
    double size = Math.abs(value);
    return size >= 1e12 ? 1e12 : size >= 1e9 ? 1e9 : size >= 1e6 ? 1e6 : 1;
  }

  private static String number(double value, double scale, Metric metric) {
    return switch (metric.unit()) {
      case USD -> decimals(value / scale, scale == 1e12 ? 2 : 1);
      case FRACTION -> decimals(100 * value, 2);
      case GW -> decimals(value, 2);
      case GPUS -> String.format(Locale.ROOT, "%,d", Math.round(value));
      case DATE -> LocalDate.ofEpochDay(Math.round(value)).toString();
      case YEARS, RATIO, DAYS, COUNT, NAMES -> Figures.plain(value);
    };
  }

  private static String unit(double scale, Metric metric) {
    return switch (metric.unit()) {
      case USD ->
          (scale == 1e12 ? " trillion" : scale == 1e9 ? " billion" : scale == 1e6 ? " million" : "")
              + " USD";
      case YEARS -> " years";
      case GW -> " GW";
      case GPUS -> " GPUs";
      case FRACTION -> " %";
      case DAYS -> " days";
      case COUNT -> " deals";
      case DATE, RATIO, NAMES -> "";
    };
  }

  /** So many decimals at most, no trailing zeros. */
  private static String decimals(double value, int places) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
