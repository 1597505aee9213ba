package io.dealimpact.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the configuration. What wins, from weak to strong: the defaults, the file, {@code
 * --landing} and {@code --lake}, {@code --set}.
 */
public final class ConfigurationReader {
  private static final String DEFAULTS = "defaults.yaml";

  /** Sections whose keys are the user's own. */
  private static final Set<String> OPEN =
      Set.of("study.sectors", "study.benchmarks", "quality.freshness");

  private final ObjectMapper yaml =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  /**
   * Resolves the configuration.
   *
   * @param file YAML with any of the keys; empty for the defaults alone
   * @param overrides {@code key=value} with dotted keys, the value in YAML
   * @throws DealImpactException naming the key, the value given and the values allowed
   */
  public Configuration read(Optional<Path> file, List<String> overrides) {
    ObjectNode tree = defaults();
    file.ifPresent(path -> merge(tree, tree(path), path, ""));
    return resolve(tree, overrides);
  }

  private Configuration resolve(ObjectNode tree, List<String> overrides) {
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals < 1) {
        throw Failures.malformedOverride(override);
      }
      ObjectNode branch =
          branch(
              List.of(override.substring(0, equals).strip().split("\\.")),
              parse(override.substring(equals + 1), "--set " + override));
      merge(tree, branch, "given by --set", "");
    }
    try {
      return yaml.treeToValue(tree, Configuration.class);
    } catch (JsonProcessingException error) {
      if (error.getCause() instanceof DealImpactException known) {
        throw known;
      }
      throw wrongShape(error, tree);
    }
  }

  /** A value that is not of the kind of its key's default. */
  private DealImpactException wrongShape(JsonProcessingException error, JsonNode tree) {
    List<String> path = new ArrayList<>();
    JsonNode given = tree;
    JsonNode known = defaults();
    if (error instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        if (step.getFieldName() == null || !known.has(step.getFieldName())) {
          break;
        }
        path.add(step.getFieldName());
        given = given.path(step.getFieldName());
        known = known.path(step.getFieldName());
      }
    }
    return Failures.invalidValue(
        String.join(".", path), given, "of the kind of its default, " + known);
  }

  /** The configuration as YAML, every key resolved. */
  public String print(Configuration configuration) {
    try {
      return yaml.writeValueAsString(configuration).replaceFirst("^---\\R", "");
    } catch (JsonProcessingException error) {
      throw new UncheckedIOException(error);
    }
  }

  /**
   * The configuration that was printed by a run, perhaps of an older program.
   *
   * @param overrides as in {@link #read}
   * @throws DealImpactException if it has a key that is no longer known
   */
  public Configuration reread(String printed, List<String> overrides) {
    ObjectNode tree = defaults();
    if (parse(printed, "of a run") instanceof ObjectNode given) {
      merge(tree, given, "of a run", "");
    }
    return resolve(tree, overrides);
  }

  /** The values of a printed configuration, by dotted key; a list is one value. */
  public Map<String, String> values(String printed) {
    Map<String, String> values = new TreeMap<>();
    collect(parse(printed, "of a run"), "", values);
    return values;
  }

  private static void collect(JsonNode node, String key, Map<String, String> into) {
    if (node instanceof ObjectNode section && !section.isEmpty()) {
      section
          .properties()
          .forEach(
              entry ->
                  collect(
                      entry.getValue(),
                      key.isEmpty() ? entry.getKey() : key + "." + entry.getKey(),
                      into));
    } else if (!key.isEmpty()) {
      into.put(key, node.isTextual() ? node.asText() : node.toString());
    }
  }

  private ObjectNode defaults() {
    try (InputStream in = ConfigurationReader.class.getResourceAsStream(DEFAULTS)) {
      return (ObjectNode) yaml.readTree(in);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private ObjectNode tree(Path path) {
    if (!Files.isReadable(path)) {
      throw Failures.configurationFileMissing(path);
    }
    try {
      JsonNode node = parse(Files.readString(path), path);
      if (node.isMissingNode() || node.isNull()) {
        return yaml.createObjectNode();
      }
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw Failures.configurationUnreadable(path, "it is not a mapping of keys to values", null);
    } catch (IOException error) {
      throw Failures.configurationUnreadable(path, error.getMessage(), error);
    }
  }

  private JsonNode parse(String text, Object origin) {
    try {
      return yaml.readTree(text);
    } catch (JsonProcessingException error) {
      throw Failures.configurationUnreadable(origin, error.getOriginalMessage(), error);
    }
  }

  private ObjectNode branch(List<String> path, JsonNode value) {
    ObjectNode node = yaml.createObjectNode();
    if (path.size() == 1) {
      node.set(path.get(0), value);
    } else {
      node.set(path.get(0), branch(path.subList(1, path.size()), value));
    }
    return node;
  }

  /** The defaults hold every key there is, so a key that is not among them is unknown. */
  private static void merge(ObjectNode into, ObjectNode from, Object origin, String prefix) {
    from.properties()
        .forEach(
            entry -> {
              String key = entry.getKey();
              JsonNode known = into.get(key);
              if (known == null) {
                List<String> names = new ArrayList<>();
                into.fieldNames().forEachRemaining(name -> names.add(prefix + name));
                throw Failures.unknownKey(origin, prefix + key, names);
              }
              if (known instanceof ObjectNode open && OPEN.contains(prefix + key)) {
                if (!(entry.getValue() instanceof ObjectNode values)) {
                  throw Failures.invalidValue(
                      prefix + key, entry.getValue(), "a section of names and what they stand for");
                }
                values.properties().forEach(each -> open.set(each.getKey(), each.getValue()));
                return;
              }
              if (known instanceof ObjectNode section) {
                if (!(entry.getValue() instanceof ObjectNode values)) {
                  throw Failures.invalidValue(
                      prefix + key, entry.getValue(), "a section with keys of its own");
                }
                merge(section, values, origin, prefix + key + ".");
              } else if (!entry.getValue().isNull() && !entry.getValue().isMissingNode()) {
                into.set(key, entry.getValue());
              } else if (known.isTextual()) {
                into.put(key, "");
              } else if (known.isArray() && known.isEmpty()) {
                into.putArray(key);
              } else {
                throw Failures.invalidValue(
                    prefix + key, "", "of the kind of its default, " + known);
              }
            });
  }
}
