package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import io.dealimpact.row.RowWriter;
import io.dealimpact.study.event.AbnormalVolatility;
import io.dealimpact.study.event.Confounder;
import io.dealimpact.study.event.DayResult;
import io.dealimpact.study.event.Dollars;
import io.dealimpact.study.event.EventMeasure;
import io.dealimpact.study.event.EventVolume;
import io.dealimpact.study.event.MeasuredEvent;
import io.dealimpact.study.event.ModelFit;
import io.dealimpact.study.event.WindowResult;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Measured events as rows: one for each event and model. */
final class MeasuredEventRows {
  private static final StructType VOLUME_DAY =
      new StructType()
          .add("relative_day", IntegerType)
          .add("day", IntegerType)
          .add("measure", StringType)
          .add("log_value", DoubleType)
          .add("expected", DoubleType)
          .add("abnormal", DoubleType)
          .add("standardized", DoubleType)
          .add("df", IntegerType)
          .add("p_value", DoubleType)
          .add("n_estimation", IntegerType)
          .add("status", StringType)
          .add("status_reason", StringType);

  private static final StructType VOLATILITY_DAY =
      new StructType()
          .add("relative_day", IntegerType)
          .add("day", IntegerType)
          .add("squared_sar", DoubleType)
          .add("excess", DoubleType)
          .add("df", IntegerType)
          .add("p_value", DoubleType)
          .add("status", StringType)
          .add("status_reason", StringType);

  static final StructType DAY =
      new StructType()
          .add("relative_day", IntegerType)
          .add("day", IntegerType)
          .add("actual_return", DoubleType)
          .add("expected_return", DoubleType)
          .add("abnormal_return", DoubleType)
          .add("standardized_ar", DoubleType);

  static final StructType WINDOW =
      new StructType()
          .add("window_start", IntegerType)
          .add("window_end", IntegerType)
          .add("status", StringType)
          .add("status_reason", StringType)
          .add("car", DoubleType)
          .add("car_se", DoubleType)
          .add("car_t", DoubleType)
          .add("car_df", IntegerType)
          .add("car_p", DoubleType)
          .add("scar", DoubleType)
          .add("bhar", DoubleType)
          .add("raw_close_usd", DoubleType)
          .add("raw_high_usd", DoubleType)
          .add("raw_open_usd", DoubleType)
          .add("market_cap_before_usd", DoubleType)
          .add("abnormal_usd", DoubleType)
          .add("abnormal_usd_low", DoubleType)
          .add("abnormal_usd_high", DoubleType)
          .add("gain_per_deal_usd", DoubleType)
          .add("abnormal_share_of_cap", DoubleType)
          .add("placebo_p", DoubleType)
          .add("placebo_n", IntegerType)
          .add("sample_quantile_p", DoubleType)
          .add("history_p", DoubleType)
          .add("history_n", IntegerType)
          .add("donor_p", DoubleType)
          .add("donor_n", IntegerType)
          .add("market_return", DoubleType)
          .add("sector_return", DoubleType)
          .add("alpha_return", DoubleType)
          .add("market_usd", DoubleType)
          .add("sector_usd", DoubleType)
          .add("own_usd", DoubleType)
          .add("drift_usd", DoubleType)
          .add("own_ci_low_usd", DoubleType)
          .add("own_ci_high_usd", DoubleType)
          .add("overnight_own_usd", DoubleType)
          .add("session_own_usd", DoubleType)
          .add("detectable_usd", DoubleType)
          .add("confounders", StringType)
          .add("confounder_list", createArrayType(StringType))
          .add("is_confounded", BooleanType);

  /**
   * One row for each event and model; days count from 1970-01-01. {@code sample} is kept where the
   * deal has other listed parties, whose net needs it.
   */
  static final StructType SCHEMA =
      new StructType()
          .add("event_id", StringType)
          .add("deal_id", StringType)
          .add("instrument_id", StringType)
          .add("role", StringType)
          .add("deal_type", StringType)
          .add("announced_day", IntegerType)
          .add("event_day", IntegerType)
          .add("event_index", IntegerType)
          .add("company_day", StringType)
          .add("is_primary", BooleanType)
          .add("model", StringType)
          .add("is_headline", BooleanType)
          .add("sector_benchmark", StringType)
          .add("benchmark", StringType)
          .add("attributes", createMapType(StringType, StringType))
          .add("status", StringType)
          .add("status_reason", StringType)
          .add("alpha", DoubleType)
          .add("beta", DoubleType)
          .add("coefficients", createMapType(StringType, DoubleType))
          .add("sigma", DoubleType)
          .add("n", IntegerType)
          .add("degrees_of_freedom", IntegerType)
          .add("r_squared", DoubleType)
          .add("estimation_start_day", IntegerType)
          .add("estimation_end_day", IntegerType)
          .add("overlapping_event_days", IntegerType)
          .add("is_record_close", BooleanType)
          .add("sector_share_outside", DoubleType)
          .add("days", createArrayType(DAY))
          .add("windows", createArrayType(WINDOW))
          .add("sample", BinaryType)
          .add("deal_usd", DoubleType)
          .add("value_type", StringType)
          .add("volume_days", createArrayType(VOLUME_DAY))
          .add("volatility_days", createArrayType(VOLATILITY_DAY));

  private static final RowWriter EVENTS = new RowWriter(SCHEMA);
  private static final RowWriter DAYS = new RowWriter(DAY);
  private static final RowWriter WINDOWS = new RowWriter(WINDOW);
  private static final RowWriter VOLUME_DAYS = new RowWriter(VOLUME_DAY);
  private static final RowWriter VOLATILITY_DAYS = new RowWriter(VOLATILITY_DAY);

  private final TradingCalendar calendar;
  private final Set<EventMeasure.Kind> measures;

  /**
   * Rows of a study.
   *
   * @param calendar that the events' days are indices of
   * @param measures what is measured of the events
   */
  MeasuredEventRows(TradingCalendar calendar, Set<EventMeasure.Kind> measures) {
    this.calendar = calendar;
    this.measures = measures;
  }

  /**
   * The row of an event.
   *
   * @param sectorShareOutside of the sector's other instruments on day 0, a fraction; NaN if not
   *     known
   */
  Row encode(MeasuredEvent event, double sectorShareOutside) {
    ModelFit fit = event.result().fit();
    boolean fitted = event.result().sample().isPresent();
    Optional<EventWindow> estimation = event.estimationDays();
    return EVENTS
        .row()
        .text("event_id", event.input().eventId())
        .text("deal_id", event.input().party().dealId())
        .text("instrument_id", event.instrumentId())
        .text("role", event.input().party().role())
        .text("deal_type", event.input().party().dealType())
        .whole("announced_day", event.input().announcedEpochDay())
        .whole("event_day", event.hasDay() ? calendar.epochDay(event.day().index()) : null)
        .whole("event_index", event.hasDay() ? event.day().index() : null)
        .textOrNull("company_day", event.companyDay(calendar).orElse(""))
        .flag("is_primary", event.standing().isPrimary())
        .text("model", fit.model().code())
        .flag("is_headline", event.standing().isHeadline())
        .textOrNull("sector_benchmark", event.standing().sector())
        .text("benchmark", event.input().market().benchmark())
        .value(
            "attributes", CollectionConverters.asScala(new TreeMap<>(event.input().attributes())))
        .text("status", event.status(fit.status()))
        .textOrNull("status_reason", event.reason())
        .number("alpha", fit.alpha())
        .number("beta", fit.beta())
        .value("coefficients", coefficients(fit))
        .number("sigma", fit.residuals().sigma())
        .whole("n", fit.residuals().n())
        .whole("degrees_of_freedom", fitted ? fit.residuals().degreesOfFreedom() : null)
        .number("r_squared", fit.residuals().rSquared())
        .whole("estimation_start_day", estimation.map(w -> day(event, w.start())).orElse(null))
        .whole("estimation_end_day", estimation.map(w -> day(event, w.end())).orElse(null))
        .whole("overlapping_event_days", event.surroundings().overlappingEventDays())
        .flag("is_record_close", event.isRecordClose().orElse(null))
        .number("sector_share_outside", sectorShareOutside)
        .value("days", event.result().days().stream().map(this::day).toArray(Row[]::new))
        .value("windows", windows(event))
        .value("sample", sampleOfNet(event))
        .number("deal_usd", event.input().party().dealUsd())
        .text("value_type", event.input().party().valueType())
        .value("volume_days", event.volume().map(this::days).orElse(null))
        .value(
            "volatility_days",
            measures.contains(EventMeasure.Kind.VOLATILITY) ? volatility(event) : null)
        .build();
  }

  /** The day of a relative day; null before the calendar starts. */
  private Integer day(MeasuredEvent event, int relative) {
    int index = event.day().index() + relative;
    return index < 0 ? null : calendar.epochDay(index);
  }

  private static Object coefficients(ModelFit fit) {
    TreeMap<String, Double> finite = new TreeMap<>();
    fit.coefficients()
        .forEach(
            (name, value) -> {
              if (Double.isFinite(value)) {
                finite.put(name, value);
              }
            });
    return CollectionConverters.asScala(finite);
  }

  private Row day(DayResult day) {
    return DAYS.row()
        .whole("relative_day", day.relativeDay())
        .whole("day", calendar.epochDay(day.calendarIndex()))
        .number("actual_return", day.actual())
        .number("expected_return", day.expected())
        .number("abnormal_return", day.abnormal())
        .number("standardized_ar", day.standardized())
        .build();
  }

  private static Row[] windows(MeasuredEvent event) {
    return IntStream.range(0, event.result().windows().size())
        .mapToObj(i -> window(event, event.result().windows().get(i), event.dollars().get(i)))
        .toArray(Row[]::new);
  }

  private static Row window(MeasuredEvent event, WindowResult w, Dollars usd) {
    boolean ok = w.status() == StudyStatus.OK;
    List<String> news = event.confounders(w).stream().map(Confounder::text).toList();
    return WINDOWS
        .row()
        .whole("window_start", w.window().start())
        .whole("window_end", w.window().end())
        .text("status", event.status(w.status()))
        .textOrNull("status_reason", event.windowReason(w, usd))
        .number("car", w.car())
        .number("car_se", w.carSe())
        .number("car_t", w.t())
        .whole("car_df", ok ? w.df() : null)
        .number("car_p", w.p())
        .number("scar", w.scar())
        .number("bhar", w.bhar())
        .number("raw_close_usd", usd.raw().closeUsd())
        .number("raw_high_usd", usd.raw().highUsd())
        .number("raw_open_usd", MeasuredEvent.rawOpenUsd(w, usd))
        .number("market_cap_before_usd", usd.marketCapBeforeUsd())
        .number("abnormal_usd", usd.abnormal().usd())
        .number("abnormal_usd_low", usd.abnormal().lowUsd())
        .number("abnormal_usd_high", usd.abnormal().highUsd())
        .number("gain_per_deal_usd", usd.gainPerDealUsd())
        .number("abnormal_share_of_cap", usd.abnormalShareOfMarketCap())
        .number("placebo_p", w.placeboP())
        .whole("placebo_n", ok ? w.placeboN() : null)
        .number("sample_quantile_p", w.sampleQuantileP())
        .number("history_p", w.history().p())
        .whole("history_n", ok ? w.history().days() : null)
        .number("donor_p", w.donors().p())
        .whole("donor_n", w.donors().donors() > 0 ? w.donors().donors() : null)
        .number("market_return", w.parts().market())
        .number("sector_return", w.parts().sector())
        .number("alpha_return", w.parts().alpha())
        .number("market_usd", usd.split().marketUsd())
        .number("sector_usd", usd.split().sectorUsd())
        .number("own_usd", usd.split().own().usd())
        .number("drift_usd", usd.split().driftUsd())
        .number("own_ci_low_usd", usd.split().own().lowUsd())
        .number("own_ci_high_usd", usd.split().own().highUsd())
        .number("overnight_own_usd", usd.split().overnightOwnUsd())
        .number("session_own_usd", usd.split().sessionOwnUsd())
        .number("detectable_usd", usd.split().detectableUsd())
        .textOrNull("confounders", String.join("; ", news))
        .texts("confounder_list", news)
        .flag("is_confounded", event.isConfounded(w).orElse(null))
        .build();
  }

  private Row[] days(EventVolume volume) {
    return volume.days(calendar).stream()
        .map(
            day ->
                VOLUME_DAYS
                    .row()
                    .whole("relative_day", day.relativeDay())
                    .whole(
                        "day",
                        day.calendarIndex().isPresent()
                            ? calendar.epochDay(day.calendarIndex().getAsInt())
                            : null)
                    .text("measure", volume.measure())
                    .number("log_value", day.value().log())
                    .number("expected", day.value().expected())
                    .number("abnormal", day.value().abnormal())
                    .number("standardized", day.value().standardized())
                    .whole("df", day.test().map(EventVolume.DayTest::df).orElse(null))
                    .number("p_value", day.test().map(EventVolume.DayTest::p))
                    .whole("n_estimation", volume.series().estimation().n())
                    .text("status", day.status().name())
                    .textOrNull("status_reason", day.reason())
                    .build())
        .toArray(Row[]::new);
  }

  /** What the net of the deal needs of the event; null for the only listed party. */
  private static byte[] sampleOfNet(MeasuredEvent event) {
    return event.input().party().listedParties() > 1
        ? event.result().sample().map(EventSampleCodec::toBytes).orElse(null)
        : null;
  }

  /** An event that could not be measured has one row, of day 0. */
  private Row[] volatility(MeasuredEvent event) {
    return event
        .result()
        .sample()
        .map(
            sample ->
                event.result().days().stream()
                    .map(day -> volatility(AbnormalVolatility.of(sample, day.relativeDay()), day))
                    .toArray(Row[]::new))
        .orElseGet(() -> new Row[] {unmeasured(event)});
  }

  private Row volatility(AbnormalVolatility.Day measured, DayResult day) {
    return VOLATILITY_DAYS
        .row()
        .whole("relative_day", measured.relativeDay())
        .whole("day", calendar.epochDay(day.calendarIndex()))
        .number("squared_sar", measured.squaredSar())
        .number("excess", measured.excess())
        .whole("df", measured.df().isPresent() ? measured.df().getAsInt() : null)
        .number("p_value", measured.p())
        .text("status", measured.status().name())
        .textOrNull("status_reason", measured.reason())
        .build();
  }

  private static Row unmeasured(MeasuredEvent event) {
    return VOLATILITY_DAYS
        .row()
        .whole("relative_day", 0)
        .none("day")
        .none("squared_sar")
        .none("excess")
        .none("df")
        .none("p_value")
        .text("status", event.status(event.result().fit().status()))
        .textOrNull("status_reason", event.reason())
        .build();
  }
}
