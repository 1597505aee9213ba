package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.study.event.AbnormalSeries;
import io.dealimpact.study.event.EventDay;
import io.dealimpact.study.event.StudyPlan;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Abnormal volume around one event: log turnover where the shares are known on enough days of the
 * estimation window, else log volume.
 *
 * @param measure {@code log-turnover} or {@code log-volume}
 * @param day day 0
 * @param series against its mean
 */
public record EventVolume(String measure, EventDay day, AbnormalSeries series) {

  static final StructType DAY =
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

  static EventVolume of(VolumeLogs volumes, EventDay day, StudyPlan plan) {
    EventWindow window = plan.eventWindow();
    if (day.status() != StudyStatus.OK) {
      return new EventVolume("log-volume", day, unmeasured(day, window));
    }
    AbnormalSeries turnover =
        AbnormalSeries.of(volumes.turnover(), day.index(), plan.estimation(), window);
    if (turnover.status() == StudyStatus.OK) {
      return new EventVolume("log-turnover", day, turnover);
    }
    return new EventVolume(
        "log-volume",
        day,
        AbnormalSeries.of(volumes.volume(), day.index(), plan.estimation(), window));
  }

  private static AbnormalSeries unmeasured(EventDay day, EventWindow window) {
    double[] none = new double[window.length()];
    Arrays.fill(none, Double.NaN);
    return new AbnormalSeries(
        day.status(),
        day.reason(),
        Double.NaN,
        Double.NaN,
        0,
        0,
        new double[0],
        window.start(),
        none,
        none);
  }

  /** The event as a study of volume takes it; NULL where there is no volume to compare with. */
  byte[] sample(String eventId, String instrumentId, TradingCalendar calendar) {
    return day.status() == StudyStatus.OK
        ? series
            .sample(eventId, instrumentId, calendar.epochDay(day.index()))
            .map(EventSampleCodec::toBytes)
            .orElse(null)
        : null;
  }

  /** One row a relative day, measured or not. */
  Row[] encode(TradingCalendar calendar) {
    Row[] rows = new Row[series.abnormal().length];
    for (int i = 0; i < rows.length; i++) {
      int relative = series.start() + i;
      int index = day.index() + relative;
      boolean dated = day.status() == StudyStatus.OK && index >= 0 && index < calendar.size();
      double abnormal = series.abnormal()[i];
      boolean ok = series.status() == StudyStatus.OK;
      boolean missing = ok && Double.isNaN(abnormal);
      rows[i] =
          RowFactory.create(
              relative,
              dated ? calendar.epochDay(index) : null,
              measure,
              number(abnormal + series.mean()),
              number(series.mean()),
              number(abnormal),
              number(series.standardized()[i]),
              ok ? series.n() - 1 : null,
              ok ? number(series.p(relative)) : null,
              series.n(),
              missing ? StudyStatus.MISSING_RETURNS.name() : series.status().name(),
              missing
                  ? "no volume on day " + relative
                  : series.reason().isEmpty() ? null : series.reason());
    }
    return rows;
  }

  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
