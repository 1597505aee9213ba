package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createDecimalType;

import io.dealimpact.row.RowWriter;
import io.dealimpact.study.event.InstrumentInput;
import io.dealimpact.study.event.PeerDays;
import io.dealimpact.study.event.StudyPlan;
import io.dealimpact.study.market.TradingCalendar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Instruments' rows to what each adds to the portfolio of its sector on each day. Amounts are
 * decimals of a millionth of a dollar, so that their sums do not depend on the order of the rows.
 */
public final class PeerRows implements MapPartitionsFunction<InstrumentRow, Row> {
  private static final long serialVersionUID = 1L;
  private static final int DIGITS = 6;

  private static final StructType SCHEMA =
      new StructType()
          .add("name", StringType)
          .add("day", IntegerType)
          .add("weighted", createDecimalType(28, DIGITS))
          .add("weights", createDecimalType(28, DIGITS));

  private static final RowWriter DAYS = new RowWriter(SCHEMA);

  private final TradingCalendar calendar;
  private final StudyPlan plan;
  private final Map<String, String> names;

  /**
   * Peers of a study.
   *
   * @param names of the sectors' portfolios by instrument_id
   */
  public PeerRows(TradingCalendar calendar, StudyPlan plan, Map<String, String> names) {
    this.calendar = calendar;
    this.plan = plan;
    this.names = names;
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  @Override
  public Iterator<Row> call(Iterator<InstrumentRow> rows) {
    List<Row> found = new ArrayList<>();
    new InstrumentRuns(rows)
        .forEachRemaining(
            instrument ->
                add(
                    names.get(instrument.id()),
                    InstrumentRows.decode(instrument.rows().iterator(), calendar),
                    found));
    return found.iterator();
  }

  private void add(String name, InstrumentInput instrument, List<Row> found) {
    double[] returns = PeerDays.outsideOwnEvents(instrument, calendar, plan);
    double[] weights = PeerDays.weights(instrument);
    for (int t = 0; t < returns.length; t++) {
      if (weights[t] > 0 && !Double.isNaN(returns[t])) {
        found.add(
            DAYS.row()
                .text("name", name)
                .whole("day", calendar.epochDay(t))
                .value("weighted", usd(weights[t] * returns[t]))
                .value("weights", usd(weights[t]))
                .build());
      }
    }
  }

  private static BigDecimal usd(double value) {
    return BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_EVEN);
  }
}
