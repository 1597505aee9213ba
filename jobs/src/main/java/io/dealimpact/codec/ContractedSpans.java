package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.ContractedPower;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.ScheduleDefaults;
import io.dealimpact.row.RowWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** All versions of a commitment in; for each of its providers the spans under signed contract. */
public final class ContractedSpans implements FlatMapGroupsFunction<String, Row, Row> {
  private static final long serialVersionUID = 1L;

  private static final StructType SCHEMA =
      new StructType()
          .add("provider", StringType)
          .add("is_joint", BooleanType)
          .add("from_day", IntegerType)
          .add("until_day", IntegerType)
          .add("power_gw", DoubleType);
  private static final RowWriter ROWS = new RowWriter(SCHEMA);

  private final GpuCatalogue catalogue;
  private final ScheduleDefaults defaults;

  public ContractedSpans(GpuCatalogue catalogue, ScheduleDefaults defaults) {
    this.catalogue = catalogue;
    this.defaults = defaults;
  }

  /** Encoder of the output rows; days since 1970-01-01, {@code until_day} NULL for the last. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  @Override
  public Iterator<Row> call(String commitmentId, Iterator<Row> versions) {
    List<Row> rows = new ArrayList<>();
    CommitmentHistory history = CommitmentHistory.of(CommitmentRows.all(versions));
    for (ContractedPower span : ContractedPower.of(history, catalogue, defaults)) {
      for (String provider : span.providers()) {
        rows.add(
            ROWS.row()
                .text("provider", provider)
                .flag("is_joint", span.providers().size() > 1)
                .day("from_day", Optional.of(span.from()))
                .day(
                    "until_day",
                    Optional.of(span.until()).filter(day -> !day.equals(LocalDate.MAX)))
                .number("power_gw", span.powerGw())
                .build());
      }
    }
    return rows.iterator();
  }
}
