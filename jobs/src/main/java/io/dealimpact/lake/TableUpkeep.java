package io.dealimpact.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dealimpact.lake.Lake.Writes;
import io.dealimpact.row.RowReader;
import io.dealimpact.run.Failures;
import io.delta.tables.DeltaTable;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Keeps one table small. It merges files that are too many; it removes data files that no kept
 * version names; and it removes the part of the log before the last checkpoint that no kept version
 * needs, as the Delta protocol describes it under "Metadata Cleanup".
 *
 * <p>Which files kept versions need is read from the log, by version and not by time: all files of
 * the oldest kept version, and every file added since. Delta's VACUUM goes by the clock, and knows
 * nothing of nights: it would remove files of a kept night as soon as they are old enough.
 */
final class TableUpkeep {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LOG_FILE = Pattern.compile("(\\d{20})\\.(.+)");
  private static final String CLEANUP = "delta.enableExpiredLogCleanup";
  private static final String CHECKPOINT = "checkpoint.parquet";

  /** Fewer are read as fast as one. */
  private static final long FEW_FILES = 8;

  /** A size that Delta merges files to. */
  private static final double FILE_BYTES = 128.0 * 1024 * 1024;

  private final SparkSession spark;
  private final Path table;
  private final TableLog log;

  TableUpkeep(SparkSession spark, String path) {
    // Settings of the commits below, which no other command may inherit.
    this.spark = spark.newSession();
    this.table = new Path(path);
    this.log = new TableLog(this.spark, path);
  }

  /**
   * Does all of it.
   *
   * @param oldest version that must stay readable; a large number for the newest alone
   */
  Upkeep maintain(String name, long oldest, Duration readers, Writes writes) {
    spark.conf().set("spark.sql.session.timeZone", "UTC");
    Size size = size();
    if (writes == Writes.ALLOWED) {
      if (!size.keepsLog()) {
        keepLog();
      }
      if (size.isScattered()) {
        note();
        DeltaTable.forPath(spark, table.toString()).optimize().executeCompaction();
      }
    }
    long kept = Math.min(oldest, log.newest().orElseThrow());
    long before = System.currentTimeMillis() - readers.toMillis();
    List<FileStatus> unneeded = unneeded(kept, before);
    List<Path> logFiles = unneededLog(kept, before);
    if (writes == Writes.ALLOWED) {
      unneeded.forEach(file -> delete(file.getPath()));
      logFiles.forEach(this::delete);
    }
    return new Upkeep(
        name,
        size.files(),
        size().files(),
        unneeded.size(),
        unneeded.stream().mapToLong(FileStatus::getLen).sum(),
        logFiles.size());
  }

  /** The commits that follow change no row. */
  private void note() {
    long content = log.content(log.newest().orElseThrow());
    spark.conf().set("spark.databricks.delta.commitInfo.userMetadata", TableLog.rowsOf(content));
  }

  /** Tables of older programs: Delta would remove parts of their log by the clock. */
  private void keepLog() {
    note();
    spark.sql(
        String.format(
            Locale.ROOT,
            "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('%s' = 'false')",
            table.toString().replace("`", "``"),
            CLEANUP));
  }

  /**
   * The newest version.
   *
   * @param keepsLog whether Delta leaves the log alone
   */
  private record Size(long files, long bytes, boolean keepsLog) {
    boolean isScattered() {
      return files > Math.max(FEW_FILES, 2 * Math.ceil(bytes / FILE_BYTES));
    }
  }

  /** Delta's checksum file has it in milliseconds; where there is none, Delta is asked. */
  private Size size() {
    Optional<JsonNode> checksum =
        FewFiles.checksum(spark, table, log.newest().orElseThrow())
            .filter(each -> each.path("metadata").hasNonNull("configuration"));
    if (checksum.isPresent()) {
      JsonNode of = checksum.get();
      return new Size(
          of.path("numFiles").asLong(),
          of.path("tableSizeBytes").asLong(),
          of.path("metadata").path("configuration").path(CLEANUP).asText().equals("false"));
    }
    Row detail = DeltaTable.forPath(spark, table.toString()).detail().first();
    RowReader.Cells cells =
        RowReader.of(detail.schema(), "numFiles", "sizeInBytes", "properties").at(detail);
    return new Size(
        cells.count("numFiles"),
        cells.count("sizeInBytes"),
        "false".equals(cells.map("properties").get(CLEANUP)));
  }

  /**
   * Data files that no version from the kept one on names, and that no reader can be reading.
   *
   * @param before milliseconds since 1970: what was written later may be read still
   */
  private List<FileStatus> unneeded(long kept, long before) {
    Optional<Set<String>> needed = needed(kept);
    List<FileStatus> unneeded = new ArrayList<>();
    if (needed.isEmpty()) {
      return unneeded;
    }
    Deque<Path> folders = new ArrayDeque<>(List.of(table));
    while (!folders.isEmpty()) {
      for (FileStatus file : list(folders.remove())) {
        String name = file.getPath().getName();
        if (name.startsWith("_") || name.startsWith(".")) {
          continue;
        }
        if (file.isDirectory()) {
          folders.add(file.getPath());
        } else if (name.endsWith(".parquet")
            && !needed.get().contains(file.getPath().toUri().getPath())
            && file.getModificationTime() < before) {
          unneeded.add(file);
        }
      }
    }
    return unneeded;
  }

  /** Paths of the files of a version and of all later ones; empty where the log has a gap. */
  private Optional<Set<String>> needed(long kept) {
    Set<String> needed = new HashSet<>();
    for (String file : filesOf(kept)) {
      needed.add(new Path(URI.create(file)).toUri().getPath());
    }
    for (long version = kept + 1; version <= log.newest().orElse(kept); version++) {
      Path commit = new Path(log(), String.format(Locale.ROOT, "%020d.json", version));
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(fileSystem().open(commit), UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          JsonNode path = JSON.readTree(line).path("add").path("path");
          if (path.isTextual()) {
            needed.add(new Path(table, new Path(URI.create(path.asText()))).toUri().getPath());
          }
        }
      } catch (FileNotFoundException gone) {
        return Optional.empty();
      } catch (IOException error) {
        throw Failures.storage("reading " + commit, error);
      }
    }
    return Optional.of(needed);
  }

  private List<String> filesOf(long version) {
    return FewFiles.of(spark, table, version)
        .map(few -> few.files().stream().map(file -> new Path(file).toUri().toString()).toList())
        .orElseGet(
            () ->
                List.of(
                    spark
                        .read()
                        .format("delta")
                        .option("versionAsOf", version)
                        .load(table.toString())
                        .inputFiles()));
  }

  /**
   * Files of the log before the last checkpoint that is not after the kept version.
   *
   * @param before milliseconds since 1970: what was written later may be read still
   */
  private List<Path> unneededLog(long kept, long before) {
    OptionalLong checkpoint = OptionalLong.empty();
    FileStatus[] files = list(log());
    for (FileStatus file : files) {
      Matcher name = LOG_FILE.matcher(file.getPath().getName());
      if (name.matches() && name.group(2).equals(CHECKPOINT)) {
        long version = Long.parseLong(name.group(1));
        if (version <= kept && version > checkpoint.orElse(-1)) {
          checkpoint = OptionalLong.of(version);
        }
      }
    }
    List<Path> unneeded = new ArrayList<>();
    for (FileStatus file : files) {
      Matcher name = LOG_FILE.matcher(file.getPath().getName());
      if (name.matches()
          && Long.parseLong(name.group(1)) < checkpoint.orElse(0)
          && file.getModificationTime() < before) {
        unneeded.add(file.getPath());
      }
    }
    unneeded.sort(null);
    return unneeded;
  }

  private void delete(Path file) {
    try {
      fileSystem().delete(file, false);
    } catch (IOException error) {
      throw Failures.storage("removing " + file, error);
    }
  }

  private FileStatus[] list(Path folder) {
    try {
      return fileSystem().listStatus(folder);
    } catch (FileNotFoundException none) {
      return new FileStatus[0];
    } catch (IOException error) {
      throw Failures.storage("listing " + folder, error);
    }
  }

  private Path log() {
    return new Path(table, "_delta_log");
  }

  private FileSystem fileSystem() throws IOException {
    return table.getFileSystem(spark.sparkContext().hadoopConfiguration());
  }
}
