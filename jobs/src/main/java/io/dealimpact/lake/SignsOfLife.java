package io.dealimpact.lake;

import io.dealimpact.run.Failures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The signs of life of a run that holds the lake: empty files beside {@code ops.lease}, whose names
 * count up. An empty file is there or is not, so none is read half. To give one costs milliseconds
 * and no commit.
 */
final class SignsOfLife {
  private static final Pattern NAME = Pattern.compile("(\\d+)-(\\d+)");

  private final Lake lake;
  private final long step;
  private long given;

  /**
   * @param step of the lease that the signs belong to
   */
  SignsOfLife(Lake lake, long step) {
    this.lake = lake;
    this.step = step;
  }

  /** The number of the newest sign; 0 if there is none. */
  long newest() {
    try {
      long newest = 0;
      for (FileStatus file : list()) {
        Matcher name = NAME.matcher(file.getPath().getName());
        if (name.matches() && Long.parseLong(name.group(1)) == step) {
          newest = Math.max(newest, Long.parseLong(name.group(2)));
        }
      }
      return newest;
    } catch (IOException error) {
      throw Failures.storage("looking for signs of life in " + folder(), error);
    }
  }

  /** Gives the next sign, and takes the one before away. */
  void give() {
    try {
      files().create(file(given + 1), true).close();
      given++;
      files().delete(file(given - 1), false);
    } catch (IOException error) {
      throw Failures.storage("giving a sign of life in " + folder(), error);
    }
  }

  /** Takes all signs of this step away. */
  void remove() {
    try {
      for (FileStatus file : list()) {
        if (file.getPath().getName().startsWith(step + "-")) {
          files().delete(file.getPath(), false);
        }
      }
    } catch (IOException error) {
      throw Failures.storage("removing signs of life in " + folder(), error);
    }
  }

  private Path folder() {
    // Delta passes over names with an underscore.
    return new Path(lake.path(Tables.LEASE), "_signs_of_life");
  }

  private Path file(long number) {
    return new Path(folder(), String.format(Locale.ROOT, "%d-%d", step, number));
  }

  private FileStatus[] list() throws IOException {
    try {
      return files().listStatus(folder());
    } catch (FileNotFoundException none) {
      return new FileStatus[0];
    }
  }

  private FileSystem files() throws IOException {
    return folder().getFileSystem(lake.spark().sparkContext().hadoopConfiguration());
  }
}
