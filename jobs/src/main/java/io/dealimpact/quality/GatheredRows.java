package io.dealimpact.quality;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;

import io.dealimpact.row.KeptRows;
import io.dealimpact.row.RowReader;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Many rows of a feed, typed once, those of a group in one partition and in order. They come
 * without the record and the name of the file that they were delivered in: both are fetched where a
 * row goes to quarantine. Holds the rows until it is closed.
 */
public final class GatheredRows implements AutoCloseable {
  private static final String IS_GOOD = "gathered_is_good";
  private static final String CONTESTED = "gathered_contested";

  private final Dataset<Row> rows;
  private final String group;
  private final Set<String> contested;
  private final DeliveredVersions versions;

  private GatheredRows(
      Dataset<Row> rows, String group, Set<String> contested, DeliveredVersions versions) {
    this.rows = rows;
    this.group = group;
    this.contested = contested;
    this.versions = versions;
  }

  /**
   * Gathers rows.
   *
   * @param marked rows of {@link DeliveredVersions#rowsWithoutRecords} with their typed columns, by
   *     {@link FeedChecks#marked}
   * @param group column with a text: the first of the keys
   * @param order column with a whole number, that stands for the other keys
   * @param versions of which they are
   */
  public static GatheredRows of(
      Dataset<Row> marked, String group, String order, DeliveredVersions versions) {
    Column ofNone =
        concat_ws(
            ":", DeliveredRows.PLACE.stream().map(column -> col(column)).toArray(Column[]::new));
    Dataset<Row> kept =
        KeptRows.of(
            marked.repartition(coalesce(col(group), ofNone)).sortWithinPartitions(group, order));
    Dataset<Row> keys = kept.select(col(group), col(order), FeedChecks.isGood().as(IS_GOOD));
    List<String> contested =
        keys.mapPartitions(
                new Contested(RowReader.of(keys.schema()), group, order), Encoders.STRING())
            .collectAsList();
    return new GatheredRows(kept, group, new TreeSet<>(contested), versions);
  }

  /** The rows, marked. */
  public Dataset<Row> rows() {
    return rows;
  }

  String group() {
    return group;
  }

  /** Leaves the rows of groups in which no two good rows have the same keys. */
  Dataset<Row> uncontested(Dataset<Row> marked) {
    return contested.isEmpty() ? marked : joined(marked, "left_anti");
  }

  /** Leaves the rows of all other groups, with their files; empty where there are none. */
  Optional<Dataset<Row>> contested(Dataset<Row> marked) {
    return contested.isEmpty()
        ? Optional.empty()
        : Optional.of(versions.withFiles(joined(marked, "left_semi")));
  }

  private Dataset<Row> joined(Dataset<Row> marked, String how) {
    Dataset<Row> groups =
        marked
            .sparkSession()
            .createDataset(List.copyOf(contested), Encoders.STRING())
            .toDF(CONTESTED);
    return marked.join(broadcast(groups), col(group).equalTo(col(CONTESTED)), how);
  }

  /** The rows with their records and files. */
  Dataset<Row> withRecords(Dataset<Row> left) {
    return versions.withRecords(left);
  }

  @Override
  public void close() {
    rows.unpersist();
  }

  /**
   * The groups of a partition in which good rows have the same keys, each once. Rows of a key
   * follow one another.
   */
  private record Contested(RowReader reader, String group, String order)
      implements MapPartitionsFunction<Row, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<String> call(Iterator<Row> rows) {
      return new Found(rows).all().iterator();
    }

    private final class Found {
      private final Iterator<Row> rows;
      private final Stream.Builder<String> found = Stream.builder();
      private String name = "";
      private int last = Integer.MIN_VALUE;
      private boolean isFound;

      Found(Iterator<Row> rows) {
        this.rows = rows;
      }

      Stream<String> all() {
        while (rows.hasNext()) {
          RowReader.Cells cells = reader.at(rows.next());
          if (cells.flagOrNull(IS_GOOD)) {
            take(cells.text(group), cells.whole(order));
          }
        }
        return found.build();
      }

      private void take(String its, int key) {
        if (!its.equals(name)) {
          name = its;
          isFound = false;
        } else if (key == last && !isFound) {
          found.add(name);
          isFound = true;
        }
        last = key;
      }
    }
  }
}
