package io.dealimpact.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.SparkSession;

/**
 * How Spark evaluates plans: it interprets them, or it makes Java code of each and has it compiled.
 * The code is faster for many rows; for few, to make it takes most of the time. Rows are the same.
 */
public final class Evaluation {
  /** Up to it, a night takes less time where plans are interpreted. */
  private static final long SMALL_BYTES = 64L << 20;

  /** More files are not looked at, so that the look itself takes no time. */
  private static final int MOST_FILES = 10_000;

  private static final List<String> SETTINGS =
      List.of("spark.sql.codegen.wholeStage", "spark.sql.codegen.factoryMode");

  private static final List<String> INTERPRETED = List.of("false", "NO_CODEGEN");

  private Evaluation() {}

  /**
   * Has a session interpret its plans if all files of some folders together are small, and compile
   * them if they are not, whatever it did before. Where the settings that Spark was started with
   * say how plans are evaluated, that stays.
   *
   * @param folders of any storage; one that cannot be listed is not small
   */
  public static void suit(SparkSession spark, List<String> folders) {
    boolean isSaid = SETTINGS.stream().anyMatch(spark.sparkContext().getConf()::contains);
    if (isSaid) {
      return;
    }
    if (areSmall(folders, spark.sparkContext().hadoopConfiguration())) {
      for (int i = 0; i < SETTINGS.size(); i++) {
        spark.conf().set(SETTINGS.get(i), INTERPRETED.get(i));
      }
    } else {
      SETTINGS.forEach(spark.conf()::unset);
    }
  }

  /** Has one session evaluate plans as another one does. */
  public static void same(SparkSession from, SparkSession to) {
    for (String setting : SETTINGS) {
      to.conf().set(setting, from.conf().get(setting));
    }
  }

  static boolean areSmall(List<String> folders, Configuration storage) {
    Sum sum = new Sum();
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
    private long bytes;
    private int files;

    void add(long size) {
      bytes += size;
      files++;
    }

    boolean isSmall() {
      return bytes <= SMALL_BYTES && files <= MOST_FILES;
    }
  }
}
