package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.Delivery;
import io.dealimpact.capacity.ScheduleDefaults;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * A provider and customer with the versions of their commitments and what was seen in operation, to
 * what was promised and built by quarter.
 */
public final class Deliveries implements FlatMapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private static final StructType SCHEMA =
      new StructType()
          .add("provider", StringType)
          .add("customer", StringType)
          .add("quarter_end_day", IntegerType)
          .add("as_of_day", IntegerType)
          .add("promised_gw", DoubleType)
          .add("built_gw", DoubleType)
          .add("slip_months", DoubleType)
          .add("open_months", DoubleType);

  private final ScheduleDefaults defaults;

  public Deliveries(ScheduleDefaults defaults) {
    this.defaults = defaults;
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  /**
   * The rows of a pair.
   *
   * @param pair {@code provider, customer, versions} (an array of {@link CommitmentRows#columns})
   *     and {@code observations} (an array of {@code site, day, power_gw})
   */
  @Override
  public Iterator<Row> call(Row pair) {
    List<Row> versions = pair.getList(pair.fieldIndex("versions"));
    List<Delivery.Observation> observations = new ArrayList<>();
    for (Row seen : pair.<Row>getList(pair.fieldIndex("observations"))) {
      observations.add(
          new Delivery.Observation(
              seen.getAs("site"),
              LocalDate.ofEpochDay(seen.<Integer>getAs("day")),
              seen.<Double>getAs("power_gw")));
    }
    String provider = pair.getAs("provider");
    String customer = pair.getAs("customer");
    return Delivery.of(
            CommitmentHistory.group(CommitmentRows.all(versions.iterator())),
            observations,
            defaults)
        .stream()
        .map(
            delivery ->
                RowFactory.create(
                    provider,
                    customer,
                    (int) delivery.quarter().lastDay().toEpochDay(),
                    (int) delivery.asOf().toEpochDay(),
                    delivery.promisedGw(),
                    delivery.builtGw(),
                    orNull(delivery.slipMonths()),
                    orNull(delivery.openMonths())))
        .iterator();
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
