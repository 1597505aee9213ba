package io.dealimpact.flow;

import io.dealimpact.config.Configuration.MaintainSettings;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.TableVersion;
import io.dealimpact.lake.Upkeep;
import io.dealimpact.run.RunContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a lake from growing for ever: merges files, and removes what no kept night needs. A night
 * is taken out of {@code ops.published} before anything of it is removed, so that a night that
 * stands there can be read.
 */
final class Maintenance {
  private final Lake lake;
  private final MaintainSettings settings;

  Maintenance(Lake lake, MaintainSettings settings) {
    this.lake = lake;
    this.settings = settings;
  }

  /** Does it for all tables, and says what was done. */
  List<Upkeep> run(RunContext run) {
    List<Published> all = Published.all(lake);
    List<Published> kept = kept(all, run.startedAt());
    if (run.effect() == RunContext.Effect.WRITE && kept.size() < all.size()) {
      Published.forgetBefore(lake, kept.get(0).night());
    }
    List<Upkeep> done = new ArrayList<>();
    for (String table : lake.tableNames()) {
      done.add(
          lake.maintain(table, oldest(table, kept), Duration.ofHours(settings.readersHours())));
    }
    return done;
  }

  /** The oldest version of a table that a kept night names; empty if none does. */
  private static Optional<TableVersion> oldest(String table, List<Published> kept) {
    Optional<TableVersion> newest =
        kept.isEmpty()
            ? Optional.empty()
            : Optional.ofNullable(kept.get(kept.size() - 1).versions().get(table));
    return kept.stream()
        .map(night -> night.versions().get(table))
        // Versions of a table that was made again count anew.
        .filter(version -> version != null && newest.isPresent())
        .filter(version -> version.tableId().equals(newest.get().tableId()))
        .min(Comparator.comparingLong(TableVersion::version));
  }

  /**
   * The nights from the first one that is among the last or in the days that are kept. A clock that
   * is wrong can keep more of them, and never fewer than the number that is kept in any case.
   */
  private List<Published> kept(List<Published> all, Instant now) {
    Instant day = now.minus(Duration.ofDays(settings.keepDays()));
    int first = Math.max(0, all.size() - settings.keepNights());
    for (int i = 0; i < first; i++) {
      if (!all.get(i).publishedAt().isBefore(day)) {
        first = i;
      }
    }
    return all.subList(first, all.size());
  }
}
