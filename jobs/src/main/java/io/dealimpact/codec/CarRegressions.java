package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.study.group.CrossSectionalRegression;
import io.dealimpact.study.group.CrossSectionalRegression.Coefficient;
import io.dealimpact.study.group.CrossSectionalRegression.Errors;
import io.dealimpact.study.group.CrossSectionalRegression.Fit;
import io.dealimpact.study.group.TestStatus;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The CARs of all events under one model and window, regressed on what is known of the events.
 *
 * <ul>
 *   <li>{@code value}: a constant and ln(deal value / market value before the window)
 *   <li>{@code role}: a constant and a dummy for each role; the most frequent role (of as many, the
 *       first by name) and roles with fewer than {@value #LEAST} events are the base
 *   <li>{@code value-role}: both
 * </ul>
 *
 * <p>An event with several roles has several dummies. Events without a CAR, or without an attribute
 * that a specification has, are not in it: n says how many are.
 */
public final class CarRegressions implements FlatMapGroupsFunction<Row, Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final int LEAST = 5;
  private static final String VALUE = "log_deal_value_to_cap";

  private static final StructType KEY =
      new StructType()
          .add("model", StringType)
          .add("window_start", IntegerType)
          .add("window_end", IntegerType);

  private static final StructType INPUT =
      KEY.add("event_id", StringType)
          .add("role", StringType)
          .add("car", DoubleType)
          .add("deal_usd", DoubleType)
          .add("market_cap_before_usd", DoubleType);

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
          .add("r_squared", DoubleType)
          .add("status", StringType)
          .add("status_reason", StringType);

  /** Encoder of the key: model, window_start, window_end. */
  public static Encoder<Row> keyEncoder() {
    return Encoders.row(KEY);
  }

  /** Encoder of the input rows: key, event_id, role, car, deal_usd, market_cap_before_usd. */
  public static Encoder<Row> inputEncoder() {
    return Encoders.row(INPUT);
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(OUTPUT);
  }

  private record Event(Set<String> roles, double car, double logValue) {}

  /** Rows come sorted by event_id, so that the sums do not depend on how they travelled. */
  @Override
  public Iterator<Row> call(Row key, Iterator<Row> rows) {
    List<Event> events = new ArrayList<>();
    TreeMap<String, Integer> counts = new TreeMap<>();
    rows.forEachRemaining(
        row -> {
          Set<String> roles = new TreeSet<>(List.of(row.getString(4).split("\\+", -1)));
          double ratio =
              row.isNullAt(6) || row.isNullAt(7) ? 0 : row.getDouble(6) / row.getDouble(7);
          events.add(
              new Event(roles, row.getDouble(5), ratio > 0 ? StrictMath.log(ratio) : Double.NaN));
          roles.forEach(role -> counts.merge(role, 1, Integer::sum));
        });
    List<String> dummies = dummies(counts);
    List<Row> found = new ArrayList<>();
    for (String specification : List.of("value", "role", "value-role")) {
      List<String> names = new ArrayList<>();
      if (specification.startsWith("value")) {
        names.add(VALUE);
      }
      if (specification.endsWith("role")) {
        names.addAll(dummies);
      }
      for (Errors errors : List.of(Errors.HC1, Errors.HC3)) {
        found.addAll(fitted(key, specification, errors, names, events));
      }
    }
    return found.iterator();
  }

  private static List<String> dummies(Map<String, Integer> counts) {
    String base = "";
    int most = 0;
    for (Map.Entry<String, Integer> role : counts.entrySet()) {
      if (role.getValue() > most) {
        base = role.getKey();
        most = role.getValue();
      }
    }
    List<String> dummies = new ArrayList<>();
    for (Map.Entry<String, Integer> role : counts.entrySet()) {
      if (!role.getKey().equals(base) && role.getValue() >= LEAST) {
        dummies.add("role=" + role.getKey());
      }
    }
    return dummies;
  }

  private static List<Row> fitted(
      Row key, String specification, Errors errors, List<String> names, List<Event> events) {
    double[][] attributes = new double[events.size()][names.size()];
    double[] car = new double[events.size()];
    for (int i = 0; i < car.length; i++) {
      Event event = events.get(i);
      car[i] = event.car();
      for (int j = 0; j < names.size(); j++) {
        attributes[i][j] =
            names.get(j).equals(VALUE)
                ? event.logValue()
                : event.roles().contains(names.get(j).substring("role=".length())) ? 1 : 0;
      }
    }
    Fit fit = CrossSectionalRegression.fit(names, attributes, car, errors);
    List<Row> rows = new ArrayList<>();
    for (Coefficient c : fit.coefficients()) {
      rows.add(row(key, specification, errors, fit, c));
    }
    if (fit.status() != TestStatus.OK) {
      double none = Double.NaN;
      rows.add(
          row(
              key,
              specification,
              errors,
              fit,
              new Coefficient("constant", none, none, none, none)));
    }
    return rows;
  }

  private static Row row(
      Row key, String specification, Errors errors, Fit fit, Coefficient coefficient) {
    boolean ok = fit.status() == TestStatus.OK;
    return RowFactory.create(
        key.get(0),
        key.get(1),
        key.get(2),
        specification,
        errors.name(),
        coefficient.name(),
        number(coefficient.estimate()),
        number(coefficient.standardError()),
        number(coefficient.t()),
        ok ? fit.df() : null,
        number(coefficient.pValue()),
        fit.n(),
        number(fit.rSquared()),
        fit.status().name(),
        fit.reason().isEmpty() ? null : fit.reason());
  }

  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
