package io.dealimpact.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hipparchus.distribution.continuous.TDistribution;

/** One instrument under one model: fits before any day, and the results of its events. */
final class ModelStudy {
  private final ReturnModel model;
  private final TradingCalendar calendar;
  private final int lastBar;
  private final StudyPlan plan;
  private final int[] eventDays;
  private final ModelSeries series;
  private final Fit.Estimator estimator;
  private final double[] market;
  private final Map<EventWindow, Placebo> placebos = new HashMap<>();
  private Fit[] placeboFits = new Fit[0];

  /**
   * @param model the model
   * @param inputs the returns
   * @param calendar its days
   * @param lastBar index of the instrument's last bar
   * @param plan what is measured
   * @param eventDays day 0 of all events of the instrument, ascending
   */
  ModelStudy(
      ReturnModel model,
      ReturnInputs inputs,
      TradingCalendar calendar,
      int lastBar,
      StudyPlan plan,
      int[] eventDays) {
    this.model = model;
    this.calendar = calendar;
    this.lastBar = lastBar;
    this.plan = plan;
    this.eventDays = eventDays;
    this.series = ModelDesigns.of(model, inputs);
    this.estimator = estimator(model, series, inputs);
    this.market = market(series, inputs);
  }

  /** The first regressor after the constant by day; the benchmark where nothing is estimated. */
  private static double[] market(ModelSeries series, ReturnInputs inputs) {
    if (series.design() == ModelSeries.Design.NOTHING) {
      return inputs.market().benchmark();
    }
    int column = series.names().indexOf("alpha") + 1;
    double[] market = EventAxis.missing(series.days());
    for (int t = 0; t < market.length && column < series.width(); t++) {
      market[t] = series.row(t).x()[column];
    }
    return market;
  }

  ReturnModel model() {
    return model;
  }

  private static Fit.Estimator estimator(
      ReturnModel model, ModelSeries series, ReturnInputs inputs) {
    if (model instanceof LeadLagModel leadLag) {
      return new LeadLag(leadLag, series, inputs.market().benchmark());
    }
    if (model == StandardModel.MARKET_MODEL_GARCH) {
      return new Garch(series, Garch.Variance.GARCH);
    }
    if (model == StandardModel.MARKET_MODEL_EGARCH) {
      return new Garch(series, Garch.Variance.EGARCH);
    }
    return model == StandardModel.SYNTHETIC_CONTROL
        ? new SyntheticControl(series)
        : new LeastSquares(series);
  }

  ModelResult measure(StudyEvent event, String instrumentId) {
    EventDay day = event.day();
    Fit fit = explained(fitBefore(day.index()), day.index());
    if (!fit.ok()) {
      return failed(event, model, plan, fit, InstrumentStudy.join(fit.reason(), day.reason()));
    }
    EventAxis axis = EventAxis.of(series, fit, day, plan, lastBar);
    EventSample sample = sample(event, instrumentId, fit, axis);
    List<WindowResult> windows = new ArrayList<>();
    for (EventWindow window : plan.windows()) {
      windows.add(measure(window, day, fit, axis, sample.residuals()));
    }
    return new ModelResult(
        event,
        summary(model, series.names(), fit, day.reason()),
        days(day, fit, axis),
        windows,
        Optional.of(sample));
  }

  /** The event's sample alone; empty without a fit. */
  Optional<EventSample> sample(StudyEvent event, String instrumentId) {
    Fit fit = fitBefore(event.day().index());
    return fit.ok()
        ? Optional.of(
            sample(event, instrumentId, fit, EventAxis.of(series, fit, event.day(), plan, lastBar)))
        : Optional.empty();
  }

  /** An event without a fit: a status and a reason for the model and each window. */
  static ModelResult failed(
      StudyEvent event, ReturnModel model, StudyPlan plan, Fit fit, String reason) {
    List<WindowResult> windows = new ArrayList<>();
    for (EventWindow window : plan.windows()) {
      windows.add(WindowResult.unmeasured(window, fit.status(), reason));
    }
    ModelFit summary =
        new ModelFit(
            model,
            Double.NaN,
            Double.NaN,
            Map.of(),
            Double.NaN,
            fit.n(),
            Double.NaN,
            0,
            fit.status(),
            reason);
    return new ModelResult(event, summary, List.of(), windows, Optional.empty());
  }

  private static ModelFit summary(ReturnModel model, List<String> names, Fit fit, String reason) {
    Map<String, Double> coefficients = new LinkedHashMap<>();
    for (int j = 0; j < names.size(); j++) {
      coefficients.put(names.get(j), fit.coefficients()[j]);
    }
    coefficients.putAll(fit.extra());
    double beta =
        coefficients.getOrDefault("beta", coefficients.getOrDefault("mkt_rf", noBeta(model)));
    return new ModelFit(
        model,
        coefficients.getOrDefault("alpha", 0.0),
        beta,
        coefficients,
        fit.sigma(),
        fit.n(),
        fit.rSquared(),
        fit.degreesOfFreedom(),
        StudyStatus.OK,
        reason);
  }

  private static double noBeta(ReturnModel model) {
    if (model == StandardModel.MARKET_ADJUSTED) {
      return 1;
    }
    return model == StandardModel.MEAN_ADJUSTED ? 0 : Double.NaN;
  }

  private Range estimationRange(int day) {
    int from = Math.max(0, day + plan.estimation().start());
    return new Range(from, Math.max(from - 1, day + plan.estimation().end()));
  }

  private List<Range> estimationDays(int day) {
    List<Range> leftOut = new ArrayList<>();
    switch (plan.otherEvents()) {
      case KEEP -> {}
      case LEAVE_OUT -> {
        EventWindow hull = plan.hull();
        for (int other : eventDays) {
          if (other != day) {
            leftOut.add(new Range(other + hull.start(), other + hull.end()));
          }
        }
      }
    }
    return estimationRange(day).without(leftOut);
  }

  private Fit fitBefore(int day) {
    return estimator.fit(estimationDays(day), plan.estimation().minimum());
  }

  /** Names the series that is at fault where the instrument itself has returns enough. */
  private Fit explained(Fit fit, int day) {
    if (fit.status() != StudyStatus.INSUFFICIENT_HISTORY) {
      return fit;
    }
    int own = 0;
    Set<String> missing = new TreeSet<>();
    for (Range range : estimationDays(day)) {
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
            fit.n(),
            plan.estimation().minimum(),
            describe(missing, estimationRange(day).to())),
        fit.n());
  }

  /** What is wrong with series that lack values on some days up to {@code last}. */
  private String describe(Set<String> missing, int last) {
    List<String> said = new ArrayList<>();
    for (String name : missing) {
      int end = series.lastOf(name);
      if (end < 0) {
        said.add("no " + name);
      } else {
        said.add(end < last ? name + " ends on " + calendar.date(end) : name + " has gaps");
      }
    }
    return String.join(", ", said);
  }

  private EventSample sample(StudyEvent event, String instrumentId, Fit fit, EventAxis axis) {
    EstimationWindow estimation = plan.estimation();
    int day0 = event.day().index();
    double[] residuals = EventAxis.missing(estimation.length());
    double[] leverages = EventAxis.missing(estimation.length());
    for (Range range : estimationDays(day0)) {
      for (int t = range.from(); t <= range.to(); t++) {
        int i = t - day0 - estimation.start();
        residuals[i] = series.residual(t, fit.coefficients());
        leverages[i] = Double.isNaN(residuals[i]) ? Double.NaN : fit.leverage(series.row(t));
      }
    }
    double[] abnormal = EventAxis.missing(axis.actual().length);
    for (int i = 0; i < abnormal.length; i++) {
      abnormal[i] = axis.actual()[i] - axis.expected()[i];
    }
    MarketDays market = marketDays(day0, axis, residuals);
    return new EventSample(
        event.eventId(),
        instrumentId,
        calendar.epochDay(day0),
        fit.degreesOfFreedom(),
        fit.sigma(),
        estimation.start(),
        residuals,
        axis.start(),
        abnormal,
        axis.expected(),
        axis.sigma(),
        axis.design(),
        fit.inverse(),
        leverages,
        market);
  }

  private MarketDays marketDays(int day0, EventAxis axis, double[] residuals) {
    double[] about = EventAxis.missing(axis.actual().length);
    for (int i = 0; i < about.length; i++) {
      int t = day0 + axis.start() + i;
      about[i] = t >= 0 && t < market.length ? market[t] : Double.NaN;
    }
    double[] estimation = EventAxis.missing(residuals.length);
    for (Range range : estimationDays(day0)) {
      for (int t = range.from(); t <= range.to(); t++) {
        estimation[t - day0 - plan.estimation().start()] = market[t];
      }
    }
    return MarketDays.of(about, estimation, residuals);
  }

  private List<DayResult> days(EventDay day, Fit fit, EventAxis axis) {
    List<DayResult> days = new ArrayList<>();
    for (int relative = plan.eventWindow().start();
        relative <= plan.eventWindow().end();
        relative++) {
      int t = day.index() + relative;
      if (t >= 0 && t <= lastBar) {
        int i = relative - axis.start();
        double abnormal = axis.abnormal(relative);
        days.add(
            new DayResult(
                relative,
                t,
                axis.actual()[i],
                axis.expected()[i],
                abnormal,
                abnormal / axis.standardError(fit, List.of(relative))));
      }
    }
    return days;
  }

  private WindowResult measure(
      EventWindow window, EventDay day, Fit fit, EventAxis axis, double[] residuals) {
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
      double actual = axis.actual()[relative - axis.start()];
      if (Double.isNaN(actual) && axis.spanned(relative, window)) {
        continue;
      }
      measured.add(relative);
      if (Double.isNaN(actual)) {
        gaps.add(Integer.toString(relative));
      } else if (Double.isNaN(axis.expected()[relative - axis.start()])) {
        for (int spanned = axis.startOf(relative) + 1; spanned <= t; spanned++) {
          missing.addAll(series.missing(spanned));
        }
      }
    }
    if (available < window.length()) {
      return WindowResult.unmeasured(
          window,
          StudyStatus.PENDING,
          InstrumentStudy.join(
              String.format(
                  Locale.ROOT,
                  "PENDING %d of %d days: the last bar is of %s",
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
    return measured(window, day, fit, axis, residuals, measured);
  }

  private WindowResult measured(
      EventWindow window,
      EventDay day,
      Fit fit,
      EventAxis axis,
      double[] residuals,
      List<Integer> days) {
    double car = 0;
    double[] actual = new double[days.size()];
    double[] expected = new double[days.size()];
    for (int i = 0; i < actual.length; i++) {
      car += axis.abnormal(days.get(i));
      actual[i] = axis.actual()[days.get(i) - axis.start()];
      expected[i] = axis.expected()[days.get(i) - axis.start()];
    }
    double se = axis.standardError(fit, days);
    double t = car / se;
    int df = fit.degreesOfFreedom();
    Placebo placebo = placebo(window);
    return new WindowResult(
        window,
        StudyStatus.OK,
        day.reason(),
        car,
        se,
        t,
        df,
        2 * new TDistribution(df).cumulativeProbability(-Math.abs(t)),
        t,
        BuyAndHold.excess(actual, expected, plan.returns()),
        placebo.p(car),
        placebo.absolute().length,
        SampleQuantile.p(residuals, window.length(), car));
  }

  private Placebo placebo(EventWindow window) {
    if (placeboFits.length == 0) {
      placeboFits = new Fit[calendar.size()];
      for (int day = 0; day < placeboFits.length; day++) {
        placeboFits[day] = fitBefore(day);
      }
    }
    return placebos.computeIfAbsent(window, w -> Placebo.of(series, placeboFits, w, eventDays));
  }
}
