package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.share.ShareQuery;
import io.dealimpact.capacity.share.Shares;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * All versions of a commitment in; each of them out once for every organisation whose shares it may
 * change, in front of it {@code view} and {@code focal}.
 */
public final class FocalCommitments implements FlatMapGroupsFunction<String, Row, Row> {
  private static final long serialVersionUID = 1L;

  private final StructType schema;

  /**
   * For rows of a schema.
   *
   * @param versions the schema of {@link CommitmentRows#columns}
   */
  public FocalCommitments(StructType versions) {
    this.schema = versions;
  }

  /** Encoder of the output rows. */
  public Encoder<Row> encoder() {
    StructType out = new StructType().add("view", StringType).add("focal", StringType);
    for (var field : schema.fields()) {
      out = out.add(field);
    }
    return Encoders.row(out);
  }

  @Override
  public Iterator<Row> call(String commitmentId, Iterator<Row> rows) {
    List<Row> versions = new ArrayList<>();
    rows.forEachRemaining(versions::add);
    List<Row> out = new ArrayList<>();
    for (ShareQuery.View view : ShareQuery.View.values()) {
      Set<String> focals = new TreeSet<>();
      versions.forEach(version -> focals.addAll(Shares.focals(view, CommitmentRows.of(version))));
      for (String focal : focals) {
        for (Row version : versions) {
          Object[] values = new Object[version.length() + 2];
          values[0] = view.name();
          values[1] = focal;
          for (int i = 0; i < version.length(); i++) {
            values[i + 2] = version.get(i);
          }
          out.add(RowFactory.create(values));
        }
      }
    }
    return out.iterator();
  }
}
