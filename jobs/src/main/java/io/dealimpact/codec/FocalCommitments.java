package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.share.ShareQuery;
import io.dealimpact.capacity.share.Shares;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * All versions of a commitment in; each of them out once for every organisation whose shares it may
 * change, in front of it {@code view} and {@code focal}.
 */
public final class FocalCommitments implements FlatMapGroupsFunction<String, Row, Row> {
  private static final long serialVersionUID = 1L;

  private final RowReader reader;
  private final RowWriter writer;

  /**
   * For rows of a schema.
   *
   * @param versions the schema of {@link CommitmentRows#columns}
   */
  public FocalCommitments(StructType versions) {
    StructType out = new StructType().add("view", StringType).add("focal", StringType);
    for (var field : versions.fields()) {
      out = out.add(field);
    }
    reader = CommitmentRows.reader(versions);
    writer = new RowWriter(out);
  }

  /** Schema of the output rows. */
  public StructType schema() {
    return writer.schema();
  }

  /** Encoder of the output rows. */
  public Encoder<Row> encoder() {
    return Encoders.row(schema());
  }

  @Override
  public Iterator<Row> call(String commitmentId, Iterator<Row> rows) {
    List<Row> versions = new ArrayList<>();
    rows.forEachRemaining(versions::add);
    List<Commitment> commitments =
        versions.stream().map(version -> CommitmentRows.of(reader.at(version))).toList();
    List<Row> out = new ArrayList<>();
    for (ShareQuery.View view : ShareQuery.View.values()) {
      for (String focal : Shares.focals(view, commitments)) {
        for (Row version : versions) {
          out.add(writer.row().text("view", view.name()).text("focal", focal).all(version).build());
        }
      }
    }
    return out.iterator();
  }
}
