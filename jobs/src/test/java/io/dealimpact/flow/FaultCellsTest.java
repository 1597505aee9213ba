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
import io.dealimpact.testing.Folders;
import io.dealimpact.testing.SmallLanding;
import io.dealimpact.testing.SparkForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
 * <p>A cell is a run, a table or the landing zone, a kind of operation, and a fault; which of the
 * operations fails is drawn. Where each stage of the flow is a run, a cell is a stage, a kind of
 * operation and a fault, and the table is drawn too. {@code -Dfaults.night=DEALS} names the runs:
 * see {@link Nightfall}. {@code -Dfaults.cells=N} tries so many cells, drawn by {@code
 * -Dfaults.seed=N}; {@code -Dfaults.cells=all} tries each once. {@code -Dfaults.cell="DEALS
 * gold/event_impact RENAME AFTER 1"} tries one again, or several with {@code ;} between them.
 * {@code -Dfaults.tried=FILE} notes each cell that went well there, and leaves out those that are
 * in it: all cells take hours. {@code -Dfaults.part=1/2} tries every second one. With {@code
 * -Dfaults.again=N} so many reruns meet a fault too, drawn of the cells of the same run, before the
 * plain one: {@code ", "} stands between the faults of such a cell.
 */
@Tag("spark")
@Tag("slow")
final class FaultCellsTest {
  private static final SparkSession SPARK = SparkForTests.session();
  private static final String DEFAULT_CELLS = "8";
  private static final String DEFAULT_NIGHTS = "FIRST_RATES,RATES";

  /** A file of cells that went well; empty for none. */
  private static final String TRIED = System.getProperty("faults.tried", "");

  /** How many reruns meet a fault before the plain one. */
  private static final int AGAIN = Integer.getInteger("faults.again", 0);

  /** Cells that once went wrong. */
  private static final List<String> KEPT =
      List.of(
          // The log had a RUNNING row beside the final one.
          "RATES ops/run_log RENAME AFTER 1");

  /** Of the operations of a kind at a place, the later ones of a night are as good as the first. */
  private static final int LAST_NTH = 12;

  private static final List<Change> MORE_DEALS =
      List.of(
          new Change(What.LATE, "deals/deals.jsonl", 3),
          new Change(What.RESTATE, "earnings/earnings.csv", 4));

  private static final List<Change> OTHER_PRICES =
      List.of(
          new Change(What.LATE, "bars/AAA.csv", 1),
          new Change(What.RESTATE, "bars/BBB.csv", 2),
          new Change(What.RESTATE, "shares/shares.csv", 4),
          new Change(What.CORRECT, "fx/fx.csv", 5),
          new Change(What.LATE, "splits/splits.csv", 6));

  /** Files of the feeds that the market of the histories has none of. */
  private static final Map<String, List<String>> OTHER_FEEDS =
      Map.of(
          "instruments/more.csv",
          List.of(
              "instrument_id,ticker,name,organisation,exchange,currency,kind",
              "DDD,DDD,Delta,Delta,NYSE,USD,equity"),
          "returns/returns.csv",
          Stream.concat(
                  Stream.of("instrument_id,trade_date,return"),
                  HistoryMarket.DAYS.stream()
                      .map(day -> "DDD," + day + ",0.00" + (1 + day.getDayOfMonth() % 9)))
              .toList(),
          "market_caps/caps.csv",
          List.of("instrument_id,trade_date,market_cap", "BBB,2025-09-02,200000000"),
          "calendar/nyse.csv",
          List.of("exchange,trade_date,open_time,close_time", "NYSE,2025-11-28,09:30,13:00"),
          "factors/factors.csv",
          Stream.concat(
                  Stream.of("factor_set,trade_date,mkt_rf,smb,hml,rf,unit"),
                  HistoryMarket.DAYS.stream()
                      .map(
                          day ->
                              "us,"
                                  + day
                                  + ",0.00"
                                  + (day.getDayOfMonth() % 9)
                                  + ",0.001,0,0,fraction"))
              .toList(),
          "events/events.csv",
          List.of("event_id,instrument_id,announced_at", "own-1,AAA,2025-10-08"),
          "gpus/gpus.jsonl",
          List.of(
              "{\"gpu_model\": \"G1\", \"vendor\": \"V\", \"kw_per_gpu\": {\"low\": 1, \"high\":"
                  + " 2}, \"price_usd\": {\"low\": 30000, \"high\": 40000}}"),
          "claims/claims.jsonl",
          List.of(
              "{\"claim_id\": \"claim-1\", \"deal_id\": \"deal-1\", \"subject\": \"Alpha\","
                  + " \"metric\": \"contract-value-usd\", \"claimed\": {\"low\": 2e9, \"high\": 2e9},"
                  + " \"unit\": \"usd\", \"as_printed\": \"2 billion dollars\"}"),
          "sites/sites.csv",
          List.of(
              "publisher,site,as_of,provider,customer,power_gw,capex_usd,compute_usd",
              "Somebody,Site 1,2025-11-01,Alpha,Customer 1,1,40e9,25e9"));

  @TempDir private Path folder;
  private int tried;
  private final Map<Nightfall, Path> ends = new EnumMap<>(Nightfall.class);
  private final Map<String, Disturbed> disturbed = new LinkedHashMap<>();

  /** Runs of one kind that are disturbed. */
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
    PRICES,
    /** Each stage of the flow alone, on an empty lake at first: all tables are made. */
    FIRST_STAGES,
    /** Each stage alone, on the lake of a night, where files of all feeds changed. */
    STAGES;

    /** What it follows. */
    Optional<Nightfall> earlier() {
      return switch (this) {
        case FIRST_RATES, FIRST, FIRST_STAGES -> Optional.empty();
        case RATES -> Optional.of(FIRST_RATES);
        case DEALS, PRICES, STAGES -> Optional.of(FIRST);
      };
    }

    List<Change> changes() {
      return switch (this) {
        case FIRST_RATES, FIRST, FIRST_STAGES -> List.of();
        case RATES ->
            List.of(
                new Change(What.RESTATE, "fx/fx.csv", 1), new Change(What.CORRECT, "fx/fx.csv", 5));
        case DEALS -> MORE_DEALS;
        case PRICES -> OTHER_PRICES;
        case STAGES ->
            Stream.of(
                    MORE_DEALS,
                    OTHER_PRICES,
                    List.of(
                        new Change(What.RESTATE, "instruments/instruments.csv", 7),
                        new Change(What.LATE, "capacity/capacity.jsonl", 8)))
                .flatMap(List::stream)
                .toList();
      };
    }

    boolean hasOtherFeeds() {
      return this == FIRST_STAGES || this == STAGES;
    }

    /** The runs, in order; each begins where the one before it ended. */
    List<Step> steps() {
      return switch (this) {
        case FIRST_RATES, RATES -> List.of(new Step(name(), List.of("ingest-fx", "conform-fx")));
        case FIRST, DEALS, PRICES -> List.of(new Step(name(), List.of()));
        case FIRST_STAGES, STAGES ->
            Runs.stageNames().stream()
                .map(stage -> new Step(name() + ":" + stage, List.of(stage)))
                .toList();
      };
    }
  }

  /**
   * A run.
   *
   * @param name as a cell has it
   * @param stages that run one after the other; none are a night
   */
  private record Step(String name, List<String> stages) {
    boolean isNight() {
      return stages.isEmpty();
    }

    /** Hadoop takes what stands before a colon for a scheme. */
    String folder() {
      return name.replace(':', '-');
    }

    /** Whether its cells are made of kinds of operations, whatever the table. */
    boolean isStage() {
      return stages.size() == 1;
    }

    /** Runs until one does not end well. */
    Ended run(ProgramRuns runs) {
      if (isNight()) {
        return runs.night();
      }
      Ended ended = runs.stage(stages.get(0));
      for (String stage : stages.subList(1, stages.size())) {
        ended = ended.exit() == ExitCode.OK ? runs.stage(stage) : ended;
      }
      return ended;
    }
  }

  /**
   * A run that is disturbed, and how it went when it was not.
   *
   * @param before the lake before it
   * @param undisturbed the lake after it
   * @param counts of what it did, by {@code place operation}
   */
  private record Disturbed(
      Step step, Path landing, Path before, Path undisturbed, Map<String, Integer> counts) {}

  /**
   * A run and what goes wrong in it.
   *
   * @param targets the fault of the run, and then those of its reruns
   */
  private record Cell(String run, List<Target> targets) {
    Cell(String run, Target target) {
      this(run, List.of(target));
    }

    Cell and(List<Target> ofReruns) {
      return new Cell(run, Stream.concat(targets.stream(), ofReruns.stream()).toList());
    }

    @Override
    public String toString() {
      return run
          + " "
          + targets.stream()
              .map(
                  target ->
                      String.format(
                          Locale.ROOT,
                          "%s %s %s %d",
                          target.place(),
                          target.operation(),
                          target.fault(),
                          target.nth()))
              .collect(Collectors.joining(", "));
    }

    static Cell parse(String text) {
      String[] runAndTargets = text.strip().split(" ", 2);
      return new Cell(
          runAndTargets[0],
          Stream.of(runAndTargets[1].split(", ", -1))
              .map(target -> target.split(" ", -1))
              .map(
                  words ->
                      new Target(
                          words[0],
                          Operation.valueOf(words[1]),
                          Fault.valueOf(words[2]),
                          Integer.parseInt(words[3])))
              .toList());
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
    if (ends.containsKey(night)) {
      return;
    }
    if (night.earlier().isPresent()) {
      undisturbed(night.earlier().get());
    }
    Path there = folder.resolve(night.name());
    HistoryLanding landing = new HistoryLanding(there.resolve("landing"));
    for (Change change : night.changes()) {
      landing.apply(change);
    }
    if (night.hasOtherFeeds()) {
      for (Map.Entry<String, List<String>> file : OTHER_FEEDS.entrySet()) {
        Path path = landing.folder().resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
    }
    Path before = night.earlier().map(ends::get).orElse(folder.resolve("nothing"));
    for (Step step : night.steps()) {
      Path lake = Folders.copy(before, there.resolve(step.folder()).resolve("lake"));
      Plan plan = Plan.none();
      FaultyFileSystem.follow(plan);
      Ended ended = step.run(runs(landing.folder(), lake));
      assertThat(ended.exit()).as(ended.log()).isEqualTo(ExitCode.OK);
      disturbed.put(
          step.name(), new Disturbed(step, landing.folder(), before, lake, plan.counts()));
      before = lake;
    }
    ends.put(night, before);
  }

  /** The nights of the cells that are tried. */
  private static Set<Nightfall> nights() {
    String one = System.getProperty("faults.cell", "");
    Stream<String> chosen =
        one.isEmpty()
            ? Stream.of(System.getProperty("faults.night", DEFAULT_NIGHTS).split(",", -1))
            : Stream.of(one.split(";", -1)).map(cell -> cell.strip().split("[ :]", -1)[0]);
    return chosen
        .map(Nightfall::valueOf)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Nightfall.class)));
  }

  private List<Cell> cells(long seed) {
    Random random = new Random(seed);
    List<Step> steps = nights().stream().flatMap(night -> night.steps().stream()).toList();
    List<Cell> cells = new ArrayList<>();
    for (Step step : steps) {
      Map<String, Integer> counted = disturbed.get(step.name()).counts();
      if (step.isStage()) {
        cells.addAll(ofKinds(step, counted, random));
      } else {
        counted.forEach(
            (what, count) -> cells.addAll(ofPlace(step, what, Math.min(count, LAST_NTH), random)));
      }
    }
    Collections.shuffle(cells, random);
    Set<String> runs = steps.stream().map(Step::name).collect(Collectors.toSet());
    KEPT.stream()
        .map(Cell::parse)
        .filter(cell -> runs.contains(cell.run()))
        .forEach(cell -> cells.add(0, cell));
    return part(withReruns(cells, random));
  }

  /** The same, with faults for the reruns that are asked for. */
  private static List<Cell> withReruns(List<Cell> cells, Random random) {
    Map<String, List<Target>> ofRuns =
        cells.stream()
            .collect(
                Collectors.groupingBy(
                    Cell::run,
                    Collectors.mapping(cell -> cell.targets().get(0), Collectors.toList())));
    return cells.stream()
        .map(
            cell -> {
              List<Target> targets = ofRuns.get(cell.run());
              return cell.and(
                  Stream.generate(() -> targets.get(random.nextInt(targets.size())))
                      .limit(AGAIN)
                      .toList());
            })
        .toList();
  }

  /** Those that this process is to try of them. */
  private static List<Cell> part(List<Cell> cells) {
    String[] part = System.getProperty("faults.part", "1/1").split("/", -1);
    int first = Integer.parseInt(part[0]) - 1;
    int of = Integer.parseInt(part[1]);
    return IntStream.range(0, cells.size())
        .filter(i -> i % of == first)
        .mapToObj(cells::get)
        .toList();
  }

  /** A cell for each fault of a kind of operation at a place. */
  private static List<Cell> ofPlace(Step step, String what, int most, Random random) {
    String[] words = what.split(" ", -1);
    Operation operation = Operation.valueOf(words[1]);
    return Stream.of(Fault.values())
        .filter(fault -> fault.suits(operation))
        .map(fault -> new Target(words[0], operation, fault, 1 + random.nextInt(most)))
        .map(target -> new Cell(step.name(), target))
        .toList();
  }

  /** A cell for each kind of operation and fault; each place where it is done is as likely. */
  private static List<Cell> ofKinds(Step step, Map<String, Integer> counted, Random random) {
    List<Cell> cells = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      List<String> places =
          counted.keySet().stream()
              .filter(what -> what.endsWith(" " + operation))
              .map(what -> what.split(" ", -1)[0])
              .toList();
      for (Fault fault : Fault.values()) {
        if (fault.suits(operation) && !places.isEmpty()) {
          String place = places.get(random.nextInt(places.size()));
          int most = Math.min(counted.get(place + " " + operation), LAST_NTH);
          int nth = 1 + random.nextInt(most);
          cells.add(new Cell(step.name(), new Target(place, operation, fault, nth)));
        }
      }
    }
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
    Set<String> earlier = triedEarlier();
    for (Cell cell :
        cells.subList(0, many.equals("all") ? all : Math.min(all, Integer.parseInt(many)))) {
      if (earlier.contains(cell.toString())) {
        tally.merge("tried earlier", 1, Integer::sum);
        continue;
      }
      Optional<String> why = trouble(cell, tally);
      System.out.println(cell + (why.isEmpty() ? " well" : " WRONG " + why.get()));
      why.ifPresent(what -> wrong.add(cell + ": " + what));
      if (why.isEmpty() && !TRIED.isEmpty()) {
        Files.writeString(
            Path.of(TRIED), cell + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    }
    System.out.printf("%s; %d wrong; there are %d cells%n", tally, wrong.size(), all);
    assertThat(wrong).isEmpty();
  }

  private static Set<String> triedEarlier() throws IOException {
    Path file = Path.of(TRIED);
    return TRIED.isEmpty() || !Files.exists(file) ? Set.of() : Set.copyOf(Files.readAllLines(file));
  }

  /** Tries a cell. Returns what is wrong. */
  private Optional<String> trouble(Cell cell, Map<String, Integer> tally) throws IOException {
    Disturbed run = disturbed.get(cell.run());
    Path place = folder.resolve("cell-" + tried++);
    Path lake = run.before();
    for (int i = 0; i < cell.targets().size(); i++) {
      // Another path each time: the next night is another process, which knows nothing of this one.
      lake = Folders.copy(lake, place.resolve("faulted-" + i).resolve("lake"));
      Optional<String> why = troubleOf(cell.targets().get(i), run, lake, tally);
      if (why.isPresent()) {
        return why;
      }
    }
    Path next = Folders.copy(lake, place.resolve("next/lake"));
    Ended rerun = run.step().run(runs(run.landing(), next));
    if (rerun.exit() != ExitCode.OK) {
      return Optional.of("the rerun ended with " + rerun.exit() + "\n" + rerun.log());
    }
    Optional<String> wrong =
        falsehood(lake(next), rerun, run.step()).or(() -> differing(next, run));
    if (wrong.isEmpty()) {
      Folders.delete(place);
    }
    return wrong;
  }

  /** Runs into a fault. Returns what is wrong with how the run ended and what it said. */
  private static Optional<String> troubleOf(
      Target target, Disturbed run, Path lake, Map<String, Integer> tally) {
    Plan plan = Plan.of(target);
    FaultyFileSystem.follow(plan);
    Ended ended = run.step().run(runs(run.landing(), lake));
    FaultyFileSystem.follow(Plan.none());
    tally.merge(plan.isFired() ? ended.exit().name() : "not reached", 1, Integer::sum);
    return documented(target).contains(ended.exit())
        ? falsehood(lake(lake), ended, run.step())
        : Optional.of("ended with " + ended.exit() + "\n" + ended.log());
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
  private static Optional<String> falsehood(Lake lake, Ended ended, Step run) {
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
  private static Optional<String> differing(Path lake, Disturbed run) {
    Path expected = run.undisturbed();
    Set<String> names =
        lake(expected).tableNames().stream()
            .filter(name -> !name.startsWith("ops."))
            .collect(Collectors.toSet());
    List<String> differing = new ArrayList<>();
    for (String name : names) {
      String table = name.replace('.', '/');
      if (isUntouched(lake, table, run) && isUntouched(expected, table, run)) {
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
  private static boolean isUntouched(Path lake, String table, Disturbed run) {
    Path base = run.before().resolve(table).resolve("_delta_log");
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
