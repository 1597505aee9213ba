package io.dealimpact.cli;

import io.dealimpact.config.Configuration;
import io.dealimpact.flow.Runs;
import io.dealimpact.lake.Session;
import io.dealimpact.lake.Upkeep;
import io.dealimpact.report.TextTable;
import io.dealimpact.run.RunContext;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compaction and retention. */
@Command(
    name = "maintain",
    mixinStandardHelpOptions = true,
    description =
        "Merges files that are too many, and removes what no kept night needs; 'maintain' in the"
            + " configuration says which nights are kept.")
final class Maintain implements Callable<Integer> {
  private final Console console;
  @Mixin private Settings settings;
  @Mixin private DryRun dryRun;

  Maintain(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration configuration = settings.configuration();
    RunContext run = console.begin(dryRun.effect(), RunContext.DateRange.ALWAYS);
    return new Runs(Session.open(), configuration, console.err())
        .maintain(run, done -> console.out().print(table(done)))
        .status();
  }

  /** A line for each table of which something was done, and one for all. */
  private static String table(List<Upkeep> done) {
    TextTable table =
        new TextTable(
            List.of("table", "files", "after", "files removed", "bytes removed", "log removed"));
    done.stream().filter(Upkeep::isAny).forEach(of -> table.add(line(of)));
    table.add(
        line(
            new Upkeep(
                "all " + done.size() + " tables",
                sum(done, Upkeep::filesBefore),
                sum(done, Upkeep::filesAfter),
                sum(done, Upkeep::filesRemoved),
                sum(done, Upkeep::bytesRemoved),
                sum(done, Upkeep::logFilesRemoved))));
    return table.print();
  }

  private static long sum(List<Upkeep> done, ToLongFunction<Upkeep> of) {
    return done.stream().mapToLong(of).sum();
  }

  private static List<String> line(Upkeep of) {
    return List.of(
        of.table(),
        number(of.filesBefore()),
        number(of.filesAfter()),
        number(of.filesRemoved()),
        number(of.bytesRemoved()),
        number(of.logFilesRemoved()));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
