package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.SectorSeries;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.model.Fit;
import io.dealimpact.study.model.ReturnInputs;
import io.dealimpact.study.model.ReturnModel;
import io.dealimpact.study.model.StandardModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One instrument in one study: its returns and the running sums of each model, computed once; its
 * events are measured against them.
 *
 * <p>Day t's return needs the prices of t − 1 and t. Two returns span more: that of day 0 after a
 * halt, and every return of {@link StandardModel#TRADE_TO_TRADE} after days without a bar. They are
 * held against the benchmark and the factors compounded over the same days, with √days times the
 * standard deviation; a window that holds such a day counts the days it spans as measured by it.
 * Their own abnormal returns stay NaN, so that {@link EventSample#car} is NaN for such a window and
 * tests over many events leave the event out of it.
 *
 * <p>The placebo rank of a window is among the days of the instrument whose own window of the same
 * shape ends before the first day of the event's windows (the event window among them), does not
 * overlap that of any of its events, is complete, and whose estimation window suffices. Later days
 * do not count: a finished event does not change with later data.
 *
 * <p>Not safe for use by several threads.
 */
public final class InstrumentStudy {
  private final String instrumentId;
  private final TradingCalendar calendar;
  private final StudyPlan plan;
  private final List<StudyEvent> events;
  private final String note;
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
    this(instrumentId, calendar, prices, market, Optional.empty(), plan, events);
  }

  /**
   * The study of an instrument that has a sector.
   *
   * @param instrumentId the instrument
   * @param calendar the benchmark's trading days
   * @param prices of the instrument, aligned to the calendar
   * @param market what it is compared with, aligned to the calendar
   * @param sector its sector, aligned to the calendar; empty where it has none
   * @param plan what is measured
   * @param events all events of the instrument: placebo days keep clear of them
   * @throws IllegalArgumentException if prices or market are not aligned to the calendar
   */
  public InstrumentStudy(
      String instrumentId,
      TradingCalendar calendar,
      PriceHistory prices,
      MarketData market,
      Optional<SectorSeries> sector,
      StudyPlan plan,
      List<StudyEvent> events) {
    if (prices.size() != calendar.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s has prices of %d days, the calendar has %d",
              instrumentId,
              prices.size(),
              calendar.size()));
    }
    this.instrumentId = instrumentId;
    this.calendar = calendar;
    this.plan = plan;
    this.events = List.copyOf(events);
    PriceKind price = priceKind(prices, plan);
    note =
        join(
            price == plan.price() ? "" : note(prices, price),
            prices.given().isEmpty() || prices.hasCloses()
                ? ""
                : "the instrument has returns and no prices");
    ReturnInputs inputs = new ReturnInputs(prices, price, plan.returns(), market, sector);
    for (ReturnModel model : plan.models()) {
      models.add(new ModelStudy(model, inputs, calendar, prices, plan, eventDays(this.events)));
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
    return underEachModel(event, (model, noted) -> model.measure(noted, instrumentId));
  }

  /**
   * The same without samples: for who needs the figures of single events only. Nothing of the
   * length of the estimation window is kept.
   *
   * @param event its index in the list of events
   */
  public List<ModelResult> results(int event) {
    return underEachModel(event, ModelStudy::results);
  }

  private List<ModelResult> underEachModel(
      int event, BiFunction<ModelStudy, StudyEvent, ModelResult> measure) {
    StudyEvent measured = noted(events.get(event));
    List<ModelResult> results = new ArrayList<>(models.size());
    for (ModelStudy model : models) {
      results.add(
          measured.day().status() == StudyStatus.OK
              ? measure.apply(model, measured)
              : unmeasured(model.model(), measured));
    }
    return results;
  }

  /**
   * An event's sample under the plan's first model, without measuring its windows; empty where the
   * model has no fit.
   *
   * @param event its index in the list of events
   */
  public Optional<EventSample> sample(int event) {
    StudyEvent measured = events.get(event);
    return measured.day().status() == StudyStatus.OK
        ? models.get(0).sample(measured, instrumentId)
        : Optional.empty();
  }

  /**
   * Every day before the last event that an event could be ranked among, under the plan's first
   * model, each held against the days before it as an event of that day would be. What the coverage
   * of the calibrated interval is counted on. Empty without an event.
   *
   * @param window of the CARs
   */
  public List<HistoryDay> historyDays(EventWindow window) {
    return models.get(0).historyDays(window);
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

  private StudyEvent noted(StudyEvent event) {
    EventDay day = event.day();
    return new StudyEvent(
        event.eventId(),
        new EventDay(day.index(), day.lastTrade(), day.status(), join(day.reason(), note)),
        event.ownWindow());
  }

  /** The plan's, or the other where the instrument has that alone. */
  private static PriceKind priceKind(PriceHistory prices, StudyPlan plan) {
    PriceKind other = plan.price() == PriceKind.CLOSE ? PriceKind.ADJUSTED_CLOSE : PriceKind.CLOSE;
    return !prices.has(plan.price()) && prices.has(other) ? other : plan.price();
  }

  private static String note(PriceHistory prices, PriceKind price) {
    if (price == PriceKind.ADJUSTED_CLOSE) {
      return "the instrument has no returns without dividends: measured on total returns";
    }
    return prices.hasCloses()
        ? "the instrument has no adjusted close: measured on the close, without dividends"
        : "the instrument has no total returns: measured on returns without dividends";
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
