package io.dealimpact.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Every message of a failure that a user can see: what happened, why, and what to do, with the
 * value given and the values allowed.
 */
public final class Failures {
  private Failures() {}

  public static DealImpactException usage(String what) {
    return failure(ExitCode.USAGE, what + ". Run with --help to see what is allowed.", null);
  }

  /** Made without Spark, Jackson or any other library that comes with Spark. */
  public static DealImpactException sparkMissing() {
    return failure(
        ExitCode.CONFIGURATION,
        "Spark is not on the class path, so this jar cannot run by itself. Run bin/deal-impact with"
            + " SPARK_HOME set, or give the jar to spark-submit: spark-submit --class"
            + " io.dealimpact.cli.Main deal-impact.jar COMMAND.",
        null);
  }

  public static DealImpactException unknownStage(String given, Collection<String> known) {
    return failure(
        ExitCode.USAGE,
        String.format(
            Locale.ROOT,
            "There is no stage '%s'.%s The stages are: %s.",
            given,
            didYouMean(given, known),
            String.join(", ", known)),
        null);
  }

  public static DealImpactException backwardsRange(Object from, Object to) {
    return failure(
        ExitCode.USAGE,
        String.format(
            Locale.ROOT,
            "The range --from %s --to %s ends before it starts. Give the earlier day first.",
            from,
            to),
        null);
  }

  public static DealImpactException configurationFileMissing(Object path) {
    return failure(
        ExitCode.CONFIGURATION,
        String.format(
            Locale.ROOT,
            "The configuration file %s does not exist or cannot be read. Give --config a YAML file; jobs/conf/deal-impact.yaml is one to start from.",
            path),
        null);
  }

  public static DealImpactException configurationUnreadable(
      Object origin, String why, Throwable cause) {
    return failure(
        ExitCode.CONFIGURATION,
        String.format(
            Locale.ROOT,
            "The configuration %s cannot be read: %s. Correct the YAML; jobs/conf/deal-impact.yaml shows every key.",
            origin,
            why),
        cause);
  }

  public static DealImpactException unknownKey(
      Object origin, String key, Collection<String> known) {
    return failure(
        ExitCode.CONFIGURATION,
        String.format(
            Locale.ROOT,
            "The configuration %s has an unknown key '%s'.%s Known keys here: %s.",
            origin,
            key,
            didYouMean(key, known),
            String.join(", ", known)),
        null);
  }

  public static DealImpactException invalidValue(String key, Object given, String allowed) {
    return failure(
        ExitCode.CONFIGURATION,
        String.format(
            Locale.ROOT, "The configuration key '%s' is '%s'. It must be %s.", key, given, allowed),
        null);
  }

  public static DealImpactException malformedOverride(String given) {
    return failure(
        ExitCode.USAGE,
        String.format(
            Locale.ROOT,
            "--set wants key=value, but was given '%s'. Example: --set study.benchmark=QQQ.",
            given),
        null);
  }

  public static DealImpactException landingMissing(Object path) {
    return failure(
        ExitCode.INPUT_MISSING,
        String.format(
            Locale.ROOT,
            "The landing zone %s does not exist. Nothing can be read from it. Check --landing, or wait for the delivery and run again.",
            path),
        null);
  }

  public static DealImpactException feedMissing(String feed, Object path) {
    return failure(
        ExitCode.INPUT_MISSING,
        String.format(
            Locale.ROOT,
            "The landing zone has no %s: %s is missing or empty, and none was delivered before. The study needs this feed; wait for the delivery and run again.",
            feed,
            path),
        null);
  }

  public static DealImpactException duplicateKeys(String table, String example) {
    return failure(
        ExitCode.UNEXPECTED,
        String.format(
            Locale.ROOT,
            "The rows for %s are not unique on its keys (%s). Nothing was written. This is a defect of the program; please report it.",
            table,
            example),
        null);
  }

  public static DealImpactException benchmarkMissing(String benchmark) {
    return failure(
        ExitCode.INPUT_MISSING,
        String.format(
            Locale.ROOT,
            "The benchmark '%s' has no accepted daily bars, so there is no trading calendar and no market return. Deliver its bars (and its row in instruments/), or set study.benchmark to an instrument that has them.",
            benchmark),
        null);
  }

  public static DealImpactException tableMissing(String table, Object path) {
    return failure(
        ExitCode.INPUT_MISSING,
        String.format(
            Locale.ROOT,
            "The table %s does not exist at %s. Run 'deal-impact nightly' first, or check --lake.",
            table,
            path),
        null);
  }

  public static DealImpactException schemaDrift(String table, Object path, String difference) {
    return failure(
        ExitCode.STORAGE,
        String.format(
            Locale.ROOT,
            "The table %s at %s is not the one this version writes:%n%s%nNothing was written. Use a new lake, or bring the table to the columns above.",
            table,
            path,
            difference),
        null);
  }

  /**
   * An earlier data contract is not kept.
   *
   * @param breaking the changes, a sentence each
   */
  public static DealImpactException contractBroken(Object earlier, List<String> breaking) {
    return failure(
        ExitCode.QUALITY_GATE,
        String.format(
            Locale.ROOT,
            "This version breaks the contract %s:%n%s%nReaders of these columns must change before the upgrade.",
            earlier,
            String.join(System.lineSeparator(), breaking)),
        null);
  }

  /** What was given is no data contract. */
  public static DealImpactException noContract(String why) {
    return failure(
        ExitCode.USAGE,
        String.format(
            Locale.ROOT,
            "The contract cannot be compared: %s. Give a file that 'deal-impact contract' printed.",
            why),
        null);
  }

  public static DealImpactException filesWithoutTable(String table, Object path, Object file) {
    return failure(
        ExitCode.STORAGE,
        String.format(
            Locale.ROOT,
            "The table %s cannot be made at %s: the folder has data files and no Delta log, for instance %s. Its log was removed, or the folder is not this lake's. Bring the folder _delta_log back, or move the folder away, then run again.",
            table,
            path,
            file),
        null);
  }

  public static DealImpactException skippedAppend(
      String table, Object path, String source, long lost) {
    return failure(
        ExitCode.STORAGE,
        String.format(
            Locale.ROOT,
            "The table %s at %s says that it has the source %s already, but %d of its rows are not there. Was the table restored to an older version, or were rows deleted? Move the table's folder away and run again: all files of the landing zone are read anew.",
            table,
            path,
            source,
            lost),
        null);
  }

  public static DealImpactException tableOfAnotherNight(String table, String path) {
    return failure(
        ExitCode.STORAGE,
        String.format(
            Locale.ROOT,
            "The table %s at %s is not the one that belongs to the published night: it was removed or made again since. Run 'deal-impact nightly' to publish a new night, or read what is there with --unpublished.",
            table,
            path),
        null);
  }

  public static DealImpactException auditsFailed(List<String> findings) {
    return failure(
        ExitCode.QUALITY_GATE,
        String.format(
            Locale.ROOT,
            "The night was not published: %s. Readers keep the last published night. Look at what was written with --unpublished; if it is right, raise the limit under publish.audits or quality.freshness and run the night again.",
            String.join("; ", findings)),
        null);
  }

  public static DealImpactException qualityGate(
      String feed, long quarantined, long rows, double allowedShare) {
    return failure(
        ExitCode.QUALITY_GATE,
        String.format(
            Locale.ROOT,
            "Of %d rows of the feed %s, %d break a rule, more than the share of %s that quality.max_quarantined_share allows. Silver was not changed. See: select rule, count(*) from ops.quarantine where feed = '%s' group by rule.",
            rows,
            feed,
            quarantined,
            allowedShare,
            feed),
        null);
  }

  public static DealImpactException heldBack(String feed, String versions) {
    return failure(
        ExitCode.QUALITY_GATE,
        String.format(
            Locale.ROOT,
            "A delivery of the feed %s is held back, and quality.held_back is fail: %s. Silver was not changed. Deliver the file again, or set quality.held_back to warn.",
            feed,
            versions),
        null);
  }

  public static DealImpactException nothingAccepted(String table, long rows) {
    return failure(
        ExitCode.QUALITY_GATE,
        String.format(
            Locale.ROOT,
            "Not one of %d rows for %s was accepted, and an empty result may not replace what is there. See ops.quarantine for the rule each row broke.",
            rows,
            table),
        null);
  }

  public static DealImpactException benchmark(String what, Throwable cause) {
    return failure(
        ExitCode.UNEXPECTED,
        String.format(
            Locale.ROOT,
            "The benchmark stopped: %s. Its figures were not written. This is a defect of the program or of the machine; please report it.",
            what),
        cause);
  }

  public static DealImpactException concurrentWriter(String table, Throwable cause) {
    return failure(
        ExitCode.CONCURRENT_WRITER,
        String.format(
            Locale.ROOT,
            "Another writer changed %s while this run was writing it. This run's change was not made. Run again now.",
            table),
        cause);
  }

  /**
   * Another run writes to the lake.
   *
   * @param process id and machine of the other run
   * @param since by the clock of that machine
   */
  public static DealImpactException lakeIsHeld(
      Object lake, String runId, String command, String process, Object since) {
    return failure(
        ExitCode.CONCURRENT_WRITER,
        String.format(
            Locale.ROOT,
            "The lake %s is being written by another run: %s, process %s, since %s by that machine's clock, command: %s. It is alive: it gave a sign of life while this run looked. This run changed nothing. Run again when the other has ended. If it hangs, end its process: the next run goes on by itself.",
            lake,
            runId,
            process,
            since,
            command),
        null);
  }

  /** Every commit that would have taken the lake came too late to be relied on. */
  public static DealImpactException lakeNotTaken(Object lake, int tries, long seconds) {
    return failure(
        ExitCode.STORAGE,
        String.format(
            Locale.ROOT,
            "The lake %s could not be taken: each of %d tries took more than %d seconds, after which another run may take this one for dead. This run changed nothing. The storage or the machine is too slow or has too much to do: run again when it has less.",
            lake,
            tries,
            seconds),
        null);
  }

  /** This run lost the right to write while it was at work. */
  public static DealImpactException lakeIsLost(String runId, String why) {
    return failure(
        ExitCode.CONCURRENT_WRITER,
        String.format(
            Locale.ROOT,
            "The run %s may no longer write to the lake: %s. It stopped, and published nothing. Tables that it had finished are kept. Run again now.",
            runId,
            why),
        null);
  }

  /** What standard error says of a run that gives no sign of life. */
  public static String awaitingSignOfLife(String runId, String process, long seconds) {
    return String.format(
        Locale.ROOT,
        "The run %s (process %s) holds the lake. Waiting for a sign of life from it, at most %d seconds.",
        runId,
        process,
        seconds);
  }

  /** What standard error says where a dead run's right to write ends. */
  public static String noSignOfLife(String runId, long seconds) {
    return String.format(
        Locale.ROOT,
        "The run %s gave no sign of life for %d seconds: it is taken for dead, and this run goes on.",
        runId,
        seconds);
  }

  /** What standard error says where the right to write could not be given back. */
  public static String lakeNotGivenBack(long seconds, Throwable cause) {
    return Secrets.mask(
        String.format(
            Locale.ROOT,
            "The lake could not be given back: %s. The next run waits for %d seconds, and then goes on.",
            rootMessage(cause).replaceFirst("[.;\\s]+$", ""),
            seconds));
  }

  public static DealImpactException tooFewNights(Object lake, int nights) {
    return failure(
        ExitCode.INPUT_MISSING,
        String.format(
            Locale.ROOT,
            "The lake %s has %d published nights that can be read, and two are compared. Run 'deal-impact nightly' after the next delivery, or check --lake.",
            lake,
            nights),
        null);
  }

  /**
   * A night that cannot be read.
   *
   * @param given as the user named it
   * @param first the oldest night that can be read
   */
  public static DealImpactException nightNotKept(String given, long first, long last) {
    return failure(
        ExitCode.USAGE,
        String.format(
            Locale.ROOT,
            "There is no published night %s, or it is no longer kept. The nights that can be read are %d to %d: select distinct night, run_id, published_at from ops.published. How long they are kept is set by maintain.keep_nights and maintain.keep_days.",
            given,
            first,
            last),
        null);
  }

  /** A night whose run log or bronze does not say what it was made from. */
  public static DealImpactException notReproducible(String runId, String why) {
    return failure(
        ExitCode.INPUT_MISSING,
        String.format(
            Locale.ROOT,
            "The night of the run %s cannot be made again: %s. Nights that this version publishes can be.",
            runId,
            why),
        null);
  }

  public static DealImpactException folderIsThere(Object folder) {
    return failure(
        ExitCode.USAGE,
        String.format(
            Locale.ROOT,
            "The folder %s is there already. The night is made again in a new folder: give another one with --scratch, or remove it.",
            folder),
        null);
  }

  /** A night that was made again and differs. */
  public static DealImpactException notReproduced(
      String runId, int differing, int tables, String program) {
    return failure(
        ExitCode.QUALITY_GATE,
        String.format(
            Locale.ROOT,
            "%d of %d tables of the night of the run %s differ from what this program makes of the same deliveries and settings.%s",
            differing,
            tables,
            runId,
            program),
        null);
  }

  public static DealImpactException storage(String doing, Throwable cause) {
    return failure(
        ExitCode.STORAGE,
        String.format(
            Locale.ROOT,
            "Storage failed while %s: %s. Check that the path exists, has space and may be written, then run again.",
            doing,
            rootMessage(cause)),
        cause);
  }

  /** A scheme of a path for which Spark has no file system. */
  /**
   * Spark has no class for a path's scheme.
   *
   * @param packages coordinates of what has it; empty if that is not known
   */
  public static DealImpactException fileSystemMissing(
      String doing, String packages, Throwable cause) {
    return failure(
        ExitCode.CONFIGURATION,
        String.format(
            Locale.ROOT,
            "Spark has no file system for that path's scheme, seen while %s: %s. %s, or correct --landing and --lake.",
            doing,
            rootMessage(cause),
            packages.isEmpty()
                ? "Add the jar that has it to Spark, with --packages or --jars"
                : String.format(
                    Locale.ROOT,
                    "Add it to Spark: jobs/bin/submit --packages %s -- nightly …",
                    packages)),
        cause);
  }

  /** What standard error says when the run log cannot be written. */
  public static String runLogNotWritten(String runId, Throwable cause) {
    return Secrets.mask(
        String.format(
            Locale.ROOT,
            "The run %s could not be written to ops.run_log: %s. What it did is in the closing line, and in the history of the tables it wrote.",
            runId,
            rootMessage(cause)));
  }

  /** What is said of a run that was ended from outside. */
  public static String interrupted(String runId) {
    return String.format(
        Locale.ROOT,
        "The run %s was interrupted from outside. Tables that it had finished are kept; run again, and the next run goes on from there.",
        runId);
  }

  public static DealImpactException badQuery(String why, Throwable cause) {
    return failure(
        ExitCode.USAGE,
        String.format(
            Locale.ROOT,
            "The query cannot be run: %s Tables are named by layer, for instance gold.event_impact; 'show tables in gold' lists them.",
            sentence(inWords(why))),
        cause);
  }

  private static String sentence(String text) {
    return text.endsWith("?") ? text : text.replaceFirst("[.;\\s]+$", "") + ".";
  }

  /** Spark's message without the name of its condition and the number of its SQLSTATE. */
  private static String inWords(String message) {
    return message
        .replaceFirst("^\\[[A-Z0-9_.]+\\] ", "")
        .replaceFirst("[.]? SQLSTATE: \\w{5}", "");
  }

  /**
   * A query names a column that no table of it has.
   *
   * @param name as Spark quotes it
   * @param near names that the tables have, nearest first, as Spark quotes them; may be empty
   */
  public static DealImpactException unknownColumn(String name, String near, Throwable cause) {
    String given = name.replace("`", "");
    return failure(
        ExitCode.USAGE,
        String.format(
            Locale.ROOT,
            "There is no column '%s' in the tables that the query reads.%s 'describe TABLE' lists a table's columns, with what they mean.",
            given,
            didYouMean(
                given,
                near.isEmpty() ? List.of() : List.of(near.replace("`", "").split(", ", -1)))),
        cause);
  }

  public static DealImpactException queryWrites(String statement) {
    return failure(
        ExitCode.USAGE,
        String.format(
            Locale.ROOT,
            "The query was not run: it is a statement of kind %s, and 'sql' only reads. Give it a SELECT, SHOW, DESCRIBE or EXPLAIN; tables are written by the stages of 'nightly'.",
            statement),
        null);
  }

  public static DealImpactException queryRefused(String why) {
    return failure(
        ExitCode.USAGE,
        String.format(
            Locale.ROOT,
            "The query was not run: %s. 'sql' reads the lake's tables and computes from them, and does nothing else.",
            why),
        null);
  }

  /**
   * There is no such table.
   *
   * @param known the full names of all tables; none where the name is not that of a table
   */
  public static DealImpactException unknownTable(String name, Collection<String> known) {
    List<String> ofThatName =
        known.stream().filter(k -> k.endsWith("." + name.toLowerCase(Locale.ROOT))).toList();
    return badQuery(
        String.format(
            Locale.ROOT,
            "There is no table '%s' in the lake, and no WITH clause of that name.%s",
            name,
            didYouMean(ofThatName.isEmpty() ? name : ofThatName.get(0), known)),
        null);
  }

  /** A run is not in the run log. */
  public static DealImpactException unknownRun(String run) {
    return failure(
        ExitCode.USAGE,
        String.format(
            Locale.ROOT,
            "ops.run_log does not have %s. To list its runs: sql \"select run_id, started_at, command from ops.run_log where stage = '(run)' order by started_at\"",
            run),
        null);
  }

  /**
   * A server did not take events of lineage.
   *
   * @param taken how many it took before
   */
  public static DealImpactException lineageNotPosted(
      String url, int taken, int events, String why) {
    return failure(
        ExitCode.STORAGE,
        String.format(
            Locale.ROOT,
            "%s took %d of %d events and not the next: %s. The lake is as it was. Post them again when the server is up: an event that it has already is the same event.",
            url,
            taken,
            events,
            why.replaceFirst("[.\\s]+$", "")),
        null);
  }

  /**
   * There is no such event.
   *
   * @param known ids of all events
   */
  public static DealImpactException unknownEvent(String eventId, Collection<String> known) {
    String dealId = eventId.replaceFirst(":[^:]*$", "");
    List<String> ofTheDeal =
        known.stream().filter(id -> id.startsWith(dealId + ":")).sorted().toList();
    return failure(
        ExitCode.USAGE,
        String.format(
            Locale.ROOT,
            "There is no event '%s'.%s An event_id is deal_id:instrument_id; a party without a listed instrument has none. To list them: sql \"select distinct event_id from gold.event_impact\"",
            eventId,
            ofTheDeal.isEmpty()
                ? didYouMean(eventId, known)
                : " The deal's events are: " + String.join(", ", ofTheDeal) + "."),
        null);
  }

  /** The night went well, its report could not be written: a line for the log, no failure. */
  public static String reportNotWritten(Object path, Throwable cause) {
    return String.format(
        Locale.ROOT,
        "The report %s was not written: %s. The tables are complete; run 'deal-impact report' to write it.",
        path,
        rootMessage(cause).replaceFirst("[.;\\s]+$", ""));
  }

  /**
   * Whether there was not enough memory, here or in a task, of which Spark gives the text alone.
   */
  private static boolean isOutOfMemory(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError
          || String.valueOf(cause.getMessage()).contains(OutOfMemoryError.class.getName())) {
        return true;
      }
    }
    return false;
  }

  /** What the log's last line says of an error that nobody foresaw. */
  public static String unexpected(Throwable error) {
    if (isOutOfMemory(error)) {
      return String.format(
          Locale.ROOT,
          "There was not enough memory: Java's heap has %d MB here. Give more and run again:"
              + " DEAL_IMPACT_HEAP=4g for deal-impact, --driver-memory and --executor-memory for"
              + " spark-submit. A run that writes goes on from the tables that it had finished",
          Runtime.getRuntime().maxMemory() >> 20);
    }
    return Secrets.mask(error.getClass().getSimpleName() + ": " + rootMessage(error));
  }

  /** The deepest message of a chain of causes, in one line. */
  public static String rootMessage(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return firstLine(root);
  }

  /** The first line of an error's message that says something; its type if there is none. */
  public static String firstLine(Throwable error) {
    return String.valueOf(error.getMessage())
        .lines()
        .map(String::strip)
        .filter(line -> error.getMessage() != null && !line.isEmpty())
        .findFirst()
        .orElse(error.getClass().getSimpleName());
  }

  private static DealImpactException failure(ExitCode code, String message, Throwable cause) {
    return new DealImpactException(code, message, cause);
  }

  /** A question that names the nearest of the known words; empty when none is near. */
  public static String didYouMean(String given, Collection<String> known) {
    List<String> close =
        known.stream()
            .filter(k -> distance(given, k) <= Math.max(2, given.length() / 3))
            .sorted(Comparator.comparingInt((String k) -> distance(given, k)))
            .limit(1)
            .toList();
    return close.isEmpty() ? "" : " Did you mean '" + close.get(0) + "'?";
  }

  /** Levenshtein's distance, case ignored. */
  private static int distance(String a, String b) {
    String left = a.toLowerCase(Locale.ROOT);
    String right = b.toLowerCase(Locale.ROOT);
    int[] previous = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] current = new int[right.length() + 1];
      current[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int substitution = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        current[j] =
            Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + substitution);
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
