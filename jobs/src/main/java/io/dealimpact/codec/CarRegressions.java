package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.study.group.CarModels;
import io.dealimpact.study.group.CrossSectionalRegression.Coefficient;
import io.dealimpact.study.group.CrossSectionalRegression.Fit;
import io.dealimpact.study.group.TestStatus;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The events under one model and window to a row for each coefficient of {@link CarModels}. */
public final class CarRegressions implements FlatMapGroupsFunction<Row, Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final StructType KEY =
      new StructType()
          .add("model", StringType)
          .add("window_start", IntegerType)
          .add("window_end", IntegerType);

  private static final StructType INPUT =
      KEY.add("event_id", StringType)
          .add("role", StringType)
          .add("event_day", IntegerType)
          .add("car", DoubleType)
          .add("deal_usd", DoubleType)
          .add("value_type", StringType)
          .add("market_cap_before_usd", DoubleType)
          .add("attributes", createMapType(StringType, StringType));

  private static final StructType OUTPUT =
      KEY.add("specification", StringType)
          .add("errors", StringType)
          .add("term", StringType)
          .add("estimate", DoubleType)
          .add("standard_error", DoubleType)
          .add("t", DoubleType)
          .add("df", IntegerType)
          .add("p_value", DoubleType)
          .add("n", IntegerType)
          .add("clusters", IntegerType)
          .add("base", StringType)
          .add("r_squared", DoubleType)
          .add("status", StringType)
          .add("status_reason", StringType);

  private static final RowReader KEYS = RowReader.of(KEY);
  private static final RowReader EVENTS = RowReader.of(INPUT);
  private static final RowWriter COEFFICIENTS = new RowWriter(OUTPUT);

  private final List<String> covariates;

  /**
   * Regressions of a study.
   *
   * @param covariates names of attributes, beside deal value and role
   */
  public CarRegressions(List<String> covariates) {
    this.covariates = new ArrayList<>(covariates);
  }

  /** The columns of a group: model, window_start, window_end. */
  public static Column[] keyColumns() {
    return Columns.named(List.of(KEY.fieldNames()));
  }

  /** The columns of an event. */
  public static Column[] inputColumns() {
    return Columns.named(List.of(INPUT.fieldNames()));
  }

  /** Encoder of the key: model, window_start, window_end. */
  public static Encoder<Row> keyEncoder() {
    return Encoders.row(KEY);
  }

  /** Encoder of the input rows, in the order of {@link #inputColumns}. */
  public static Encoder<Row> inputEncoder() {
    return Encoders.row(INPUT);
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(OUTPUT);
  }

  /** Rows come sorted by event_id, so that the sums do not depend on how they travelled. */
  @Override
  public Iterator<Row> call(Row key, Iterator<Row> rows) {
    List<CarModels.Event> events = new ArrayList<>();
    while (rows.hasNext()) {
      RowReader.Cells event = EVENTS.at(rows.next());
      events.add(
          CarModels.Event.of(
              event.text("role"),
              event.whole("event_day"),
              event.number("car"),
              new CarModels.Value(
                  event.number("deal_usd"),
                  event.number("market_cap_before_usd"),
                  event.text("value_type")),
              event.texts("attributes")));
    }
    List<Row> found = new ArrayList<>();
    for (CarModels.Regression regression : CarModels.fit(events, covariates)) {
      regression.coefficients().forEach(c -> found.add(row(key, regression, c)));
    }
    return found.iterator();
  }

  private static Row row(Row key, CarModels.Regression regression, Coefficient coefficient) {
    RowReader.Cells group = KEYS.at(key);
    Fit fit = regression.fit();
    return COEFFICIENTS
        .row()
        .text("model", group.text("model"))
        .whole("window_start", group.whole("window_start"))
        .whole("window_end", group.whole("window_end"))
        .text("specification", regression.specification())
        .text("errors", regression.errors().name())
        .text("term", coefficient.name())
        .number("estimate", coefficient.estimate())
        .number("standard_error", coefficient.standardError())
        .number("t", coefficient.t())
        .whole("df", fit.status() == TestStatus.OK ? fit.df() : null)
        .number("p_value", coefficient.pValue())
        .whole("n", fit.n())
        .whole("clusters", fit.clusters())
        .textOrNull("base", regression.base())
        .number("r_squared", fit.rSquared())
        .text("status", fit.status().name())
        .textOrNull("status_reason", fit.reason())
        .build();
  }
}
