package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.CommitmentStatus;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.share.ShareQuery;
import io.dealimpact.capacity.share.ShareRow;
import io.dealimpact.capacity.share.Shares;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The versions that concern one organisation, rows of {@link FocalCommitments}, to its shares
 * before and after every deal; under every measure and every least status that counts.
 */
public final class ShareTimeline implements FlatMapGroupsFunction<Row, Row, Row> {
  private static final long serialVersionUID = 1L;

  /** Columns of the groups' keys: a view and an organisation. */
  private static final StructType KEY =
      new StructType().add("view", StringType).add("focal", StringType);

  private static final StructType SCHEMA = schema();

  private final GpuCatalogue catalogue;

  public ShareTimeline(GpuCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Encoder of the groups' keys: view, focal. */
  public static Encoder<Row> keyEncoder() {
    return Encoders.row(KEY);
  }

  /** Encoder of the output rows. */
  public static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  private static StructType schema() {
    StructType schema =
        KEY.add("counterparty", StringType)
            .add("kind", StringType)
            .add("measure", StringType)
            .add("status_floor", StringType)
            .add("as_of_day", IntegerType)
            .add("moment", StringType)
            .add("deal_ids", StringType);
    for (String range : List.of("amount", "share", "total", "hhi")) {
      schema = Ranges.add(schema, range);
    }
    return schema
        .add("hhi_high_exactness", StringType)
        .add("commitments", LongType)
        .add("without_amount", LongType);
  }

  @Override
  public Iterator<Row> call(Row key, Iterator<Row> rows) {
    List<Commitment> versions = new ArrayList<>();
    rows.forEachRemaining(row -> versions.add(CommitmentRows.of(withoutKey(row))));
    List<CommitmentHistory> histories = CommitmentHistory.group(versions);
    ShareQuery.View view = ShareQuery.View.valueOf(key.getString(0));
    List<Row> out = new ArrayList<>();
    for (ShareQuery.Measure measure : ShareQuery.Measure.values()) {
      for (CommitmentStatus floor : CommitmentStatus.values()) {
        if (floor.counts()) {
          Shares.of(new ShareQuery(view, measure, floor), catalogue)
              .timeline(key.getString(1), histories)
              .forEach(row -> out.add(row(row)));
        }
      }
    }
    return out.iterator();
  }

  private static Row withoutKey(Row row) {
    Object[] values = new Object[row.length() - KEY.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(i + KEY.length());
    }
    return RowFactory.create(values);
  }

  private static Row row(ShareRow row) {
    List<Object> values = new ArrayList<>(SCHEMA.length());
    values.add(code(row.query().view()));
    values.add(row.focal());
    values.add(row.counterparty());
    values.add(code(row.kind()));
    values.add(code(row.query().measure()));
    values.add(row.query().floor().code());
    values.add((int) row.asOf().toEpochDay());
    values.add(code(row.moment()));
    values.add(String.join(",", row.dealIds()));
    Ranges.add(values, row.amount());
    Ranges.add(values, row.share());
    Ranges.add(values, row.total());
    Ranges.add(values, row.concentration());
    values.add(code(row.hhiHigh()));
    values.add(row.commitments());
    values.add(row.withoutAmount());
    return RowFactory.create(values.toArray());
  }

  private static String code(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
