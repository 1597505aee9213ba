package io.dealimpact.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dealimpact.run.Failures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of one version of a table that has few files. Delta lists the files of such a version in
 * its checksum file, and the protocol says what is in there. To read them costs no Spark job, while
 * Delta's own reader runs several to choose among the files.
 *
 * @param schema as stored
 * @param files full paths
 */
record FewFiles(StructType schema, List<String> files) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Spark would look for other files where a path has one of these. */
  private static final Pattern GLOB = Pattern.compile("[{}\\[\\]*?\\\\]");

  /**
   * The files of a version.
   *
   * @param table its folder
   * @return empty where there are many of them, or where their rows cannot be read as they are
   */
  static Optional<FewFiles> of(SparkSession spark, Path table, long version) {
    if (GLOB.matcher(table.toString()).find()) {
      return Optional.empty();
    }
    return checksum(spark, table, version).flatMap(checksum -> read(table, checksum));
  }

  /** The metadata of a version, as the protocol names it; empty where it is not in one place. */
  static Optional<JsonNode> metadata(SparkSession spark, Path table, long version) {
    return checksum(spark, table, version)
        .map(checksum -> checksum.path("metadata"))
        .filter(metadata -> metadata.hasNonNull("id"));
  }

  /** Delta's checksum file of a version; empty where it did not write one. */
  static Optional<JsonNode> checksum(SparkSession spark, Path table, long version) {
    Path checksum = new Path(table, String.format(Locale.ROOT, "_delta_log/%020d.crc", version));
    try (InputStream in =
        table.getFileSystem(spark.sparkContext().hadoopConfiguration()).open(checksum)) {
      return Optional.of(JSON.readTree(in));
    } catch (FileNotFoundException | JsonProcessingException none) {
      // Delta can do without the file, and does not wait for it.
      return Optional.empty();
    } catch (IOException error) {
      throw Failures.storage("reading " + checksum, error);
    }
  }

  private static Optional<FewFiles> read(Path table, JsonNode checksum) {
    JsonNode all = checksum.path("allFiles");
    JsonNode metadata = checksum.path("metadata");
    if (!all.isArray()
        || all.size() != checksum.path("numFiles").asLong(-1)
        || checksum.path("protocol").path("minReaderVersion").asInt() != 1
        || !metadata.path("partitionColumns").isEmpty()) {
      return Optional.empty();
    }
    List<String> files = new ArrayList<>();
    for (JsonNode file : all) {
      if (file.hasNonNull("deletionVector")) {
        return Optional.empty();
      }
      // Paths in the log are URIs, relative to the table or absolute.
      files.add(new Path(table, new Path(URI.create(file.path("path").asText()))).toString());
    }
    if (files.stream().anyMatch(file -> GLOB.matcher(file).find())) {
      return Optional.empty();
    }
    StructType schema = (StructType) DataType.fromJson(metadata.path("schemaString").asText());
    return Optional.of(new FewFiles(schema, files));
  }

  Dataset<Row> rows(SparkSession spark) {
    return files.isEmpty()
        ? spark.createDataFrame(List.of(), schema)
        : spark.read().schema(schema).parquet(files.toArray(String[]::new));
  }
}
