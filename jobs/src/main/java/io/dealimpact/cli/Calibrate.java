package io.dealimpact.cli;

import io.dealimpact.bench.Calibrations;
import io.dealimpact.bench.Calibrations.Returns;
import io.dealimpact.lake.Session;
import io.dealimpact.run.Failures;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Size and power of the tests. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    description =
        "Size and power of every test over groups of events, on simulated returns and on the lake's"
            + " (random dates): calibration.md, .csv and .svg.")
final class Calibrate implements Callable<Integer> {
  private final Console console;
  @Mixin private Settings settings;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Samples of 50 events in each setting; default ${DEFAULT-VALUE}.")
  private int samples = 500;

  @Option(names = "--seed", description = "Of the draws; default ${DEFAULT-VALUE}.")
  private long seed = 20251103;

  @Option(
      names = "--returns",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}. SIMULATED needs no lake.")
  private Returns returns = Returns.ALL;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the three files go; default ${DEFAULT-VALUE}.")
  private Path out = Path.of("calibration");

  /** What is counted. */
  private enum Measure {
    SIZES,
    FEW_EVENTS,
    COVERAGE
  }

  @Option(
      names = "--measure",
      description =
          "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}. FEW_EVENTS: sizes in groups of 1 to 100"
              + " events. COVERAGE: how often the intervals of single events hold. Each is a section"
              + " of calibration.md, and a CSV.")
  private Measure measure = Measure.SIZES;

  Calibrate(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (samples < 20 || samples > 100_000) {
      throw Failures.usage("--samples must be from 20 to 100000, not " + samples);
    }
    Calibrations calibrations =
        new Calibrations(settings.configuration(), Session::open, samples, seed, console.err());
    console
        .out()
        .print(
            switch (measure) {
              case SIZES -> calibrations.write(returns, out);
              case FEW_EVENTS -> calibrations.writeFewEvents(out);
              case COVERAGE -> calibrations.writeCoverage(returns, out);
            });
    return 0;
  }
}
