package io.dealimpact.testing;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of {@code jobs/deploy/superset}, and the queries that Superset makes of its charts. */
public final class SupersetDashboard {
  private static final Path FOLDER =
      Path.of(System.getProperty("project.root", "..")).resolve("jobs/deploy/superset");

  private SupersetDashboard() {}

  /** The files of a folder by their names, in alphabetical order. */
  public static Map<String, JsonNode> files(String folder) throws IOException {
    YAMLMapper mapper =
        new YAMLMapper(
            YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
    Map<String, JsonNode> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(FOLDER.resolve(folder))) {
      for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        files.put(file.getFileName().toString(), mapper.readTree(file.toFile()));
      }
    }
    return files;
  }

  /** The datasets by their UUIDs. */
  public static Map<String, JsonNode> datasets() throws IOException {
    Map<String, JsonNode> datasets = new LinkedHashMap<>();
    files("datasets").values().forEach(node -> datasets.put(node.path("uuid").asText(), node));
    return datasets;
  }

  /** The names that a chart uses of its dataset: those of columns and of metrics. */
  public static Used used(JsonNode chart) {
    JsonNode params = chart.path("params");
    List<String> columns = new ArrayList<>();
    for (String field : List.of("x_axis", "groupby", "all_columns")) {
      columns.addAll(texts(params.path(field)));
    }
    List<String> filtered = new ArrayList<>();
    params.path("adhoc_filters").forEach(filter -> filtered.add(filter.path("subject").asText()));
    List<String> metrics = new ArrayList<>(texts(params.path("metrics")));
    metrics.addAll(texts(params.path("metric")));
    return new Used(columns, filtered, metrics);
  }

  /**
   * What a chart uses.
   *
   * @param columns that it groups by or shows
   * @param filtered columns that it filters by
   * @param metrics names of the dataset's metrics
   */
  public record Used(List<String> columns, List<String> filtered, List<String> metrics) {}

  /** The query of a chart, over {@code gold.TABLE}. */
  public static String query(JsonNode chart, JsonNode dataset) {
    Used used = used(chart);
    Map<String, String> expressions = new LinkedHashMap<>();
    dataset
        .path("metrics")
        .forEach(
            metric ->
                expressions.put(
                    metric.path("metric_name").asText(), metric.path("expression").asText()));
    List<String> shown = new ArrayList<>(used.columns());
    used.metrics()
        .forEach(metric -> shown.add(expressions.getOrDefault(metric, metric) + " AS " + metric));
    String from =
        dataset.path("sql").isTextual()
            ? "(" + dataset.path("sql").asText() + ") AS virtual_table"
            : dataset.path("schema").asText() + "." + dataset.path("table_name").asText();
    String query = "SELECT " + String.join(", ", shown) + " FROM " + from;
    List<String> conditions = new ArrayList<>();
    chart
        .path("params")
        .path("adhoc_filters")
        .forEach(
            filter ->
                conditions.add(
                    String.format(
                        Locale.ROOT,
                        "%s %s '%s'",
                        filter.path("subject").asText(),
                        filter.path("operator").asText().replace("==", "="),
                        filter.path("comparator").asText())));
    query += conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return used.metrics().isEmpty() || used.columns().isEmpty()
        ? query
        : query + " GROUP BY " + String.join(", ", used.columns());
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
