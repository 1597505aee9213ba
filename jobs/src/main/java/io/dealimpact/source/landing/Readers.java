package io.dealimpact.source.landing;

import io.dealimpact.source.Feed;
import io.dealimpact.source.vendor.ParquetTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Landing files to raw rows. */
public final class Readers {
  /** What the row of a file without rows says, unless its reader knows more. */
  public static final String NO_ROWS = "the file has no rows";

  private Readers() {}

  /**
   * The raw rows of a feed: its columns, then those that every feed has. All are text but for
   * {@code source_line} and {@code source_element}, and all may be NULL.
   */
  public static StructType schema(Feed feed) {
    List<StructField> fields = new ArrayList<>();
    for (String column : feed.columns()) {
      fields.add(DataTypes.createStructField(column, DataTypes.StringType, true));
    }
    for (String column : RawColumns.TEXT) {
      fields.add(DataTypes.createStructField(column, DataTypes.StringType, true));
    }
    fields.add(DataTypes.createStructField(RawColumns.SOURCE_LINE, DataTypes.LongType, true));
    fields.add(DataTypes.createStructField(RawColumns.SOURCE_ELEMENT, DataTypes.IntegerType, true));
    return DataTypes.createStructType(fields);
  }

  /**
   * Reads files of one feed. Nothing happens until the result is used, but for the footers of
   * Parquet files. Content that cannot be read is a row with {@code read_error}; a failure of the
   * storage, or a file that changed since it was listed, fails the job.
   *
   * @param files as {@link Landing#list} gives them
   * @throws IllegalArgumentException if a file is of another feed
   */
  public static Dataset<Row> read(SparkSession spark, Feed feed, List<LandingFile> files) {
    List<LandingFile> texts = new ArrayList<>();
    List<LandingFile> tables = new ArrayList<>();
    for (LandingFile file : files) {
      if (file.feed() != feed) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "%s is of feed %s, not %s", file.relativePath(), file.feed(), feed));
      }
      (file.format() instanceof ParquetTable ? tables : texts).add(file);
    }
    Dataset<Row> rows = readTexts(spark, feed, texts);
    for (Dataset<Row> table : ParquetTables.read(spark, feed, tables)) {
      rows = rows.unionByName(table);
    }
    return rows;
  }

  /** For each file the row that withdraws what its versions before said. */
  public static Dataset<Row> withdrawals(SparkSession spark, Feed feed, List<LandingFile> files) {
    return spark.createDataFrame(
        files.stream()
            .map(file -> RawColumns.row(RawColumns.writer(feed), file, FileRecords.noRows(feed), 0))
            .toList(),
        schema(feed));
  }

  private static Dataset<Row> readTexts(SparkSession spark, Feed feed, List<LandingFile> files) {
    StructType schema = schema(feed);
    if (files.isEmpty()) {
      return spark.createDataFrame(List.of(), schema);
    }
    return Tasks.run(spark, files, RowIterator::start, Encoders.row(schema));
  }
}
