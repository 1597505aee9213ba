package io.dealimpact.study.event;

import io.dealimpact.study.event.EventMeasure.Kind;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One event under one model with everything gold says of it.
 *
 * @param standing what the row is among the event's and the instrument's
 * @param volume of the event under its first model only: it depends on none
 */
public record MeasuredEvent(
    String instrumentId,
    EventInput input,
    EventDay day,
    ModelResult result,
    List<Dollars> dollars,
    Surroundings surroundings,
    Standing standing,
    Optional<EventVolume> volume) {

  /**
   * What the row is among the event's models and the instrument's events.
   *
   * @param isHeadline whether the model stands for the event
   * @param isPrimary whether the event stands for its company-day
   * @param sector name of what stands for the sector under this model; empty where nothing does
   */
  public record Standing(boolean isHeadline, boolean isPrimary, String sector) {}

  /**
   * What happened to the instrument about the event.
   *
   * @param confounders other news near the event
   * @param overlappingEventDays days of the estimation window in the windows of other events
   * @param recordClose whether day 0 closed at a record
   * @param marketCapBeforeUsd value at the last close before the first day of the event axis; NaN
   *     where unknown
   */
  public record Surroundings(
      List<Confounder> confounders,
      int overlappingEventDays,
      boolean recordClose,
      double marketCapBeforeUsd) {}

  /** What the event weighs in value-weighted averages of returns. */
  public EventWeights weights() {
    return new EventWeights(
        surroundings.marketCapBeforeUsd(),
        dollars.stream().mapToDouble(Dollars::marketCapBeforeUsd).toArray());
  }

  /** Whether the announcement has a day 0. */
  public boolean hasDay() {
    return day.status() == StudyStatus.OK;
  }

  /** Instrument and day 0, {@code AMZN:2025-11-03}; empty without a day 0. */
  public Optional<String> companyDay(TradingCalendar calendar) {
    return hasDay()
        ? Optional.of(instrumentId + ":" + calendar.date(day.index()))
        : Optional.empty();
  }

  /** Whether day 0 closed at a record; empty without a day 0. */
  public Optional<Boolean> isRecordClose() {
    return hasDay() ? Optional.of(surroundings.recordClose()) : Optional.empty();
  }

  /**
   * Whether other news acted in a window; empty without a day 0.
   *
   * @param window of {@code result.windows()}
   */
  public Optional<Boolean> isConfounded(WindowResult window) {
    return hasDay() ? Optional.of(!confounders(window).isEmpty()) : Optional.empty();
  }

  /**
   * The raw change at the open, of day 0 alone: the open of a longer window is of its first day,
   * which most readers would take for day 0's. NaN for other windows.
   *
   * @param usd the window in dollars
   */
  public static double rawOpenUsd(WindowResult window, Dollars usd) {
    return window.window().start() == 0 && window.window().end() == 0
        ? usd.raw().openUsd()
        : Double.NaN;
  }

  /** Whether other news acted in any window. */
  public boolean isConfounded() {
    return result.windows().stream().anyMatch(window -> isConfounded(window).orElse(false));
  }

  /**
   * What groups are tested for in this event; its volume once, under its first model.
   *
   * @param kinds that are wanted
   */
  public List<EventMeasure> measures(TradingCalendar calendar, Set<Kind> kinds) {
    String model = result.fit().model().code();
    List<EventMeasure> measures = new ArrayList<>();
    if (kinds.contains(Kind.RETURNS)) {
      measures.add(new EventMeasure(model, Kind.RETURNS, result.sample()));
    }
    if (kinds.contains(Kind.VOLATILITY)) {
      measures.add(
          new EventMeasure(
              "volatility:" + model,
              Kind.VOLATILITY,
              result.sample().flatMap(AbnormalVolatility::sample)));
    }
    if (kinds.contains(Kind.VOLUME)) {
      volume.ifPresent(
          v ->
              measures.add(
                  new EventMeasure(
                      v.measure(),
                      Kind.VOLUME,
                      v.sample(input.eventId(), instrumentId, calendar))));
    }
    return measures;
  }

  /** Why the event was not measured as a whole; empty if it was. */
  public String reason() {
    return Objects.requireNonNullElse(statusReason(result.fit().reason()), "");
  }

  /**
   * What other news did to a window, a sentence for each; none if there was none.
   *
   * @param window of {@code result.windows()}
   */
  public List<String> confounded(WindowResult window) {
    return confounders(window).stream().map(c -> confounded(c, window)).toList();
  }

  /** Other news that acted in a window. */
  public List<Confounder> confounders(WindowResult window) {
    return surroundings.confounders().stream().filter(c -> c.actsIn(window.window())).toList();
  }

  /**
   * Why a window was not measured, and what a reader of its figures should know; empty for nothing.
   *
   * @param w of {@code result.windows()}
   * @param usd the same window in dollars
   */
  public String windowReason(WindowResult w, Dollars usd) {
    List<String> parts = new ArrayList<>();
    parts.add(statusReason(w.reason()));
    parts.addAll(confounded(w));
    if (w.status() == StudyStatus.OK && Double.isNaN(usd.marketCapBeforeUsd())) {
      parts.add(
          "no dollars: no market value in USD is known before day 0; it needs a count of shares of"
              + " the last two years or a vendor's value, and a rate of the last seven days");
    }
    return reasons(parts.stream());
  }

  /** Names the other news, and what the days on which it acted contributed to this CAR. */
  private String confounded(Confounder confounder, WindowResult w) {
    double itsDays = 0;
    int counted = 0;
    for (DayResult d : result.days()) {
      boolean acted =
          d.relativeDay() >= confounder.firstDay()
              && d.relativeDay() <= confounder.lastDay()
              && d.relativeDay() >= w.window().start()
              && d.relativeDay() <= w.window().end();
      if (acted && !Double.isNaN(d.abnormal())) {
        itsDays += d.abnormal();
        counted++;
      }
    }
    if (w.status() != StudyStatus.OK || counted == 0 || counted == w.window().length()) {
      return "confounded by " + confounder.text();
    }
    String share =
        Math.abs(itsDays) > Math.abs(w.car()) / 2 && Math.signum(itsDays) == Math.signum(w.car())
            ? ", most of it"
            : "";
    return "confounded by "
        + confounder.text()
        + String.format(
            Locale.ROOT,
            ": %+.2f %% of this CAR of %+.2f %% is from that day",
            100 * itsDays,
            100 * w.car())
        + share;
  }

  /** The status as gold has it: the instrument's, if it cannot be measured at all. */
  public String status(StudyStatus status) {
    return input.instrumentStatus() == null ? status.name() : input.instrumentStatus();
  }

  private String statusReason(String reason) {
    return input.instrumentStatus() == null
        ? reason
        : input.instrumentStatus()
            + ": the deal names the instrument "
            + instrumentId
            + ", which is not in silver.instruments";
  }

  private static String reasons(Stream<String> parts) {
    return parts.filter(p -> p != null && !p.isEmpty()).collect(Collectors.joining("; "));
  }

  /** The relative days of the first and last residual; empty unless the model was fitted. */
  public Optional<EventWindow> estimationDays() {
    return result
        .sample()
        .map(
            sample ->
                new EventWindow(
                    sample.estimation().start(),
                    sample.estimation().start() + sample.estimation().residuals().length - 1));
  }
}
