package io.dealimpact.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.ask.NightDiff;
import io.dealimpact.ask.ReadCommands;
import io.dealimpact.ask.ReadCommands.ExportFormat;
import io.dealimpact.ask.ReadCommands.Format;
import io.dealimpact.bench.Calibrations;
import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.flow.ProgramRuns.Ended;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext.DateRange;
import io.dealimpact.testing.FaultyFileSystem;
import io.dealimpact.testing.FaultyFileSystem.Operation;
import io.dealimpact.testing.FaultyFileSystem.Plan;
import io.dealimpact.testing.Folders;
import io.dealimpact.testing.SmallLanding;
import io.dealimpact.testing.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two commands on one lake at a time, each pair in both orders. The first is held in its midst,
 * while it writes, reads or looks for data files; the second runs from its beginning to its end;
 * then the first goes on.
 *
 * <p>A writer that comes second to a writer ends with 40. A reader answers for the night that was
 * published when it began, whether the writer came first or second. {@code -Dpairs.first=NAMES} and
 * {@code -Dpairs.second=NAMES} choose among {@link Command}, {@code all} takes every one.
 */
@Tag("spark")
@Tag("slow")
@EnabledIfSystemProperty(named = "pairs.first", matches = ".+")
final class TwoRunsTest {
  private static final SparkSession SPARK = SparkForTests.session();
  private static final String DEFAULT_FIRST = "NIGHTLY";
  private static final String DEFAULT_SECOND =
      "NIGHTLY,BACKFILL,STAGE,MAINTAIN,SQL,REPORT,EXPORT,DIFF";

  /** A command that is held longer is let go, and the test fails. */
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private static final Instant AT = Instant.parse("2026-01-05T02:00:00Z");
  private static final String EVENT = "AAA-2025-09-10:AAA";

  @TempDir private Path folder;
  private final ExecutorService beside = Executors.newSingleThreadExecutor();
  private final Map<String, Integer> tally = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();

  /** What reads or writes a lake. */
  private enum Command {
    NIGHTLY,
    BACKFILL,
    STAGE,
    MAINTAIN,
    DRY_RUN,
    SQL,
    EXPLAIN,
    REPORT,
    EXPORT,
    DDL,
    METRICS,
    DIFF,
    REPRODUCE,
    CALIBRATE;

    boolean isWriter() {
      return compareTo(MAINTAIN) <= 0;
    }

    /** The operation at which it is held. */
    BiPredicate<Operation, String> midst() {
      return switch (this) {
        case NIGHTLY, BACKFILL -> (done, path) -> isData(done, path, Operation.CREATE, "/gold/");
        case STAGE -> (done, path) -> isData(done, path, Operation.CREATE, "/bronze/");
        // When it looks for files that no night needs.
        case MAINTAIN ->
            (done, path) ->
                done == Operation.LIST && path.contains("/gold/") && !path.contains("/_delta_log");
        // A dry run finds the new files and reads what earlier runs did; no stage has new rows.
        case DRY_RUN, DDL, METRICS -> (done, path) -> isData(done, path, Operation.OPEN, "/ops/");
        case SQL, EXPLAIN, REPORT, EXPORT, DIFF, REPRODUCE, CALIBRATE ->
            (done, path) ->
                isData(done, path, Operation.OPEN, "/gold/")
                    || isData(done, path, Operation.OPEN, "/silver/")
                    || isData(done, path, Operation.OPEN, "/bronze/");
      };
    }

    private static boolean isData(Operation done, String path, Operation awaited, String layer) {
      return done == awaited
          && path.contains(layer)
          && path.endsWith(".parquet")
          && !path.contains("/_delta_log/");
    }
  }

  /** Holds the first thread of a command that comes to an operation; a writer's once it writes. */
  private static final class Hold implements FaultyFileSystem.Watch {
    private final String lake;
    private final BiPredicate<Operation, String> where;
    private final AtomicBoolean isBegun;
    private final AtomicBoolean isTaken = new AtomicBoolean();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);

    Hold(Path lake, Command command) {
      this.lake = lake.toString();
      this.where = command.midst();
      this.isBegun = new AtomicBoolean(!command.isWriter());
    }

    @Override
    public void sees(Operation operation, org.apache.hadoop.fs.Path path, long total) {
      String at = path.toUri().getPath();
      if (!at.startsWith(lake)) {
        return;
      }
      // What a writer reads before it has the lake is not its midst.
      if (operation == Operation.CREATE && at.contains("/ops/lease/")) {
        isBegun.set(true);
      }
      if (!isBegun.get() || !where.test(operation, at) || !isTaken.compareAndSet(false, true)) {
        return;
      }
      reached.countDown();
      try {
        letGo.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException error) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @AfterEach
  void letGo() {
    FaultyFileSystem.follow(Plan.none());
    beside.shutdownNow();
  }

  private static List<Command> chosen(String setting, String names) {
    String given = System.getProperty(setting, names);
    return given.equals("all")
        ? List.of(Command.values())
        : Stream.of(given.split(",", -1)).map(Command::valueOf).toList();
  }

  private static List<String> settings() {
    List<String> settings = new ArrayList<>(SmallLanding.settings());
    settings.addAll(
        List.of("publish.audits.rows_lost=1", "maintain.keep_nights=2", "maintain.keep_days=0"));
    return settings;
  }

  private ProgramRuns runs(Path lake) {
    return new ProgramRuns(
        "faulty:" + folder.resolve("landing"), "faulty:" + lake, settings(), "build", AT);
  }

  private Configuration configuration(Path lake) {
    List<String> all = new ArrayList<>(settings());
    all.add("lake=faulty:" + lake);
    return new ConfigurationReader().read(Optional.empty(), all);
  }

  private Ended write(Command command, Path lake) {
    return switch (command) {
      case NIGHTLY -> runs(lake).night();
      case BACKFILL ->
          runs(lake)
              .backfill(
                  new DateRange(LocalDate.parse("2025-09-01"), LocalDate.parse("2025-12-31")));
      case STAGE -> runs(lake).stage("ingest-bars");
      case MAINTAIN -> runs(lake).maintain();
      case DRY_RUN -> runs(lake).dryRun();
      case SQL, EXPLAIN, REPORT, EXPORT, DDL, METRICS, DIFF, REPRODUCE, CALIBRATE ->
          throw new IllegalArgumentException(command + " reads");
    };
  }

  private interface Asked {
    void answer(PrintStream out) throws IOException;
  }

  private static String said(Asked asked) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, UTF_8)) {
      asked.answer(out);
    }
    return bytes.toString(UTF_8);
  }

  private ReadCommands ask(Path lake) {
    return new ReadCommands(SPARK, configuration(lake), ReadCommands.Night.PUBLISHED);
  }

  /** What a reader answers, without the paths of this lake. */
  private String read(Command command, Path lake) throws IOException {
    Path out = Files.createTempDirectory(folder, "out");
    String answer =
        switch (command) {
          case SQL ->
              said(
                  to ->
                      ask(lake)
                          .query(
                              "select i.*, m.close from gold.event_impact i join gold.daily_moves m"
                                  + " on m.trade_date = i.event_date order by all",
                              Format.CSV,
                              to));
          case EXPLAIN -> said(to -> to.print(ask(lake).event(EVENT)));
          case REPORT -> ask(lake).report();
          case EXPORT -> exported(ask(lake).export(List.of(), ExportFormat.CSV, out.toString()));
          case DDL -> ask(lake).views(List.of(), ReadCommands.Dialect.SPARK);
          case METRICS -> publishedNight(ask(lake).metrics());
          case DIFF ->
              said(
                  to ->
                      new NightDiff(SPARK, configuration(lake))
                          .print(List.of(), Format.CSV, OptionalInt.empty(), to));
          case REPRODUCE ->
              said(
                  to ->
                      new Reproduction(SPARK, configuration(lake))
                          .run("2", "faulty:" + out.resolve("lake"), to::print));
          case CALIBRATE -> calibrated(lake, out);
          case NIGHTLY, BACKFILL, STAGE, MAINTAIN, DRY_RUN ->
              throw new IllegalArgumentException(command + " writes");
        };
    return answer.replace(lake.toString(), "LAKE").replace(out.toString(), "OUT");
  }

  private static String exported(List<String> files) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String file : files) {
      String path = file.replaceFirst("^file:/*", "/");
      all.append(path).append('\n').append(Files.readString(Path.of(path), UTF_8));
    }
    return all.toString();
  }

  /** The metrics of the published night; those of runs change with every run. */
  private static String publishedNight(String metrics) {
    List<String> lines =
        metrics.lines().filter(line -> line.startsWith("deal_impact_night ")).toList();
    assertThat(lines).isNotEmpty();
    return String.join("\n", lines);
  }

  /** The small lake has too few days for it, and the refusal says how many the night has. */
  private String calibrated(Path lake, Path out) {
    try {
      return new Calibrations(
              configuration(lake),
              () -> SPARK,
              20,
              1,
              new PrintStream(new ByteArrayOutputStream(), true, UTF_8))
          .write(Calibrations.Returns.REAL, out);
    } catch (DealImpactException refused) {
      return refused.getMessage();
    }
  }

  /** A lake of two nights, and a landing zone that has changed since. */
  private Path base() throws IOException {
    SmallLanding landing = new SmallLanding(folder.resolve("landing"));
    Path lake = folder.resolve("base/lake");
    landing.deliverDeals("AAA 2025-09-10", "BBB 2025-11-03");
    assertWell(runs(lake).night());
    landing.deliverDeals("AAA 2025-09-10", "BBB 2025-11-03", "BBB 2025-10-07");
    landing.deliverPrices("BBB", "2025-10-08", 0.03);
    assertWell(runs(lake).night());
    landing.deliverDeals("AAA 2025-09-10", "BBB 2025-10-07", "AAA 2025-11-12");
    landing.deliverPrices("AAA", "2025-09-10", 0.05);
    Files.write(
        folder.resolve("landing/bars/2025-12-16.csv"),
        List.of(
            "instrument_id,trade_date,close,volume",
            "BENCH,2025-12-16,101,1000",
            "AAA,2025-12-16,102,1000",
            "BBB,2025-12-16,103,1000"));
    return lake;
  }

  private static void assertWell(Ended ended) {
    assertThat(ended.exit()).as(ended.log()).isEqualTo(ExitCode.OK);
  }

  @Test
  void ofTwoCommandsEachDoesWhatItWouldOrIsRefused() throws Exception {
    FaultyFileSystem.install(SPARK.sparkContext().hadoopConfiguration());
    Path base = base();
    List<Command> seconds = chosen("pairs.second", DEFAULT_SECOND);
    Map<Command, String> before = new EnumMap<>(Command.class);
    Map<Command, String> after = new EnumMap<>(Command.class);
    for (Command command : Command.values()) {
      boolean isAsked =
          seconds.contains(command) || chosen("pairs.first", DEFAULT_FIRST).contains(command);
      if (!command.isWriter() && command != Command.DRY_RUN && isAsked) {
        before.put(command, read(command, base));
      }
    }
    Path undisturbed = Folders.copy(base, folder.resolve("undisturbed/lake"));
    assertWell(runs(undisturbed).night());
    after.put(Command.SQL, read(Command.SQL, undisturbed));
    assertThat(after.get(Command.SQL)).isNotEqualTo(before.get(Command.SQL));

    for (Command first : chosen("pairs.first", DEFAULT_FIRST)) {
      Path lake = Folders.copy(base, folder.resolve(first + "/lake"));
      tryPairs(first, seconds, lake, before);
      assertWell(runs(lake).night());
      expect(first + ", then a night", after.get(Command.SQL), read(Command.SQL, lake));
    }
    System.out.println(tally);
    assertThat(wrong).isEmpty();
  }

  /** Starts a command, holds it, and runs the others one by one. */
  private void tryPairs(
      Command first, List<Command> seconds, Path lake, Map<Command, String> before)
      throws Exception {
    Hold hold = new Hold(lake, first);
    FaultyFileSystem.follow(Plan.watched(hold));
    Callable<String> command =
        first.isWriter() || first == Command.DRY_RUN
            ? () -> ending(write(first, lake))
            : () -> read(first, lake);
    Future<String> running = beside.submit(command);
    while (!hold.reached.await(100, TimeUnit.MILLISECONDS)) {
      if (running.isDone()) {
        FaultyFileSystem.follow(Plan.none());
        note(first + " ended and was never held: " + running.get());
        return;
      }
    }
    for (Command second : seconds) {
      pair(first, second, lake, before);
      if (running.isDone()) {
        note(first + " was let go before " + second + " ended");
      }
    }
    FaultyFileSystem.follow(Plan.none());
    hold.letGo.countDown();
    String ended = running.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    boolean isReader = before.containsKey(first);
    expect(first + " to its end", isReader ? before.get(first) : "OK", ended);
  }

  private void pair(Command first, Command second, Path lake, Map<Command, String> before)
      throws IOException {
    String pair = first + " and " + second;
    long began = System.nanoTime();
    try {
      if (!second.isWriter() && second != Command.DRY_RUN) {
        // A reader that comes after the writers of this round sees the night that they published.
        boolean isStill = first.isWriter();
        String answer = read(second, lake);
        if (isStill) {
          expect(pair, before.get(second), answer);
        }
      } else {
        Ended ended = write(second, lake);
        boolean isRefused = first.isWriter() && second.isWriter();
        expect(pair, isRefused ? "CONCURRENT_WRITER" : "OK", ending(ended));
        if (isRefused && !ended.log().contains("is being written by another run")) {
          note(pair + ": nothing says that another run writes\n" + ended.log());
        }
      }
    } catch (RuntimeException error) {
      note(pair + ": " + error);
    }
    System.out.printf("%s, %d ms%n", pair, (System.nanoTime() - began) / 1_000_000);
  }

  private static String ending(Ended ended) {
    boolean isForeseen = ended.exit() == ExitCode.OK || ended.exit() == ExitCode.CONCURRENT_WRITER;
    return isForeseen ? ended.exit().name() : ended.exit() + "\n" + ended.log();
  }

  private void expect(String what, String expected, String found) {
    tally.merge(expected.equals(found) ? "as expected" : "otherwise", 1, Integer::sum);
    if (!expected.equals(found)) {
      note(what + ": " + difference(expected, found));
    }
  }

  /** Said at once: a long round may be ended before its end. */
  private void note(String fault) {
    System.out.println(fault);
    wrong.add(fault);
  }

  /** The first line that differs. */
  private static String difference(String expected, String found) {
    List<String> one = expected.lines().toList();
    List<String> other = found.lines().toList();
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      String left = i < one.size() ? one.get(i) : "(end)";
      String right = i < other.size() ? other.get(i) : "(end)";
      if (!left.equals(right)) {
        return "line " + (i + 1) + " is\n  " + right + "\nand should be\n  " + left;
      }
    }
    return "other line ends";
  }
}
