package io.dealimpact.cli;

import io.dealimpact.ask.ReadCommands;
import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.flow.Runs;
import io.dealimpact.lake.Session;
import io.dealimpact.run.Failures;
import io.dealimpact.run.Secrets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The flow and its configuration, or how the numbers of one event came about. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "The flow and the resolved configuration; or, with 'event EVENT_ID', how that event's"
            + " numbers came about.")
final class Explain implements Callable<Integer> {
  private final Console console;
  @Mixin private Settings settings;
  @Mixin private NightOption night;

  @Parameters(
      arity = "0..2",
      paramLabel = "event EVENT_ID",
      description = "For instance: event openai-aws-2025-11-03:AMZN")
  private List<String> what = List.of();

  Explain(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration configuration = settings.configuration();
    if (what.isEmpty()) {
      console.out().println(Runs.flow());
      console.out().println("Configuration");
      console.out().print(Secrets.mask(new ConfigurationReader().print(configuration)));
      return 0;
    }
    if (what.size() != 2 || !what.get(0).equals("event")) {
      throw Failures.usage("'explain' takes nothing, or the words: event EVENT_ID");
    }
    console
        .out()
        .print(new ReadCommands(Session.open(), configuration, night.night()).event(what.get(1)));
    return 0;
  }
}
