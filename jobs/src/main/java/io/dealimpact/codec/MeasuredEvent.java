package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import io.dealimpact.study.event.DayResult;
import io.dealimpact.study.event.Dollars;
import io.dealimpact.study.event.EventDay;
import io.dealimpact.study.event.ModelFit;
import io.dealimpact.study.event.ModelResult;
import io.dealimpact.study.event.WindowResult;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * One event under one model with everything gold says of it, and its row.
 *
 * @param volume of the event under its first model only: it depends on none
 */
public record MeasuredEvent(
    String instrumentId,
    EventInput input,
    EventDay day,
    ModelResult result,
    List<Dollars> dollars,
    List<Confounder> confounders,
    int overlappingEventDays,
    boolean recordClose,
    Optional<EventVolume> volume) {

  private static final StructType DAY =
      new StructType()
          .add("relative_day", IntegerType)
          .add("day", IntegerType)
          .add("actual_return", DoubleType)
          .add("expected_return", DoubleType)
          .add("abnormal_return", DoubleType)
          .add("standardized_ar", DoubleType);

  private static final StructType WINDOW =
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
          .add("confounders", StringType)
          .add("is_confounded", BooleanType);

  /** One row for each event and model; days count from 1970-01-01. */
  static final StructType SCHEMA =
      new StructType()
          .add("event_id", StringType)
          .add("deal_id", StringType)
          .add("instrument_id", StringType)
          .add("role", StringType)
          .add("deal_type", StringType)
          .add("announced_day", IntegerType)
          .add("event_day", IntegerType)
          .add("model", StringType)
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
          .add("days", createArrayType(DAY))
          .add("windows", createArrayType(WINDOW))
          .add("sample", BinaryType)
          .add("deal_usd", DoubleType)
          .add("volume_days", createArrayType(EventVolume.DAY))
          .add("volume_measure", StringType)
          .add("volume_sample", BinaryType);

  Row encode(TradingCalendar calendar) {
    ModelFit fit = result.fit();
    boolean dated = day.status() == StudyStatus.OK;
    boolean fitted = result.sample().isPresent();
    return RowFactory.create(
        input.eventId(),
        input.dealId(),
        instrumentId,
        input.role(),
        input.dealType(),
        input.announcedEpochDay(),
        dated ? calendar.epochDay(day.index()) : null,
        fit.model().code(),
        status(fit.status()),
        reasons(Stream.of(statusReason(fit.reason()))),
        number(fit.alpha()),
        number(fit.beta()),
        coefficients(fit),
        number(fit.sigma()),
        fit.n(),
        fitted ? fit.degreesOfFreedom() : null,
        number(fit.rSquared()),
        estimationDay(calendar, Side.FIRST),
        estimationDay(calendar, Side.LAST),
        overlappingEventDays,
        dated ? recordClose : null,
        days(calendar),
        windows(),
        result.sample().map(EventSampleCodec::toBytes).orElse(null),
        number(input.dealUsd()),
        volume.map(v -> v.encode(calendar)).orElse(null),
        volume.map(EventVolume::measure).orElse(null),
        volume.map(v -> v.sample(input.eventId(), instrumentId, calendar)).orElse(null));
  }

  private enum Side {
    FIRST,
    LAST
  }

  private Integer estimationDay(TradingCalendar calendar, Side side) {
    return result
        .sample()
        .map(
            sample -> {
              int relative =
                  sample.estimationStart()
                      + (side == Side.FIRST ? 0 : sample.residuals().length - 1);
              int index = day.index() + relative;
              return index < 0 ? null : calendar.epochDay(index);
            })
        .orElse(null);
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

  private Row[] days(TradingCalendar calendar) {
    return result.days().stream()
        .map(
            (DayResult d) ->
                RowFactory.create(
                    d.relativeDay(),
                    calendar.epochDay(d.calendarIndex()),
                    number(d.actual()),
                    number(d.expected()),
                    number(d.abnormal()),
                    number(d.standardized())))
        .toArray(Row[]::new);
  }

  private Row[] windows() {
    Row[] rows = new Row[result.windows().size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = window(result.windows().get(i), dollars.get(i));
    }
    return rows;
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
    return confounders.stream()
        .filter(c -> c.actsIn(window.window()))
        .map(c -> confounded(c, window))
        .toList();
  }

  private Row window(WindowResult w, Dollars usd) {
    boolean ok = w.status() == StudyStatus.OK;
    List<Confounder> inside = confounders.stream().filter(c -> c.actsIn(w.window())).toList();
    return RowFactory.create(
        w.window().start(),
        w.window().end(),
        status(w.status()),
        windowReason(w, usd),
        number(w.car()),
        number(w.carSe()),
        number(w.t()),
        ok ? w.df() : null,
        number(w.p()),
        number(w.scar()),
        number(w.bhar()),
        number(usd.rawCloseUsd()),
        number(usd.rawHighUsd()),
        w.window().start() == 0 && w.window().end() == 0 ? number(usd.rawOpenUsd()) : null,
        number(usd.marketCapBeforeUsd()),
        number(usd.abnormalUsd()),
        number(usd.abnormalLowUsd()),
        number(usd.abnormalHighUsd()),
        number(usd.gainPerDealUsd()),
        number(usd.abnormalShareOfMarketCap()),
        number(w.placeboP()),
        ok ? w.placeboN() : null,
        number(w.sampleQuantileP()),
        inside.isEmpty()
            ? null
            : inside.stream().map(Confounder::text).collect(Collectors.joining("; ")),
        day.status() == StudyStatus.OK ? !inside.isEmpty() : null);
  }

  private String windowReason(WindowResult w, Dollars usd) {
    List<String> parts = new ArrayList<>();
    parts.add(statusReason(w.reason()));
    parts.addAll(confounded(w));
    if (w.status() == StudyStatus.OK && Double.isNaN(usd.marketCapBeforeUsd())) {
      parts.add("no dollars: no count of shares was known before day 0");
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
    return String.format(
        Locale.ROOT,
        "confounded by %s: %+.2f %% of this CAR of %+.2f %% is from that day%s",
        confounder.text(),
        100 * itsDays,
        100 * w.car(),
        share);
  }

  private String status(StudyStatus status) {
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
    String text = parts.filter(p -> p != null && !p.isEmpty()).collect(Collectors.joining("; "));
    return text.isEmpty() ? null : text;
  }

  /** NULL for what is not a finite number: gold has no NaN. */
  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
