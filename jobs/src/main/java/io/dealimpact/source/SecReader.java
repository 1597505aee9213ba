package io.dealimpact.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the share counts of SEC EDGAR's {@code companyfacts}, token by token: {@code
 * facts.dei.EntityCommonStockSharesOutstanding.units.shares[]}. All else is passed over. A row is
 * effective at {@code end}, known since {@code filed}. Files named {@code CIK0001018724.json} need
 * not say {@code cik} first.
 */
final class SecReader implements RecordReader {
  private static final String CONCEPT = "EntityCommonStockSharesOutstanding";
  private static final List<String> PATH = List.of("facts", "dei", CONCEPT, "units", "shares");
  private static final Pattern CIK = Pattern.compile("(?i).*CIK(\\d{1,10}).*");

  private final JsonDocument document;
  private String cik;
  private String entityName;
  private int depth = -1;
  private boolean isInShares;
  private boolean started;
  private boolean found;
  private boolean ended;

  SecReader(String path, CharInput input) throws IOException {
    document = new JsonDocument(Feed.SHARES, input);
    Matcher inName = CIK.matcher(FileNames.stem(path));
    cik = inName.matches() ? inName.group(1) : null;
  }

  @Override
  public RawRecord read() throws IOException {
    if (ended) {
      return null;
    }
    try {
      return next();
    } catch (JsonProcessingException e) {
      ended = true;
      return document.broken(e);
    }
  }

  private RawRecord next() throws IOException {
    JsonParser parser = document.parser();
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (isInShares) {
        if (token != JsonToken.END_ARRAY) {
          return row();
        }
        isInShares = false;
      } else if (depth < 0) {
        if (token != JsonToken.START_OBJECT) {
          parser.skipChildren();
          ended = true;
          return failed(ReadRule.MALFORMED_JSON, "it is not an object of company facts");
        }
        depth = 0;
        started = true;
      } else if (token == JsonToken.END_OBJECT) {
        depth--;
      } else {
        field(parser);
      }
    }
    ended = true;
    RawRecord damage = document.damage(document.line(), null);
    if (damage != null || found) {
      return damage;
    }
    if (!started) {
      return failed(ReadRule.EMPTY_FILE, "the file has no content");
    }
    return failed(
        ReadRule.MISSING_COLUMNS,
        String.format(
            Locale.ROOT,
            "%s has no %s",
            entityName == null ? "it" : entityName,
            String.join(".", PATH)));
  }

  /** On a field's name: goes into the value that leads to the shares, and passes over others. */
  private void field(JsonParser parser) throws IOException {
    String name = parser.currentName();
    JsonToken value = parser.nextToken();
    boolean leads = name.equals(PATH.get(depth));
    if (leads && depth == PATH.size() - 1 && value == JsonToken.START_ARRAY) {
      isInShares = true;
      found = true;
    } else if (leads && depth < PATH.size() - 1 && value == JsonToken.START_OBJECT) {
      depth++;
    } else if (depth == 0 && value.isScalarValue() && name.equals("cik")) {
      cik = parser.getText();
    } else if (depth == 0 && value.isScalarValue() && name.equals("entityName")) {
      entityName = parser.getText();
    } else {
      parser.skipChildren();
    }
  }

  private RawRecord row() throws IOException {
    JsonDocument.Element element = document.element();
    document.between();
    if (element.rule() != null) {
      return RawRecord.failed(
          Feed.SHARES, element.line(), element.raw(), element.rule(), element.detail());
    }
    if (!(element.value() instanceof Map<?, ?> fields)) {
      return RawRecord.failed(
          Feed.SHARES,
          element.line(),
          element.raw(),
          ReadRule.MALFORMED_RECORD,
          "it is not an object");
    }
    Map<String, Object> extras = new LinkedHashMap<>();
    fields.forEach((name, value) -> extras.put(name.toString(), value));
    Object form = extras.get("form");
    String[] values = new String[Feed.SHARES.columns().size()];
    set(values, "cik", cik);
    set(values, "entity_name", entityName);
    set(values, "source", "SEC dei:" + CONCEPT + (form == null ? "" : " " + form));
    String wrong = null;
    for (Map.Entry<String, String> name :
        Map.of("end", "effective_date", "val", "shares", "filed", "known_date").entrySet()) {
      Object value = extras.remove(name.getKey());
      if (value instanceof Map || value instanceof List) {
        wrong = String.format(Locale.ROOT, "'%s' is not a single value", name.getKey());
      } else if (value != null) {
        String text = value instanceof JsonNumber number ? number.text() : value.toString();
        set(values, name.getValue(), text);
      }
    }
    RawRecord row = RawRecord.of(element.line(), values, extras, element.raw());
    return wrong == null ? row : row.withError(ReadRule.MALFORMED_RECORD, wrong);
  }

  private static void set(String[] values, String column, String value) {
    values[Feed.SHARES.indexOf(column)] = value;
  }

  private RawRecord failed(ReadRule rule, String detail) {
    return RawRecord.failed(Feed.SHARES, 1, null, rule, detail);
  }
}
