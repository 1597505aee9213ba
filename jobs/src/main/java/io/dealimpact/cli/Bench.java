package io.dealimpact.cli;

import io.dealimpact.bench.Benchmarks;
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
        "Rolls up synthetic commitments at growing sizes beside a peer, checks the sums, and writes"
            + " benchmark.md. Needs no lake.")
final class Bench implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Commitments of the largest size; default ${DEFAULT-VALUE}.")
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
    if (rows < 100 || rows > 100_000_000) {
      throw Failures.usage("--rows must be from 100 to 100000000, not " + rows);
    }
    console.out().print(new Benchmarks(Session.open(), settings, console.err()).write(rows, out));
    return 0;
  }
}
