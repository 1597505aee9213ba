package io.dealimpact.bench;

import io.dealimpact.bench.SyntheticMarket.Placement;
import io.dealimpact.lake.Tables;
import io.dealimpact.report.StudyFigures;
import io.dealimpact.report.StudyFigures.Figure;
import io.dealimpact.report.StudyFigures.Growth;
import io.dealimpact.run.Failures;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * The study of events by the stages of the flow itself, Delta tables to Delta tables; beside it
 * DuckDB with two ways to write the same in SQL. All outputs are compared row by row, and with what
 * the market was made with.
 */
final class StudyBenchmark {
  private static final SyntheticMarket WARM_UP =
      new SyntheticMarket(24, 400, 120, Placement.ALL_INSTRUMENTS, 1);
  private static final List<String> WORKS =
      List.of(StudyFigures.OBVIOUS, StudyFigures.RUNNING_SUMS, StudyFigures.OURS);

  private final SparkSession spark;
  private final Path folder;
  private final List<String> settings;
  private final Benchmarks.Study study;
  private final Optional<DuckDb> peer;
  private final PrintStream err;
  private final Map<SyntheticMarket, Path> lakes = new LinkedHashMap<>();
  private final Map<SyntheticMarket, List<Figure>> measured = new LinkedHashMap<>();
  private final Set<String> checks = new LinkedHashSet<>();

  /**
   * Prepares a benchmark.
   *
   * @param folder for its lakes and files
   * @param settings of the configuration, {@code key=value}
   * @param study whether the full study is measured beside the plain one
   * @param peer beside which the program runs; alone where there is none
   */
  StudyBenchmark(
      SparkSession spark,
      Path folder,
      List<String> settings,
      Benchmarks.Study study,
      Optional<DuckDb> peer,
      PrintStream err) {
    this.spark = spark;
    this.folder = folder;
    this.settings = settings;
    this.study = study;
    this.peer = peer;
    this.err = err;
  }

  /**
   * Measures a market.
   *
   * @param repeats runs of which the median is taken
   * @param growth the markets whose growth is measured too, one run each
   * @throws io.dealimpact.run.DealImpactException if a check does not hold
   */
  StudyFigures run(
      SyntheticMarket market, int repeats, List<Growing> growth, String machine, String command) {
    measure(WARM_UP, 1);
    measured.clear();
    checks.clear();
    List<Figure> figures = new ArrayList<>(measure(market, repeats));
    List<Growth> grown = new ArrayList<>();
    for (Growing each : growth) {
      each.markets().values().forEach(grew -> measure(grew, 1));
      grown.addAll(growth(each));
    }
    if (peer.isEmpty()) {
      checks.add("DuckDB was not on the class path: there is no peer in this run");
    }
    return new StudyFigures(machine, command, repeats, figures, grown, List.copyOf(checks));
  }

  /**
   * Markets that grow in one thing.
   *
   * @param what grows
   * @param markets by their size in it, ascending
   */
  record Growing(String what, Map<Long, SyntheticMarket> markets) {

    /**
     * Events up to those of the market, bars up to its own, and events of one instrument. Markets
     * whose events have no days of their own are left out.
     */
    static List<Growing> upTo(SyntheticMarket market) {
      return List.of(
          of(
              "events, the same bars",
              market.events(),
              10,
              events -> with(market, market.instruments(), events, market.placement())),
          of(
              "instruments, the same events",
              market.instruments(),
              4,
              n -> with(market, (int) n, market.events(), market.placement())),
          of(
              "events of one instrument",
              Math.min(market.mostEvents(0), Math.max(100, market.events() / 10)),
              10,
              events -> with(market, market.instruments(), events, Placement.ONE_INSTRUMENT)));
    }

    private static SyntheticMarket with(
        SyntheticMarket market, int instruments, long events, Placement placement) {
      return new SyntheticMarket(instruments, market.days(), events, placement, market.seed());
    }

    private static Growing of(
        String what, long largest, int factor, LongFunction<SyntheticMarket> market) {
      Map<Long, SyntheticMarket> markets = new LinkedHashMap<>();
      for (long divisor = (long) factor * factor; divisor >= 1; divisor /= factor) {
        long size = Math.max(1, largest / divisor);
        SyntheticMarket grown = market.apply(size);
        if (grown.hasDaysOfTheirOwn()) {
          markets.put(size, grown);
        }
      }
      return new Growing(what, markets);
    }
  }

  private List<Growth> growth(Growing growing) {
    List<Growth> growth = new ArrayList<>();
    for (String work : WORKS) {
      List<Long> sizes = new ArrayList<>();
      List<Double> wall = new ArrayList<>();
      List<Double> cpu = new ArrayList<>();
      growing
          .markets()
          .forEach(
              (size, market) ->
                  measured.get(market).stream()
                      .filter(figure -> figure.work().equals(work))
                      .forEach(
                          figure -> {
                            sizes.add(size);
                            wall.add(figure.wallSeconds());
                            cpu.add(figure.cpuSeconds());
                          }));
      if (sizes.size() > 1) {
        growth.add(new Growth(growing.what(), work, sizes, wall, cpu));
      }
    }
    return growth;
  }

  private static String describe(SyntheticMarket market) {
    return market.describe("events")
        + switch (market.placement()) {
          case ALL_INSTRUMENTS -> "";
          case ONE_INSTRUMENT -> " of one instrument";
        };
  }

  private List<Figure> measure(SyntheticMarket market, int repeats) {
    List<Figure> known = measured.get(market);
    if (known != null) {
      return known;
    }
    String name = describe(market);
    Path lake = lake(market, name);
    Map<String, List<Stopwatch.Time>> times = new LinkedHashMap<>();
    for (int run = 0; run < repeats; run++) {
      Path obvious = fresh(lake, "obvious", run);
      Path sums = fresh(lake, "sums", run);
      Path ours = fresh(lake, "ours", run);
      peer.ifPresent(
          database -> {
            List<String> byRange = StudySql.obvious(lake, obvious);
            List<String> bySums = StudySql.runningSums(lake, sums);
            time(times, name, StudyFigures.OBVIOUS, () -> byRange.forEach(database::execute));
            time(times, name, StudyFigures.RUNNING_SUMS, () -> bySums.forEach(database::execute));
          });
      link(ours.resolve("silver"), lake.resolve("silver"));
      study(times, name, StudyFigures.OURS, "of it ", ours, Benchmarks.Study.PLAIN);
      if (run == 0) {
        check(name, lake, ours, obvious, sums);
      }
      if (study == Benchmarks.Study.FULL) {
        Path full = fresh(lake, "full", run);
        withSectors(market, lake, full);
        study(times, name, StudyFigures.EVERYTHING, "of all ", full, Benchmarks.Study.FULL);
        if (run == 0) {
          agreeWithTruth(name, lake, StudyOutputs.ofDefaults(spark, full));
        }
      }
    }
    List<Figure> figures = new ArrayList<>();
    times.forEach(
        (work, each) ->
            figures.add(
                new Figure(
                    name,
                    work,
                    median(each.stream().mapToDouble(Stopwatch.Time::wallSeconds).toArray()),
                    median(each.stream().mapToDouble(Stopwatch.Time::cpuSeconds).toArray()))));
    measured.put(market, figures);
    return figures;
  }

  private void check(String market, Path lake, Path ours, Path obvious, Path sums) {
    StudyOutputs found = StudyOutputs.ofProgram(spark, ours);
    List<String> said = new ArrayList<>();
    if (peer.isPresent()) {
      said.addAll(found.agreeWith(StudyOutputs.ofPeer(StudyFigures.OBVIOUS, spark, obvious)));
      said.addAll(found.agreeWith(StudyOutputs.ofPeer(StudyFigures.RUNNING_SUMS, spark, sums)));
    }
    said.forEach(each -> checks.add(market + ": " + each));
    agreeWithTruth(market, lake, found);
    err.println("bench: " + market + ": all outputs agree");
  }

  private void agreeWithTruth(String market, Path lake, StudyOutputs found) {
    found
        .agreeWithTruth(spark.read().parquet(lake.resolve("truth").toString()))
        .forEach(each -> checks.add(market + ": " + each));
  }

  /** Runs the program's study, and takes the time of it and of its stages. */
  private void study(
      Map<String, List<Stopwatch.Time>> times,
      String market,
      String work,
      String prefix,
      Path lake,
      Benchmarks.Study of) {
    Map<String, Stopwatch.Time> stages = new LinkedHashMap<>();
    time(times, market, work, () -> stages.putAll(StudyRun.run(spark, lake, of, settings)));
    stages.forEach(
        (stage, time) -> times.computeIfAbsent(prefix + stage, s -> new ArrayList<>()).add(time));
  }

  /** A lake with the silver tables of another, in which the sectors of instruments are known. */
  private void withSectors(SyntheticMarket market, Path from, Path lake) {
    Path silver = from.resolve("silver");
    try (Stream<Path> tables = Files.list(silver)) {
      Files.createDirectories(lake.resolve("silver"));
      tables
          .filter(table -> !table.endsWith(Tables.INSTRUMENTS.name()))
          .forEach(table -> link(lake.resolve("silver").resolve(table.getFileName()), table));
    } catch (IOException error) {
      throw Failures.storage("linking the tables of " + silver, error);
    }
    market.writeInstruments(StudyRun.lake(spark, lake), SyntheticMarket.SectorNames.GIVEN);
  }

  private void time(
      Map<String, List<Stopwatch.Time>> times, String market, String work, Runnable run) {
    Stopwatch.Time time = Stopwatch.time(run);
    times.computeIfAbsent(work, w -> new ArrayList<>()).add(time);
    err.println("bench: " + market + ": " + work + ": " + time);
  }

  private Path lake(SyntheticMarket market, String name) {
    return lakes.computeIfAbsent(
        market,
        m -> {
          Path lake = folder.resolve("market-" + lakes.size());
          Stopwatch.Time time =
              Stopwatch.time(
                  () -> {
                    m.write(StudyRun.lake(spark, lake), lake.resolve("truth"));
                    StudyRun.pack(spark, lake);
                  });
          err.printf(Locale.ROOT, "bench: %s: made in %.2f s%n", name, time.wallSeconds());
          return lake;
        });
  }

  /**
   * An empty folder for one run: a table that is there already is replaced, which is other work.
   */
  private static Path fresh(Path lake, String work, int run) {
    try {
      return Files.createDirectories(lake.resolve(work + "-" + run));
    } catch (IOException error) {
      throw Failures.storage("making a folder in " + lake, error);
    }
  }

  private static void link(Path link, Path target) {
    try {
      Files.createSymbolicLink(link, target);
    } catch (IOException error) {
      throw Failures.storage("linking " + link, error);
    }
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
