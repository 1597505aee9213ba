package io.dealimpact.study.event;

import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.SectorSeries;
import io.dealimpact.study.market.Sessions;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.model.StandardModel;
import io.dealimpact.study.numeric.StudentT;
import java.io.Serializable;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures all events of one instrument in one go: day 0, returns under every model, dollars, other
 * news, volume.
 */
public final class InstrumentMeasurer implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TradingCalendar calendar;
  private final MarketData market;
  private final StudyPlan plan;
  private final Map<String, Map<Integer, LocalTime>> closes;

  /**
   * Prepares the measuring of a study.
   *
   * @param calendar the benchmark's trading days
   * @param market what instruments are compared with, aligned to the calendar
   * @param plan what is measured
   * @param closes closing times by code of the exchange and day since 1970-01-01, in exchange time
   */
  public InstrumentMeasurer(
      TradingCalendar calendar,
      MarketData market,
      StudyPlan plan,
      Map<String, Map<Integer, LocalTime>> closes) {
    this.calendar = calendar;
    this.market = market;
    this.plan = plan;
    this.closes = closes;
  }

  /** The same, for who needs the samples of events and not where their windows rank. */
  public InstrumentMeasurer withoutPlacebo() {
    return with(plan.withoutPlacebo());
  }

  /** The same by another plan, of returns of the same kind. */
  public InstrumentMeasurer with(StudyPlan other) {
    return new InstrumentMeasurer(calendar, market, other, closes);
  }

  /** The same with other series in the place of sectors. */
  public InstrumentMeasurer withSectors(Map<String, SectorSeries> sectors) {
    return new InstrumentMeasurer(calendar, market.withSectors(sectors), plan, closes);
  }

  /** The days that inputs are aligned to. */
  public TradingCalendar calendar() {
    return calendar;
  }

  /** What is measured of every event. */
  public StudyPlan plan() {
    return plan;
  }

  /** What instruments are compared with. */
  public MarketData market() {
    return market;
  }

  /** One event's calculation with its inputs; empty if the instrument has no such event. */
  public Optional<EventCalculation> calculate(
      String instrumentId, InstrumentInput instrument, String eventId) {
    List<MeasuredEvent> models =
        measure(instrumentId, instrument)
            .filter(event -> event.input().eventId().equals(eventId))
            .toList();
    return models.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new EventCalculation(
                instrumentId,
                calendar,
                market,
                planOf(models.get(0).input(), models.get(0).day()),
                instrument.prices(),
                instrument.marketCapUsd(),
                instrument.usdPerUnit(),
                models));
  }

  /**
   * Every event under every model, in the order of the events and the plan's models. One event is
   * measured at a time, so that an instrument may have any number.
   */
  public Stream<MeasuredEvent> measure(String instrumentId, InstrumentInput instrument) {
    PriceHistory prices = instrument.prices();
    List<StudyEvent> events = new ArrayList<>();
    for (EventInput event : instrument.events()) {
      EventDay day = day(event.announcement(), event.exchange(), prices);
      events.add(new StudyEvent(event.eventId(), withEstimation(event, day), event.own().event()));
    }
    Map<StudyPlan, InstrumentStudy> studies = new HashMap<>();
    Optional<SectorSeries> sector = sectorOf(instrument);
    Function<StudyPlan, InstrumentStudy> study =
        of ->
            new InstrumentStudy(
                instrumentId,
                calendar,
                prices,
                market.forInstrument(instrumentId),
                sector,
                of,
                events);
    CompanyDays companyDays = new CompanyDays(instrument.events(), events);
    OtherNews news =
        new OtherNews(
            instrument,
            events,
            plan.hull(),
            calendar.size(),
            (announcement, exchange) -> day(announcement, exchange, prices));
    Optional<VolumeLogs> volumes =
        plan.measures().contains(EventMeasure.Kind.VOLUME)
            ? Optional.of(VolumeLogs.of(instrument))
            : Optional.empty();
    RecordCloses records = RecordCloses.of(prices);
    StudentT interval = StudentT.of(plan.confidence());
    return IntStream.range(0, events.size())
        .boxed()
        .flatMap(
            i -> {
              EventInput input = instrument.events().get(i);
              EventDay day = events.get(i).day();
              StudyPlan own = planOf(input, day);
              DollarTerms terms = instrument.terms(input, day);
              MeasuredEvent.Surroundings surroundings =
                  new MeasuredEvent.Surroundings(
                      news(news.near(i), input, instrumentId),
                      news.overlap(day, own.estimation()),
                      day.status() == StudyStatus.OK
                          && !Double.isNaN(prices.close()[day.index()])
                          && records.isRecord(day.index()),
                      Dollars.marketCapBefore(prices, day, plan.axis().start(), terms));
              Optional<EventVolume> volume = volumes.map(logs -> EventVolume.of(logs, day, own));
              List<ModelResult> results = studies.computeIfAbsent(own, study).measure(i);
              int headline = Headline.of(plan.headlineModel(), results);
              boolean primary = companyDays.isPrimary(i);
              return IntStream.range(0, results.size())
                  .mapToObj(
                      model ->
                          new MeasuredEvent(
                              instrumentId,
                              input,
                              day,
                              results.get(model),
                              dollars(prices, day, results.get(model), terms, interval),
                              surroundings,
                              new MeasuredEvent.Standing(
                                  model == headline,
                                  primary,
                                  sector(results.get(model), instrument.sector())),
                              model == 0 ? volume : Optional.empty()));
            });
  }

  /** The study's plan, with the estimation window of the event where it has one. */
  private StudyPlan planOf(EventInput event, EventDay day) {
    return event.own().estimation().isPresent() && day.status() == StudyStatus.OK
        ? plan.withEstimation(window(event.own().estimation().get(), day).orElseThrow())
        : plan;
  }

  private Optional<EstimationWindow> window(OwnEstimation own, EventDay day) {
    return own.window(calendar, day.index(), plan.estimation().minimum())
        .filter(window -> window.end() < plan.axis().start());
  }

  /** Day 0, unless the event has an estimation window of its own that cannot be one. */
  private EventDay withEstimation(EventInput event, EventDay day) {
    if (day.status() != StudyStatus.OK
        || event.own().estimation().isEmpty()
        || window(event.own().estimation().get(), day).isPresent()) {
      return day;
    }
    return new EventDay(
        -1,
        -1,
        StudyStatus.INSUFFICIENT_HISTORY,
        String.format(
            Locale.ROOT,
            "%s: the event's own estimation window %s has no two trading days before day %d, on which"
                + " its windows begin",
            StudyStatus.INSUFFICIENT_HISTORY,
            event.own().estimation().get().text(),
            plan.axis().start()));
  }

  private static List<Confounder> news(
      List<Confounder> found, EventInput event, String instrumentId) {
    List<Confounder> all = new ArrayList<>(found);
    event.party().statedNews(instrumentId).forEach(text -> all.add(Confounder.stated(text)));
    return all;
  }

  /** The instrument's sector; a portfolio of peers leaves it out. */
  private Optional<SectorSeries> sectorOf(InstrumentInput instrument) {
    return market
        .sector(instrument.sector())
        .map(
            sector ->
                sector.isOfPeers()
                    ? sector.without(
                        PeerDays.outsideOwnEvents(instrument, calendar, plan),
                        PeerDays.weights(instrument))
                    : sector);
  }

  private String sector(ModelResult result, String name) {
    return result.fit().model() == StandardModel.MARKET_SECTOR && market.sector(name).isPresent()
        ? name
        : "";
  }

  private List<Dollars> dollars(
      PriceHistory prices, EventDay day, ModelResult result, DollarTerms terms, StudentT interval) {
    return result.windows().stream()
        .map(window -> Dollars.of(prices, day, window, terms, plan.returns(), interval))
        .toList();
  }

  private EventDay day(Announcement announcement, String exchange, PriceHistory prices) {
    return EventDay.resolve(announcement, sessions(exchange), calendar, prices);
  }

  private Sessions sessions(String exchange) {
    return Sessions.of(exchange, closes);
  }
}
