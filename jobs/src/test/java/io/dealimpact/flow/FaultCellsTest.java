package io.dealimpact.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.flow.HistoryLanding.Change;
import io.dealimpact.flow.HistoryLanding.What;
import io.dealimpact.flow.ProgramRuns.Ended;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.TableVersion;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.ExitCode;
import io.dealimpact.testing.FaultyFileSystem;
import io.dealimpact.testing.FaultyFileSystem.Fault;
import io.dealimpact.testing.FaultyFileSystem.Operation;
import io.dealimpact.testing.FaultyFileSystem.Plan;
import io.dealimpact.testing.FaultyFileSystem.Target;
import io.dealimpact.testing.SmallLanding;
import io.dealimpact.testing.SparkForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One fault of the storage in a night: how the night ends, what it says, and that a plain rerun
 * gives the rows of a lake that saw no fault.
 *
 * <p>A cell is a run (two stages of one feed, or a whole night), a table or the landing zone, a
 * kind of operation, and a fault; which of the operations fails is drawn. {@code
 * -Dfaults.night=DEALS} names the runs: see {@link Nightfall}. {@code -Dfaults.cells=N} tries so
 * many cells, drawn by {@code -Dfaults.seed=N}; {@code -Dfaults.cells=all} tries each once. {@code
 * -Dfaults.cell="DEALS gold/event_impact RENAME AFTER 1"} tries one again, or several with {@code
 * ;} between them.
 */
@Tag("spark")
@Tag("slow")
final class FaultCellsTest {
  private static final SparkSession SPARK = SparkForTests.session();
  private static final String DEFAULT_CELLS = "8";
  private static final String DEFAULT_NIGHTS = "FIRST_RATES,RATES";

  /** Cells that once went wrong. */
  private static final List<String> KEPT =
      List.of(
          // The log had a RUNNING row beside the final one.
          "RATES ops/run_log RENAME AFTER 1");

  /** Of the operations of a kind at a place, the later ones of a night are as good as the first. */
  private static final int LAST_NTH = 12;

  private static final Map<Nightfall, List<Change>> CHANGES =
      Map.of(
          Nightfall.FIRST_RATES,
          List.of(),
          Nightfall.RATES,
          List.of(
              new Change(What.RESTATE, "fx/fx.csv", 1), new Change(What.CORRECT, "fx/fx.csv", 5)),
          Nightfall.FIRST,
          List.of(),
          Nightfall.DEALS,
          List.of(
              new Change(What.LATE, "deals/deals.jsonl", 3),
              new Change(What.RESTATE, "earnings/earnings.csv", 4)),
          Nightfall.PRICES,
          List.of(
              new Change(What.LATE, "bars/AAA.csv", 1),
              new Change(What.RESTATE, "bars/BBB.csv", 2),
              new Change(What.RESTATE, "shares/shares.csv", 4),
              new Change(What.CORRECT, "fx/fx.csv", 5),
              new Change(What.LATE, "splits/splits.csv", 6)));

  @TempDir private Path folder;
  private int tried;
  private final Map<Nightfall, Path> before = new EnumMap<>(Nightfall.class);
  private final Map<Nightfall, Path> undisturbed = new EnumMap<>(Nightfall.class);
  private final Map<Nightfall, Path> landings = new EnumMap<>(Nightfall.class);
  private final Map<Nightfall, Map<String, Integer>> counts = new EnumMap<>(Nightfall.class);

  /** The runs that are disturbed. */
  private enum Nightfall {
    /** Two stages, one after the other, which make the first tables of a lake. */
    FIRST_RATES,
    /** The same stages, where a file changed. */
    RATES,
    /** The first night of a lake: all tables are made. */
    FIRST,
    /** A night with further deals and another day of results. */
    DEALS,
    /** A night with further and restated prices, counts, rates and splits. */
    PRICES;

    boolean isNight() {
      return this != FIRST_RATES && this != RATES;
    }

    /** What it follows. */
    Optional<Nightfall> earlier() {
      return switch (this) {
        case FIRST_RATES, FIRST -> Optional.empty();
        case RATES -> Optional.of(FIRST_RATES);
        case DEALS, PRICES -> Optional.of(FIRST);
      };
    }

    /** Runs until one does not end well. */
    Ended run(ProgramRuns runs) {
      if (isNight()) {
        return runs.night();
      }
      Ended ingest = runs.stage("ingest-fx");
      return ingest.exit() == ExitCode.OK ? runs.stage("conform-fx") : ingest;
    }
  }

  private record Cell(Nightfall night, Target target) {
    @Override
    public String toString() {
      return night
          + " "
          + target.place()
          + " "
          + target.operation()
          + " "
          + target.fault()
          + " "
          + target.nth();
    }

    static Cell parse(String text) {
      String[] words = text.strip().split(" ", -1);
      return new Cell(
          Nightfall.valueOf(words[0]),
          new Target(
              words[1],
              Operation.valueOf(words[2]),
              Fault.valueOf(words[3]),
              Integer.parseInt(words[4])));
    }
  }

  @AfterEach
  void faultless() {
    FaultyFileSystem.follow(Plan.none());
  }

  private static ProgramRuns runs(Path landing, Path lake) {
    List<String> settings = new ArrayList<>(SmallLanding.settings());
    settings.add("publish.audits.rows_lost=1");
    return new ProgramRuns(
        "faulty:" + landing,
        "faulty:" + lake,
        settings,
        "build",
        Instant.parse("2026-01-05T02:00:00Z"));
  }

  /** The runs without a fault: what they do is counted, and what they leave is kept. */
  private void undisturbed(Nightfall night) throws IOException {
    if (undisturbed.containsKey(night)) {
      return;
    }
    if (night.earlier().isPresent()) {
      undisturbed(night.earlier().get());
    }
    before.put(night, night.earlier().map(undisturbed::get).orElse(folder.resolve("nothing")));
    Path there = folder.resolve(night.name());
    HistoryLanding landing = new HistoryLanding(there.resolve("landing"));
    for (Change change : CHANGES.get(night)) {
      landing.apply(change);
    }
    landings.put(night, landing.folder());
    Path lake = Folders.copy(before.get(night), there.resolve("lake"));
    Plan plan = Plan.none();
    FaultyFileSystem.follow(plan);
    Ended ended = night.run(runs(landing.folder(), lake));
    assertThat(ended.exit()).as(ended.log()).isEqualTo(ExitCode.OK);
    undisturbed.put(night, lake);
    counts.put(night, plan.counts());
  }

  /** The nights of the cells that are tried. */
  private static Set<Nightfall> nights() {
    String one = System.getProperty("faults.cell", "");
    Stream<String> chosen =
        one.isEmpty()
            ? Stream.of(System.getProperty("faults.night", DEFAULT_NIGHTS).split(",", -1))
            : Stream.of(one.split(";", -1)).map(cell -> cell.strip().split(" ", -1)[0]);
    return chosen
        .map(Nightfall::valueOf)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Nightfall.class)));
  }

  private List<Cell> cells(long seed) {
    Random random = new Random(seed);
    List<Cell> cells = new ArrayList<>();
    counts.forEach(
        (night, counted) -> {
          if (!nights().contains(night)) {
            return;
          }
          counted.forEach(
              (what, count) -> {
                String[] words = what.split(" ", -1);
                for (Fault fault : Fault.values()) {
                  int nth = 1 + random.nextInt(Math.min(count, LAST_NTH));
                  Operation operation = Operation.valueOf(words[1]);
                  if (fault.suits(operation)) {
                    cells.add(new Cell(night, new Target(words[0], operation, fault, nth)));
                  }
                }
              });
        });
    Collections.shuffle(cells, random);
    KEPT.stream()
        .map(Cell::parse)
        .filter(cell -> nights().contains(cell.night()))
        .forEach(cell -> cells.add(0, cell));
    return cells;
  }

  @Test
  void afterEveryFaultAPlainRerunGivesTheSameRows() throws IOException {
    FaultyFileSystem.install(SPARK.sparkContext().hadoopConfiguration());
    for (Nightfall night : nights()) {
      undisturbed(night);
    }
    String one = System.getProperty("faults.cell", "");
    String many = System.getProperty("faults.cells", DEFAULT_CELLS);
    List<Cell> cells =
        one.isEmpty()
            ? cells(Long.getLong("faults.seed", 1))
            : Stream.of(one.split(";", -1)).map(Cell::parse).toList();
    int all = cells.size();
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> tally = new TreeMap<>();
    for (Cell cell :
        cells.subList(0, many.equals("all") ? all : Math.min(all, Integer.parseInt(many)))) {
      Optional<String> why = trouble(cell, tally);
      System.out.println(cell + (why.isEmpty() ? " well" : " WRONG " + why.get()));
      why.ifPresent(what -> wrong.add(cell + ": " + what));
    }
    System.out.printf("%s; %d wrong; there are %d cells%n", tally, wrong.size(), all);
    assertThat(wrong).isEmpty();
  }

  /** Tries a cell. Returns what is wrong. */
  private Optional<String> trouble(Cell cell, Map<String, Integer> tally) throws IOException {
    Path place = folder.resolve("cell-" + tried++);
    Path lake = Folders.copy(before.get(cell.night()), place.resolve("faulted/lake"));
    Path landing = landings.get(cell.night());
    Plan plan = Plan.of(cell.target());
    FaultyFileSystem.follow(plan);
    Ended ended = cell.night().run(runs(landing, lake));
    FaultyFileSystem.follow(Plan.none());
    tally.merge(plan.isFired() ? ended.exit().name() : "not reached", 1, Integer::sum);
    if (!documented(cell.target()).contains(ended.exit())) {
      return Optional.of("ended with " + ended.exit() + "\n" + ended.log());
    }
    Optional<String> said = falsehood(lake(lake), ended, cell.night());
    if (said.isPresent()) {
      return said;
    }
    // Another path: the next night is another process, which knows nothing of this one.
    Path next = Folders.copy(lake, place.resolve("next/lake"));
    Ended rerun = cell.night().run(runs(landing, next));
    if (rerun.exit() != ExitCode.OK) {
      return Optional.of("the rerun ended with " + rerun.exit() + "\n" + rerun.log());
    }
    return falsehood(lake(next), rerun, cell.night()).or(() -> differing(next, cell.night()));
  }

  private static Set<ExitCode> documented(Target target) {
    return switch (target.fault()) {
      case DELAY -> Set.of(ExitCode.OK);
      case BEFORE, TORN, FULL -> Set.of(ExitCode.OK, ExitCode.STORAGE);
      // Delta finds its own commit there, and takes it for another's.
      case AFTER -> Set.of(ExitCode.OK, ExitCode.STORAGE, ExitCode.CONCURRENT_WRITER);
      case STALE ->
          target.place().equals("landing")
              ? Set.of(ExitCode.OK, ExitCode.STORAGE, ExitCode.INPUT_MISSING)
              : Set.of(ExitCode.OK, ExitCode.STORAGE, ExitCode.CONCURRENT_WRITER);
    };
  }

  private static Lake lake(Path path) {
    return new Lake(SPARK, "faulty:" + path, Lake.Writes.SUPPRESSED);
  }

  /** What the run log says and is not so. */
  private static Optional<String> falsehood(Lake lake, Ended ended, Nightfall run) {
    boolean isSaid =
        ended.log().contains("could not be written to ops.run_log")
            || ended.exit() == ExitCode.CONCURRENT_WRITER;
    List<String> logged =
        lake
            .readOrEmpty(Tables.RUN_LOG)
            .where("stage = '(run)' and run_id = '" + ended.runId() + "'")
            .selectExpr("concat_ws(' ', result, exit_code)")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    String result = ended.exit() == ExitCode.OK ? "DONE " : "FAILED ";
    boolean isTrue = logged.equals(List.of(result + ended.exit().status()));
    if (!isTrue && !(isSaid && (logged.isEmpty() || logged.equals(List.of("RUNNING"))))) {
      return Optional.of(
          "the run ended with " + ended.exit() + " and the log has " + logged + "\n" + ended.log());
    }
    if (!ended.log().stripTrailing().endsWith("}")) {
      return Optional.of("there is no closing line\n" + ended.log());
    }
    if (ended.exit() == ExitCode.OK && run.isNight()) {
      Optional<Published> night = Published.newest(lake);
      Map<String, TableVersion> now = new TreeMap<>();
      Tables.all().stream()
          .filter(table -> !table.layer().equals("ops"))
          .forEach(
              table -> lake.current(table).ifPresent(found -> now.put(table.fullName(), found)));
      if (night.isEmpty() || !night.get().versions().entrySet().containsAll(now.entrySet())) {
        return Optional.of("it ended well, and the night is not the one published");
      }
    }
    return Optional.empty();
  }

  /**
   * Tables of silver and gold whose rows are not those of the lake without a fault; of bronze,
   * whose rows have the time of the run, those that have more or fewer.
   */
  private Optional<String> differing(Path lake, Nightfall night) {
    Path expected = undisturbed.get(night);
    Set<String> names =
        lake(expected).tableNames().stream()
            .filter(name -> !name.startsWith("ops."))
            .collect(Collectors.toSet());
    List<String> differing = new ArrayList<>();
    for (String name : names) {
      String table = name.replace('.', '/');
      if (isUntouched(lake, table, night) && isUntouched(expected, table, night)) {
        continue;
      }
      List<String> here = rows(lake.resolve(table));
      List<String> there = rows(expected.resolve(table));
      boolean isSame =
          name.startsWith("bronze.") ? here.size() == there.size() : here.equals(there);
      if (!isSame) {
        differing.add(name);
      }
    }
    return differing.isEmpty() ? Optional.empty() : Optional.of("other rows in " + differing);
  }

  /** Whether no commit came after those that were copied. */
  private boolean isUntouched(Path lake, String table, Nightfall night) {
    Path base = before.get(night).resolve(table).resolve("_delta_log");
    Path log = lake.resolve(table).resolve("_delta_log");
    return Files.exists(base) && commits(base) == commits(log);
  }

  private static long commits(Path log) {
    String[] names = log.toFile().list((of, name) -> name.matches("\\d{20}\\.json"));
    return names == null ? 0 : names.length;
  }

  private static List<String> rows(Path table) {
    if (!Files.exists(table)) {
      return List.of("there is no table");
    }
    return SPARK
        .read()
        .format("delta")
        .load(table.toString())
        .selectExpr("to_json(struct(*))")
        .collectAsList()
        .stream()
        .map((Row row) -> row.getString(0))
        .sorted()
        .toList();
  }
}
