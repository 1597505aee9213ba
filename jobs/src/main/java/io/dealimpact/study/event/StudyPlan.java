package io.dealimpact.study.event;

import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.model.ReturnModel;
import io.dealimpact.study.model.StandardModel;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is measured of every event.
 *
 * @param returns simple or log
 * @param price the price returns are formed from
 * @param estimation the days the models are estimated on
 * @param eventWindow the days whose abnormal returns are given
 * @param windows the windows over which they are cumulated
 * @param models the models of expected returns
 * @param confidence of the two-sided intervals, in (0, 1)
 * @param headlineModel code of the model that stands for an event where it is fitted
 * @param otherEvents whether days of the instrument's other events count in its estimation window
 * @param placebo the days that an event is ranked among
 * @param measures what is measured; returns always are
 */
public record StudyPlan(
    ReturnKind returns,
    PriceKind price,
    EstimationWindow estimation,
    EventWindow eventWindow,
    List<EventWindow> windows,
    List<ReturnModel> models,
    double confidence,
    String headlineModel,
    OtherEvents otherEvents,
    PlaceboDays placebo,
    Set<EventMeasure.Kind> measures)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if there is no window or model, one is there twice, the
   *     confidence is not in (0, 1), or the estimation window reaches into a window
   */
  public StudyPlan {
    windows = List.copyOf(windows);
    models = List.copyOf(models);
    measures = Set.copyOf(measures);
    if (windows.isEmpty() || models.isEmpty()) {
      throw new IllegalArgumentException("a study needs at least one window and one model");
    }
    long codes = models.stream().map(ReturnModel::code).distinct().count();
    if (codes < models.size() || windows.stream().distinct().count() < windows.size()) {
      throw new IllegalArgumentException("a study measures each window under each model once");
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must be within (0, 1), not " + confidence);
    }
    for (EventWindow window : windows) {
      checkBefore(estimation, window);
    }
    checkBefore(estimation, eventWindow);
  }

  /** The configuration's defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The same with another estimation window. */
  StudyPlan withEstimation(EstimationWindow other) {
    return like().estimation(other).build();
  }

  /** The same, whose windows are held against no other days of the instrument. */
  public StudyPlan withoutPlacebo() {
    return like().placebo(PlaceboDays.NONE).build();
  }

  /** The same, of returns alone. */
  public StudyPlan ofReturns() {
    return like().measures(Set.of()).build();
  }

  /** A builder that holds this plan. */
  private Builder like() {
    return new Builder()
        .returns(returns)
        .price(price)
        .estimation(estimation)
        .eventWindow(eventWindow)
        .windows(windows)
        .models(models)
        .confidence(confidence)
        .headlineModel(headlineModel)
        .otherEvents(otherEvents)
        .placebo(placebo)
        .measures(measures);
  }

  /** From the first day of any window, the event window included, to the last. */
  public EventWindow axis() {
    return hull().hull(eventWindow);
  }

  /** From the first day of any of {@code windows} to the last. */
  public EventWindow hull() {
    return windows.stream().reduce(EventWindow::hull).orElseThrow();
  }

  private static void checkBefore(EstimationWindow estimation, EventWindow window) {
    if (window.start() <= estimation.end()) {
      throw new IllegalArgumentException(
          "the estimation window " + estimation + " reaches into the window " + window);
    }
  }

  /** Collects a plan; every component has the configuration's default. */
  public static final class Builder {
    private ReturnKind returns = ReturnKind.SIMPLE;
    private PriceKind price = PriceKind.ADJUSTED_CLOSE;
    private EstimationWindow estimation = new EstimationWindow(-21, 250, 120);
    private EventWindow eventWindow = new EventWindow(-10, 20);
    private List<EventWindow> windows =
        List.of(
            new EventWindow(0, 0),
            new EventWindow(-1, 1),
            new EventWindow(-5, 5),
            new EventWindow(0, 20));
    private List<? extends ReturnModel> models =
        List.of(
            StandardModel.MARKET_MODEL,
            StandardModel.MARKET_ADJUSTED,
            StandardModel.MEAN_ADJUSTED,
            StandardModel.MARKET_SECTOR);
    private double confidence = 0.95;
    private String headlineModel = StandardModel.MARKET_SECTOR.code();
    private OtherEvents otherEvents = OtherEvents.LEAVE_OUT;
    private PlaceboDays placebo = PlaceboDays.BEFORE;
    private Set<EventMeasure.Kind> measures = EnumSet.allOf(EventMeasure.Kind.class);

    private Builder() {}

    /** Simple or log. */
    public Builder returns(ReturnKind value) {
      returns = value;
      return this;
    }

    /** The price returns are formed from. */
    public Builder price(PriceKind value) {
      price = value;
      return this;
    }

    /** The estimation window. */
    public Builder estimation(EstimationWindow value) {
      estimation = value;
      return this;
    }

    /** The days whose abnormal returns are given. */
    public Builder eventWindow(EventWindow value) {
      eventWindow = value;
      return this;
    }

    /** The windows of the cumulated abnormal returns. */
    public Builder windows(List<EventWindow> value) {
      windows = value;
      return this;
    }

    /** The models of expected returns. */
    public Builder models(List<? extends ReturnModel> value) {
      models = value;
      return this;
    }

    /** Confidence of the intervals, in (0, 1). */
    public Builder confidence(double value) {
      confidence = value;
      return this;
    }

    /** Code of the model that stands for an event where it is fitted. */
    public Builder headlineModel(String value) {
      headlineModel = value;
      return this;
    }

    /** Whether the estimation window keeps the days of other events. */
    public Builder otherEvents(OtherEvents value) {
      otherEvents = value;
      return this;
    }

    /** The days that an event is ranked among. */
    public Builder placebo(PlaceboDays value) {
      placebo = value;
      return this;
    }

    /** What is measured; returns always are. */
    public Builder measures(Set<EventMeasure.Kind> value) {
      measures = EnumSet.of(EventMeasure.Kind.RETURNS);
      measures.addAll(value);
      return this;
    }

    /** The plan. */
    public StudyPlan build() {
      return new StudyPlan(
          returns,
          price,
          estimation,
          eventWindow,
          windows,
          List.copyOf(models),
          confidence,
          headlineModel,
          otherEvents,
          placebo,
          measures);
    }
  }
}
