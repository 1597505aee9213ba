package io.dealimpact.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dealimpact.flow.History.Step;
import io.dealimpact.flow.HistoryLanding.Change;
import io.dealimpact.flow.ProgramRuns.Ended;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext.DateRange;
import io.dealimpact.testing.CompareLakes;
import io.dealimpact.testing.Folders;
import io.dealimpact.testing.SmallLanding;
import io.dealimpact.testing.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A history on a lake of its own. In between and at its end a night is run, and the lake is held
 * against one that is made at once of the deliveries that count.
 */
final class HistoryPlay {
  /** The one reason for which a night of a history may end otherwise than well. */
  private static final String GATE = " break a rule, more than the share of ";

  private final Path folder;
  private final int every;
  private final HistoryLanding landing;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private Instant at = Instant.parse("2026-01-05T02:00:00Z");
  private int build;
  private int compared;

  /**
   * Prepares it.
   *
   * @param folder empty, for the lakes and landing zones
   * @param every number of runs after which the lake is compared; at the end it is in any case
   */
  HistoryPlay(Path folder, int every) throws IOException {
    this.folder = folder;
    this.every = every;
    this.landing = new HistoryLanding(folder.resolve("landing"));
    for (String setting : SmallLanding.settings()) {
      set(setting);
    }
    // One more pass over the events, which comes after the study's own.
    set("study.robustness.estimation_lengths=[30]");
    // Whatever is withdrawn is meant. A figure that moves without a cause is an alarm, and ends it.
    set("publish.audits.rows_lost=1");
    set("maintain.keep_nights=2");
    set("maintain.keep_days=0");
    set("maintain.readers_hours=0");
  }

  private void set(String setting) {
    int equals = setting.indexOf('=');
    settings.put(setting.substring(0, equals), setting.substring(equals + 1));
  }

  private ProgramRuns runs(Path from, String lake) {
    List<String> all = new ArrayList<>();
    settings.forEach((key, value) -> all.add(key + "=" + value));
    return new ProgramRuns(
        from.toString(), folder.resolve(lake).toString(), all, "build-" + build, at);
  }

  private ProgramRuns runs() {
    return runs(landing.folder(), "lake");
  }

  /** Number of times that the lakes were compared. */
  int compared() {
    return compared;
  }

  /** Runs the first night, which all histories have in common. Returns the lake. */
  Path firstNight() {
    Ended ended = runs().night();
    if (ended.exit() != ExitCode.OK) {
      throw new AssertionError(ended.log());
    }
    return folder.resolve("lake");
  }

  /**
   * Plays it.
   *
   * @param first lake of {@link #firstNight}, which is copied
   * @return what is wrong; empty if every comparison found the lakes equal
   */
  Optional<String> play(History history, Path first) throws IOException {
    Folders.copy(first, folder.resolve("lake"));
    landing.isRead("");
    Optional<String> wrong = Optional.empty();
    for (int i = 0; i < history.steps().size() && wrong.isEmpty(); i++) {
      Step step = history.steps().get(i);
      wrong = step(step);
      if (wrong.isEmpty() && (i + 1) % every == 0) {
        wrong = compare();
      }
      int number = i + 1;
      wrong = wrong.map(what -> "after step " + number + ", " + step + "\n" + what);
    }
    return wrong.isPresent() || history.steps().size() % every == 0 ? wrong : compare();
  }

  private Optional<String> step(Step step) throws IOException {
    for (Change change : step.changes()) {
      landing.apply(change);
    }
    if (!step.setting().equals("-")) {
      set(step.setting());
    }
    build = step.build();
    at = at.plusSeconds(step.clock());
    return switch (step.kind()) {
      case NIGHT -> night();
      case DRY_RUN -> ended(runs().dryRun());
      case MAINTAIN -> ended(runs().maintain());
      case BACKFILL -> {
        String[] ends = step.argument().split("\\.\\.", -1);
        Ended ended =
            runs().backfill(new DateRange(LocalDate.parse(ends[0]), LocalDate.parse(ends[1])));
        landing.isRead("");
        yield ended(ended);
      }
      case STAGE -> {
        Ended ended = runs().stage(step.argument());
        if (step.argument().startsWith("ingest-")) {
          landing.isRead(step.argument().substring("ingest-".length()));
        }
        yield ended(ended);
      }
    };
  }

  private Optional<String> night() {
    Ended ended = runs().night();
    landing.isRead("");
    return ended(ended);
  }

  private static boolean isGate(Ended ended) {
    return ended.exit() == ExitCode.QUALITY_GATE && ended.log().contains(GATE);
  }

  private static Optional<String> ended(Ended ended) {
    return ended.exit() == ExitCode.OK || isGate(ended)
        ? Optional.empty()
        : Optional.of("ended with " + ended.exit() + "\n" + ended.log());
  }

  private Optional<String> compare() throws IOException {
    Ended last = runs().night();
    landing.isRead("");
    if (isGate(last)) {
      landing.heal();
      last = runs().night();
      landing.isRead("");
    }
    if (last.exit() != ExitCode.OK) {
      return Optional.of("the last night ended with " + last.exit() + "\n" + last.log());
    }
    Ended again = runs().night();
    if (again.exit() != ExitCode.OK || !again.log().contains("\"stages_done\":0")) {
      return Optional.of("a second night has something to do\n" + again.log());
    }
    compared++;
    Path counting = folder.resolve("counting-" + compared);
    landing.writeWhatCounts(counting);
    Ended fresh = runs(counting, "fresh-" + compared).night();
    if (fresh.exit() != ExitCode.OK) {
      return Optional.of("a fresh lake ended with " + fresh.exit() + "\n" + fresh.log());
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    boolean isEqual =
        CompareLakes.compare(
            SparkForTests.session(),
            new PrintStream(said, true, UTF_8),
            folder.resolve("lake").toString(),
            folder.resolve("fresh-" + compared).toString(),
            List.of("silver", "gold"));
    return isEqual ? Optional.empty() : Optional.of(differences(said.toString(UTF_8)));
  }

  private static String differences(String said) {
    StringBuilder lines = new StringBuilder();
    said.lines()
        .filter(line -> !line.endsWith(" equal"))
        .forEach(line -> lines.append(line).append('\n'));
    return lines.toString();
  }
}
