package io.dealimpact.codec;

import io.dealimpact.study.event.DollarTerms;
import io.dealimpact.study.event.Dollars;
import io.dealimpact.study.event.EventDay;
import io.dealimpact.study.event.InstrumentStudy;
import io.dealimpact.study.event.ModelResult;
import io.dealimpact.study.event.StudyEvent;
import io.dealimpact.study.event.StudyPlan;
import io.dealimpact.study.event.WindowResult;
import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.Sessions;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.market.TradingHours;
import io.dealimpact.study.numeric.StudentT;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Measures all events of one instrument: where Spark meets the mathematics. Rows of {@link
 * InstrumentInput} in, a row of {@link MeasuredEvent} for each event and model out.
 */
public final class EventMeasurer implements FlatMapGroupsFunction<String, Row, Row> {
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
   * @param closes closing times by exchange and day since 1970-01-01, in exchange time
   */
  public EventMeasurer(
      TradingCalendar calendar,
      MarketData market,
      StudyPlan plan,
      Map<String, Map<Integer, LocalTime>> closes) {
    this.calendar = calendar;
    this.market = market;
    this.plan = plan;
    this.closes = closes;
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(MeasuredEvent.SCHEMA);
  }

  @Override
  public Iterator<Row> call(String instrumentId, Iterator<Row> rows) {
    InstrumentInput instrument = InstrumentInput.decode(rows, calendar);
    List<Row> measured = new ArrayList<>();
    measure(instrumentId, instrument).forEach(event -> measured.add(event.encode(calendar)));
    return measured.iterator();
  }

  /**
   * One event's calculation with its inputs; empty if the instrument has no such event.
   *
   * @param rows of the instrument, shaped by {@link InstrumentRows}
   */
  public Optional<EventCalculation> calculate(String instrumentId, List<Row> rows, String eventId) {
    InstrumentInput instrument = InstrumentInput.decode(rows.iterator(), calendar);
    List<MeasuredEvent> models =
        measure(instrumentId, instrument).stream()
            .filter(event -> event.input().eventId().equals(eventId))
            .toList();
    return models.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new EventCalculation(
                instrumentId,
                calendar,
                market,
                plan,
                instrument.prices(),
                instrument.marketCapUsd(),
                instrument.usdPerUnit(),
                models));
  }

  List<MeasuredEvent> measure(String instrumentId, InstrumentInput instrument) {
    List<StudyEvent> events = new ArrayList<>();
    for (EventInput event : instrument.events()) {
      events.add(
          new StudyEvent(
              event.eventId(), day(event.announcement(), event.exchange(), instrument.prices())));
    }
    InstrumentStudy study =
        new InstrumentStudy(
            instrumentId,
            calendar,
            instrument.prices(),
            market.forInstrument(instrumentId),
            plan,
            events);
    OtherNews news =
        new OtherNews(
            instrument,
            events,
            plan.hull(),
            calendar.size(),
            (announcement, exchange) -> day(announcement, exchange, instrument.prices()));
    VolumeLogs volumes = VolumeLogs.of(instrument);
    double[] highestBefore = highestBefore(instrument.prices());
    StudentT interval = new StudentT(plan.confidence());
    List<MeasuredEvent> measured = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      EventInput input = instrument.events().get(i);
      EventDay day = events.get(i).day();
      DollarTerms terms = terms(instrument, input, day);
      List<Confounder> confounders = news.near(i);
      Optional<EventVolume> volume = Optional.of(EventVolume.of(volumes, day, plan));
      for (ModelResult result : study.measure(i)) {
        List<Dollars> dollars = new ArrayList<>();
        for (WindowResult window : result.windows()) {
          dollars.add(Dollars.of(instrument.prices(), day, window, terms, interval));
        }
        measured.add(
            new MeasuredEvent(
                instrumentId,
                input,
                day,
                result,
                dollars,
                confounders,
                news.overlap(day, plan.estimation()),
                isRecordClose(instrument.prices(), highestBefore, day),
                volume));
        volume = Optional.empty();
      }
    }
    return measured;
  }

  private EventDay day(Announcement announcement, String exchange, PriceHistory prices) {
    return EventDay.resolve(announcement, sessions(exchange), calendar, prices);
  }

  private Sessions sessions(String exchange) {
    return new Sessions(
        TradingHours.of(exchange),
        exchange == null ? Map.of() : closes.getOrDefault(exchange, Map.of()));
  }

  /** Shares and rate as they were known at the last trade before day 0. */
  private DollarTerms terms(InstrumentInput instrument, EventInput event, EventDay day) {
    int before = day.lastTrade();
    double rate = before < 0 ? Double.NaN : instrument.usdPerUnit()[before];
    double shares =
        before < 0
            ? Double.NaN
            : instrument.marketCapUsd()[before] / (instrument.prices().close()[before] * rate);
    return new DollarTerms(shares, rate, event.dealUsd());
  }

  /** The highest close of the days before each day; NaN where there is none. */
  private static double[] highestBefore(PriceHistory prices) {
    double[] highest = new double[prices.size()];
    double soFar = Double.NaN;
    for (int t = 0; t < highest.length; t++) {
      highest[t] = soFar;
      double close = prices.close()[t];
      soFar = close <= soFar || Double.isNaN(close) ? soFar : close;
    }
    return highest;
  }

  private static boolean isRecordClose(PriceHistory prices, double[] highestBefore, EventDay day) {
    return day.status() == StudyStatus.OK
        && !(highestBefore[day.index()] >= prices.close()[day.index()]);
  }
}
