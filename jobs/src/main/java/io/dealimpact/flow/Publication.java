package io.dealimpact.flow;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.TableVersion;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.StageOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
   *
   * @throws DealImpactException if an audit fails
   */
  void publish() {
    Map<String, TableVersion> versions = new TreeMap<>();
    for (TableSpec table : Tables.all()) {
      if (!table.layer().equals("ops")) {
        lake.current(table).ifPresent(version -> versions.put(table.fullName(), version));
      }
    }
    Optional<Published> last = Published.newest(lake);
    if (versions.isEmpty() || last.map(Published::versions).equals(Optional.of(versions))) {
      return;
    }
    List<String> findings =
        new Audits(lake, configuration.publish().audits(), last).findings(versions, outcomes);
    if (!findings.isEmpty()) {
      throw Failures.auditsFailed(findings);
    }
    new Published(last.map(Published::night).orElse(0L) + 1, run.runId(), versions)
        .publish(lake, run.startedAt());
  }
}
