package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.claim.Claim;
import io.dealimpact.claim.ClaimEvidence;
import io.dealimpact.claim.Piece;
import io.dealimpact.row.RowWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A claim with all that was measured around it, to a row for each thing that it asserts. */
public final class ArticleChecker implements FlatMapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private static final StructType SCHEMA =
      new StructType()
          .add("statement", StringType)
          .add("claim_id", StringType)
          .add("deal_id", StringType)
          .add("asserts", StringType)
          .add("as_printed", StringType)
          .add("printed_part", StringType)
          .add("verdict", StringType)
          .add("off_by", DoubleType)
          .add("could_have_failed", BooleanType)
          .add("explanation", StringType);
  private static final RowWriter ROWS = new RowWriter(SCHEMA);

  private final ClaimAuditor auditor;

  /** Reads the rows that the auditor reads. */
  public ArticleChecker(ClaimAuditor auditor) {
    this.auditor = auditor;
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  @Override
  public Iterator<Row> call(Row row) {
    ClaimEvidence evidence = auditor.evidence(row);
    Claim claim = evidence.claim();
    Map<String, Integer> seen = new HashMap<>();
    List<Row> rows = new ArrayList<>();
    for (Piece piece : evidence.pieces()) {
      int times = seen.merge(piece.asserts(), 1, Integer::sum);
      rows.add(
          ROWS.row()
              .text("statement", statement(claim, piece, times))
              .text("claim_id", claim.claimId())
              .textOrNull("deal_id", claim.about().dealId())
              .text("asserts", piece.asserts())
              .text("as_printed", claim.print().words())
              .text("printed_part", piece.printed())
              .text("verdict", piece.verdict().text())
              .number("off_by", ClaimAuditor.number(piece.offBy()))
              .flag("could_have_failed", piece.couldHaveFailed())
              .text("explanation", piece.explanation())
              .build());
    }
    return rows.iterator();
  }

  private static String statement(Claim claim, Piece piece, int times) {
    return claim.claimId() + ": " + piece.asserts() + (times == 1 ? "" : " " + times);
  }
}
