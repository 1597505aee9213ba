package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.study.event.DealNet;
import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.event.WindowResult;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.StudyStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Sums the measured events of a deal: rows of {@link MeasuredEvent} in, one a model and window. */
public final class DealMeasurer implements FlatMapGroupsFunction<String, Row, Row> {
  private static final long serialVersionUID = 1L;

  private static final StructType SCHEMA =
      new StructType()
          .add("deal_id", StringType)
          .add("model", StringType)
          .add("window_start", IntegerType)
          .add("window_end", IntegerType)
          .add("event_day", IntegerType)
          .add("status", StringType)
          .add("status_reason", StringType)
          .add("parties_listed", IntegerType)
          .add("parties_measured", IntegerType)
          .add("gained", StringType)
          .add("lost", StringType)
          .add("net_raw_close_usd", DoubleType)
          .add("net_abnormal_usd", DoubleType)
          .add("net_abnormal_usd_se", DoubleType)
          .add("net_abnormal_usd_low", DoubleType)
          .add("net_abnormal_usd_high", DoubleType);

  private final double confidence;

  public DealMeasurer(double confidence) {
    this.confidence = confidence;
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  private record Key(String model, EventWindow window) {}

  /** One party in one window. */
  private record PartyWindow(
      String instrumentId,
      Integer eventDay,
      double marketCapUsd,
      double rawCloseUsd,
      double abnormalUsd,
      WindowResult result,
      Optional<EventSample> sample) {

    DealNet.Party party() {
      return new DealNet.Party(instrumentId, marketCapUsd, result, sample);
    }
  }

  @Override
  public Iterator<Row> call(String dealId, Iterator<Row> measured) {
    Map<Key, List<PartyWindow>> parties = new LinkedHashMap<>();
    while (measured.hasNext()) {
      Row row = measured.next();
      String model = row.getAs("model");
      byte[] bytes = row.getAs("sample");
      Optional<EventSample> sample = Optional.ofNullable(bytes).map(EventSampleCodec::fromBytes);
      for (Row window : row.<Row>getList(row.fieldIndex("windows"))) {
        EventWindow days =
            new EventWindow(window.getAs("window_start"), window.getAs("window_end"));
        parties
            .computeIfAbsent(new Key(model, days), key -> new ArrayList<>())
            .add(
                new PartyWindow(
                    row.getAs("instrument_id"),
                    row.getAs("event_day"),
                    number(window, "market_cap_before_usd"),
                    number(window, "raw_close_usd"),
                    number(window, "abnormal_usd"),
                    result(days, window),
                    sample));
      }
    }
    List<Row> rows = new ArrayList<>();
    parties.forEach((key, list) -> rows.add(row(dealId, key, list)));
    return rows.iterator();
  }

  private Row row(String dealId, Key key, List<PartyWindow> parties) {
    DealNet net = DealNet.of(parties.stream().map(PartyWindow::party).toList(), confidence);
    boolean ok = net.status() == StudyStatus.OK;
    return RowFactory.create(
        dealId,
        key.model(),
        key.window().start(),
        key.window().end(),
        parties.stream()
            .map(PartyWindow::eventDay)
            .filter(day -> day != null)
            .min(Comparator.naturalOrder())
            .orElse(null),
        ok ? "OK" : "NO_VALUE",
        net.reason().isEmpty() ? null : net.reason(),
        parties.size(),
        net.parties(),
        names(parties, p -> p.abnormalUsd() > 0),
        names(parties, p -> p.abnormalUsd() < 0),
        sumOfRaw(parties),
        finite(net.netUsd()),
        finite(net.seUsd()),
        finite(net.lowUsd()),
        finite(net.highUsd()));
  }

  private static Double sumOfRaw(List<PartyWindow> parties) {
    double[] known =
        parties.stream().mapToDouble(PartyWindow::rawCloseUsd).filter(Double::isFinite).toArray();
    if (known.length == 0) {
      return null;
    }
    double sum = 0;
    for (double usd : known) {
      sum += usd;
    }
    return sum;
  }

  private static String names(List<PartyWindow> parties, Predicate<PartyWindow> which) {
    String names =
        parties.stream()
            .filter(which)
            .sorted(
                Comparator.comparingDouble((PartyWindow p) -> -Math.abs(p.abnormalUsd()))
                    .thenComparing(PartyWindow::instrumentId))
            .map(PartyWindow::instrumentId)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? null : names;
  }

  private static WindowResult result(EventWindow days, Row window) {
    String status = window.getAs("status");
    boolean ok = status.equals("OK");
    Integer df = window.getAs("car_df");
    return new WindowResult(
        days,
        ok ? StudyStatus.OK : known(status),
        "",
        number(window, "car"),
        number(window, "car_se"),
        number(window, "car_t"),
        df == null ? 0 : df,
        number(window, "car_p"),
        number(window, "scar"),
        number(window, "bhar"),
        number(window, "placebo_p"),
        0,
        number(window, "sample_quantile_p"));
  }

  private static StudyStatus known(String status) {
    for (StudyStatus value : StudyStatus.values()) {
      if (value.name().equals(status)) {
        return value;
      }
    }
    return StudyStatus.NO_PRICES;
  }

  private static double number(Row row, String field) {
    Double value = row.getAs(field);
    return value == null ? Double.NaN : value;
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
