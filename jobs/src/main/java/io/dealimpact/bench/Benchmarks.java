package io.dealimpact.bench;

import io.dealimpact.report.BenchmarkPage;
import io.dealimpact.run.Failures;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Measures the program at growing sizes, checks what it computed, and writes a page. */
public final class Benchmarks {
  private static final long LEAST_ROWS = 100;

  private final SparkSession spark;
  private final List<String> settings;
  private final PrintStream err;

  /**
   * Prepares the benchmarks.
   *
   * @param settings of the configuration, {@code key=value}; the lake is a folder of its own
   * @param err progress
   */
  public Benchmarks(SparkSession spark, List<String> settings, PrintStream err) {
    this.spark = spark;
    this.settings = List.copyOf(settings);
    this.err = err;
  }

  /**
   * Writes benchmark.md into a folder. Returns the page.
   *
   * @param rows the largest size; a hundredth and a tenth of it are run too
   * @throws io.dealimpact.run.DealImpactException if a check does not hold
   */
  public String write(long rows, Path out) {
    List<Long> sizes =
        LongStream.of(rows / 100, rows / 10, rows)
            .map(size -> Math.max(LEAST_ROWS, size))
            .distinct()
            .boxed()
            .toList();
    try {
      Path folder = Files.createTempDirectory("deal-impact-bench");
      try {
        String page = new BenchmarkPage(machine(), List.of(capacity(sizes, folder))).markdown();
        Files.createDirectories(out);
        Files.writeString(out.resolve("benchmark.md"), page);
        return page;
      } finally {
        delete(folder);
      }
    } catch (IOException error) {
      throw Failures.storage("writing the benchmark to " + out, error);
    }
  }

  private BenchmarkPage.Part capacity(List<Long> sizes, Path folder) {
    CapacityBenchmark benchmark = new CapacityBenchmark(spark, folder, settings, err);
    Optional<DuckDb> peer = DuckDb.open(spark.sparkContext().defaultParallelism(), folder);
    try {
      return benchmark.run(sizes, peer);
    } finally {
      peer.ifPresent(DuckDb::close);
    }
  }

  private String machine() throws IOException {
    Path cpu = Path.of("/proc/cpuinfo");
    String model = System.getProperty("os.arch");
    if (Files.isReadable(cpu)) {
      try (Stream<String> lines = Files.lines(cpu)) {
        model =
            lines
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(model);
      }
    }
    Runtime runtime = Runtime.getRuntime();
    return String.format(
        Locale.ROOT,
        "Machine: %s, %d cores, heap %.1f GB, %s %s, Java %s, Spark %s on %s.",
        model,
        runtime.availableProcessors(),
        runtime.maxMemory() / 1e9,
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        Runtime.version(),
        spark.version(),
        spark.sparkContext().master());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
