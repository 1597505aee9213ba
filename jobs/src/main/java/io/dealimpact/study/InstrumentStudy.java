package io.dealimpact.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One instrument in one study: its returns and the running sums of each model, computed once; its
 * events are measured against them.
 *
 * <p>Not safe for use by several threads.
 */
public final class InstrumentStudy {
  private final String instrumentId;
  private final TradingCalendar calendar;
  private final StudyPlan plan;
  private final List<StudyEvent> events;
  private final List<ModelStudy> models = new ArrayList<>();

  /**
   * @param instrumentId the instrument
   * @param calendar the benchmark's trading days
   * @param prices of the instrument, aligned to the calendar
   * @param market what it is compared with, aligned to the calendar
   * @param plan what is measured
   * @param events all events of the instrument: placebo days keep clear of them
   * @throws IllegalArgumentException if prices or market are not aligned to the calendar
   */
  public InstrumentStudy(
      String instrumentId,
      TradingCalendar calendar,
      PriceHistory prices,
      MarketData market,
      StudyPlan plan,
      List<StudyEvent> events) {
    if (prices.size() != calendar.size()) {
      throw new IllegalArgumentException(
          "%s has prices of %d days, the calendar has %d"
              .formatted(instrumentId, prices.size(), calendar.size()));
    }
    this.instrumentId = instrumentId;
    this.calendar = calendar;
    this.plan = plan;
    this.events = List.copyOf(events);
    ReturnInputs inputs = new ReturnInputs(prices.prices(plan.price()), plan.returns(), market);
    for (ReturnModel model : plan.models()) {
      models.add(
          new ModelStudy(model, inputs, calendar, prices.lastBar(), plan, eventDays(this.events)));
    }
  }

  /** All events, in their order, each under every model in the plan's order. */
  public List<ModelResult> measureAll() {
    List<ModelResult> results = new ArrayList<>();
    for (int event = 0; event < events.size(); event++) {
      results.addAll(measure(event));
    }
    return results;
  }

  /**
   * One event under every model, in the plan's order. An event that cannot be measured has its
   * results too, with a status and a reason.
   *
   * @param event its index in the list of events
   */
  public List<ModelResult> measure(int event) {
    StudyEvent measured = events.get(event);
    List<ModelResult> results = new ArrayList<>();
    for (ModelStudy model : models) {
      results.add(
          measured.day().status() == StudyStatus.OK
              ? model.measure(measured, instrumentId)
              : unmeasured(model.model(), measured));
    }
    return results;
  }

  /** The calendar the results' indices are of. */
  public TradingCalendar calendar() {
    return calendar;
  }

  private ModelResult unmeasured(ReturnModel model, StudyEvent event) {
    EventDay day = event.day();
    return ModelStudy.failed(
        event, model, plan, Fit.failed(day.status(), day.reason(), 0), day.reason());
  }

  private static int[] eventDays(List<StudyEvent> events) {
    return events.stream()
        .filter(event -> event.day().status() == StudyStatus.OK)
        .mapToInt(event -> event.day().index())
        .sorted()
        .toArray();
  }

  static String join(String... reasons) {
    return String.join("; ", Arrays.stream(reasons).filter(reason -> !reason.isEmpty()).toList());
  }
}
