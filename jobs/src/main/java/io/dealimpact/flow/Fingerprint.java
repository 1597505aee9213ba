package io.dealimpact.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableVersion;
import io.dealimpact.run.RunContext.DateRange;
import io.dealimpact.run.Sha256;
import io.dealimpact.stage.Stage;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A digest of everything that a stage's result depends on: the program's version and build, the
 * settings the stage reads, the states of its input tables, and what it reads outside the lake. Two
 * runs of a stage with the same fingerprint write the same rows.
 */
final class Fingerprint {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Fingerprint() {}

  /**
   * The fingerprint of a stage that computes its whole table.
   *
   * @param program {@link Program#identity}
   * @param inputs states of the input tables, by name
   * @param outside as in {@link Stage#outside}
   */
  static String of(
      Stage stage,
      String program,
      Configuration configuration,
      Map<String, TableVersion> inputs,
      Map<String, String> outside) {
    Map<String, String> identities = new TreeMap<>();
    inputs.forEach((table, input) -> identities.put(table, input.identity()));
    return Sha256.of(
        json(
            Map.of(
                "stage", stage.name(),
                "program", program,
                "settings", stage.settings(configuration),
                "inputs", identities,
                "outside", outside)));
  }

  /**
   * The fingerprint of a stage that computes a range of days and leaves the others as they are: not
   * that of the whole, as the other days may be older than the inputs.
   */
  static String ofRange(String whole, DateRange range) {
    return Sha256.of(whole + " from " + range.from() + " to " + range.to());
  }

  /** A digest of the settings that a stage reads. */
  static String settings(Stage stage, Configuration configuration) {
    return Sha256.of(json(stage.settings(configuration)));
  }

  /** A value as JSON, keys in order: the same value gives the same text. */
  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException error) {
      throw new UncheckedIOException(error);
    }
  }
}
