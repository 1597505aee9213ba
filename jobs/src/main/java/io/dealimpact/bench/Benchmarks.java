package io.dealimpact.bench;

import io.dealimpact.report.BenchmarkPage;
import io.dealimpact.report.StudyFigures;
import io.dealimpact.run.Failures;
import io.dealimpact.run.ScratchFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
   * Writes benchmark.md for the roll-up of commitments into a folder. Returns the page.
   *
   * @param rows the largest size; a hundredth and a tenth of it are run too
   * @param command how, for the page
   * @throws io.dealimpact.run.DealImpactException if a check does not hold
   */
  public String rollUp(long rows, String command, Path out) {
    List<Long> sizes =
        LongStream.of(rows / 100, rows / 10, rows)
            .map(size -> Math.max(LEAST_ROWS, size))
            .distinct()
            .boxed()
            .toList();
    return inFolder(
        out,
        (folder, peer) ->
            write(
                out,
                new CapacityBenchmark(spark, folder, settings, err)
                    .run(sizes, peer, machine(), command)
                    .section()));
  }

  /**
   * What the study is measured on.
   *
   * @param instruments their number, the benchmark not counted
   * @param days trading days
   * @param events their number
   * @param on which instruments
   * @param seed another seed gives another market
   */
  public record Market(int instruments, int days, long events, On on, long seed) {
    private SyntheticMarket synthetic() {
      return new SyntheticMarket(
          instruments,
          days,
          events,
          switch (on) {
            case ALL -> SyntheticMarket.Placement.ALL_INSTRUMENTS;
            case ONE -> SyntheticMarket.Placement.ONE_INSTRUMENT;
          },
          seed);
    }
  }

  /** The instruments that have events. */
  public enum On {
    ALL,
    ONE
  }

  /** Whether markets that grow up to the one given are measured too. */
  public enum Sizes {
    GIVEN,
    GROWING
  }

  /** What is computed of the events. */
  public enum Study {
    /** One model, window and group, and two tests, as the peers do. */
    PLAIN,
    /** The same; then every table of the study, in the settings that the program has by default. */
    FULL
  }

  /**
   * Writes benchmark.md and study-benchmark.json for the study of events into a folder. Returns the
   * page.
   *
   * @param repeats runs of which the median is taken
   * @param command how, for the page
   * @throws io.dealimpact.run.DealImpactException if a check does not hold
   */
  public String study(
      Market market, Study study, Sizes sizes, int repeats, String command, Path out) {
    SyntheticMarket largest = market.synthetic();
    if (!largest.hasDaysOfTheirOwn()) {
      throw Failures.usage(
          market.events()
              + " events of "
              + market.instruments()
              + " instruments have no days of their own among "
              + market.days()
              + "; give fewer --events, more --days or more --instruments");
    }
    return inFolder(
        out,
        (folder, peer) -> {
          StudyFigures figures =
              new StudyBenchmark(spark, folder, settings, study, peer, err)
                  .run(
                      largest,
                      repeats,
                      switch (sizes) {
                        case GIVEN -> List.of();
                        case GROWING -> StudyBenchmark.Growing.upTo(largest);
                      },
                      machine(),
                      command);
          Files.createDirectories(out);
          Files.writeString(out.resolve("study-benchmark.json"), figures.json());
          return write(out, figures.section());
        });
  }

  /** The format in which bars are delivered. */
  public enum Bars {
    PARQUET,
    CSV
  }

  /**
   * Writes benchmark.md for whole nights into a folder. Returns the page.
   *
   * @param market that the landing zone holds; a tenth of its history is measured first
   * @param command how, for the page
   * @throws io.dealimpact.run.DealImpactException if a night does not end well
   */
  public String nights(Market market, Bars format, String command, Path out) {
    return inFolder(
        out,
        (folder, peer) ->
            write(
                out,
                new NightsBenchmark(spark, folder, settings, peer, err)
                    .run(market.synthetic(), format, machine(), command)
                    .section()));
  }

  private interface Measuring {
    String measure(Path folder, Optional<DuckDb> peer) throws IOException;
  }

  private String inFolder(Path out, Measuring measuring) {
    try (ScratchFolder folder = ScratchFolder.make("deal-impact-bench")) {
      Optional<DuckDb> peer = DuckDb.open(spark.sparkContext().defaultParallelism(), folder.path());
      try {
        return measuring.measure(folder.path(), peer);
      } finally {
        peer.ifPresent(DuckDb::close);
      }
    } catch (IOException error) {
      throw Failures.storage("writing the benchmark to " + out, error);
    }
  }

  private static String write(Path out, BenchmarkPage.Section section) throws IOException {
    Files.createDirectories(out);
    Path file = out.resolve("benchmark.md");
    String earlier = Files.exists(file) ? Files.readString(file) : "";
    String page = new BenchmarkPage(List.of(section)).over(earlier).markdown();
    Files.writeString(file, page);
    return page;
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
}
