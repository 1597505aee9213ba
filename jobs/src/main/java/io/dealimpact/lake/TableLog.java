package io.dealimpact.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dealimpact.row.RowReader;
import io.dealimpact.run.Failures;
import io.delta.tables.DeltaTable;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The folder {@code _delta_log} of one table, read as the Delta protocol lays it out: one file of
 * JSON lines for each commit, named by its version. A look into it costs milliseconds where a query
 * for the same fact is a Spark job. What the files do not hold any more is asked of Delta.
 */
final class TableLog {
  private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");
  private static final Pattern CHECKPOINT = Pattern.compile("(\\d{20})\\.checkpoint\\..*parquet");

  // Inside a text of the file every quote has a backslash before it, so a text cannot look like
  // these.
  private static final Pattern TABLE_ID =
      Pattern.compile("^\\{\"metaData\":\\{\"id\":\"([0-9a-fA-F-]+)\"");
  private static final Pattern ROWS_WRITTEN =
      Pattern.compile("(?<!\\\\)\"numOutputRows\":\"(\\d+)\"");

  private static final Pattern FIRST_FILE = Pattern.compile("^\\{\"add\"");

  /** A note as it stands in the file: inside it every quote has a backslash before it. */
  private static final Pattern NOTE =
      Pattern.compile("\"userMetadata\":\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final SparkSession spark;
  private final Path table;

  TableLog(SparkSession spark, String table) {
    this.spark = spark;
    this.table = new Path(table);
  }

  boolean exists() {
    return newest().isPresent();
  }

  /** The newest version; empty if there is no table. */
  OptionalLong newest() {
    long newest = -1;
    for (FileStatus file : list(log())) {
      String name = file.getPath().getName();
      for (Pattern pattern : new Pattern[] {COMMIT, CHECKPOINT}) {
        Matcher matcher = pattern.matcher(name);
        if (matcher.matches()) {
          newest = Math.max(newest, Long.parseLong(matcher.group(1)));
        }
      }
    }
    return newest < 0 ? OptionalLong.empty() : OptionalLong.of(newest);
  }

  /** The id that Delta gave the table when it was made. */
  String id() {
    return find(0, TABLE_ID)
        .or(this::idOfChecksum)
        .orElseGet(
            () -> {
              Row detail = DeltaTable.forPath(spark, table.toString()).detail().first();
              return RowReader.of(detail.schema(), "id").at(detail).text("id");
            });
  }

  /** The id as Delta's checksum file has it: the first commits of an old table are gone. */
  private Optional<String> idOfChecksum() {
    long newest = newest().orElse(0);
    return FewFiles.metadata(spark, table, newest).map(metadata -> metadata.path("id").asText());
  }

  /** Rows that a commit wrote; 0 if it wrote none. */
  long rowsWritten(long version) {
    return find(version, ROWS_WRITTEN).map(Long::parseLong).orElse(0L);
  }

  /** Whether the table was made and nobody has written to it since. */
  boolean awaitsFirstRows() {
    OptionalLong newest = newest();
    return newest.isPresent() && newest.getAsLong() == 0 && !hasLine(0, FIRST_FILE);
  }

  /** Whether a commit has the note of this writer. */
  boolean isNoted(long version, String note) {
    String stored = note.replace("\\", "\\\\").replace("\"", "\\\"");
    return hasLine(version, Pattern.compile("\"userMetadata\":\"" + Pattern.quote(stored) + "\""));
  }

  /** Whether a commit has a note with this text in it. */
  boolean isNotedWith(long version, String part) {
    String stored = part.replace("\\", "\\\\").replace("\"", "\\\"");
    return hasLine(
        version,
        Pattern.compile("\"userMetadata\":\"(?:[^\"\\\\]|\\\\.)*" + Pattern.quote(stored)));
  }

  /** The note of a commit that changes files and properties, and no row. */
  static String rowsOf(long version) {
    return "{\"rows_of\":\"" + version + "\"}";
  }

  /** The version whose rows a version has: itself, or the one whose files it arranged anew. */
  long content(long version) {
    return notedText(version, "rows_of").map(Long::parseLong).orElse(version);
  }

  /** A note, and in it the rows that its commit replaces: those of {@code column} in a range. */
  static String withReplaced(String note, String column, String from, String to) {
    return withText(note, "replaced", String.format(Locale.ROOT, "%s %s..%s", column, from, to));
  }

  /** A note, and in it a text under a name; the same where the note is no JSON object. */
  static String withText(String note, String name, String text) {
    return note.endsWith("}")
        ? String.format(
            Locale.ROOT,
            "%s%s\"%s\":\"%s\"}",
            note.substring(0, note.length() - 1),
            note.equals("{}") ? "" : ",",
            name,
            text)
        : note;
  }

  /** The days that a commit replaced, by its note; empty if it has no such note. */
  Optional<ChangedDays> replaced(long version, String column) {
    String day = "(?:\\d{4}-\\d{2}-\\d{2})";
    Pattern range =
        Pattern.compile(
            "\\\\\"replaced\\\\\":\\\\\"" + column + " (" + day + "\\.\\." + day + ")\\\\\"");
    return find(version, range)
        .map(found -> found.split("\\.\\.", 2))
        .map(ends -> new ChangedDays(LocalDate.parse(ends[0]), LocalDate.parse(ends[1])));
  }

  /** The versions of the inputs that a commit's note names, by their names. */
  Map<String, TableVersion> notedInputs(long version) {
    Matcher named =
        Pattern.compile("\\\\\"([a-z_]+\\.[a-z_]+)\\\\\":\\\\\"([0-9a-fA-F-]+)@(\\d+)\\\\\"")
            .matcher(find(version, NOTE).orElse(""));
    Map<String, TableVersion> inputs = new TreeMap<>();
    while (named.find()) {
      inputs.put(named.group(1), new TableVersion(named.group(2), Long.parseLong(named.group(3))));
    }
    return inputs;
  }

  /** A text that a commit's note holds under a name; empty if it holds none. */
  Optional<String> notedText(long version, String name) {
    return find(
        version,
        Pattern.compile("\\\\\"" + Pattern.quote(name) + "\\\\\":\\\\\"([^\"\\\\]*)\\\\\""));
  }

  /** A text that a note holds under a name; empty if it holds none. */
  static Optional<String> textOf(String note, String name) {
    Matcher named =
        Pattern.compile("\"" + Pattern.quote(name) + "\":\"([^\"\\\\]*)\"").matcher(note);
    return named.find() ? Optional.of(named.group(1)) : Optional.empty();
  }

  private boolean hasLine(long version, Pattern pattern) {
    return find(version, Pattern.compile("(" + pattern.pattern() + ")")).isPresent();
  }

  /** A data file in the folder of a table that has no log; empty if there is none. */
  Optional<String> strayFile() {
    Deque<Path> folders = new ArrayDeque<>();
    folders.add(table);
    while (!folders.isEmpty()) {
      for (FileStatus file : list(folders.remove())) {
        String name = file.getPath().getName();
        if (name.startsWith(".") || name.startsWith("_")) {
          continue;
        }
        if (!file.isDirectory()) {
          return Optional.of(file.getPath().toString());
        }
        folders.add(file.getPath());
      }
    }
    return Optional.empty();
  }

  private Path log() {
    return new Path(table, "_delta_log");
  }

  private Optional<String> find(long version, Pattern pattern) {
    Path commit = new Path(log(), String.format(Locale.ROOT, "%020d.json", version));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(files().open(commit), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = pattern.matcher(line);
        if (matcher.find()) {
          return Optional.of(matcher.group(1));
        }
        if (line.startsWith("{\"add\"")) {
          return Optional.empty();
        }
      }
      return Optional.empty();
    } catch (FileNotFoundException cleanedUp) {
      return Optional.empty();
    } catch (IOException error) {
      throw Failures.storage("reading " + commit, error);
    }
  }

  /**
   * Removes what a first commit leaves behind that was never made: its folder, and in it the file
   * under the name that it has until it is whole. Delta takes such a folder for a table and would
   * not make one there. A commit that another run makes meanwhile stays: no folder is removed that
   * holds anything else.
   */
  void removeUnborn() {
    if (exists()) {
      return;
    }
    try {
      for (FileStatus left : list(log())) {
        if (left.isDirectory() || left.getPath().getName().startsWith(".")) {
          files().delete(left.getPath(), false);
        }
      }
      files().delete(log(), false);
    } catch (IOException notEmpty) {
      // What is there then is another run's, or is named when the table is made.
    }
  }

  private FileStatus[] list(Path folder) {
    try {
      return files().listStatus(folder);
    } catch (FileNotFoundException none) {
      return new FileStatus[0];
    } catch (IOException error) {
      throw Failures.storage("listing " + folder, error);
    }
  }

  private FileSystem files() throws IOException {
    return table.getFileSystem(spark.sparkContext().hadoopConfiguration());
  }
}
