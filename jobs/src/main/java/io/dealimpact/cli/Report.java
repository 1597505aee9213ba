package io.dealimpact.cli;

import io.dealimpact.ask.ReadCommands;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Session;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The report as one HTML file. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "What the deals did and promised, as one HTML file that needs no network.")
final class Report implements Callable<Integer> {
  private final Console console;
  @Mixin private Settings settings;
  @Mixin private NightOption night;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where to write it; default: report.html in the lake, or deal-impact-report.html here"
              + " where the lake is no local folder.")
  private Path out;

  Report(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration configuration = settings.configuration();
    Path file = out == null ? ReportFile.place(configuration.lake()) : out;
    ReadCommands answers = new ReadCommands(Session.open(), configuration, night.night());
    ReportFile.write(file, answers.report(), Optional.empty());
    console.out().println(file);
    return 0;
  }
}
