package io.dealimpact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.testing.SupersetDashboard;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The dashboard for Superset names what is there: files each other, charts the columns and metrics
 * of their datasets, datasets the columns of gold. TrinoIT runs its queries.
 */
class SupersetTest {
  /** Types of Trino by those of the catalogue. */
  private static final Map<String, String> TYPES =
      Map.of(
          "string", "VARCHAR",
          "double", "DOUBLE",
          "date", "DATE",
          "boolean", "BOOLEAN",
          "integer", "INTEGER",
          "long", "BIGINT");

  /** Tables of the datasets that are queries; of the others it is their name. */
  private static final Map<String, String> VIRTUAL = Map.of("capacity_now", "capacity_by_quarter");

  private static TableSpec table(JsonNode dataset) {
    String name = dataset.path("table_name").asText();
    boolean isVirtual = dataset.path("sql").isTextual();
    assertThat(isVirtual).as(name).isEqualTo(VIRTUAL.containsKey(name));
    return Tables.named(List.of("gold." + VIRTUAL.getOrDefault(name, name))).get(0);
  }

  private static Set<String> names(JsonNode list, String field) {
    Set<String> names = new HashSet<>();
    list.forEach(node -> assertThat(names.add(node.path(field).asText())).isTrue());
    return names;
  }

  @Test
  void columnsOfTheDatasetsAreThoseOfGoldWithTheirCommentsAndTypes() throws IOException {
    for (JsonNode dataset : SupersetDashboard.datasets().values()) {
      TableSpec table = table(dataset);
      Map<String, TableSpec.Column> known =
          table.columns().stream().collect(Collectors.toMap(TableSpec.Column::name, c -> c));
      assertThat(names(dataset.path("columns"), "column_name")).isSubsetOf(known.keySet());
      for (JsonNode column : dataset.path("columns")) {
        TableSpec.Column gold = known.get(column.path("column_name").asText());
        String what = table.fullName() + "." + gold.name();
        assertThat(column.path("description").asText()).as(what).isEqualTo(gold.comment());
        assertThat(column.path("type").asText())
            .as(what)
            .isEqualTo(TYPES.get(gold.type().typeName()));
        assertThat(column.path("is_dttm").asBoolean())
            .as(what)
            .isEqualTo(gold.type().typeName().equals("date"));
      }
    }
  }

  @Test
  void chartsUseColumnsAndMetricsOfTheirDatasets() throws IOException {
    Map<String, JsonNode> datasets = SupersetDashboard.datasets();
    for (Map.Entry<String, JsonNode> chart : SupersetDashboard.files("charts").entrySet()) {
      JsonNode dataset = datasets.get(chart.getValue().path("dataset_uuid").asText());
      assertThat(dataset).as(chart.getKey()).isNotNull();
      SupersetDashboard.Used used = SupersetDashboard.used(chart.getValue());
      Set<String> columns = names(dataset.path("columns"), "column_name");

      assertThat(columns).as(chart.getKey()).containsAll(used.columns());
      assertThat(columns).as(chart.getKey()).containsAll(used.filtered());
      assertThat(names(dataset.path("metrics"), "metric_name"))
          .as(chart.getKey())
          .containsAll(used.metrics());
      assertThat(chart.getValue().path("params").path("viz_type"))
          .as(chart.getKey())
          .isEqualTo(chart.getValue().path("viz_type"));
    }
  }

  /** Promises of several firmness are never added, and leaves alone add up. */
  @Test
  void capacityIsSummedOverLeavesOfOneDayAndOneStatus() throws IOException {
    for (JsonNode dataset : SupersetDashboard.datasets().values()) {
      if (table(dataset).equals(Tables.CAPACITY_BY_QUARTER)) {
        assertThat(dataset.path("sql").asText()).contains("grain = 'leaf'", "as_of = ");
        for (JsonNode chart : SupersetDashboard.files("charts").values()) {
          if (chart.path("dataset_uuid").equals(dataset.path("uuid"))) {
            SupersetDashboard.Used used = SupersetDashboard.used(chart);
            assertThat(List.of(used.columns(), used.filtered()))
                .as(chart.path("slice_name").asText())
                .anyMatch(columns -> columns.contains("commitment_status"));
          }
        }
      }
    }
  }

  @Test
  void theDashboardHasEveryChartOnceAndEveryPartInItsPlace() throws IOException {
    JsonNode database = SupersetDashboard.files("databases").values().iterator().next();
    for (JsonNode dataset : SupersetDashboard.datasets().values()) {
      assertThat(dataset.path("database_uuid")).isEqualTo(database.path("uuid"));
    }
    JsonNode position =
        SupersetDashboard.files("dashboards").values().iterator().next().path("position");
    Set<String> placed = new HashSet<>();
    for (Map.Entry<String, JsonNode> part : position.properties()) {
      if (part.getValue().isObject()) {
        assertThat(part.getValue().path("id").asText()).isEqualTo(part.getKey());
        part.getValue()
            .path("children")
            .forEach(child -> assertThat(placed.add(child.asText())).isTrue());
        part.getValue()
            .path("parents")
            .forEach(up -> assertThat(position.has(up.asText())).isTrue());
      }
    }
    Set<String> parts = new HashSet<>();
    position.fieldNames().forEachRemaining(parts::add);
    parts.removeAll(Set.of("DASHBOARD_VERSION_KEY", "ROOT_ID", "HEADER_ID"));
    assertThat(placed).isEqualTo(parts);

    Set<String> charts = new HashSet<>();
    position.forEach(part -> charts.add(part.path("meta").path("uuid").asText()));
    charts.remove("");
    assertThat(charts)
        .isEqualTo(
            SupersetDashboard.files("charts").values().stream()
                .map(chart -> chart.path("uuid").asText())
                .collect(Collectors.toSet()));
  }
}
