package io.dealimpact.cli;

import io.dealimpact.ask.ReadCommands;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Session;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a run read and wrote, as OpenLineage events. */
@Command(
    name = "lineage",
    mixinStandardHelpOptions = true,
    description =
        "What a run read and wrote, as OpenLineage events from the run log: one JSON object a line,"
            + " or posted to a server of lineage.")
final class Lineage implements Callable<Integer> {
  private final Console console;
  @Mixin private Settings settings;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "The id of a run in ops.run_log; default: the last run.")
  private String run;

  @Option(
      names = "--post",
      paramLabel = "URL",
      description =
          "Posts each event there, for instance to http://marquez:5000/api/v1/lineage, and prints"
              + " none. The environment's DEAL_IMPACT_LINEAGE_TOKEN is sent as bearer token.")
  private URI url;

  Lineage(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration configuration = settings.configuration();
    List<String> events =
        new ReadCommands(Session.open(), configuration, ReadCommands.Night.NEWEST)
            .lineage(Optional.ofNullable(run));
    if (url == null) {
      events.forEach(console.out()::println);
    } else {
      new LineagePost(url, Optional.ofNullable(System.getenv("DEAL_IMPACT_LINEAGE_TOKEN")))
          .send(events);
    }
    return 0;
  }
}
