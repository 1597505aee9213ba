package io.dealimpact.ask;

import com.fasterxml.jackson.databind.JsonNode;
import io.dealimpact.run.Failures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The changes between two data contracts that break what the earlier one promised. */
final class ContractChanges {
  /** Types that another one holds all values of. */
  private static final Map<String, Set<String>> WIDER = Map.of("int", Set.of("bigint"));

  private ContractChanges() {}

  /** The changes, one sentence each, in the order of the earlier contract. */
  static List<String> breaking(JsonNode earlier, JsonNode now) {
    Map<String, JsonNode> tables = named(now.path("schema"), "physicalName");
    List<String> breaking = new ArrayList<>();
    if (!earlier.path("schema").isArray()) {
      throw Failures.noContract("it has no list of tables under 'schema'");
    }
    named(earlier.path("schema"), "physicalName")
        .forEach(
            (name, table) -> {
              if (tables.containsKey(name)) {
                breaking.addAll(ofTable(name, table, tables.get(name)));
              } else {
                breaking.add(name + " is gone");
              }
            });
    return breaking;
  }

  private static List<String> ofTable(String table, JsonNode earlier, JsonNode now) {
    Map<String, JsonNode> before = named(earlier.path("properties"), "name");
    Map<String, JsonNode> after = named(now.path("properties"), "name");
    List<String> breaking = new ArrayList<>();
    before.forEach(
        (name, column) -> {
          String full = table + "." + name;
          JsonNode to = after.get(name);
          if (to == null) {
            breaking.add(full + " is gone");
            return;
          }
          String was = column.path("physicalType").asText();
          String is = to.path("physicalType").asText();
          if (!was.equals(is) && !WIDER.getOrDefault(was, Set.of()).contains(is)) {
            breaking.add(full + " was " + was + " and is " + is);
          }
          if (isRequired(column) && !isRequired(to)) {
            breaking.add(full + " may be NULL, and every row had a value");
          }
          if (!isRequired(column) && isRequired(to)) {
            breaking.add(full + " may no longer be NULL: tables that are there allow it");
          }
        });
    after.forEach(
        (name, column) -> {
          if (!before.containsKey(name) && isRequired(column)) {
            breaking.add(
                table + "." + name + " is new and may not be NULL: rows that are there have none");
          }
        });
    if (!key(before).equals(key(after))) {
      breaking.add("the key of " + table + " was " + key(before) + " and is " + key(after));
    }
    return breaking;
  }

  private static boolean isRequired(JsonNode column) {
    return column.path("required").asBoolean(false);
  }

  private static List<String> key(Map<String, JsonNode> columns) {
    return columns.values().stream()
        .filter(column -> column.path("primaryKey").asBoolean(false))
        .map(column -> column.path("name").asText())
        .toList();
  }

  private static Map<String, JsonNode> named(JsonNode elements, String field) {
    Map<String, JsonNode> named = new LinkedHashMap<>();
    elements.forEach(element -> named.put(element.path(field).asText(), element));
    return named;
  }
}
