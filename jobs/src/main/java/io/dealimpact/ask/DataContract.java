package io.dealimpact.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.dealimpact.lake.Dimensions;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.Failures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What readers of the tables may rely on, made of the catalogue of tables: as the Open Data
 * Contract Standard 3.1 has it, and as dbt's sources.
 */
public final class DataContract {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private final List<TableSpec> tables;
  private final String version;

  /** The forms that a contract is printed in. */
  public enum Format {
    /** Open Data Contract Standard 3.1, YAML. */
    ODCS,
    /** The sources.yml of a dbt project. */
    DBT
  }

  private DataContract(List<TableSpec> tables, String version) {
    this.tables = tables;
    this.version = version;
  }

  /**
   * The contract of some tables.
   *
   * @param names full names; none for all of gold
   * @param version of the program
   * @throws io.dealimpact.run.DealImpactException if there is no table of a name
   */
  public static DataContract of(List<String> names, String version) {
    return new DataContract(Tables.named(names), version);
  }

  /** The contract as YAML, ending with a line break. */
  public String print(Format format) {
    Map<String, Object> tree =
        switch (format) {
          case ODCS -> odcs();
          case DBT -> dbt();
        };
    try {
      return YAML.writeValueAsString(tree);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Map<String, Object> odcs() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("apiVersion", "v3.1.0");
    tree.put("kind", "DataContract");
    tree.put("id", "io.dealimpact");
    tree.put("name", "Deal Impact");
    tree.put("version", version);
    tree.put("status", "active");
    tree.put("dataProduct", "deal-impact");
    tree.put(
        "description",
        Map.of(
            "usage",
            "Read every table in the version that ops.published names for a night, so that all"
                + " tables are of one night. Figures that could not be computed are NULL, and"
                + " status and status_reason say why."));
    tree.put("schema", tables.stream().map(DataContract::odcsTable).toList());
    return tree;
  }

  private static Map<String, Object> odcsTable(TableSpec table) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", table.name());
    tree.put("physicalName", table.fullName());
    tree.put("logicalType", "object");
    tree.put("physicalType", "table");
    tree.put("description", table.comment());
    if (table.columnNames().containsAll(Dimensions.WINDOW.keys())
        && !table.equals(Dimensions.WINDOW)) {
      tree.put(
          "relationships",
          List.of(
              new TreeMap<>(
                  Map.of(
                      "from",
                      paths(table, Dimensions.WINDOW.keys()),
                      "to",
                      paths(Dimensions.WINDOW, Dimensions.WINDOW.keys())))));
    }
    tree.put(
        "properties", table.columns().stream().map(column -> odcsColumn(table, column)).toList());
    return tree;
  }

  private static List<String> paths(TableSpec table, List<String> columns) {
    return columns.stream().map(column -> table.name() + "." + column).toList();
  }

  private static Map<String, Object> odcsColumn(TableSpec table, TableSpec.Column column) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", column.name());
    typed(tree, column.type());
    if (column.presence() == TableSpec.Presence.REQUIRED) {
      tree.put("required", true);
    }
    int position = table.keys().indexOf(column.name());
    if (position >= 0) {
      tree.put("primaryKey", true);
      tree.put("primaryKeyPosition", position + 1);
    }
    tree.put("description", column.comment());
    Dimensions.naming(column.name())
        .filter(dimension -> !dimension.equals(table))
        .ifPresent(
            dimension ->
                tree.put(
                    "relationships",
                    List.of(Map.of("to", paths(dimension, List.of(column.name())).get(0)))));
    return tree;
  }

  private static void typed(Map<String, Object> tree, DataType type) {
    tree.put("logicalType", logical(type));
    tree.put("physicalType", type.simpleString());
    if (type instanceof ArrayType array) {
      Map<String, Object> items = new LinkedHashMap<>();
      typed(items, array.elementType());
      tree.put("items", items);
    }
    if (type instanceof StructType struct) {
      List<Map<String, Object>> fields = new ArrayList<>();
      for (StructField field : struct.fields()) {
        Map<String, Object> of = new LinkedHashMap<>();
        of.put("name", field.name());
        typed(of, field.dataType());
        fields.add(of);
      }
      tree.put("properties", fields);
    }
  }

  private static String logical(DataType type) {
    return switch (type.typeName()) {
      case "string" -> "string";
      case "date" -> "date";
      case "timestamp" -> "timestamp";
      case "double" -> "number";
      case "integer", "long" -> "integer";
      case "boolean" -> "boolean";
      case "array" -> "array";
      case "struct", "map" -> "object";
      default -> throw new IllegalArgumentException("no logical type for " + type);
    };
  }

  private Map<String, Object> dbt() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("version", 2);
    tree.put(
        "sources",
        tables.stream()
            .map(TableSpec::layer)
            .distinct()
            .map(
                layer -> {
                  Map<String, Object> source = new LinkedHashMap<>();
                  source.put("name", layer);
                  source.put("description", "Deal Impact " + version + ", a published night");
                  source.put(
                      "tables",
                      tables.stream()
                          .filter(table -> table.layer().equals(layer))
                          .map(DataContract::dbtTable)
                          .toList());
                  return source;
                })
            .toList());
    return tree;
  }

  private static Map<String, Object> dbtTable(TableSpec table) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", table.name());
    tree.put("description", table.comment());
    tree.put(
        "columns",
        table.columns().stream()
            .map(
                column -> {
                  Map<String, Object> of = new LinkedHashMap<>();
                  of.put("name", column.name());
                  of.put("description", column.comment());
                  of.put("data_type", column.type().simpleString());
                  List<String> tests = new ArrayList<>();
                  if (column.presence() == TableSpec.Presence.REQUIRED) {
                    tests.add("not_null");
                  }
                  if (table.keys().equals(List.of(column.name()))) {
                    tests.add("unique");
                  }
                  if (!tests.isEmpty()) {
                    of.put("data_tests", tests);
                  }
                  return of;
                })
            .toList());
    return tree;
  }

  /**
   * What a reader of an earlier contract can no longer rely on, and what a lake of an earlier
   * program cannot become; nothing if that contract is kept. Tables and columns that it does not
   * have break nothing, unless every row of a table that it has must have a new column.
   *
   * @param earlier a contract in the form {@link Format#ODCS}
   * @throws io.dealimpact.run.DealImpactException if it is none
   */
  public List<String> breaks(String earlier) {
    return ContractChanges.breaking(tree(earlier), tree(print(Format.ODCS)));
  }

  private static JsonNode tree(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException error) {
      throw Failures.noContract(error.getOriginalMessage());
    }
  }
}
