package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.row.RowWriter;
import io.dealimpact.study.event.ChoiceSpan;
import org.apache.spark.sql.types.StructType;

/** The columns of {@code gold.robustness} that say how far the choices of a window lie apart. */
final class SpanColumns {
  private SpanColumns() {}

  /** A schema with the columns behind its own. */
  static StructType addTo(StructType schema) {
    return schema
        .add("car_low", DoubleType)
        .add("car_high", DoubleType)
        .add("p_low", DoubleType)
        .add("p_high", DoubleType)
        .add("choices", LongType)
        .add("positive_share", DoubleType)
        .add("significant_share", DoubleType)
        .add("range", StringType)
        .add("verdict", StringType);
  }

  static RowWriter.Cells put(RowWriter.Cells cells, ChoiceSpan span) {
    return cells
        .number("car_low", span.carLow())
        .number("car_high", span.carHigh())
        .number("p_low", span.pLow())
        .number("p_high", span.pHigh())
        .count("choices", span.choices())
        .number("positive_share", span.positiveShare())
        .number("significant_share", span.significantShare())
        .textOrNull("range", span.range())
        .text("verdict", span.verdict());
  }
}
