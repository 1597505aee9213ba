package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.study.event.DealNet;
import io.dealimpact.study.event.DealWindow;
import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.event.WindowResult;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.ReturnKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A deal's measured events, rows of {@link MeasuredEventRows}, to a row of {@link DealWindow} for
 * each model and window. The headline is the sum over the parties, each under the model that stands
 * for it: the row of that model where it is the same for all of them, else one more row, under the
 * name {@link #HEADLINE}.
 */
public final class DealMeasurer implements FlatMapGroupsFunction<String, Row, Row> {
  /** In place of a model's name: of each party its own headline model. */
  public static final String HEADLINE = "headline";

  private static final long serialVersionUID = 1L;
  private static final StructType SCHEMA =
      new StructType()
          .add("deal_id", StringType)
          .add("model", StringType)
          .add("is_headline", BooleanType)
          .add("window_start", IntegerType)
          .add("window_end", IntegerType)
          .add("event_day", IntegerType)
          .add("status", StringType)
          .add("status_reason", StringType)
          .add("parties_listed", IntegerType)
          .add("parties_measured", IntegerType)
          .add("gained", StringType)
          .add("lost", StringType)
          .add("gainers", createArrayType(StringType))
          .add("losers", createArrayType(StringType))
          .add("net_raw_close_usd", DoubleType)
          .add("net_abnormal_usd", DoubleType)
          .add("net_abnormal_usd_se", DoubleType)
          .add("net_abnormal_usd_low", DoubleType)
          .add("net_abnormal_usd_high", DoubleType)
          .add("net_abnormal_t", DoubleType)
          .add("net_abnormal_df", IntegerType)
          .add("net_abnormal_p", DoubleType);

  private static final RowWriter DEALS = new RowWriter(SCHEMA);

  /** What a deal's rows are made of, of each of its events. */
  private static final List<String> OF_EVENT =
      List.of(
          "deal_id",
          "event_id",
          "instrument_id",
          "model",
          "is_headline",
          "benchmark",
          "event_day",
          "event_index",
          "sample");

  /** What they are made of, of each window. */
  private static final List<String> OF_WINDOW =
      List.of(
          "window_start",
          "window_end",
          "status",
          "car",
          "car_se",
          "car_t",
          "car_df",
          "car_p",
          "raw_close_usd",
          "market_cap_before_usd",
          "abnormal_usd");

  private static final StructType EVENTS =
      Columns.some(MeasuredEventRows.SCHEMA, OF_EVENT)
          .add("windows", createArrayType(Columns.some(MeasuredEventRows.WINDOW, OF_WINDOW)));

  private static final RowReader WINDOWS =
      RowReader.of(Columns.some(MeasuredEventRows.WINDOW, OF_WINDOW));

  private final RowReader events = RowReader.of(EVENTS);
  private final double confidence;
  private final ReturnKind kind;

  /**
   * Sums measured events, in rows of {@link #columns}.
   *
   * @param confidence of the two-sided intervals
   * @param kind of the study's returns
   */
  public DealMeasurer(double confidence, ReturnKind kind) {
    this.confidence = confidence;
    this.kind = kind;
  }

  /** The columns of measured events that are read, for a selection. */
  public static Column[] columns() {
    Column windows =
        transform(
            col("windows"),
            window ->
                struct(
                    OF_WINDOW.stream()
                        .map(name -> window.getField(name).as(name))
                        .toArray(Column[]::new)));
    return Stream.concat(Arrays.stream(Columns.named(OF_EVENT)), Stream.of(windows.as("windows")))
        .toArray(Column[]::new);
  }

  /** Encoder of the input rows. */
  public static Encoder<Row> eventEncoder() {
    return Encoders.row(EVENTS);
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  private record Key(String model, EventWindow window) {}

  @Override
  public Iterator<Row> call(String dealId, Iterator<Row> measured) {
    Map<Key, List<DealWindow.Party>> parties = new LinkedHashMap<>();
    Map<EventWindow, List<DealWindow.Party>> headlines = new LinkedHashMap<>();
    Set<String> headlineModels = new TreeSet<>();
    while (measured.hasNext()) {
      RowReader.Cells event = events.at(measured.next());
      Optional<EventSample> sample =
          Optional.ofNullable(event.bytes("sample")).map(EventSampleCodec::fromBytes);
      for (Row row : event.<Row>list("windows")) {
        RowReader.Cells window = WINDOWS.at(row);
        EventWindow days =
            new EventWindow(window.whole("window_start"), window.whole("window_end"));
        DealWindow.Party party = party(event, window, days, sample);
        parties
            .computeIfAbsent(new Key(event.text("model"), days), key -> new ArrayList<>())
            .add(party);
        if (Boolean.TRUE.equals(event.flagOrNull("is_headline"))) {
          headlines.computeIfAbsent(days, key -> new ArrayList<>()).add(party);
          headlineModels.add(event.text("model"));
        }
      }
    }
    String headline = headlineModels.size() == 1 ? headlineModels.iterator().next() : HEADLINE;
    headlines.forEach((days, list) -> parties.putIfAbsent(new Key(headline, days), list));
    List<Row> rows = new ArrayList<>();
    parties.forEach(
        (key, list) -> rows.add(row(dealId, key, headline, DealWindow.of(list, confidence, kind))));
    return rows.iterator();
  }

  private static DealWindow.Party party(
      RowReader.Cells event,
      RowReader.Cells window,
      EventWindow days,
      Optional<EventSample> sample) {
    Integer eventDay = event.wholeOrNull("event_day");
    DealNet.DayZero dayZero =
        eventDay == null
            ? new DealNet.DayZero(event.text("benchmark"), 0, 0)
            : new DealNet.DayZero(event.text("benchmark"), event.whole("event_index"), eventDay);
    return new DealWindow.Party(
        new DealNet.Party(
            event.text("instrument_id"),
            dayZero,
            window.number("market_cap_before_usd"),
            result(days, window),
            sample),
        eventDay == null ? OptionalInt.empty() : OptionalInt.of(eventDay),
        window.number("raw_close_usd"),
        window.number("abnormal_usd"));
  }

  private static Row row(String dealId, Key key, String headline, DealWindow deal) {
    DealNet net = deal.net();
    OptionalInt day = deal.firstEventDay();
    return DEALS
        .row()
        .text("deal_id", dealId)
        .text("model", key.model())
        .flag("is_headline", key.model().equals(headline))
        .whole("window_start", key.window().start())
        .whole("window_end", key.window().end())
        .whole("event_day", day.isPresent() ? day.getAsInt() : null)
        .text("status", deal.status().name())
        .textOrNull("status_reason", net.reason())
        .whole("parties_listed", deal.parties().size())
        .whole("parties_measured", net.parties())
        .textOrNull("gained", String.join(", ", deal.gained()))
        .textOrNull("lost", String.join(", ", deal.lost()))
        .texts("gainers", deal.gainers())
        .texts("losers", deal.losers())
        .number("net_raw_close_usd", deal.netRawCloseUsd())
        .number("net_abnormal_usd", net.amount().usd())
        .number("net_abnormal_usd_se", net.seUsd())
        .number("net_abnormal_usd_low", net.amount().lowUsd())
        .number("net_abnormal_usd_high", net.amount().highUsd())
        .number("net_abnormal_t", net.t())
        .whole("net_abnormal_df", net.df() == 0 ? null : net.df())
        .number("net_abnormal_p", net.p())
        .build();
  }

  private static WindowResult result(EventWindow days, RowReader.Cells window) {
    Integer df = window.wholeOrNull("car_df");
    return WindowResult.builder(days, DealWindow.partyStatus(window.text("status")))
        .car(window.number("car"), window.number("car_se"))
        .test(window.number("car_t"), df == null ? 0 : df, window.number("car_p"))
        .build();
  }
}
