package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.claim.DealTerms;
import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A deal with the versions of its commitments, to the power that it adds as stated. */
public final class DealPower implements MapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private static final StructType SCHEMA =
      Columns.withRange(new StructType().add("power_of", StringType), "power_gw")
          .add("power_by", StringType);
  private static final RowWriter ROWS = new RowWriter(SCHEMA);

  /** The columns that are read: those of {@link DealCommitments#of}. */
  public static Column[] columns() {
    return new Column[] {col("of_deal"), col("versions")};
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  @Override
  public Row call(Row deal) {
    RowReader.Cells cells = RowReader.of(deal.schema(), "of_deal", "versions").at(deal);
    DealTerms added =
        DealTerms.added(
            cells.text("of_deal"),
            CommitmentHistory.group(CommitmentRows.all(cells.<Row>list("versions").iterator())));
    return ROWS.row()
        .text("power_of", cells.text("of_deal"))
        .range("power_gw", added.powerGw())
        .textOrNull("power_by", added.powerGw().flatMap(gw -> added.powerBy()).orElse(""))
        .build();
  }
}
