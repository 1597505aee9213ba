package io.dealimpact.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.OperatingSystemMXBean;
import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.flow.ProgramRuns.Ended;
import io.dealimpact.flow.Reproduction.Compared;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.ExitCode;
import io.dealimpact.testing.FaultyFileSystem;
import io.dealimpact.testing.FaultyFileSystem.Plan;
import io.dealimpact.testing.SmallLanding;
import io.dealimpact.testing.SparkForTests;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many nights of the whole flow with {@code maintain} among them, by a clock that the test sets:
 * what lies in the lake, and what a night does, is counted and stays level.
 *
 * <p>Each weekday brings a file of its bars, and the landing zone keeps the last {@value
 * #FILES_KEPT} of them; on weekends there is nothing new. Every fourth night an old price is
 * restated, every fifth another deal comes and the oldest is withdrawn. {@code -Dyears.bars=N},
 * {@code -Dyears.prices=N} and {@code -Dyears.deals=N} have each of them every so many nights.
 * {@code -Dyears.nights=N} sets the number of nights, {@code -Dyears.every=M} after how many the
 * lake is maintained, and {@code -Dyears.figures=FOLDER} writes {@code years.csv} and {@code
 * years.svg} there. With {@code -Dyears.folder=FOLDER} landing zone and lake are there and stay,
 * and the same command goes on where an earlier one was ended: a thousand nights take hours.
 */
@Tag("spark")
@Tag("slow")
@EnabledIfSystemProperty(named = "years.nights", matches = ".+")
final class YearsTest {
  private static final SparkSession SPARK = SparkForTests.session();
  private static final LocalDate FIRST_NIGHT = LocalDate.parse("2025-12-16");
  private static final int FILES_KEPT = 5;
  private static final int DEALS_KEPT = 4;
  private static final int NIGHTS = Integer.getInteger("years.nights", 10);
  private static final int EVERY = Integer.getInteger("years.every", 2);
  private static final int BARS = Integer.getInteger("years.bars", 1);
  private static final int PRICES = Integer.getInteger("years.prices", 4);
  private static final int DEALS = Integer.getInteger("years.deals", 5);
  private static final int KEPT_NIGHTS = 3;
  private static final OperatingSystemMXBean CPU =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /**
   * By how much the mean of a later stretch of nights may exceed that of an earlier one. A Delta
   * log holds up to ten commits after a checkpoint, and where in that cycle a night falls moves its
   * counts by some percent.
   */
  private static final double LEVEL = 1.1;

  @TempDir private Path temporary;
  private Path folder;
  private final LongAdder tasks = new LongAdder();
  private final SparkListener counter =
      new SparkListener() {
        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
          tasks.increment();
        }
      };

  /**
   * A night, and the lake after it.
   *
   * @param stages that did something
   * @param operations of the storage, of the night alone
   * @param tasks of Spark, of the night alone
   * @param dataFiles Parquet files of all tables, those of bronze apart
   * @param logFiles files of all Delta logs
   * @param bytes of all of it but bronze
   * @param bronzeFiles data files of bronze
   * @param bronzeBytes bytes of bronze, which grow by what is delivered
   * @param cpuMillis processor time of the night alone, ms: shown and not judged, since a later
   *     night is compiled better than an earlier one and other processes disturb it
   */
  private record Night(
      int number,
      long stages,
      long operations,
      long tasks,
      long dataFiles,
      long logFiles,
      long bytes,
      long bronzeFiles,
      long bronzeBytes,
      long cpuMillis) {
    static final String HEADER =
        "night,stages_done,storage_operations,spark_tasks,data_files,log_files,bytes,bronze_files,"
            + "bronze_bytes,cpu_ms";

    static Night of(String line) {
      long[] cells = Stream.of(line.split(",", -1)).mapToLong(Long::parseLong).toArray();
      return new Night(
          Math.toIntExact(cells[0]),
          cells[1],
          cells[2],
          cells[3],
          cells[4],
          cells[5],
          cells[6],
          cells[7],
          cells[8],
          cells[9]);
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "%d,%d,%d,%d,%d,%d,%d,%d,%d,%d",
          number,
          stages,
          operations,
          tasks,
          dataFiles,
          logFiles,
          bytes,
          bronzeFiles,
          bronzeBytes,
          cpuMillis);
    }
  }

  @BeforeEach
  void chosenFolder() throws IOException {
    String given = System.getProperty("years.folder", "");
    folder = given.isEmpty() ? temporary : Files.createDirectories(Path.of(given).toAbsolutePath());
  }

  @AfterEach
  void uncounted() {
    FaultyFileSystem.follow(Plan.none());
    SPARK.sparkContext().removeSparkListener(counter);
  }

  private ProgramRuns runs(LocalDate day) {
    List<String> settings = new ArrayList<>(SmallLanding.settings());
    settings.addAll(
        List.of(
            "publish.audits.rows_lost=1",
            "maintain.keep_nights=" + KEPT_NIGHTS,
            "maintain.keep_days=0",
            "maintain.readers_hours=0"));
    Instant at = day.atTime(2, 0).toInstant(ZoneOffset.UTC);
    return new ProgramRuns(
        "faulty:" + folder.resolve("landing"),
        "faulty:" + folder.resolve("lake"),
        settings,
        "build",
        at);
  }

  private Lake lake() {
    return new Lake(SPARK, "faulty:" + folder.resolve("lake"), Lake.Writes.SUPPRESSED);
  }

  /** What the vendors bring before a night, and what the landing zone is emptied of. */
  private void deliver(SmallLanding landing, int number, LocalDate day) throws IOException {
    if (number % BARS == 0) {
      deliverBars(number, day);
    }
    try (Stream<Path> bars = Files.list(folder.resolve("landing/bars"))) {
      List<Path> daily =
          bars.filter(file -> file.getFileName().toString().startsWith("2")).sorted().toList();
      for (Path old : daily.subList(0, Math.max(0, daily.size() - FILES_KEPT))) {
        Files.delete(old);
      }
    }
    if (number % PRICES == 0) {
      String restated = number % (2 * PRICES) == 0 ? "AAA" : "BBB";
      landing.deliverPrices(restated, "2025-10-01", 0.0001 * number);
    }
    if (number == 1 || number % DEALS == 0) {
      landing.deliverDeals(
          IntStream.range(number / DEALS, number / DEALS + DEALS_KEPT)
              .mapToObj(i -> (i % 2 == 0 ? "AAA " : "BBB ") + dealDay(i))
              .toArray(String[]::new));
    }
  }

  /** The bars of the weekdays since the last file of them. */
  private void deliverBars(int number, LocalDate day) throws IOException {
    List<String> lines = new ArrayList<>(List.of("instrument_id,trade_date,close,volume"));
    for (int back = BARS - 1; back >= 0; back--) {
      LocalDate trading = day.minusDays(back);
      if (trading.getDayOfWeek() == DayOfWeek.SATURDAY
          || trading.getDayOfWeek() == DayOfWeek.SUNDAY) {
        continue;
      }
      for (String id : List.of("BENCH", "AAA", "BBB")) {
        double close = 100 + ((number - back) * 7 + id.hashCode() % 5) % 11 * 0.1;
        lines.add(String.format(Locale.ROOT, "%s,%s,%.4f,1000", id, trading, close));
      }
    }
    if (lines.size() > 1) {
      Files.write(folder.resolve("landing/bars/" + day + ".csv"), lines);
    }
  }

  /** Days between which the events' windows do not change places. */
  private static LocalDate dealDay(int i) {
    return LocalDate.parse("2025-10-06").plusDays(i % 35);
  }

  private Night night(int number, LocalDate day) throws IOException {
    Plan plan = Plan.none();
    FaultyFileSystem.follow(plan);
    long before = tasks.sum();
    long cpuBefore = CPU.getProcessCpuTime();
    Ended ended = runs(day).night();
    long cpuMillis = (CPU.getProcessCpuTime() - cpuBefore) / 1_000_000;
    assertThat(ended.exit()).as("night %d%n%s", number, ended.log()).isEqualTo(ExitCode.OK);
    FaultyFileSystem.follow(Plan.none());
    long stages = ended.log().lines().filter(line -> line.matches("\\S+ +done .*")).count();
    long operations = plan.counts().values().stream().mapToLong(count -> count).sum();
    return measured(number, stages, operations, tasks.sum() - before, cpuMillis);
  }

  private Night measured(int number, long stages, long operations, long tasks, long cpuMillis)
      throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    Path lake = folder.resolve("lake");
    try (Stream<Path> files = Files.walk(lake)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String path = lake.relativize(file).toString();
        String layer = path.startsWith("bronze/") ? "bronze" : "made";
        String kind = path.contains("/_delta_log/") ? "log" : "data";
        counts.merge(layer + " " + kind, 1L, Long::sum);
        counts.merge(layer + " bytes", Files.size(file), Long::sum);
      }
    }
    return new Night(
        number,
        stages,
        operations,
        tasks,
        counts.getOrDefault("made data", 0L),
        counts.getOrDefault("made log", 0L) + counts.getOrDefault("bronze log", 0L),
        counts.getOrDefault("made bytes", 0L),
        counts.getOrDefault("bronze data", 0L),
        counts.getOrDefault("bronze bytes", 0L),
        cpuMillis);
  }

  /** The rows of a published night, by which it is known again. */
  private String rows(Published night) {
    Lake then = lake().at(night.versions());
    return Stream.of(Tables.EVENT_IMPACT, Tables.BARS, Tables.DAILY_MOVES)
        .map(
            table ->
                then.read(table)
                    .selectExpr("sum(cast(xxhash64(to_json(struct(*))) as decimal(38, 0)))")
                    .first()
                    .toString())
        .toList()
        .toString();
  }

  @Test
  void nightsAndTheLakeStayLevelAndKeptNightsStay() throws IOException {
    FaultyFileSystem.install(SPARK.sparkContext().hadoopConfiguration());
    SPARK.sparkContext().addSparkListener(counter);
    SmallLanding landing = new SmallLanding(folder.resolve("landing"));
    List<Night> nights = new ArrayList<>();
    lines("nights.csv").forEach(line -> nights.add(Night.of(line)));
    Map<Long, String> published = new TreeMap<>();
    List<String> runs = new ArrayList<>();
    for (String line : lines("published.txt")) {
      String[] cells = line.split(" ", 3);
      published.putIfAbsent(Long.parseLong(cells[0]), cells[2]);
      runs.add(cells[1]);
    }
    System.out.println(Night.HEADER);
    for (int number = nights.size() + 1; number <= NIGHTS; number++) {
      LocalDate day = FIRST_NIGHT.plusDays(number - 1L);
      deliver(landing, number, day);
      Night night = night(number, day);
      System.out.println(night.line());
      Published newest = Published.newest(lake()).orElseThrow();
      if (published.putIfAbsent(newest.night(), rows(newest)) == null) {
        runs.add(newest.runId());
        append(
            "published.txt",
            newest.night() + " " + newest.runId() + " " + published.get(newest.night()));
      }
      if (number % EVERY == 0) {
        maintain(day, published);
      }
      nights.add(night);
      append("nights.csv", night.line());
    }
    String figures = System.getProperty("years.figures", "");
    if (!figures.isEmpty()) {
      write(Path.of(figures), nights);
    }
    List<Published> kept = Published.all(lake());
    reproduced(kept.get(0));
    String gone = runs.get(0);
    assertThatThrownBy(() -> reproduction().run(gone, scratch("gone"), made -> {}))
        .hasMessageStartingWith(
            "There is no published night " + gone + ", or it is no longer kept.");
    assertThatLevel(nights);
  }

  private void maintain(LocalDate day, Map<Long, String> published) {
    assertThat(runs(day).maintain().exit()).isEqualTo(ExitCode.OK);
    for (Published kept : Published.all(lake())) {
      assertThat(rows(kept)).as("night %d", kept.night()).isEqualTo(published.get(kept.night()));
    }
    assertThat(Published.all(lake())).hasSizeGreaterThanOrEqualTo(Math.min(KEPT_NIGHTS, 2));
  }

  /** The lines of a file of what was done so far; none if it was not begun. */
  private List<String> lines(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private void append(String name, String line) throws IOException {
    Files.writeString(
        folder.resolve(name), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private String scratch(String name) {
    return "faulty:" + folder.resolve(name + "/lake");
  }

  private Reproduction reproduction() {
    Configuration configuration =
        new ConfigurationReader()
            .read(Optional.empty(), List.of("lake=faulty:" + folder.resolve("lake")));
    return new Reproduction(SPARK, configuration);
  }

  private void reproduced(Published night) {
    List<Compared> compared = new ArrayList<>();
    reproduction().run(night.runId(), scratch("again"), compared::addAll);
    assertThat(compared).isNotEmpty().allMatch(Compared::isEqual);
    assertThat(compared).anyMatch(table -> table.rows() > 0);
  }

  /** The first third of the nights is the warm-up; the last third is held against the second. */
  private static void assertThatLevel(List<Night> nights) {
    int third = nights.size() / 3;
    List<Night> earlier = nights.subList(third, nights.size() - third);
    List<Night> later = nights.subList(nights.size() - third, nights.size());
    for (String what : FIGURES.keySet()) {
      if (what.equals(CPU_TIME)) {
        continue;
      }
      double before = mean(earlier, what);
      double after = mean(later, what);
      assertThat(after)
          .as("%s: a mean of %.1f after one of %.1f", what, after, before)
          .isLessThanOrEqualTo(LEVEL * before);
    }
  }

  private static final String CPU_TIME = "ms of processor time a night";

  private static final Map<String, ToLongFunction<Night>> FIGURES =
      new TreeMap<>(
          Map.of(
              "storage operations a night",
              Night::operations,
              "Spark tasks a night",
              Night::tasks,
              "data files but bronze's",
              Night::dataFiles,
              "files of the logs",
              Night::logFiles,
              "data files of bronze",
              Night::bronzeFiles,
              "bytes but bronze's",
              Night::bytes,
              CPU_TIME,
              Night::cpuMillis));

  private static double mean(List<Night> nights, String what) {
    return nights.stream().mapToLong(FIGURES.get(what)).average().orElseThrow();
  }

  private static void write(Path folder, List<Night> nights) throws IOException {
    Files.createDirectories(folder);
    List<String> lines = new ArrayList<>(List.of(Night.HEADER));
    nights.forEach(night -> lines.add(night.line()));
    Files.write(folder.resolve("years.csv"), lines);
    Files.writeString(folder.resolve("years.svg"), plot(nights));
  }

  private static String plot(List<Night> nights) {
    int width = 640;
    int height = 90;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family="
                + "\"sans-serif\" font-size=\"11\">%n",
            width + 20,
            FIGURES.size() * (height + 30) + 10));
    int panel = 0;
    for (String what : FIGURES.keySet()) {
      long most = nights.stream().mapToLong(FIGURES.get(what)).max().orElse(1);
      int top = panel++ * (height + 30) + 20;
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"10\" y=\"%d\">%s, nights 1 to %d; the frame is 0 to %,d</text>%n"
                  + "<rect x=\"10\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\""
                  + " stroke=\"#999\"/>%n<polyline fill=\"none\" stroke=\"#1f5fa8\" points=\"",
              top - 5,
              what,
              nights.size(),
              most,
              top,
              width,
              height));
      for (int i = 0; i < nights.size(); i++) {
        double x = 10 + (double) width * i / Math.max(1, nights.size() - 1);
        double share = (double) FIGURES.get(what).applyAsLong(nights.get(i)) / Math.max(1, most);
        svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, top + height * (1 - share)));
      }
      svg.append("\"/>\n");
    }
    return svg.append("</svg>\n").toString();
  }
}
