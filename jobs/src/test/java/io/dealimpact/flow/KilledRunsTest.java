package io.dealimpact.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.flow.ProgramRuns.Ended;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.ExitCode;
import io.dealimpact.testing.CompareLakes;
import io.dealimpact.testing.FaultyFileSystem;
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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights in processes of their own that are killed by SIGKILL at moments drawn from a seed: what
 * readers see then, what the run log says, and that a plain rerun gives the rows of a lake that was
 * left alone.
 *
 * <p>A moment is a night (a lake's first, or its second with other deals and prices), the number of
 * an operation of the storage in it, and up to 50 milliseconds after it. {@code -Dkills=N} tries so
 * many, drawn by {@code -Dkills.seed=N}; {@code -Dkills.moment="SECOND 812 7"} tries one again.
 */
@Tag("spark")
@Tag("slow")
@EnabledIfSystemProperty(named = "kills", matches = ".+")
final class KilledRunsTest {
  private static final SparkSession SPARK = SparkForTests.session();
  private static final int AT_ONCE = 2;

  private static final int MOST_MILLIS = 50;

  @TempDir private Path folder;
  private final Map<Nightfall, Path> before = new EnumMap<>(Nightfall.class);
  private final Map<Nightfall, Path> after = new EnumMap<>(Nightfall.class);
  private final Map<Nightfall, Integer> operations = new EnumMap<>(Nightfall.class);

  private enum Nightfall {
    FIRST(0),
    SECOND(1);

    private final int earlier;

    Nightfall(int earlier) {
      this.earlier = earlier;
    }

    /** Nights before it. */
    int earlier() {
      return earlier;
    }

    Instant at() {
      return Instant.parse("2026-01-05T02:00:00Z").plus(Duration.ofDays(earlier));
    }
  }

  private record Moment(Nightfall night, int operation, int millis) {
    static Moment parse(String text) {
      String[] words = text.strip().split(" ", -1);
      return new Moment(
          Nightfall.valueOf(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }

    @Override
    public String toString() {
      return night + " " + operation + " " + millis;
    }
  }

  /**
   * How a moment went.
   *
   * @param tally what was found when the process was gone
   * @param wrong empty if nothing
   */
  private record Tried(Moment moment, String tally, String wrong) {}

  private static List<String> settings() {
    List<String> settings = new ArrayList<>(SmallLanding.settings());
    settings.add("publish.audits.rows_lost=1");
    return settings;
  }

  private Path landing(Nightfall night) {
    return folder.resolve(night + "/landing");
  }

  private ProgramRuns runs(Nightfall night, Path lake) {
    return new ProgramRuns(
        "faulty:" + landing(night), "faulty:" + lake, settings(), "build", night.at());
  }

  private static Lake lake(Path path) {
    return new Lake(SPARK, "faulty:" + path, Lake.Writes.SUPPRESSED);
  }

  /** The two nights without a kill. */
  private void undisturbed() throws IOException {
    new SmallLanding(landing(Nightfall.FIRST)).deliverDeals("AAA 2025-09-10", "BBB 2025-11-03");
    SmallLanding later = new SmallLanding(landing(Nightfall.SECOND));
    later.deliverDeals("AAA 2025-09-10", "BBB 2025-10-07");
    later.deliverPrices("AAA", "2025-09-10", 0.05);
    Path last = folder.resolve("nothing");
    for (Nightfall night : Nightfall.values()) {
      before.put(night, last);
      Path lake = Folders.copy(last, folder.resolve(night + "/lake"));
      Plan plan = Plan.none();
      FaultyFileSystem.follow(plan);
      Ended ended = runs(night, lake).night();
      assertThat(ended.exit()).as(ended.log()).isEqualTo(ExitCode.OK);
      operations.put(night, plan.counts().values().stream().mapToInt(count -> count).sum());
      after.put(night, lake);
      last = lake;
    }
  }

  private List<Moment> moments() {
    String one = System.getProperty("kills.moment", "");
    if (!one.isEmpty()) {
      return List.of(Moment.parse(one));
    }
    Random random = new Random(Long.getLong("kills.seed", 1));
    List<Moment> moments = new ArrayList<>();
    for (int i = 0; i < Integer.getInteger("kills", 2); i++) {
      Nightfall night = Nightfall.values()[i % 2];
      moments.add(
          new Moment(
              night, 1 + random.nextInt(operations.get(night)), random.nextInt(MOST_MILLIS)));
    }
    return moments;
  }

  @Test
  void afterEveryKillAPlainRerunGivesTheSameRows() throws Exception {
    FaultyFileSystem.install(SPARK.sparkContext().hadoopConfiguration());
    undisturbed();
    FaultyFileSystem.follow(Plan.none());
    Map<String, Integer> tally = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    ExecutorService beside = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Tried>> running =
          moments().stream().map(moment -> beside.submit(() -> tried(moment))).toList();
      for (Future<Tried> each : running) {
        Tried tried = each.get();
        System.out.println(tried);
        tally.merge(tried.tally(), 1, Integer::sum);
        if (!tried.wrong().isEmpty()) {
          wrong.add(tried.toString());
        }
      }
    } finally {
      beside.shutdownNow();
    }
    System.out.printf(
        "%s; %d wrong; a first night has %d operations, a second %d%n",
        tally, wrong.size(), operations.get(Nightfall.FIRST), operations.get(Nightfall.SECOND));
    assertThat(wrong).isEmpty();
  }

  private Tried tried(Moment moment) throws IOException, InterruptedException {
    SparkSession.setActiveSession(SPARK);
    Path place = folder.resolve("moment " + moment).resolve("lake");
    Path lake = Folders.copy(before.get(moment.night()), place);
    Files.createDirectories(lake.getParent());
    int status = killed(moment, lake);
    if (status != NightProcess.KILLED) {
      return new Tried(moment, "ended by itself", status == 0 ? "" : "with " + status);
    }
    String found = found(moment, lake);
    Optional<String> torn = torn(moment, lake);
    if (torn.isPresent()) {
      return new Tried(moment, found, torn.get());
    }
    Ended rerun = runs(moment.night(), lake).night();
    if (rerun.exit() != ExitCode.OK) {
      return new Tried(moment, found, "the rerun ended with " + rerun.exit() + "\n" + rerun.log());
    }
    boolean isAwaited = rerun.log().contains("gave no sign of life for ");
    if (isAwaited != found.contains("lease HELD")) {
      return new Tried(moment, found, "the rerun waited: " + isAwaited + "\n" + rerun.log());
    }
    List<String> log = log(lake);
    if (!log.contains(rerun.runId() + " DONE")) {
      return new Tried(moment, found, "the log has " + log);
    }
    return new Tried(moment, found, differing(moment.night(), lake).orElse(""));
  }

  /** Runs the night in a process. Returns its status. */
  private int killed(Moment moment, Path lake) throws IOException, InterruptedException {
    return new NightProcess(
            "faulty:" + landing(moment.night()),
            "faulty:" + lake,
            settings(),
            moment.night().at(),
            lake.resolveSibling("said"))
        .killedAfter(moment.operation(), moment.millis());
  }

  /** What the killed night left in the lease and in the log. */
  private static String found(Moment moment, Path path) {
    Lake lake = lake(path);
    String lease =
        lake.readOrEmpty(Tables.LEASE).select("state").collectAsList().stream()
            .map(row -> row.getString(0))
            .findFirst()
            .orElse("not there");
    long earlier = moment.night().earlier();
    List<String> log = log(path);
    String logged = log.size() > earlier ? log.get(log.size() - 1).split(" ", -1)[1] : "not there";
    return moment.night() + ", lease " + lease + ", run " + logged;
  }

  private static List<String> log(Path path) {
    return lake(path)
        .readOrEmpty(Tables.RUN_LOG)
        .where("stage = '(run)'")
        .orderBy("started_at", "run_id")
        .selectExpr("concat_ws(' ', run_id, result)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** What is wrong with the night that readers see, and with the stages that the log calls done. */
  private Optional<String> torn(Moment moment, Path path) {
    Lake lake = lake(path);
    long earlier = moment.night().earlier();
    long shown = Published.newest(lake).map(Published::night).orElse(0L);
    if (shown != earlier && shown != earlier + 1) {
      return Optional.of("readers see the night " + shown);
    }
    if (shown > 0) {
      Path whole = shown == earlier ? before.get(moment.night()) : after.get(moment.night());
      String here = rows(Lake.published(SPARK, "faulty:" + path));
      if (!here.equals(rows(Lake.published(SPARK, "faulty:" + whole)))) {
        return Optional.of("readers of the night " + shown + " see other rows");
      }
    }
    List<String> tables = lake.tableNames();
    List<String> missing =
        lake
            .readOrEmpty(Tables.RUN_LOG)
            .where("result = 'DONE' and stage <> '(run)'")
            .select("table_name")
            .distinct()
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .filter(table -> !tables.contains(table))
            .toList();
    return missing.isEmpty() ? Optional.empty() : Optional.of("the log says done: " + missing);
  }

  private static String rows(Lake lake) {
    List<String> rows = new ArrayList<>();
    for (TableSpec table : List.of(Tables.EVENT_IMPACT, Tables.DAILY_MOVES)) {
      lake.read(table).selectExpr("to_json(struct(*))").collectAsList().stream()
          .map(row -> row.getString(0))
          .sorted()
          .forEach(rows::add);
    }
    return String.join("\n", rows);
  }

  private Optional<String> differing(Nightfall night, Path lake) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    boolean isEqual =
        CompareLakes.compare(
            SPARK,
            new PrintStream(said, true, UTF_8),
            "faulty:" + lake,
            "faulty:" + after.get(night),
            List.of("silver", "gold"));
    for (String table : lake(after.get(night)).tableNames()) {
      if (table.startsWith("bronze.") && count(lake, table) != count(after.get(night), table)) {
        return Optional.of("other rows in " + table);
      }
    }
    return isEqual ? Optional.empty() : Optional.of(said.toString(UTF_8));
  }

  private static long count(Path lake, String table) {
    return SPARK
        .read()
        .format("delta")
        .load("faulty:" + lake + "/" + table.replace('.', '/'))
        .count();
  }
}
