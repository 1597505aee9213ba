package io.dealimpact.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.ExitCode;
import io.dealimpact.testing.ProjectVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The contract that is printed, and the one of the last release. No package was found that has the
 * standard's JSON schema or dbt's. What they require, allow and enumerate of the parts that are
 * printed is written here, as read from the standard's schema of version 3.1.0 and from dbt's
 * schema of its YAML files.
 */
class DataContractTest {
  private static final Path RELEASED =
      Path.of(System.getProperty("project.root", "..")).resolve("jobs/docs/contract.odcs.yaml");

  private static final String RENEW =
      "mvn -B test -pl jobs -Dtest=DataContractTest -Dcontract=write";

  private static final String WINDOW = "gold.dim_window";

  private static JsonNode tree(String yaml) throws IOException {
    return new YAMLMapper().readTree(yaml);
  }

  private static DataContract contract(String... tables) throws IOException {
    return DataContract.of(List.of(tables), ProjectVersion.read());
  }

  private static Set<String> fields(JsonNode node) {
    Set<String> fields = new TreeSet<>();
    node.fieldNames().forEachRemaining(fields::add);
    return fields;
  }

  @Test
  void nothingThatWasReleasedIsBroken() throws IOException {
    if (System.getProperty("contract", "").equals("write")) {
      Files.writeString(RELEASED, contract().print(DataContract.Format.ODCS));
    }

    assertThat(contract().breaks(Files.readString(RELEASED, UTF_8)))
        .as("Readers rely on " + RELEASED + ". For a release that breaks it on purpose: " + RENEW)
        .isEmpty();
  }

  @Test
  void hasTheFieldsOfTheStandardAndNoOthers() throws IOException {
    JsonNode contract = tree(contract().print(DataContract.Format.ODCS));

    assertThat(fields(contract)).contains("version", "apiVersion", "kind", "id", "status");
    assertThat(fields(contract))
        .isSubsetOf(
            Set.of(
                "version",
                "kind",
                "apiVersion",
                "id",
                "name",
                "status",
                "dataProduct",
                "description",
                "schema"));
    for (String text : List.of("version", "id", "name", "status", "dataProduct")) {
      assertThat(contract.path(text).isTextual()).as(text).isTrue();
    }
    assertThat(contract.path("apiVersion").asText()).isEqualTo("v3.1.0");
    assertThat(contract.path("kind").asText()).isEqualTo("DataContract");
    assertThat(fields(contract.path("description")))
        .isSubsetOf(Set.of("usage", "purpose", "limitations"));
    List<String> names = new ArrayList<>();
    List<String> comments = new ArrayList<>();
    for (JsonNode table : contract.path("schema")) {
      names.add(table.path("physicalName").asText());
      assertThat(fields(table))
          .contains("name")
          .isSubsetOf(
              Set.of(
                  "name",
                  "physicalName",
                  "logicalType",
                  "physicalType",
                  "description",
                  "relationships",
                  "properties"));
      assertThat(table.path("logicalType").asText()).isEqualTo("object");
      for (JsonNode relationship : table.path("relationships")) {
        assertThat(fields(relationship)).containsExactlyInAnyOrder("from", "to");
        assertThat(relationship.path("from").isArray()).isTrue();
        assertThat(relationship.path("from")).hasSameSizeAs(relationship.path("to")).isNotEmpty();
      }
      for (JsonNode column : table.path("properties")) {
        assertThat(fields(column)).contains("name", "description");
        comments.add(column.path("description").asText());
        assertIsProperty(column);
      }
    }
    assertThat(names)
        .containsExactlyElementsOf(
            Tables.all().stream()
                .filter(table -> table.layer().equals("gold"))
                .map(TableSpec::fullName)
                .toList());
    assertThat(comments)
        .containsExactlyElementsOf(
            Tables.all().stream()
                .filter(table -> table.layer().equals("gold"))
                .flatMap(table -> table.columns().stream())
                .map(TableSpec.Column::comment)
                .toList());
  }

  private static void assertIsProperty(JsonNode property) {
    assertThat(fields(property))
        .isSubsetOf(
            Set.of(
                "name",
                "logicalType",
                "physicalType",
                "required",
                "primaryKey",
                "primaryKeyPosition",
                "description",
                "relationships",
                "items",
                "properties"));
    for (JsonNode relationship : property.path("relationships")) {
      assertThat(fields(relationship)).containsExactly("to");
      assertThat(relationship.path("to").asText()).matches("dim_[a-z]+\\.[a-z_]+");
    }
    assertThat(property.path("logicalType").asText())
        .isIn(
            "string",
            "date",
            "timestamp",
            "time",
            "number",
            "integer",
            "object",
            "array",
            "boolean");
    String type = property.path("logicalType").asText();
    assertThat(property.has("items")).as(property.toString()).isEqualTo(type.equals("array"));
    if (property.has("items")) {
      assertIsProperty(property.path("items"));
    }
    if (property.has("properties")) {
      assertThat(type).isEqualTo("object");
    }
    for (JsonNode field : property.path("properties")) {
      assertThat(fields(field)).contains("name");
      assertIsProperty(field);
    }
    assertThat(property.path("physicalType").isTextual()).isTrue();
    for (String flag : List.of("required", "primaryKey")) {
      assertThat(!property.has(flag) || property.path(flag).isBoolean()).as(flag).isTrue();
    }
    assertThat(property.path("primaryKeyPosition").asInt(1)).isPositive();
  }

  @Test
  void aColumnSaysTypeKeyAndMeaning() throws IOException {
    JsonNode column =
        tree(contract(WINDOW).print(DataContract.Format.ODCS))
            .path("schema")
            .path(0)
            .path("properties")
            .path(1);

    assertThat(column)
        .isEqualTo(
            tree(
                """
                name: window_end
                logicalType: integer
                physicalType: int
                required: true
                primaryKey: true
                primaryKeyPosition: 2
                description: "last day of the window, relative to day 0"
                """));
  }

  @Test
  void keysNameTheTablesThatExplainThem() throws IOException {
    JsonNode impact =
        tree(contract("gold.event_impact").print(DataContract.Format.ODCS)).path("schema").path(0);

    assertThat(impact.path("relationships"))
        .isEqualTo(
            tree(
                """
                - from: [event_impact.window_start, event_impact.window_end]
                  to: [dim_window.window_start, dim_window.window_end]
                """));
    assertThat(impact.path("properties").findValuesAsText("to"))
        .containsExactly("dim_deal.deal_id", "dim_instrument.instrument_id", "dim_model.model");
  }

  @Test
  void dbtHasASourceForEachLayer() throws IOException {
    JsonNode sources =
        tree(contract(WINDOW, "gold.dim_model", "silver.fx").print(DataContract.Format.DBT));

    assertThat(sources.path("version").asInt()).isEqualTo(2);
    assertThat(sources.path("sources").findValuesAsText("name"))
        .contains("gold", "dim_window", "dim_model", "silver", "fx");
    JsonNode model = sources.path("sources").path(0).path("tables").path(1);
    assertThat(fields(model)).containsExactlyInAnyOrder("name", "description", "columns");
    assertThat(model.path("columns").path(0))
        .isEqualTo(
            tree(
                """
                name: model
                description: model as tables name it
                data_type: string
                data_tests: [not_null, unique]
                """));
  }

  /**
   * No freshness and no loaded_at_field: rows of gold hold no time of loading, and a night that
   * finds nothing new writes none.
   */
  @Test
  void dbtHasTheFieldsOfItsSchemaAndNoOthers() throws IOException {
    JsonNode sources = tree(contract().print(DataContract.Format.DBT));

    assertThat(fields(sources)).containsExactlyInAnyOrder("version", "sources");
    assertThat(sources.path("sources")).hasSize(1);
    JsonNode gold = sources.path("sources").path(0);
    assertThat(fields(gold)).containsExactlyInAnyOrder("name", "description", "tables");
    List<TableSpec> tables =
        Tables.all().stream().filter(table -> table.layer().equals("gold")).toList();
    assertThat(gold.path("tables")).hasSameSizeAs(tables);
    for (int i = 0; i < tables.size(); i++) {
      JsonNode table = gold.path("tables").path(i);
      assertThat(fields(table)).containsExactlyInAnyOrder("name", "description", "columns");
      assertThat(table.path("name").asText()).isEqualTo(tables.get(i).name());
      assertThat(table.path("description").asText()).isEqualTo(tables.get(i).comment());
      List<String> names = new ArrayList<>();
      for (JsonNode column : table.path("columns")) {
        names.add(column.path("name").asText());
        assertThat(fields(column))
            .contains("name", "description", "data_type")
            .isSubsetOf(Set.of("name", "description", "data_type", "data_tests"));
        assertThat(column.path("description").asText()).isNotBlank();
        assertThat(column.path("data_type").asText()).isNotBlank();
        for (JsonNode test : column.path("data_tests")) {
          assertThat(test.asText()).isIn("not_null", "unique");
        }
      }
      assertThat(names).containsExactlyElementsOf(tables.get(i).columnNames());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: days | name: length | gold.dim_window.days is new and may not be NULL",
        "name: days | name: length | gold.dim_window.length is gone",
        "logicalType: integer\\n"
            + "    physicalType: int\\n"
            + "    required: true\\n"
            + "    description: trading | logicalType: integer\\n"
            + "    physicalType: bigint\\n"
            + "    required: true\\n"
            + "    description: trading | gold.dim_window.days was bigint and is int",
        "physicalType: boolean\\n    required: true | physicalType: boolean |"
            + " gold.dim_window.has_event_date may no longer be NULL",
        "primaryKey: true\\n    primaryKeyPosition: 2 | primaryKeyPosition: 2 |"
            + " the key of gold.dim_window was [window_start] and is [window_start, window_end]",
        "physicalName: gold.dim_window | physicalName: gold.windows | gold.windows is gone",
      })
  void changesThatBreakAreNamed(String now, String earlier, String change) throws IOException {
    DataContract contract = contract(WINDOW);
    String printed = contract.print(DataContract.Format.ODCS);
    String old = printed.replace(now.replace("\\n", "\n"), earlier.replace("\\n", "\n"));
    assertThat(old).as(printed).isNotEqualTo(printed);

    assertThat(contract.breaks(old)).anyMatch(found -> found.startsWith(change));
  }

  @Test
  void aColumnThatMayBeNullNowBreaksAndAWiderTypeDoesNot() throws IOException {
    DataContract contract = contract("gold.delivery");
    String printed = contract.print(DataContract.Format.ODCS);

    assertThat(
            contract.breaks(
                printed.replaceFirst(
                    "physicalType: double\\n", "physicalType: double\n    required: true\n")))
        .containsExactly("gold.delivery.promised_gw may be NULL, and every row had a value");
    DataContract moves = contract("gold.daily_moves");
    assertThat(
            moves.breaks(
                moves
                    .print(DataContract.Format.ODCS)
                    .replace("physicalType: bigint", "physicalType: int")))
        .isEmpty();
  }

  @Test
  void whatIsNoContractIsWrongUsage() {
    assertThatThrownBy(() -> contract().breaks("a: 1"))
        .hasMessageContaining("it has no list of tables under 'schema'")
        .asInstanceOf(InstanceOfAssertFactories.type(DealImpactException.class))
        .extracting(DealImpactException::exitCode)
        .isEqualTo(ExitCode.USAGE);
    assertThatThrownBy(() -> contract("gold.nope")).hasMessageContaining("gold.nope");
  }
}
