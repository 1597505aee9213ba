package io.dealimpact.flow;

import io.dealimpact.flow.HistoryLanding.Change;
import io.dealimpact.flow.HistoryLanding.What;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs of a lake one after the other, and what is delivered before each. A history is plain data:
 * it prints as one line for each run, is read back from that text, and stays a history where lines
 * are left out.
 */
record History(List<Step> steps) {
  private static final int CLOCK_JUMP = 400 * 86_400;

  /** A command. */
  enum Kind {
    NIGHT,
    DRY_RUN,
    BACKFILL,
    STAGE,
    MAINTAIN
  }

  /**
   * One run.
   *
   * @param argument of a stage its name, of a backfill its first and last day, else {@code -}
   * @param build number of the program that runs
   * @param clock seconds by which its clock is ahead of that of the run before; behind if negative
   * @param setting that holds from now on, or {@code -}
   * @param changes delivered before
   */
  record Step(
      Kind kind, String argument, int build, int clock, String setting, List<Change> changes) {
    @Override
    public String toString() {
      return Stream.concat(
              Stream.of(
                  String.join(
                      " ",
                      kind.name(),
                      argument,
                      Integer.toString(build),
                      Integer.toString(clock),
                      setting)),
              changes.stream().map(Change::toString))
          .collect(Collectors.joining(" | "));
    }

    static Step parse(String line) {
      String[] parts = line.split("\\|", -1);
      String[] words = parts[0].strip().split(" ", 5);
      return new Step(
          Kind.valueOf(words[0]),
          words[1],
          Integer.parseInt(words[2]),
          Integer.parseInt(words[3]),
          words[4],
          Arrays.stream(parts).skip(1).map(Change::parse).toList());
    }
  }

  /** What a vendor may do to a file, the more often the more often it stands here. */
  private static final List<What> OF_SHARES =
      List.of(
          What.LATE,
          What.LATE,
          What.LATE,
          What.RESTATE,
          What.RESTATE,
          What.SPLIT,
          What.WITHDRAW,
          What.WITHDRAW_ROW,
          What.SHRINK,
          What.DOUBLE,
          What.REORDER,
          What.REMOVE,
          What.REDELIVER,
          What.REDELIVER,
          What.DAMAGE,
          What.BREAK,
          What.CORRECT);

  /** Without the benchmark's days there is no study. */
  private static final List<What> OF_THE_BENCHMARK =
      List.of(What.LATE, What.LATE, What.RESTATE, What.DOUBLE, What.REORDER, What.REDELIVER);

  private static final List<What> OF_INSTRUMENTS =
      List.of(What.LATE, What.RESTATE, What.DOUBLE, What.REORDER, What.REDELIVER);

  private static final List<String> SETTINGS =
      List.of(
          "study.estimation.length=40",
          "study.estimation.length=30",
          "study.windows=[[0, 0], [-1, 1]]",
          "study.windows=[[-1, 1]]",
          "study.returns=log",
          "study.returns=simple",
          "study.groups=[all]",
          "study.groups=[all, role]",
          "study.models=[market-model, mean-adjusted]",
          "study.other_events=keep",
          "capacity.quarters=20",
          "quality.supersedes=['bars/AAA.csv']",
          "quality.supersedes=[]");

  private static final List<String> STAGES =
      List.of("ingest-bars", "ingest-deals", "conform-bars", "conform-series", "measure-events");

  /** A history of some runs after the first night, the same for the same seed. */
  static History of(long seed, int runs) {
    Random random = new Random(seed);
    List<String> files =
        List.copyOf(HistoryMarket.files().keySet()).stream()
            .flatMap(file -> IntStream.range(0, weight(file)).mapToObj(i -> file))
            .toList();
    List<Step> steps = new ArrayList<>();
    int build = 0;
    for (int run = 0; run < runs; run++) {
      List<Change> changes = new ArrayList<>();
      for (int n = random.nextInt(4); n > 0; n--) {
        String file = files.get(random.nextInt(files.size()));
        List<What> may =
            file.equals(HistoryMarket.BENCHMARK)
                ? OF_THE_BENCHMARK
                : file.startsWith("instruments/") ? OF_INSTRUMENTS : OF_SHARES;
        changes.add(
            new Change(may.get(random.nextInt(may.size())), file, random.nextInt(1_000_000)));
      }
      int dice = random.nextInt(100);
      Kind kind =
          dice < 70
              ? Kind.NIGHT
              : dice < 80
                  ? Kind.BACKFILL
                  : dice < 88 ? Kind.STAGE : dice < 96 ? Kind.MAINTAIN : Kind.DRY_RUN;
      build = random.nextInt(100) < 8 ? random.nextInt(3) : build;
      int clock = random.nextInt(10) == 0 ? random.nextInt(2 * CLOCK_JUMP) - CLOCK_JUMP : 86_400;
      String setting =
          random.nextInt(100) < 20 ? SETTINGS.get(random.nextInt(SETTINGS.size())) : "-";
      steps.add(new Step(kind, argument(kind, random), build, clock, setting, changes));
    }
    return new History(steps);
  }

  private static int weight(String file) {
    return file.startsWith("bars/") ? 4 : file.startsWith("deals/") ? 5 : 2;
  }

  private static String argument(Kind kind, Random random) {
    return switch (kind) {
      case STAGE -> STAGES.get(random.nextInt(STAGES.size()));
      case BACKFILL -> {
        int from = random.nextInt(HistoryMarket.DAYS.size() - 1);
        int to = from + random.nextInt(HistoryMarket.DAYS.size() - from);
        yield HistoryMarket.DAYS.get(from) + ".." + HistoryMarket.DAYS.get(to);
      }
      case NIGHT, DRY_RUN, MAINTAIN -> "-";
    };
  }

  History without(int step) {
    List<Step> fewer = new ArrayList<>(steps);
    fewer.remove(step);
    return new History(fewer);
  }

  static History parse(List<String> lines) {
    return new History(
        lines.stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Step::parse)
            .toList());
  }

  @Override
  public String toString() {
    return steps.stream().map(Step::toString).collect(Collectors.joining("\n"));
  }
}
