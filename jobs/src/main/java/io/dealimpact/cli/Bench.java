package io.dealimpact.cli;

import io.dealimpact.bench.Benchmarks;
import io.dealimpact.bench.Benchmarks.Bars;
import io.dealimpact.bench.Benchmarks.Market;
import io.dealimpact.bench.Benchmarks.On;
import io.dealimpact.bench.Benchmarks.Sizes;
import io.dealimpact.bench.Benchmarks.Study;
import io.dealimpact.lake.Session;
import io.dealimpact.run.Failures;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The benchmark. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Runs the roll-up of synthetic commitments, the study of synthetic events, or nights of a"
            + " synthetic landing zone, beside DuckDB; compares what they find, and writes"
            + " benchmark.md. Needs no lake.")
final class Bench implements Callable<Integer> {
  private final Console console;

  /** What is measured. */
  enum Work {
    ROLL_UP,
    STUDY,
    NIGHTS,
    ALL
  }

  @Option(names = "--work", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Work work = Work.ALL;

  @Option(
      names = "--instruments",
      paramLabel = "N",
      description = "Of the study and nights: instruments of the market; default ${DEFAULT-VALUE}.")
  private int instruments = 200;

  @Option(
      names = "--days",
      paramLabel = "N",
      description =
          "Of the study and nights: trading days of the market; default ${DEFAULT-VALUE}.")
  private int days = 1_000;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "Of the study and nights: events; default ${DEFAULT-VALUE}.")
  private long events = 2_000;

  @Option(
      names = "--events-on",
      description =
          "Of the study: the instruments that have events, ${COMPLETION-CANDIDATES}; default"
              + " ${DEFAULT-VALUE}.")
  private On eventsOn = On.ALL;

  @Option(
      names = "--study",
      description =
          "Of the study: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}. FULL measures beside the"
              + " plain study all tables of the study in their default settings.")
  private Study study = Study.PLAIN;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Of the study: runs of which the median is taken; default ${DEFAULT-VALUE}.")
  private int runs = 3;

  @Option(
      names = "--sizes",
      description =
          "Of the study: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}. GROWING measures smaller"
              + " markets too, one run each: events by tens, instruments by fours, events of one"
              + " instrument by tens.")
  private Sizes sizes = Sizes.GIVEN;

  @Option(names = "--seed", description = "Of the market; default ${DEFAULT-VALUE}.")
  private long seed = 20251103;

  @Option(
      names = "--bars",
      description =
          "Of nights: the format of bars, ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Bars bars = Bars.PARQUET;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Of the roll-up: commitments of the largest size; default ${DEFAULT-VALUE}.")
  private long rows = 1_000_000;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the configuration, capacity.replicates=50 say.")
  private List<String> settings = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where benchmark.md goes; default ${DEFAULT-VALUE}.")
  private Path out = Path.of("benchmark");

  Bench(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    require("--rows", rows, 100, 100_000_000);
    require("--instruments", instruments, 1, 100_000);
    require("--days", days, 300, 100_000);
    require("--events", events, 1, 100_000_000);
    require("--runs", runs, 1, 99);
    Benchmarks benchmarks = new Benchmarks(Session.open(), settings, console.err());
    String command = "deal-impact " + String.join(" ", console.given());
    String page = "";
    Market market = new Market(instruments, days, events, eventsOn, seed);
    if (work == Work.ROLL_UP || work == Work.ALL) {
      page = benchmarks.rollUp(rows, command, out);
    }
    if (work == Work.STUDY || work == Work.ALL) {
      page = benchmarks.study(market, study, sizes, runs, command, out);
    }
    if (work == Work.NIGHTS || work == Work.ALL) {
      page = benchmarks.nights(market, bars, command, out);
    }
    console.out().print(page);
    return 0;
  }

  private static void require(String option, long given, long least, long most) {
    if (given < least || given > most) {
      throw Failures.usage(option + " must be from " + least + " to " + most + ", not " + given);
    }
  }
}
