package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.study.model.ReturnModel;
import java.util.Map;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A model's name in tables, to its name for people and its formula. */
public final class ModelLabels implements MapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** What tables have under {@code model} that is no model of expected returns. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "headline", "Each party's own headline model",
          "log-turnover", "Abnormal volume, logarithm of turnover",
          "log-volume", "Abnormal volume, logarithm of shares traded");

  private static final String VOLATILITY = "volatility:";

  private static final StructType SCHEMA =
      new StructType()
          .add("model", StringType)
          .add("label", StringType)
          .add("formula", StringType)
          .add("uses_benchmark", BooleanType);
  private static final RowWriter ROWS = new RowWriter(SCHEMA);

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  @Override
  public Row call(Row row) {
    String code = RowReader.of(row.schema(), "model").at(row).text("model");
    RowWriter.Cells labelled = ROWS.row().text("model", code);
    if (OTHERS.containsKey(code)) {
      return labelled
          .text("label", OTHERS.get(code))
          .none("formula")
          .none("uses_benchmark")
          .build();
    }
    boolean isVolatility = code.startsWith(VOLATILITY);
    ReturnModel model =
        ReturnModel.parse(isVolatility ? code.substring(VOLATILITY.length()) : code);
    return labelled
        .text("label", isVolatility ? "Abnormal volatility, " + model.label() : model.label())
        .text("formula", model.formula())
        .flag("uses_benchmark", model.usesBenchmark())
        .build();
  }
}
