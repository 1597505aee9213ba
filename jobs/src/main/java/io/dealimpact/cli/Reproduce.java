package io.dealimpact.cli;

import io.dealimpact.config.Configuration;
import io.dealimpact.flow.Reproduction;
import io.dealimpact.lake.Session;
import io.dealimpact.report.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A published night, made again and compared. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    description =
        "Makes the silver and gold of a published night again, from the bronze it was made from,"
            + " and compares every row.")
final class Reproduce implements Callable<Integer> {
  private final Console console;
  @Mixin private Settings settings;

  @Parameters(
      paramLabel = "RUN",
      description = "Id of the run that published the night, or the night's number.")
  private String run;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description =
          "Folder of the lake that is made, which stays; default: the lake's name and"
              + " -reproduced-RUN.")
  private String scratch;

  Reproduce(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration configuration = settings.configuration();
    String folder =
        scratch == null
            ? configuration.lake().replaceFirst("/+$", "") + "-reproduced-" + run
            : scratch;
    new Reproduction(Session.open(), configuration)
        .run(run, folder, compared -> console.out().print(table(compared)));
    console.out().println("Every table is equal to the last byte of every value.");
    return 0;
  }

  private static String table(List<Reproduction.Compared> compared) {
    TextTable table = new TextTable(List.of("table", "rows", "only then", "only now"));
    compared.forEach(
        of ->
            table.add(
                List.of(
                    of.table(), number(of.rows()), number(of.onlyThen()), number(of.onlyNow()))));
    return table.print();
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
