package io.dealimpact.source.landing;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;

import io.dealimpact.row.RowReader;
import io.dealimpact.run.Sha256;
import io.dealimpact.source.Feed;
import io.dealimpact.source.vendor.VendorFormats;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The landing zone: a folder with a sub-folder for each feed, on any file system that Hadoop knows.
 * Names that start with {@code .} or {@code _}, README files and Markdown are not looked at. Only
 * regular files inside the folder are read; what else lies there is listed with the reason.
 */
public final class Landing {
  /** Deeper folders than this are a loop of symbolic links. */
  private static final int MAX_DEPTH = 16;

  private static final String DELTA_LOG = "_delta_log";

  private static final String UNREADABLE = "!";

  private Landing() {}

  /**
   * Lists the landing zone and computes the version of every file, streaming, on the executors.
   *
   * @param root a Hadoop path
   * @throws IOException if the storage fails
   */
  public static Listing list(SparkSession spark, String root) throws IOException {
    Path rootPath = new Path(root);
    FileSystem fileSystem = rootPath.getFileSystem(spark.sparkContext().hadoopConfiguration());
    if (!fileSystem.exists(rootPath) || !fileSystem.getFileStatus(rootPath).isDirectory()) {
      return new Listing(
          List.of(),
          List.of(),
          List.of(new MissingInput("landing folder", rootPath.toString())),
          List.of());
    }
    List<Found> found = new ArrayList<>();
    List<UnknownFile> unknown = new ArrayList<>();
    Path folder = fileSystem.makeQualified(rootPath);
    Set<String> tables = new TreeSet<>();
    collect(fileSystem, LocalFiles.under(folder), folder, "", 0, found, unknown, tables);
    tables.removeIf(table -> !keepLiveFiles(spark, folder, table, found, unknown));
    found.sort(comparing(Found::relativePath));

    List<LandingFile> known = new ArrayList<>();
    for (Found file : found) {
      VendorFormats.Found kind = VendorFormats.of(file.relativePath());
      if (kind instanceof VendorFormats.Found.Known as) {
        known.add(
            new LandingFile(
                as.feed(), file.relativePath(), file.path().toString(), file.bytes(), ""));
      } else if (kind instanceof VendorFormats.Found.Unknown as) {
        unknown.add(new UnknownFile(file.relativePath(), as.reason()));
      }
    }
    List<LandingFile> files = new ArrayList<>();
    List<String> versions = versions(spark, known);
    for (int i = 0; i < known.size(); i++) {
      LandingFile file = known.get(i);
      String version = versions.get(i);
      if (version.startsWith(UNREADABLE)) {
        unknown.add(new UnknownFile(file.relativePath(), version.substring(UNREADABLE.length())));
      } else {
        files.add(
            new LandingFile(
                file.feed(), file.relativePath(), file.absolutePath(), file.bytes(), version));
      }
    }
    unknown.sort(comparing(UnknownFile::relativePath));
    return new Listing(files, unknown, missing(rootPath, files), List.copyOf(tables));
  }

  private static List<MissingInput> missing(Path root, List<LandingFile> files) {
    Set<Feed> present = files.stream().map(LandingFile::feed).collect(toSet());
    List<MissingInput> missing = new ArrayList<>();
    for (Feed feed : Feed.values()) {
      if (feed.isRequired()
          && !present.contains(feed)
          && feed.substitute().stream().noneMatch(present::contains)) {
        missing.add(new MissingInput(feed.folder(), new Path(root, feed.folder()).toString()));
      }
    }
    return missing;
  }

  private record Found(String relativePath, Path path, long bytes) {}

  private static void collect(
      FileSystem fileSystem,
      LocalFiles local,
      Path folder,
      String prefix,
      int depth,
      List<Found> into,
      List<UnknownFile> unknown,
      Set<String> tables)
      throws IOException {
    if (fileSystem.exists(new Path(folder, DELTA_LOG))) {
      tables.add(prefix);
    }
    Optional<String> format = otherTable(fileSystem, folder);
    if (format.isPresent() && !prefix.isEmpty()) {
      unknown.add(
          new UnknownFile(
              prefix,
              "it is a table of "
                  + format.get()
                  + ", whose files may be removed ones; export it as Parquet or Delta"));
      return;
    }
    for (String name : local.deadLinks(folder)) {
      if (!isIgnored(name)) {
        unknown.add(new UnknownFile(prefix + name, "it is a link that leads nowhere"));
      }
    }
    for (FileStatus status : fileSystem.listStatus(folder)) {
      String name = status.getPath().getName();
      if (isIgnored(name)) {
        continue;
      }
      String relativePath = prefix + name;
      Optional<String> refusal = local.refusal(status.getPath());
      if (refusal.isPresent()) {
        unknown.add(
            new UnknownFile(
                status.isDirectory() ? relativePath + "/" : relativePath, refusal.get()));
      } else if (!status.isDirectory()) {
        into.add(new Found(relativePath, status.getPath(), status.getLen()));
      } else if (depth < MAX_DEPTH) {
        collect(
            fileSystem,
            local,
            status.getPath(),
            relativePath + "/",
            depth + 1,
            into,
            unknown,
            tables);
      }
    }
  }

  /**
   * Keeps the files of a Delta table that its log names: the others were removed from it, and lie
   * there until they are vacuumed. A table whose files do not say all (deletion vectors, mapped
   * columns), or whose log cannot be read, is refused.
   */
  private static boolean keepLiveFiles(
      SparkSession spark, Path root, String table, List<Found> found, List<UnknownFile> unknown) {
    Set<String> live = new HashSet<>();
    String refusal = null;
    String path = new Path(root, table).toString();
    try {
      Row detail =
          spark
              .sql("DESCRIBE DETAIL delta.`" + path.replace("`", "``") + "`")
              .select(concat_ws(",", col("tableFeatures")).as("features"))
              .first();
      String features = RowReader.of(detail.schema()).at(detail).text("features");
      if (features.contains("deletionVectors") || features.contains("columnMapping")) {
        refusal = "it is a Delta table with " + features + ", whose files alone do not say all";
      } else {
        for (String file : spark.read().format("delta").load(path).inputFiles()) {
          live.add(new Path(URI.create(file)).toUri().getPath());
        }
      }
    } catch (Exception error) {
      refusal =
          "it is a Delta table whose log cannot be read: "
              + String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    }
    String why = refusal;
    found.removeIf(
        file ->
            file.relativePath().startsWith(table)
                && (why != null || !live.contains(file.path().toUri().getPath())));
    if (why != null) {
      unknown.add(new UnknownFile(table, why));
    }
    return why == null;
  }

  /** The format of a table whose log is not read here. */
  private static Optional<String> otherTable(FileSystem fileSystem, Path folder)
      throws IOException {
    if (fileSystem.exists(new Path(folder, ".hoodie"))) {
      return Optional.of("Apache Hudi");
    }
    Path metadata = new Path(folder, "metadata");
    if (fileSystem.exists(metadata) && fileSystem.getFileStatus(metadata).isDirectory()) {
      for (FileStatus status : fileSystem.listStatus(metadata)) {
        if (status.getPath().getName().endsWith(".metadata.json")) {
          return Optional.of("Apache Iceberg");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isIgnored(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.startsWith(".")
        || name.startsWith("_")
        || lower.startsWith("readme")
        || lower.endsWith(".md");
  }

  /** The sha256 of each file, in order; after {@link #UNREADABLE} the reason why there is none. */
  private static List<String> versions(SparkSession spark, List<LandingFile> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    return Tasks.run(
            spark,
            files,
            (task, configuration) -> {
              List<String> versions = new ArrayList<>();
              for (String[] file : task) {
                versions.add(version(configuration, LandingFile.ofStrings(file)));
              }
              return versions.iterator();
            },
            Encoders.STRING())
        .collectAsList();
  }

  private static String version(SerializableConfiguration configuration, LandingFile file)
      throws IOException {
    Path path = new Path(file.absolutePath());
    MessageDigest digest = Sha256.start();
    try (InputStream in = path.getFileSystem(configuration.value()).open(path)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (FileNotFoundException | AccessControlException e) {
      return UNREADABLE + "it cannot be opened: " + e.getMessage();
    } catch (IOException e) {
      if (!LocalFiles.isLocal(path)) {
        // A storage that fails may have the file the next time: the run ends and says so.
        throw e;
      }
      return UNREADABLE + "it cannot be read: " + e.getMessage();
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
