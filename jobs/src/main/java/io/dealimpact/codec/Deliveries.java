package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.Delivery;
import io.dealimpact.capacity.ScheduleDefaults;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
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
  private static final RowWriter ROWS = new RowWriter(SCHEMA);
  private static final List<String> PAIR =
      List.of("provider", "customer", "versions", "observations");
  private static final List<String> OBSERVATION = List.of("site", "day", "power_gw");

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
    RowReader.Cells cells = RowReader.of(pair.schema(), PAIR).at(pair);
    List<Delivery.Observation> observations =
        cells.<Row>list("observations").stream().map(Deliveries::observation).toList();
    return Delivery.of(
            CommitmentHistory.group(CommitmentRows.all(cells.<Row>list("versions").iterator())),
            observations,
            defaults)
        .stream()
        .map(
            delivery ->
                ROWS.row()
                    .text("provider", cells.text("provider"))
                    .text("customer", cells.text("customer"))
                    .day("quarter_end_day", Optional.of(delivery.quarter().lastDay()))
                    .day("as_of_day", Optional.of(delivery.asOf()))
                    .number("promised_gw", delivery.promisedGw())
                    .number("built_gw", delivery.builtGw())
                    .number("slip_months", delivery.slipMonths().orElse(Double.NaN))
                    .number("open_months", delivery.openMonths().orElse(Double.NaN))
                    .build())
        .iterator();
  }

  private static Delivery.Observation observation(Row row) {
    RowReader.Cells seen = RowReader.of(row.schema(), OBSERVATION).at(row);
    return new Delivery.Observation(
        seen.text("site"), seen.day("day").orElseThrow(), seen.number("power_gw"));
  }
}
