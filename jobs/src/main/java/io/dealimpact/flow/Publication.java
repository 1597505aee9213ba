package io.dealimpact.flow;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.TableVersion;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.StageOutcome;
import io.dealimpact.source.Feed;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes a night that passes its audits the one that readers see. */
final class Publication {
  private final Lake lake;
  private final Configuration configuration;
  private final RunContext run;
  private final List<StageOutcome> outcomes;

  /**
   * @param outcomes of the run's stages, none of which failed
   */
  Publication(Lake lake, Configuration configuration, RunContext run, List<StageOutcome> outcomes) {
    this.lake = lake;
    this.configuration = configuration;
    this.run = run;
    this.outcomes = outcomes;
  }

  /**
   * Audits what the run left and publishes it; nothing where no table changed since the last night.
   * How old the feeds are is looked at in any case: where nothing is delivered, nothing changes.
   *
   * @param asOf last day whose rows should be there
   * @return what people should know of the feeds
   * @throws DealImpactException if an audit fails
   */
  List<String> publish(LocalDate asOf) {
    FeedAges ages = new FeedAges(lake, configuration, asOf);
    Map<String, TableVersion> versions = new TreeMap<>();
    Stream.concat(
            Arrays.stream(Feed.values()).map(feed -> Tables.bronze(feed.folder(), feed.columns())),
            Tables.all().stream().filter(table -> !table.layer().equals("ops")))
        .forEach(
            table ->
                lake.current(table).ifPresent(version -> versions.put(table.fullName(), version)));
    Optional<Published> last = Published.newest(lake);
    if (versions.isEmpty() || last.map(Published::versions).equals(Optional.of(versions))) {
      if (!ages.errors().isEmpty()) {
        throw Failures.auditsFailed(ages.errors());
      }
      return ages.warnings();
    }
    List<String> findings = new ArrayList<>(ages.errors());
    findings.addAll(
        new Audits(lake, configuration.publish().audits(), last).findings(versions, outcomes));
    if (!findings.isEmpty()) {
      throw Failures.auditsFailed(findings);
    }
    new Published(last.map(Published::night).orElse(0L) + 1, run.startedAt(), run.runId(), versions)
        .publish(lake);
    return ages.warnings();
  }
}
