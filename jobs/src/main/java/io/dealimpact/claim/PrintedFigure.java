package io.dealimpact.claim;

import io.dealimpact.capacity.QuantityRange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the rounding of a printed number at its word.
 *
 * <p><b>Tolerance.</b> Half a unit of the last significant digit printed, on either side. The last
 * significant digit of a whole number is its last that is not 0, of a decimal its last: 38 → 37.5
 * to 38.5; 140 → 135 to 145; 300 → 250 to 350; 1.0 → 0.95 to 1.05. A printed range is widened at
 * both ends by half the finer of its two units: 40–50 → 35 to 55. "About", "roughly" and the like
 * allow 10 % on either side. A claim that states its {@link Precision} is taken at that.
 *
 * <p><b>Words</b> next to the number:
 *
 * <ul>
 *   <li>more than, over, at least, 140+, or more: from the number up, without end. "Over 7 years"
 *       is how long, not more than.
 *   <li>up to, at most, less than, under: from the number down, without end.
 *   <li>nearly, almost, close to, just under: at most one unit below the number: 130 to 140.
 *   <li>tens, hundreds, thousands of X, several hundred X: 2 to 10 of them: hundreds of thousands
 *       is 200 000 to 1 000 000.
 * </ul>
 *
 * <p>The number is found in the print by the claimed value, of which it is a multiple by a power of
 * ten or by a week, a month or a year; so "38 billion dollars over 7 years" serves two claims.
 * Where the print has no such number, the digits of the claimed value stand for it. Where there is
 * no claimed value, the first number counts, times its scale word.
 */
final class PrintedFigure {

  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\p{L}\\d.,])(\\d+(?:,\\d{3})*(?:\\.\\d+)?)");

  private static final Pattern INDEFINITE =
      Pattern.compile(
          "\\b(?:(tens|dozens|hundreds|thousands|millions|billions) of"
              + "|(?:several|a few) (hundred|thousand|million|billion)s?(?: of)?)"
              + "(?:\\s+(thousand|million|billion|trillion)s?)?\\b");

  private static final Pattern MORE =
      Pattern.compile(
          "(?:more than|over|above|at least|no less than|not less than|upwards of|exceeding|greater"
              + " than|well over)\\s*(?:us)?\\s*\\$?$");
  private static final Pattern LESS =
      Pattern.compile(
          "(?:up to|at most|less than|under|below|no more than|not more than|as much"
              + " as)\\s*(?:us)?\\s*\\$?$");
  private static final Pattern ABOUT =
      Pattern.compile(
          "(?:about|around|approximately|roughly|some|circa|ca\\.|~)\\s*(?:us)?\\s*\\$?$");
  private static final Pattern NEARLY =
      Pattern.compile("(?:nearly|almost|close to|just under|just below)\\s*(?:us)?\\s*\\$?$");
  private static final Pattern OR_MORE =
      Pattern.compile("^\\s*(?:\\+|[^\\d,;.]{0,24}\\b(?:or|and) more\\b)");
  private static final Pattern SCALE =
      Pattern.compile(
          "^\\s*-?\\s*(trillion|tn|billion|bn|b|million|mn|m|thousand|k|percent|%|mw|megawatts?|weeks?"
              + "|months?)?(?![\\p{L}])");
  private static final Pattern RANGE_SIGN =
      Pattern.compile("^[^\\d]{0,12}?(?:–|—|-|to|and)\\s*\\$?$");

  private static final Map<String, Double> WORDS =
      Map.ofEntries(
          Map.entry("tens", 10.0),
          Map.entry("dozens", 12.0),
          Map.entry("hundred", 1e2),
          Map.entry("hundreds", 1e2),
          Map.entry("thousand", 1e3),
          Map.entry("thousands", 1e3),
          Map.entry("million", 1e6),
          Map.entry("millions", 1e6),
          Map.entry("billion", 1e9),
          Map.entry("billions", 1e9),
          Map.entry("trillion", 1e12));

  private static final List<String> COUNTS =
      List.of(
          "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
          "twelve");

  /** What a claimed value may be of a printed number that is no power of ten: weeks, months. */
  private static final double[] CALENDAR = {7, 30, 365, 12, 1.0 / 12};

  private static final double ABOUT_SHARE = 0.1;

  /** A number of the print: its value, the unit of its last significant digit, and where it is. */
  private record Token(double value, double unit, int start, int end) {}

  private PrintedFigure() {}

  /** What the print allows, in the metric's unit; empty if it has no figure. */
  static Optional<Band> band(Claim claim, Metric metric) {
    String text = normalised(claim.print().words());
    Optional<Band> indefinite = indefinite(text);
    if (indefinite.isPresent() && !hasTokenOf(text, claim.print().claimed())) {
      return indefinite;
    }
    return claim
        .print()
        .claimed()
        .map(
            claimed ->
                claim
                    .print()
                    .precision()
                    .map(precision -> ofPrecision(precision, text, claimed, metric))
                    .orElseGet(() -> ofClaimed(text, claimed, metric)))
        .or(() -> ofText(text, metric));
  }

  /** How precisely a figure was printed, by its words; empty for days, names and ratios. */
  static Optional<Precision> precision(Claim claim, Metric metric) {
    String text = normalised(claim.print().words());
    return switch (metric.unit()) {
      case DATE, NAMES, RATIO -> Optional.empty();
      case USD, YEARS, GW, GPUS, FRACTION, DAYS, COUNT -> {
        if (indefinite(text).isPresent() && !hasTokenOf(text, claim.print().claimed())) {
          yield Optional.of(Precision.ORDER_OF_MAGNITUDE);
        }
        boolean about =
            tokens(text).stream()
                .anyMatch(token -> ABOUT.matcher(text.substring(0, token.start())).find());
        yield Optional.of(about ? Precision.ABOUT : Precision.ROUNDED);
      }
    };
  }

  private static boolean hasTokenOf(String text, Optional<QuantityRange> claimed) {
    return claimed.isPresent() && find(tokens(text), claimed.get().low()).isPresent();
  }

  private static Optional<Band> indefinite(String text) {
    Matcher matcher = INDEFINITE.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    double base = WORDS.get(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    double times = matcher.group(3) == null ? 1 : WORDS.get(matcher.group(3));
    return Optional.of(new Band(2 * base * times, 10 * base * times));
  }

  private static Band ofPrecision(
      Precision precision, String text, QuantityRange claimed, Metric metric) {
    double step = Math.sqrt(10);
    return switch (precision) {
      case EXACT -> new Band(claimed.low(), claimed.high());
      case ROUNDED -> ofClaimed(text, claimed, metric);
      case ABOUT -> about(claimed.low(), claimed.high());
      case ORDER_OF_MAGNITUDE -> new Band(claimed.low() / step, claimed.high() * step);
    };
  }

  private static Band about(double low, double high) {
    return new Band(low - ABOUT_SHARE * Math.abs(low), high + ABOUT_SHARE * Math.abs(high));
  }

  private static Band ofClaimed(String text, QuantityRange claimed, Metric metric) {
    List<Token> tokens = tokens(text);
    Optional<Token> low = find(tokens, claimed.low());
    Optional<Token> high = find(tokens, claimed.high());
    double unit =
        Math.min(
            unit(low, claimed.low()).orElse(Double.POSITIVE_INFINITY),
            unit(high, claimed.high()).orElse(Double.POSITIVE_INFINITY));
    if (Double.isInfinite(unit)) {
      unit = Math.min(ownUnit(claimed.low()), ownUnit(claimed.high()));
    }
    String before = low.map(token -> text.substring(0, token.start())).orElse("");
    String after = high.map(token -> text.substring(token.end())).orElse("");
    return banded(claimed.low(), claimed.high(), unit, before, after, metric);
  }

  private static Optional<Band> ofText(String text, Metric metric) {
    List<Token> tokens = tokens(text);
    if (tokens.isEmpty()) {
      return Optional.empty();
    }
    Token low = tokens.get(0);
    Token high = low;
    if (tokens.size() > 1
        && RANGE_SIGN.matcher(text.substring(low.end(), tokens.get(1).start())).find()
        && tokens.get(1).value() >= low.value()) {
      high = tokens.get(1);
    }
    double scale = scale(text.substring(high.end()), metric);
    return Optional.of(
        banded(
            low.value() * scale,
            high.value() * scale,
            Math.min(low.unit(), high.unit()) * scale,
            text.substring(0, low.start()),
            text.substring(high.end()),
            metric));
  }

  private static Band banded(
      double low, double high, double unit, String before, String after, Metric metric) {
    boolean duration = metric.unit() == Metric.Unit.YEARS && before.matches("(?s).*\\bover\\s*");
    if (!duration && LESS.matcher(before).find()) {
      return new Band(Double.NEGATIVE_INFINITY, high);
    }
    if ((!duration && MORE.matcher(before).find()) || OR_MORE.matcher(after).find()) {
      return new Band(low, Double.POSITIVE_INFINITY);
    }
    if (NEARLY.matcher(before).find()) {
      return new Band(low - unit, high);
    }
    if (ABOUT.matcher(before).find()) {
      return about(low, high);
    }
    return new Band(low - unit / 2, high + unit / 2);
  }

  private static Optional<Token> find(List<Token> tokens, double claimed) {
    return tokens.stream().filter(token -> ratio(token, claimed).isPresent()).findFirst();
  }

  private static Optional<Double> unit(Optional<Token> token, double claimed) {
    return token.flatMap(t -> ratio(t, claimed).map(ratio -> t.unit() * ratio));
  }

  /** What the claimed value is of the token, if that is a power of ten or a calendar unit. */
  private static Optional<Double> ratio(Token token, double claimed) {
    if (token.value() == 0 || claimed == 0) {
      return token.value() == claimed ? Optional.of(1.0) : Optional.empty();
    }
    double ratio = claimed / token.value();
    for (int power = -3; power <= 12; power++) {
      if (isNear(ratio, Math.pow(10, power))) {
        return Optional.of(ratio);
      }
    }
    for (double days : CALENDAR) {
      if (isNear(ratio, days)) {
        return Optional.of(ratio);
      }
    }
    return Optional.empty();
  }

  private static boolean isNear(double a, double b) {
    return Math.abs(a - b) <= 1e-9 * b;
  }

  private static double ownUnit(double value) {
    return significance(BigDecimal.valueOf(value).stripTrailingZeros());
  }

  /** 10 to the place of the last significant digit. */
  private static double significance(BigDecimal printed) {
    BigDecimal number = printed.scale() > 0 ? printed : printed.stripTrailingZeros();
    return printed.signum() == 0 && printed.scale() <= 0
        ? 1
        : BigDecimal.ONE.scaleByPowerOfTen(-number.scale()).doubleValue();
  }

  private static double scale(String after, Metric metric) {
    Matcher matcher = SCALE.matcher(after);
    if (!matcher.find() || matcher.group(1) == null) {
      return 1;
    }
    return switch (matcher.group(1)) {
      case "trillion", "tn" -> 1e12;
      case "billion", "bn", "b" -> 1e9;
      case "million", "mn", "m" -> 1e6;
      case "thousand", "k" -> 1e3;
      case "percent", "%" -> 0.01;
      case "mw", "megawatt", "megawatts" -> 1e-3;
      case "week", "weeks" -> 7;
      case "month", "months" -> metric.unit() == Metric.Unit.YEARS ? 1.0 / 12 : 30;
      default -> 1;
    };
  }

  private static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    for (MatchResult match : NUMBER.matcher(text).results().toList()) {
      BigDecimal printed = new BigDecimal(match.group(1).replace(",", ""));
      tokens.add(
          new Token(printed.doubleValue(), significance(printed), match.start(), match.end()));
    }
    return tokens;
  }

  /** Lower case, one blank between words, and number words as digits. */
  private static String normalised(String print) {
    String text =
        print
            .toLowerCase(Locale.ROOT)
            .replaceAll("[\\s\\u00A0\\u202F]+", " ")
            .replaceAll("\\bhalf an? (?=gw|gigawatt|billion|million|trillion|year)", "0.5 ")
            .replaceAll(
                "\\ban? (?=gw|gigawatt|billion|million|trillion|year|week|month|day)", "1 ");
    for (int i = 0; i < COUNTS.size(); i++) {
      text = text.replaceAll("\\b" + COUNTS.get(i) + "\\b", String.valueOf(i + 1));
    }
    return text;
  }
}
