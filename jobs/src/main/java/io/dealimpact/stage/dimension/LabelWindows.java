package io.dealimpact.stage.dimension;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Dimensions;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Names of the windows that gold has rows of. */
public final class LabelWindows implements Stage {
  @Override
  public String name() {
    return "label-windows";
  }

  @Override
  public String summary() {
    return "windows around an event with their names and lengths, for people";
  }

  @Override
  public List<TableSpec> inputs() {
    return List.of(
        Tables.EVENT_IMPACT,
        Tables.DEAL_IMPACT,
        Tables.STUDY_TESTS,
        Tables.CAR_REGRESSIONS,
        Tables.ROBUSTNESS);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return Map.of();
  }

  @Override
  public TableSpec output() {
    return Dimensions.WINDOW;
  }

  @Override
  public StageResult run(StageContext context) {
    Column start = col("window_start");
    Column end = col("window_end");
    Dataset<Row> rows =
        Mentioned.in(context, inputs(), "window_start", "window_end")
            .withColumn(
                "label",
                when(start.equalTo(end), concat(lit("day "), signed(start)))
                    .otherwise(concat(lit("days "), signed(start), lit(" to "), signed(end))))
            .withColumn("days", end.minus(start).plus(1))
            .withColumn("has_event_date", start.leq(0).and(end.geq(0)));
    context.lake().replaceAll(output(), rows, context.note());
    return StageResult.computed("");
  }

  /** A number with its sign, as people write days around an event: −1, 0, +1. */
  private static Column signed(Column day) {
    return concat(when(day.lt(0), lit("−")).when(day.gt(0), lit("+")).otherwise(lit("")), abs(day));
  }
}
