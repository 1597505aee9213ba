package io.dealimpact.cli;

import io.dealimpact.config.Configuration;
import io.dealimpact.flow.Runs;
import io.dealimpact.lake.Session;
import io.dealimpact.run.RunContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One stage of the flow. */
@Command(
    name = "stage",
    mixinStandardHelpOptions = true,
    description = "One stage of the flow; 'explain' lists them.")
final class StageCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private Settings settings;
  @Mixin private DryRun dryRun;

  @Parameters(paramLabel = "NAME", description = "The stage, for instance conform-bars.")
  private String name;

  StageCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration configuration = settings.configuration();
    Runs.requireStage(name);
    RunContext run = console.begin(dryRun.effect(), RunContext.DateRange.ALWAYS);
    return new Runs(Session.open(), configuration, console.err()).stage(run, name).status();
  }
}
