package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.model.Estimate;
import io.dealimpact.study.model.Fit;
import io.dealimpact.study.model.ModelSeries;
import io.dealimpact.study.model.ReturnInputs;
import io.dealimpact.study.model.ReturnModel;
import io.dealimpact.study.model.StandardModel;
import io.dealimpact.study.numeric.DayRange;
import io.dealimpact.study.numeric.StudentT;
import io.dealimpact.study.numeric.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** One instrument under one model: fits before any day, and the results of its events. */
final class ModelStudy {
  private final ReturnModel model;
  private final TradingCalendar calendar;
  private final int lastBar;
  private final StudyPlan plan;
  private final int[] eventDays;
  private final ModelSeries series;
  private final Fit.Estimator estimator;
  private final EstimationDays estimationDays;
  private final double[] market;
  private final DayZeroParts dayZeroParts;
  private final StudentT student;
  private final Map<EventWindow, Placebo> placebos = new HashMap<>();
  private final Map<String, Integer> lastDays = new HashMap<>();
  private Estimate[] placeboFits = new Estimate[0];
  private VolatilityScale scale;

  // Room for one event.
  private final Estimate estimate;
  private final EventAxis axis;
  private final double[] row;

  /**
   * @param model the model
   * @param inputs the returns
   * @param calendar its days
   * @param prices the instrument's
   * @param plan what is measured
   * @param eventDays day 0 of all events of the instrument, ascending
   */
  ModelStudy(
      ReturnModel model,
      ReturnInputs inputs,
      TradingCalendar calendar,
      PriceHistory prices,
      StudyPlan plan,
      int[] eventDays) {
    this.model = model;
    this.calendar = calendar;
    this.lastBar = prices.lastBar();
    this.plan = plan;
    this.eventDays = eventDays;
    this.series = model.series(inputs);
    this.estimator = model.estimator(series, inputs);
    this.estimationDays = new EstimationDays(plan, eventDays);
    this.market = market(series, inputs);
    this.dayZeroParts = new DayZeroParts(prices, inputs);
    this.student = StudentT.of(plan.confidence());
    this.estimate = new Estimate(series.width());
    this.axis = new EventAxis(series, plan.estimation().end(), plan.axis(), lastBar);
    this.row = new double[series.width()];
  }

  /** The first regressor after the constant by day; the benchmark where nothing is estimated. */
  private static double[] market(ModelSeries series, ReturnInputs inputs) {
    if (series.design() == ModelSeries.Design.NOTHING) {
      return inputs.market().benchmark();
    }
    int column = series.names().indexOf("alpha") + 1;
    return column < series.width() ? series.column(column) : Vectors.missing(series.days());
  }

  ReturnModel model() {
    return model;
  }

  /** The event with its sample. */
  ModelResult measure(StudyEvent event, String instrumentId) {
    ModelResult results = results(event);
    return results.fit().status() == StudyStatus.OK
        ? new ModelResult(
            results.event(),
            results.fit(),
            results.days(),
            results.windows(),
            Optional.of(sampleOfAxis(event, instrumentId)))
        : results;
  }

  /** The event without its sample. */
  ModelResult results(StudyEvent event) {
    EventDay day = event.day();
    Fit fit = fitBefore(day.index());
    if (!fit.ok()) {
      Fit failed = explained(fit, day.index());
      return failed(
          event, model, plan, failed, InstrumentStudy.join(failed.reason(), day.reason()));
    }
    estimate.set(fit);
    axis.fill(day, estimate);
    double[] residuals = residuals(day.index());
    EventAxis all = axisOf(event);
    List<WindowResult> windows = new ArrayList<>();
    for (EventWindow window : event.windows(plan)) {
      windows.add(
          window.start() <= plan.estimation().end()
              ? reachesIntoEstimation(window, day)
              : measure(all, window, day, residuals));
    }
    return new ModelResult(
        event,
        summary(model, series.names(), fit, day.reason()),
        days(all, event),
        windows,
        Optional.empty());
  }

  /**
   * The axis of all windows of the event, filled in; {@link #axis} unless it has one of its own.
   */
  private EventAxis axisOf(StudyEvent event) {
    if (event.ownWindow().isEmpty()) {
      return axis;
    }
    EventWindow span = plan.axis().hull(event.days(plan));
    EventAxis longer = new EventAxis(series, plan.estimation().end(), span, lastBar);
    longer.fill(event.day(), estimate);
    return longer;
  }

  private WindowResult reachesIntoEstimation(EventWindow window, EventDay day) {
    return WindowResult.unmeasured(
        window,
        StudyStatus.INSUFFICIENT_HISTORY,
        InstrumentStudy.join(
            String.format(
                Locale.ROOT,
                "%s: the event's own window %s reaches into its estimation window, which ends on day"
                    + " %d",
                StudyStatus.INSUFFICIENT_HISTORY,
                window,
                plan.estimation().end()),
            day.reason()));
  }

  /** The event's sample alone; empty without a fit. */
  Optional<EventSample> sample(StudyEvent event, String instrumentId) {
    Fit fit = fitBefore(event.day().index());
    if (!fit.ok()) {
      return Optional.empty();
    }
    estimate.set(fit);
    axis.fill(event.day(), estimate);
    return Optional.of(sampleOfAxis(event, instrumentId));
  }

  /** An event without a fit: a status and a reason for the model and each window. */
  static ModelResult failed(
      StudyEvent event, ReturnModel model, StudyPlan plan, Fit fit, String reason) {
    List<WindowResult> windows = new ArrayList<>();
    for (EventWindow window : event.windows(plan)) {
      windows.add(WindowResult.unmeasured(window, fit.status(), reason));
    }
    return new ModelResult(
        event, ModelFit.failed(model, fit, reason), List.of(), windows, Optional.empty());
  }

  private static ModelFit summary(ReturnModel model, List<String> names, Fit fit, String reason) {
    Map<String, Double> coefficients = new LinkedHashMap<>();
    for (int j = 0; j < names.size(); j++) {
      coefficients.put(names.get(j), fit.coefficients().values()[j]);
    }
    coefficients.putAll(fit.coefficients().extra());
    return ModelFit.of(model, coefficients, fit, reason);
  }

  private Fit fitBefore(int day) {
    return estimator.fit(estimationDays.of(day), plan.estimation().minimum());
  }

  /** Names the series that is at fault where the instrument itself has returns enough. */
  private Fit explained(Fit fit, int day) {
    if (fit.status() != StudyStatus.INSUFFICIENT_HISTORY) {
      return fit;
    }
    int own = 0;
    Set<String> missing = new TreeSet<>();
    for (DayRange range : estimationDays.of(day)) {
      for (int t = range.from(); t <= range.to(); t++) {
        if (!Double.isNaN(series.actual(t))) {
          own++;
          missing.addAll(series.missing(t));
        }
      }
    }
    if (own < plan.estimation().minimum() || missing.isEmpty()) {
      return fit;
    }
    return Fit.failed(
        StudyStatus.FACTORS_MISSING,
        String.format(
            Locale.ROOT,
            "FACTORS_MISSING n=%d need=%d: %s",
            fit.residuals().n(),
            plan.estimation().minimum(),
            describe(missing, estimationDays.whole(day).to())),
        fit.residuals().n());
  }

  /** What is wrong with series that lack values on some days up to {@code last}. */
  private String describe(Set<String> missing, int last) {
    List<String> said = new ArrayList<>();
    for (String name : missing) {
      int end = lastDays.computeIfAbsent(name, series::lastOf);
      if (end < 0) {
        said.add("no " + name);
      } else {
        said.add(end < last ? name + " ends on " + calendar.date(end) : name + " has gaps");
      }
    }
    return String.join(", ", said);
  }

  /** Residuals of the estimation window of the fit, by day; NaN where missing or left out. */
  private double[] residuals(int day0) {
    double[] residuals = Vectors.missing(plan.estimation().length());
    int first = day0 + plan.estimation().start();
    for (DayRange range : estimationDays.of(day0)) {
      for (int t = range.from(); t <= range.to(); t++) {
        residuals[t - first] = series.residual(t, estimate.coefficients);
      }
    }
    return residuals;
  }

  /** h_t of the days with a residual, x of one day's standard deviation; NaN on others. */
  private double[] leverages(int day0, double[] residuals) {
    double[] leverages = Vectors.missing(residuals.length);
    int first = day0 + plan.estimation().start();
    for (int i = 0; i < leverages.length; i++) {
      if (!Double.isNaN(residuals[i])) {
        series.regressors(first + i, row);
        double scale = series.scale(first + i);
        leverages[i] = estimate.form(row) / (scale * scale);
      }
    }
    return leverages;
  }

  /** The sample of the event that the axis holds. */
  private EventSample sampleOfAxis(StudyEvent event, String instrumentId) {
    int day0 = event.day().index();
    double[] residuals = residuals(day0);
    return new EventSample(
        new EventSample.Key(event.eventId(), instrumentId, calendar.epochDay(day0)),
        new EventSample.Estimation(
            plan.estimation().start(),
            residuals,
            leverages(day0, residuals),
            estimate.degreesOfFreedom,
            estimate.sigma,
            estimate.inverseRows()),
        axis.returns(),
        marketDays(day0, residuals));
  }

  private MarketDays marketDays(int day0, double[] residuals) {
    double[] about = Vectors.missing(plan.axis().length());
    for (int i = 0; i < about.length; i++) {
      int t = day0 + axis.start() + i;
      about[i] = t >= 0 && t < market.length ? market[t] : Double.NaN;
    }
    double[] estimation = Vectors.missing(residuals.length);
    int first = day0 + plan.estimation().start();
    for (DayRange range : estimationDays.of(day0)) {
      for (int t = range.from(); t <= range.to(); t++) {
        estimation[t - first] = market[t];
      }
    }
    return MarketDays.of(about, estimation, residuals);
  }

  private List<DayResult> days(EventAxis axis, StudyEvent event) {
    EventWindow given = event.days(plan);
    List<DayResult> days = new ArrayList<>(given.length());
    for (int relative = given.start(); relative <= given.end(); relative++) {
      int t = event.day().index() + relative;
      if (t >= 0 && t <= lastBar) {
        days.add(
            new DayResult(
                relative,
                t,
                axis.actual(relative),
                axis.expected(relative),
                axis.abnormal(relative),
                axis.standardized(relative)));
      }
    }
    return days;
  }

  private WindowResult measure(
      EventAxis axis, EventWindow window, EventDay day, double[] residuals) {
    if (axis.isComplete(window)) {
      return measured(
          axis,
          window,
          day,
          residuals,
          axis.car(window),
          axis.standardError(window),
          axis.buyAndHold(window, plan.returns()),
          IntStream.rangeClosed(window.start(), window.end()).toArray());
    }
    List<Integer> measured = new ArrayList<>();
    List<String> gaps = new ArrayList<>();
    Set<String> missing = new TreeSet<>();
    int available = 0;
    for (int relative = window.start(); relative <= window.end(); relative++) {
      int t = day.index() + relative;
      if (t > lastBar) {
        continue;
      }
      available++;
      double actual = axis.actual(relative);
      if (Double.isNaN(actual) && axis.spanned(relative, window)) {
        continue;
      }
      measured.add(relative);
      if (Double.isNaN(actual)) {
        gaps.add(Integer.toString(relative));
      } else if (Double.isNaN(axis.expected(relative))) {
        for (int spanned = axis.startOf(relative) + 1; spanned <= t; spanned++) {
          missing.addAll(series.missing(spanned));
        }
      }
    }
    if (available < window.length()) {
      StudyStatus status = StudyStatus.afterLastBar(lastBar, calendar.size());
      return WindowResult.unmeasured(
          window,
          status,
          InstrumentStudy.join(
              String.format(
                  Locale.ROOT,
                  "%s %d of %d days: the last bar is of %s",
                  status,
                  available,
                  window.length(),
                  calendar.date(lastBar)),
              day.reason()));
    }
    if (!gaps.isEmpty()) {
      return WindowResult.unmeasured(
          window,
          StudyStatus.MISSING_RETURNS,
          InstrumentStudy.join("MISSING_RETURNS on day " + String.join(", ", gaps), day.reason()));
    }
    if (!missing.isEmpty()) {
      return WindowResult.unmeasured(
          window,
          StudyStatus.FACTORS_MISSING,
          InstrumentStudy.join(
              "FACTORS_MISSING " + describe(missing, day.index() + window.end()), day.reason()));
    }
    int[] days = measured.stream().mapToInt(Integer::intValue).toArray();
    return measured(
        axis,
        window,
        day,
        residuals,
        axis.car(days),
        axis.standardError(days),
        axis.buyAndHold(days, plan.returns()),
        days);
  }

  private WindowResult measured(
      EventAxis axis,
      EventWindow window,
      EventDay day,
      double[] residuals,
      double car,
      double se,
      double bhar,
      int[] days) {
    double t = car / se;
    int df = estimate.degreesOfFreedom;
    WindowResult.Builder result =
        WindowResult.builder(window, StudyStatus.OK)
            .reason(day.reason())
            .car(car, se)
            .test(t, df, student.twoSided(t, df))
            .scar(t)
            .bhar(bhar)
            .sampleQuantile(SampleQuantile.p(residuals, window.length(), car))
            .parts(parts(axis, window, day, days))
            .donors(
                estimator.inSpace(
                    () -> estimationDays.of(day.index()), day.index(), days, axis::startOf));
    return switch (plan.placebo()) {
      case NONE -> result.build();
      case BEFORE -> {
        Placebo placebo = placebo(window);
        int placeboDays = placebo.before(day.index() + Math.min(this.axis.start(), window.start()));
        yield result
            .placebo(placebo.p(car, placeboDays), placeboDays)
            .history(placebo.history(t, day.index(), placeboDays, plan.confidence()))
            .build();
      }
    };
  }

  /** What the market model and the model with a sector expected, part by part. */
  private ReturnParts parts(EventAxis axis, EventWindow window, EventDay day, int[] days) {
    if (model != StandardModel.MARKET_MODEL && model != StandardModel.MARKET_SECTOR) {
      return ReturnParts.NONE;
    }
    boolean isDayZero = window.start() == 0 && window.end() == 0;
    double beta = estimate.coefficients[1];
    double gamma = model == StandardModel.MARKET_SECTOR ? estimate.coefficients[2] : 0;
    return new ReturnParts(
        axis.explained(0, days),
        axis.explained(1, days),
        model == StandardModel.MARKET_SECTOR ? axis.explained(2, days) : 0,
        isDayZero && axis.startOf(0) == day.index() - 1
            ? dayZeroParts.overnight(day.index(), beta, gamma)
            : Double.NaN);
  }

  /** The instrument's days without an event in a window, each held against those before it. */
  List<HistoryDay> historyDays(EventWindow window) {
    return eventDays.length == 0
        ? List.of()
        : placebo(window).each(axis.start(), plan.confidence());
  }

  private Placebo placebo(EventWindow window) {
    int end = plan.estimation().end();
    if (placeboFits.length == 0) {
      placeboFits = placeboFits();
      double[] squares = Placebo.squares(series.totals(1, placeboFits.length), placeboFits, end);
      scale = new VolatilityScale(squares, market, plan.estimation());
    }
    return placebos.computeIfAbsent(
        window,
        w ->
            new Placebo(
                // A window that overlaps none of the last event ends before that one's begins.
                series.totals(
                    w.length(),
                    Math.min(series.days(), placeboFits.length + Math.max(0, w.start()))),
                placeboFits,
                w,
                eventDays,
                end,
                scale));
  }

  /** The model before each day an event can be ranked among; null without a fit. */
  private Estimate[] placeboFits() {
    Estimate each = new Estimate(series.width());
    // No day counts whose window ends on the first day of the event's windows or later.
    Estimate[] fits = new Estimate[eventDays[eventDays.length - 1]];
    for (int day = 0; day < fits.length; day++) {
      if (estimator.estimate(estimationDays.of(day), plan.estimation().minimum(), each)) {
        fits[day] = each.copy();
      }
    }
    return fits;
  }
}
