package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.study.event.InstrumentMeasurer;
import io.dealimpact.study.event.OutsideDays;
import io.dealimpact.study.market.PriceHistory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * An instrument's days (day, close, adjusted_close, total_return, return_ex_dividend, market) to a
 * row for each day that is known.
 */
public final class OutsideDayRows implements FlatMapGroupsFunction<String, Row, Row> {
  private static final long serialVersionUID = 1L;

  private static final StructType SCHEMA =
      new StructType()
          .add("other_id", StringType)
          .add("other_day", IntegerType)
          .add("outside", IntegerType);

  private static final RowWriter DAYS = new RowWriter(SCHEMA);

  private final Markets markets;

  /**
   * Days against the markets of a study.
   *
   * @param markets of the study
   */
  public OutsideDayRows(Markets markets) {
    this.markets = markets;
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  @Override
  public Iterator<Row> call(String instrumentId, Iterator<Row> bars) {
    List<Row> rows = new ArrayList<>();
    bars.forEachRemaining(rows::add);
    InstrumentMeasurer measurer =
        markets.of(RowReader.of(rows.get(0).schema(), "market").at(rows.get(0)).text("market"));
    PriceHistory prices = MarketRows.history(measurer.calendar(), rows);
    OutsideDays.Day[] days = OutsideDays.of(prices, measurer.market(), measurer.plan());
    List<Row> found = new ArrayList<>();
    for (int t = 0; t < days.length; t++) {
      if (days[t] != OutsideDays.Day.UNKNOWN) {
        found.add(
            DAYS.row()
                .text("other_id", instrumentId)
                .whole("other_day", measurer.calendar().epochDay(t))
                .whole("outside", days[t] == OutsideDays.Day.OUTSIDE ? 1 : 0)
                .build());
      }
    }
    return found.iterator();
  }
}
