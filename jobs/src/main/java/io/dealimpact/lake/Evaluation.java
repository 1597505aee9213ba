package io.dealimpact.lake;

import io.dealimpact.row.KeptRows;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * How Spark evaluates plans: it interprets them, or it makes Java code of each and has it compiled;
 * it plans them once, or anew after each stage; many tasks share a table's rows, or one has them
 * all; what is made of {@link KeptRows} is planned with all that made them, or from the rows alone.
 * The code, the better plan and the tasks are faster for many rows; for few, to make them takes
 * most of the time. Rows are the same.
 */
public final class Evaluation {
  /** Bytes of a whole lake up to which its tables are read faster where plans are interpreted. */
  private static final long SMALL_BYTES = 64L << 20;

  /**
   * Bytes of what was delivered, some 100,000 bars, above which a night is faster where plans are
   * compiled. 600,000 bars were conformed in 57 s interpreted, 2,000,000 in 32 s compiled.
   */
  private static final long SMALL_DELIVERIES = 12L << 20;

  /** More files are not looked at, so that the look itself takes no time. */
  private static final int MOST_FILES = 10_000;

  /** With more tasks of a shuffle, Spark has to be free to merge them while a plan runs. */
  private static final int FEW_TASKS = 16;

  private static final List<String> COMPILING =
      List.of("spark.sql.codegen.wholeStage", "spark.sql.codegen.factoryMode");

  private static final List<String> INTERPRETED = List.of("false", "NO_CODEGEN");

  /** Whether a plan is planned anew after each of its stages. */
  private static final String ADAPTIVE = "spark.sql.adaptive.enabled";

  private static final String SHUFFLE_TASKS = "spark.sql.shuffle.partitions";

  /** Tasks for each core of one machine that share a shuffle of many rows. */
  private static final int TASKS_A_CORE = 2;

  /**
   * How many tasks read the files of a table at least. By default each core has one, and each
   * unpacks the plan of its stage for itself: of a first night of few rows a tenth of the
   * processor's time.
   */
  private static final String READING_TASKS = "spark.sql.files.minPartitionNum";

  /** Our own: how many tasks share a shuffle before much computing, where not as many as others. */
  private static final String COMPUTING_TASKS = "spark.dealimpact.computing.tasks";

  private static final List<String> SETTINGS =
      Stream.concat(
              COMPILING.stream(),
              Stream.of(
                  ADAPTIVE, SHUFFLE_TASKS, READING_TASKS, COMPUTING_TASKS, KeptRows.LEAVING_PLANS))
          .toList();

  /** The size of what a session works on. */
  private enum Size {
    SMALL,
    LARGE
  }

  private Evaluation() {}

  /**
   * Has a session interpret its plans, plan them once and give each step to one task if all files
   * of some folders together are small, and compile them, plan them anew as they run and share
   * their steps if they are not, whatever it did before. What the settings that Spark was started
   * with say stays.
   *
   * @param folders of any storage; one that cannot be listed is not small
   */
  public static void suit(SparkSession spark, List<String> folders) {
    boolean isSmall = areSmall(folders, SMALL_BYTES, spark.sparkContext().hadoopConfiguration());
    suit(spark, isSmall ? Size.SMALL : Size.LARGE);
  }

  /**
   * The same for a run, which may type and judge all that was delivered: the landing zone and
   * bronze have to be smaller.
   */
  public static void suitRun(SparkSession spark, String landing, String lake) {
    Configuration storage = spark.sparkContext().hadoopConfiguration();
    boolean isSmall =
        areSmall(List.of(landing, lake + "/bronze"), SMALL_DELIVERIES, storage)
            && areSmall(List.of(landing, lake), SMALL_BYTES, storage);
    suit(spark, isSmall ? Size.SMALL : Size.LARGE);
  }

  /** What suits a session before anything is known of its rows: there may be many. */
  static void suitMany(SparkSession spark) {
    suit(spark, Size.LARGE);
  }

  private static void suit(SparkSession spark, Size size) {
    SparkConf said = spark.sparkContext().getConf();
    boolean leavesPlans = size == Size.SMALL && spark.sparkContext().isLocal();
    set(spark, KeptRows.LEAVING_PLANS, leavesPlans ? "true" : "");
    if (!said.contains(SHUFFLE_TASKS)) {
      String cores = Integer.toString(spark.sparkContext().defaultParallelism());
      set(spark, SHUFFLE_TASKS, size == Size.SMALL ? "1" : shuffleTasksOfMany(spark));
      set(spark, COMPUTING_TASKS, size == Size.SMALL ? cores : "");
    }
    if (!said.contains(READING_TASKS)) {
      set(spark, READING_TASKS, size == Size.SMALL ? "1" : "");
    }
    if (COMPILING.stream().noneMatch(said::contains)) {
      for (int i = 0; i < COMPILING.size(); i++) {
        set(spark, COMPILING.get(i), size == Size.SMALL ? INTERPRETED.get(i) : "");
      }
    }
    if (!said.contains(ADAPTIVE)) {
      boolean hasFewTasks = Integer.parseInt(spark.conf().get(SHUFFLE_TASKS)) <= FEW_TASKS;
      set(spark, ADAPTIVE, size == Size.SMALL && hasFewTasks ? "false" : "");
    }
  }

  /** A cluster has as many tasks as Spark takes, and merges them while a plan runs. */
  private static String shuffleTasksOfMany(SparkSession spark) {
    return spark.sparkContext().isLocal()
        ? Integer.toString(TASKS_A_CORE * spark.sparkContext().defaultParallelism())
        : "";
  }

  /**
   * @param value empty for Spark's own
   */
  private static void set(SparkSession spark, String setting, String value) {
    if (value.isEmpty()) {
      spark.conf().unset(setting);
    } else {
      spark.conf().set(setting, value);
    }
  }

  /**
   * How many tasks share rows of which much is computed: as many as share any, but each core has
   * one where a session gives the rows to one task because they are few.
   */
  public static int computingTasks(SparkSession spark) {
    String usual = spark.conf().get(SHUFFLE_TASKS);
    return Integer.parseInt(spark.conf().getOption(COMPUTING_TASKS).getOrElse(() -> usual));
  }

  /** Has one session evaluate plans as another one does. */
  public static void same(SparkSession from, SparkSession to) {
    SETTINGS.forEach(
        setting -> set(to, setting, from.conf().getOption(setting).getOrElse(() -> "")));
  }

  static boolean areSmall(List<String> folders, long most, Configuration storage) {
    Sum sum = new Sum(most);
    for (String folder : folders) {
      try {
        Path path = new Path(folder);
        FileSystem fileSystem = path.getFileSystem(storage);
        if (fileSystem instanceof LocalFileSystem local) {
          add(local.pathToFile(path).toPath(), sum);
        } else {
          add(fileSystem, path, sum);
        }
      } catch (FileNotFoundException | NoSuchFileException none) {
        // A lake before its first night.
      } catch (IOException | RuntimeException unreadable) {
        return false;
      }
    }
    return sum.isSmall();
  }

  /** One listing for all folders below: each is a request where storage is remote. */
  private static void add(FileSystem fileSystem, Path folder, Sum sum) throws IOException {
    RemoteIterator<LocatedFileStatus> found = fileSystem.listFiles(folder, true);
    while (sum.isSmall() && found.hasNext()) {
      sum.add(found.next().getLen());
    }
  }

  /** Hadoop's own recursive listing of local files starts a process for each of them. */
  private static void add(java.nio.file.Path folder, Sum sum) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(java.nio.file.Path file, BasicFileAttributes found) {
            sum.add(found.size());
            return sum.isSmall() ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }
        });
  }

  /** What was found in the folders so far. */
  private static final class Sum {
    private final long most;
    private long bytes;
    private int files;

    Sum(long most) {
      this.most = most;
    }

    void add(long size) {
      bytes += size;
      files++;
    }

    boolean isSmall() {
      return bytes <= most && files <= MOST_FILES;
    }
  }
}
