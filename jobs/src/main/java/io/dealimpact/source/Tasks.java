package io.dealimpact.source;

import java.util.ArrayList;
import java.util.List;

/** Shares files out to Spark tasks: a large file has a task to itself, small ones share one. */
final class Tasks {
  private static final long MAX_BYTES = 32L << 20;
  private static final int MAX_FILES = 200;

  private Tasks() {}

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
  static List<String[][]> toStrings(List<List<LandingFile>> tasks) {
    return tasks.stream()
        .map(task -> task.stream().map(LandingFile::toStrings).toArray(String[][]::new))
        .toList();
  }
}
