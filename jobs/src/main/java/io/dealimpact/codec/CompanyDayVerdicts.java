package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.study.event.EventP;
import io.dealimpact.study.event.EventVerdict;
import io.dealimpact.study.numeric.MultipleTesting;
import io.dealimpact.study.numeric.OnlineDiscoveries;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** All company-days of a study to what depends on all of them: q, Holm's p, verdicts. */
public final class CompanyDayVerdicts implements FlatMapGroupsFunction<String, Row, Row> {
  private static final long serialVersionUID = 1L;

  private static final StructType INPUT =
      new StructType()
          .add("company_day", StringType)
          .add("event_day", IntegerType)
          .add("history_p", DoubleType)
          .add("history_n", IntegerType)
          .add("car_p", DoubleType)
          .add("value_high_usd", DoubleType)
          .add("detectable_usd", DoubleType);

  private static final StructType OUTPUT =
      new StructType()
          .add("company_day", StringType)
          .add("p_value", DoubleType)
          .add("p_source", StringType)
          .add("p_text", StringType)
          .add("q_value", DoubleType)
          .add("p_holm", DoubleType)
          .add("verdict", StringType)
          .add("stands_out_online", BooleanType);

  private static final RowReader DAYS = RowReader.of(INPUT);
  private static final RowWriter VERDICTS = new RowWriter(OUTPUT);

  private final double level;

  private record Day(String id, EventP p, double dealUsd, double detectableUsd) {}

  /**
   * Verdicts at a level.
   *
   * @param level of p, q and the online decisions
   */
  public CompanyDayVerdicts(double level) {
    this.level = level;
  }

  /** The columns of the input rows. */
  public static Column[] inputColumns() {
    return Columns.named(List.of(INPUT.fieldNames()));
  }

  /** Encoder of the input rows. */
  public static Encoder<Row> inputEncoder() {
    return Encoders.row(INPUT);
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(OUTPUT);
  }

  /** Rows come in the order of the events. */
  @Override
  public Iterator<Row> call(String study, Iterator<Row> rows) {
    List<Day> days = new ArrayList<>();
    while (rows.hasNext()) {
      RowReader.Cells day = DAYS.at(rows.next());
      Integer history = day.wholeOrNull("history_n");
      days.add(
          new Day(
              day.text("company_day"),
              EventP.of(
                  day.number("history_p"), history == null ? 0 : history, day.number("car_p")),
              day.number("value_high_usd"),
              day.number("detectable_usd")));
    }
    double[] p = days.stream().mapToDouble(day -> day.p().value()).toArray();
    double[] q = MultipleTesting.benjaminiHochberg(p);
    double[] holm = MultipleTesting.holm(p);
    OnlineDiscoveries online = new OnlineDiscoveries(level);
    List<Row> verdicts = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      verdicts.add(row(days.get(i), q[i], holm[i], online));
    }
    return verdicts.iterator();
  }

  private Row row(Day day, double q, double holm, OnlineDiscoveries online) {
    boolean measured = !Double.isNaN(day.p().value());
    return VERDICTS
        .row()
        .text("company_day", day.id())
        .number("p_value", day.p().value())
        .textOrNull("p_source", day.p().source())
        .textOrNull("p_text", day.p().text())
        .number("q_value", q)
        .number("p_holm", holm)
        .textOrNull(
            "verdict",
            measured
                ? EventVerdict.of(day.p().value(), q, day.dealUsd(), day.detectableUsd(), level)
                    .code()
                : "")
        .flag("stands_out_online", measured ? online.isDiscovery(day.p().value()) : null)
        .build();
  }
}
