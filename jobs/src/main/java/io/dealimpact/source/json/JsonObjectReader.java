package io.dealimpact.source.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dealimpact.source.RawRecord;
import io.dealimpact.source.ReadRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Builds one JSON value from its tokens: maps, lists, text, {@link JsonNumber}s, booleans, nulls.
 * What is too large to be a record is passed over to its end without being held.
 */
final class JsonObjectReader {
  private static final int MAX_TOKENS = 100_000;

  private final JsonParser parser;
  private int tokens;
  private long chars;
  private ReadRule rule;
  private String detail;

  JsonObjectReader(JsonParser parser) {
    this.parser = parser;
  }

  /** The value whose first token the parser is on; on return it is on its last. */
  Object read() throws IOException {
    if (isTooLarge()) {
      parser.skipChildren();
      return null;
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> count(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(count(parser.getText()));
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE, FIELD_NAME, END_OBJECT, END_ARRAY ->
          null;
    };
  }

  /** NaN is no value; an infinite one is no number, and what reads it says so. */
  private static Object number(String text) {
    if (text.equals("NaN")) {
      return null;
    }
    return text.endsWith("Infinity") || text.endsWith("INF") ? text : new JsonNumber(text);
  }

  /** The rule the value broke, or null. */
  ReadRule rule() {
    return isTooLarge() ? ReadRule.LINE_TOO_LONG : rule;
  }

  /** What is wrong, ready for a message. */
  String detail() {
    return isTooLarge()
        ? String.format(
            Locale.ROOT,
            "the record has more than %,d characters or %,d values",
            RawRecord.MAX_CHARS,
            MAX_TOKENS)
        : detail;
  }

  private boolean isTooLarge() {
    return tokens > MAX_TOKENS || chars > RawRecord.MAX_CHARS;
  }

  private String count(String text) {
    tokens++;
    chars += text.length();
    return text;
  }

  private Map<String, Object> object() throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = count(parser.currentName());
      boolean again = fields.containsKey(name);
      if (again && rule == null) {
        rule = ReadRule.MALFORMED_JSON;
        detail =
            String.format(
                Locale.ROOT,
                "the field '%s' appears twice, line %d column %d",
                name,
                parser.currentTokenLocation().getLineNr(),
                parser.currentTokenLocation().getColumnNr());
      }
      parser.nextToken();
      Object value = read();
      if (!isTooLarge()) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  private List<Object> array() throws IOException {
    List<Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      tokens++;
      Object value = read();
      if (!isTooLarge()) {
        elements.add(value);
      }
    }
    return elements;
  }
}
