package io.dealimpact.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dealimpact.run.ExitCode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run as OpenLineage events: one run for the command, and below it one for each stage that wrote
 * its table or failed. Each has a START and, if it ended, a COMPLETE, FAIL or ABORT.
 *
 * <p>The ids of the runs follow from the run's id in the log, so events that are sent twice are
 * those of one run. Datasets have the names of the specification's naming page, the Delta version
 * as their version, and the table's name in the lake as a symbolic link.
 *
 * <p>Source: the OpenLineage specification 2-0-2 and its facets, in the versions that the constants
 * below name.
 */
public final class LineageEvents {
  /** The namespace of the jobs. */
  public static final String NAMESPACE = "deal-impact";

  private static final String SPECIFICATION = "https://openlineage.io/spec/";
  private static final Pattern LOCATION =
      Pattern.compile("(?<scheme>[a-z0-9]+)://(?<host>[^/]*)/*(?<path>.*)");

  private final String producer;
  private final String lake;
  private final Run run;

  /**
   * A run of the log.
   *
   * @param began when it was begun
   * @param exitCode empty while it goes on, and of one that was killed
   * @param message of a failure; empty otherwise
   */
  public record Run(
      String id,
      String command,
      String program,
      Instant began,
      Duration took,
      Optional<Integer> exitCode,
      String message) {}

  /**
   * A stage that wrote its table or failed.
   *
   * @param inputs versions by table name
   * @param outputVersion of the table afterwards; empty while there is none
   * @param message of a failure; empty otherwise
   */
  public record Stage(
      String name,
      How how,
      String table,
      Optional<Long> outputVersion,
      Map<String, Long> inputs,
      long rowsWritten,
      Instant began,
      Duration took,
      String message) {

    /** Copies the versions. */
    public Stage {
      inputs = Map.copyOf(inputs);
    }
  }

  /** How a stage ended. */
  public enum How {
    WROTE,
    FAILED
  }

  private record Event(Instant at, Map<String, Object> content) {}

  private LineageEvents(String lake, Run run) {
    this.lake = lake;
    this.run = run;
    this.producer = "urn:deal-impact:" + run.program();
  }

  /**
   * The events in the order of their times.
   *
   * @param lake its folder, as a path or URI
   * @return one JSON object each
   */
  public static List<String> of(String lake, Run run, List<Stage> stages) {
    return new LineageEvents(lake, run).all(stages);
  }

  private List<String> all(List<Stage> stages) {
    List<Event> events = new ArrayList<>();
    events.add(ofRun("START", run.began(), Map.of()));
    for (Stage stage : stages) {
      events.add(ofStage(stage, "START", stage.began(), Map.of(), ""));
      Instant ended = stage.began().plus(stage.took());
      events.add(
          switch (stage.how()) {
            case WROTE ->
                ofStage(
                    stage,
                    "COMPLETE",
                    ended,
                    Map.of(
                        "outputStatistics",
                        facet(
                            "1-0-2",
                            "OutputStatisticsOutputDatasetFacet",
                            Map.of("rowCount", stage.rowsWritten()))),
                    "");
            case FAILED -> ofStage(stage, "FAIL", ended, Map.of(), stage.message());
          });
    }
    run.exitCode().ifPresent(exit -> events.add(end(exit)));
    return events.stream()
        .sorted(Comparator.comparing(Event::at))
        .map(event -> json(event.content()))
        .toList();
  }

  private Event end(int exit) {
    Instant at = run.began().plus(run.took());
    if (exit == ExitCode.OK.status()) {
      return ofRun("COMPLETE", at, Map.of());
    }
    boolean isInterrupted = exit == ExitCode.INTERRUPTED.status();
    return ofRun(isInterrupted ? "ABORT" : "FAIL", at, failure(run.message()));
  }

  private Event ofRun(String type, Instant at, Map<String, Object> facets) {
    return event(
        type,
        at,
        entry("runId", id(""), "facets", facets),
        job(command(), "RUN"),
        List.of(),
        List.of());
  }

  private Event ofStage(
      Stage stage, String type, Instant at, Map<String, Object> statistics, String failure) {
    Map<String, Object> facets = new TreeMap<>(failure(failure));
    facets.put(
        "parent",
        facet(
            "1-2-0",
            "ParentRunFacet",
            entry(
                "run",
                Map.of("runId", id("")),
                "job",
                entry("namespace", NAMESPACE, "name", command()))));
    List<Object> inputs = new ArrayList<>();
    new TreeMap<>(stage.inputs())
        .forEach((table, version) -> inputs.add(dataset(table, Optional.of(version))));
    boolean ended = type.equals("COMPLETE");
    Map<String, Object> output =
        dataset(stage.table(), ended ? stage.outputVersion() : Optional.empty());
    if (!statistics.isEmpty()) {
      output.put("outputFacets", statistics);
    }
    return event(
        type,
        at,
        entry("runId", id(stage.name()), "facets", facets),
        job(stage.name(), "STAGE"),
        inputs,
        List.of(output));
  }

  private Event event(
      String type,
      Instant at,
      Map<String, Object> ofRun,
      Map<String, Object> job,
      List<Object> inputs,
      List<Object> outputs) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("eventTime", at.toString());
    content.put("eventType", type);
    content.put("producer", producer);
    content.put("schemaURL", SPECIFICATION + "2-0-2/OpenLineage.json#/$defs/RunEvent");
    content.put("run", ofRun);
    content.put("job", job);
    content.put("inputs", inputs);
    content.put("outputs", outputs);
    return new Event(at, content);
  }

  private Map<String, Object> job(String name, String kind) {
    Map<String, Object> job = entry("namespace", NAMESPACE, "name", name);
    job.put(
        "facets",
        Map.of(
            "jobType",
            facet(
                "2-0-4",
                "JobTypeJobFacet",
                new TreeMap<>(
                    Map.of(
                        "processingType", "BATCH",
                        "integration", "DEAL_IMPACT",
                        "jobType", kind)))));
    return job;
  }

  private Map<String, Object> dataset(String table, Optional<Long> version) {
    String path = lake.replaceFirst("/+$", "") + "/" + table.replace('.', '/');
    Matcher location = LOCATION.matcher(path);
    boolean isStore = location.matches() && !location.group("host").isEmpty();
    String namespace =
        isStore
            ? location.group("scheme").replaceFirst("^s3[an]$", "s3")
                + "://"
                + location.group("host")
            : "file";
    String name = isStore ? location.group("path") : path.replaceFirst("^file:/*", "/");
    Map<String, Object> facets = new TreeMap<>();
    facets.put(
        "symlinks",
        facet(
            "1-0-1",
            "SymlinksDatasetFacet",
            Map.of(
                "identifiers",
                List.of(
                    new TreeMap<>(Map.of("namespace", lake, "name", table, "type", "TABLE"))))));
    version.ifPresent(
        number ->
            facets.put(
                "version",
                facet(
                    "1-0-1",
                    "DatasetVersionDatasetFacet",
                    Map.of("datasetVersion", Long.toString(number)))));
    Map<String, Object> dataset = entry("namespace", namespace, "name", name);
    dataset.put("facets", facets);
    return dataset;
  }

  private Map<String, Object> failure(String message) {
    return message.isEmpty()
        ? Map.of()
        : Map.of(
            "errorMessage",
            facet(
                "1-0-1",
                "ErrorMessageRunFacet",
                entry("message", message, "programmingLanguage", "JAVA")));
  }

  private Map<String, Object> facet(String version, String name, Map<String, Object> content) {
    Map<String, Object> facet =
        entry(
            "_producer",
            producer,
            "_schemaURL",
            String.format(
                Locale.ROOT, "%sfacets/%s/%s.json#/$defs/%s", SPECIFICATION, version, name, name));
    facet.putAll(content);
    return facet;
  }

  /** The first word of the command, such as nightly. */
  private String command() {
    return run.command().strip().split("\\s+", 2)[0];
  }

  private String id(String stage) {
    return UUID.nameUUIDFromBytes((NAMESPACE + " " + run.id() + " " + stage).getBytes(UTF_8))
        .toString();
  }

  private static Map<String, Object> entry(String key, Object value, String other, Object its) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put(key, value);
    entry.put(other, its);
    return entry;
  }

  private static String json(Map<String, Object> event) {
    try {
      return new ObjectMapper().writeValueAsString(event);
    } catch (JsonProcessingException error) {
      throw new UncheckedIOException(error);
    }
  }
}
