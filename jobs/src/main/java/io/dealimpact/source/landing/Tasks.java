package io.dealimpact.source.landing;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** Shares files out to Spark tasks: a large file has a task to itself, small ones share one. */
final class Tasks {
  private static final long MAX_BYTES = 32L << 20;
  private static final int MAX_FILES = 200;

  private Tasks() {}

  /** The work on the files of one task, on an executor. */
  interface Work<T> extends Serializable {
    Iterator<T> on(String[][] files, SerializableConfiguration configuration) throws IOException;
  }

  /** What the work gives for all files, in their order. Nothing happens until it is used. */
  static <T> Dataset<T> run(
      SparkSession spark, List<LandingFile> files, Work<T> work, Encoder<T> encoder) {
    SerializableConfiguration configuration =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    String[][][] tasks = toStrings(pack(files, spark.sparkContext().defaultParallelism()));
    // A range has exactly as many partitions as it is asked for; a list has not.
    return spark
        .range(0, tasks.length, 1, tasks.length)
        .flatMap(
            (FlatMapFunction<Long, T>) task -> work.on(tasks[task.intValue()], configuration),
            encoder);
  }

  /** Consecutive groups of files; none is empty. */
  static List<List<LandingFile>> pack(List<LandingFile> files, int parallelism) {
    long total = files.stream().mapToLong(LandingFile::bytes).sum();
    long share = Math.min(MAX_BYTES, total / Math.max(1, parallelism) + 1);
    List<List<LandingFile>> tasks = new ArrayList<>();
    List<LandingFile> task = new ArrayList<>();
    long bytes = 0;
    for (LandingFile file : files) {
      if (!task.isEmpty() && (bytes + file.bytes() > share || task.size() == MAX_FILES)) {
        tasks.add(task);
        task = new ArrayList<>();
        bytes = 0;
      }
      task.add(file);
      bytes += file.bytes();
    }
    if (!task.isEmpty()) {
      tasks.add(task);
    }
    return tasks;
  }

  /** The groups as Spark's serializers, Kryo too, can carry them. */
  private static String[][][] toStrings(List<List<LandingFile>> tasks) {
    return tasks.stream()
        .map(task -> task.stream().map(LandingFile::toStrings).toArray(String[][]::new))
        .toArray(String[][][]::new);
  }
}
