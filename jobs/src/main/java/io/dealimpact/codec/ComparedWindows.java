package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.dealimpact.row.RowWriter;
import io.dealimpact.study.event.ChoiceSpan;
import io.dealimpact.study.market.EventWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The windows of one event or group under all choices that are compared: a row for each, with the
 * span of the choices and the figures of each choice.
 */
public final class ComparedWindows {
  private static final StructType WINDOW =
      new StructType()
          .add("window_start", IntegerType)
          .add("window_end", IntegerType)
          .add("car_low", DoubleType)
          .add("car_high", DoubleType)
          .add("p_low", DoubleType)
          .add("p_high", DoubleType)
          .add("choices", LongType)
          .add("positive_share", DoubleType)
          .add("significant_share", DoubleType)
          .add("range", StringType)
          .add("verdict", StringType);

  private record Compared(ChoiceSpan span, List<Row> figures) {}

  private final double level;
  private final Map<EventWindow, Compared> windows = new LinkedHashMap<>();

  /**
   * No window yet.
   *
   * @param level below which a p is significant
   */
  ComparedWindows(double level) {
    this.level = level;
  }

  /** The columns of a window and its span, named as in {@code gold.robustness}. */
  public static List<String> columns() {
    return List.of(WINDOW.fieldNames());
  }

  /**
   * The schema of the rows: the subject's columns, the window's, and {@code figures}.
   *
   * @param subject the columns that say whose windows they are
   * @param figures of one choice
   */
  static StructType schema(StructType subject, StructType figures) {
    return new StructType(
            Stream.concat(Arrays.stream(subject.fields()), Arrays.stream(WINDOW.fields()))
                .toArray(StructField[]::new))
        .add("figures", createArrayType(figures));
  }

  /**
   * Adds the figures of a choice.
   *
   * @return the span of the window, to which the choice is to be added where it counts
   */
  ChoiceSpan add(EventWindow window, Row figures) {
    Compared compared =
        windows.computeIfAbsent(
            window, w -> new Compared(new ChoiceSpan(level), new ArrayList<>()));
    compared.figures().add(figures);
    return compared.span();
  }

  /**
   * A row for each window, in the order in which they came.
   *
   * @param subject a row of {@link #schema} in which the subject's columns are set
   */
  List<Row> rows(Supplier<RowWriter.Cells> subject) {
    List<Row> rows = new ArrayList<>(windows.size());
    windows.forEach((window, compared) -> rows.add(row(subject.get(), window, compared)));
    return rows;
  }

  private static Row row(RowWriter.Cells cells, EventWindow window, Compared compared) {
    ChoiceSpan span = compared.span();
    return cells
        .whole("window_start", window.start())
        .whole("window_end", window.end())
        .number("car_low", span.carLow())
        .number("car_high", span.carHigh())
        .number("p_low", span.pLow())
        .number("p_high", span.pHigh())
        .count("choices", span.choices())
        .number("positive_share", span.positiveShare())
        .number("significant_share", span.significantShare())
        .textOrNull("range", span.range())
        .text("verdict", span.verdict())
        .value("figures", compared.figures().toArray(Row[]::new))
        .build();
  }
}
