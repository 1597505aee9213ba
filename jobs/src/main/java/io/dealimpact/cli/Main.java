package io.dealimpact.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dealimpact.flow.Program;
import io.dealimpact.lake.StorageErrors;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.Failures;
import io.dealimpact.run.Secrets;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The program: {@code deal-impact COMMAND}. Results go to standard output, progress and failures to
 * standard error, and the exit status is one of {@link ExitCode}.
 */
@Command(
    name = "deal-impact",
    description = "What an announcement did to share prices, and what compute it promised.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CommandLine.HelpCommand.class)
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its status. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    PrintStream err = new PrintStream(System.err, true, UTF_8);
    int status = hasSpark() ? execute(out, err, args) : withoutSpark(out, err);
    out.flush();
    err.flush();
    // The closing line is the last one. Spark's threads that outlive Spark print what they could
    // not do.
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    System.exit(status);
  }

  private static boolean hasSpark() {
    return Main.class.getClassLoader().getResource("org/apache/spark/sql/SparkSession.class")
        != null;
  }

  /** {@code java -jar}: what this is and how to run it. Most commands need classes of Spark. */
  private static int withoutSpark(PrintStream out, PrintStream err) {
    out.println("deal-impact " + Program.version() + ", commit " + Program.commit());
    DealImpactException failure = Failures.sparkMissing();
    err.println(failure.getMessage());
    return failure.exitCode().status();
  }

  /** Runs one command. Returns the exit status; starts Spark only where the command needs it. */
  static int execute(PrintStream out, PrintStream err, String... args) {
    Console console = new Console(out, err, List.of(args));
    CommandLine commandLine =
        new CommandLine(new Main())
            .addSubcommand("nightly", new Nightly(console))
            .addSubcommand("stage", new StageCommand(console))
            .addSubcommand("backfill", new Backfill(console))
            .addSubcommand("sql", new Sql(console))
            .addSubcommand("explain", new Explain(console))
            .addSubcommand("report", new Report(console))
            .addSubcommand("export", new Export(console))
            .addSubcommand("ddl", new Ddl(console))
            .addSubcommand("contract", new Contract(console))
            .addSubcommand("diff", new Diff(console))
            .addSubcommand("metrics", new Metrics(console))
            .addSubcommand("lineage", new Lineage(console))
            .addSubcommand("reproduce", new Reproduce(console))
            .addSubcommand("maintain", new Maintain(console))
            .addSubcommand("bench", new Bench(console))
            .addSubcommand("calibrate", new Calibrate(console))
            .addSubcommand("version", new Version(console));
    commandLine.setOut(new PrintWriter(out, true, UTF_8));
    commandLine.setErr(new PrintWriter(err, true, UTF_8));
    CommandLine.IParameterExceptionHandler usage = commandLine.getParameterExceptionHandler();
    commandLine.setParameterExceptionHandler(
        (error, given) -> {
          int status = usage.handleParseException(error, given);
          console.close(ExitCode.USAGE, error.getMessage());
          return status;
        });
    commandLine.setExecutionExceptionHandler((error, command, parsed) -> failed(console, error));
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    try {
      return args.length == 0
          ? commandLine.execute("--help") + ExitCode.USAGE.status()
          : commandLine.execute(args);
    } catch (Error error) {
      // Hadoop throws Errors, for instance where a disk is full; picocli handles exceptions alone.
      return failed(console, error);
    }
  }

  private static int failed(Console console, Throwable error) {
    Optional<DealImpactException> known =
        StorageErrors.find("running the command", "a table of the lake", error);
    if (known.isPresent()) {
      console.err().println(known.get().getMessage());
      console.close(known.get().exitCode(), known.get().getMessage());
      return known.get().exitCode().status();
    }
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    console.err().print(Secrets.mask(trace.toString()));
    console.close(ExitCode.UNEXPECTED, Failures.unexpected(error));
    return ExitCode.UNEXPECTED.status();
  }
}
