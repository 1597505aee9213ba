package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.share.ShareQuery;
import io.dealimpact.capacity.share.ShareRow;
import io.dealimpact.capacity.share.Shares;
import io.dealimpact.row.Columns;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
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

  private static final RowReader KEYS = RowReader.of(KEY);
  private static final RowWriter ROWS = new RowWriter(SCHEMA);

  private final RowReader reader;
  private final GpuCatalogue catalogue;

  /**
   * Reads rows of a schema.
   *
   * @param versions the schema of {@link FocalCommitments}
   */
  public ShareTimeline(StructType versions, GpuCatalogue catalogue) {
    this.reader = CommitmentRows.reader(versions);
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
      schema = Columns.withRange(schema, range);
    }
    return schema
        .add("hhi_high_exactness", StringType)
        .add("commitments", LongType)
        .add("without_amount", LongType);
  }

  @Override
  public Iterator<Row> call(Row key, Iterator<Row> rows) {
    List<Commitment> versions = new ArrayList<>();
    rows.forEachRemaining(row -> versions.add(CommitmentRows.of(reader.at(row))));
    List<CommitmentHistory> histories = CommitmentHistory.group(versions);
    RowReader.Cells group = KEYS.at(key);
    ShareQuery.View view = ShareQuery.View.valueOf(group.text("view"));
    return Shares.timelines(view, group.text("focal"), histories, catalogue).stream()
        .map(ShareTimeline::row)
        .iterator();
  }

  private static Row row(ShareRow row) {
    return ROWS.row()
        .text("view", code(row.query().view()))
        .text("focal", row.focal())
        .text("counterparty", row.part().counterparty())
        .text("kind", code(row.part().kind()))
        .text("measure", code(row.query().measure()))
        .text("status_floor", row.query().floor().code())
        .day("as_of_day", Optional.of(row.change().asOf()))
        .text("moment", code(row.change().moment()))
        .text("deal_ids", String.join(",", row.change().dealIds()))
        .range("amount", row.part().amount())
        .range("share", row.part().share())
        .range("total", row.whole().total())
        .range("hhi", row.whole().concentration())
        .text("hhi_high_exactness", code(row.whole().hhiHigh()))
        .count("commitments", row.whole().commitments())
        .count("without_amount", row.whole().withoutAmount())
        .build();
  }

  private static String code(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
