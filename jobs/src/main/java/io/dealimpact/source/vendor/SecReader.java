package io.dealimpact.source.vendor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.dealimpact.source.Feed;
import io.dealimpact.source.Header;
import io.dealimpact.source.RawRecord;
import io.dealimpact.source.ReadRule;
import io.dealimpact.source.RecordReader;
import io.dealimpact.source.json.JsonDocument;
import io.dealimpact.source.json.JsonNumber;
import io.dealimpact.source.json.JsonText;
import io.dealimpact.source.text.CharInput;
import io.dealimpact.source.text.FileNames;
import java.io.IOException;
import java.util.ArrayList;
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
  private static final Pattern CIK = Pattern.compile("(?i).*CIK(\\d{1,10}).*");

  private final SecCompanyFacts format;
  private final String path;
  private final JsonDocument document;
  private String cik;
  private String entityName;
  private int depth = -1;
  private boolean isInShares;
  private boolean started;
  private boolean found;
  private boolean ended;
  private boolean hasFacts;
  private boolean isFrames;
  private String tag = "";

  SecReader(SecCompanyFacts format, String path, CharInput input) throws IOException {
    this.format = format;
    this.path = path;
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
    String name = entityName == null ? "it" : entityName;
    if (hasFacts) {
      // A company of several share classes counts each in a dimension, and these files have none.
      return RawRecord.failed(
          Feed.SHARES,
          0,
          null,
          ReadRule.NO_ROWS,
          String.format(
              Locale.ROOT, "%s has no %s", name, String.join(".", SecCompanyFacts.COUNTS)));
    }
    return failed(
        ReadRule.MISSING_COLUMNS,
        isFrames
            ? "frames have no days of filing, so nobody can say when a count was known; deliver"
                + " companyfacts"
            : String.format(
                Locale.ROOT, "%s has no %s", name, String.join(".", SecCompanyFacts.COUNTS)));
  }

  /** On a field's name: goes into the value that leads to the shares, and passes over others. */
  private void field(JsonParser parser) throws IOException {
    String name = parser.currentName();
    JsonToken value = parser.nextToken();
    hasFacts |= depth == 0 && name.equals("facts") && value == JsonToken.START_OBJECT;
    boolean leads = name.equals(SecCompanyFacts.COUNTS.get(depth));
    if (leads && depth == SecCompanyFacts.COUNTS.size() - 1 && value == JsonToken.START_ARRAY) {
      isInShares = true;
      found = true;
    } else if (leads
        && depth < SecCompanyFacts.COUNTS.size() - 1
        && value == JsonToken.START_OBJECT) {
      depth++;
    } else if (depth == 0 && name.equals("units") && tag.equals(SecCompanyFacts.CONCEPT)) {
      // A companyconcept: the units of the one concept stand at the root.
      depth = value == JsonToken.START_OBJECT ? SecCompanyFacts.COUNTS.size() - 1 : depth;
    } else if (depth == 0 && value.isScalarValue() && name.equals("tag")) {
      tag = parser.getText();
    } else if (depth == 0 && name.equals("data") && value == JsonToken.START_ARRAY) {
      isFrames = true;
      parser.skipChildren();
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
    List<String> names = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          names.add(name.toString());
          cells.add(text(value));
        });
    Header header = format.header(Feed.SHARES, names);
    String wrong = null;
    int cell = 0;
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      if (header.isExtra(cell++)) {
        extras.put(field.getKey().toString(), field.getValue());
      } else if (field.getValue() instanceof Map || field.getValue() instanceof List) {
        wrong = String.format(Locale.ROOT, "'%s' is not a single value", field.getKey());
      }
    }
    TableRow row = new TableRow(path, header, cells);
    String[] values =
        Feed.SHARES.columns().stream().map(c -> format.cell(c, row)).toArray(String[]::new);
    set(values, "cik", cik);
    set(values, "entity_name", entityName);
    RawRecord record = RawRecord.of(element.line(), values, JsonText.orNull(extras), element.raw());
    return wrong == null ? record : record.withError(ReadRule.MALFORMED_RECORD, wrong);
  }

  /** A single value as it is written; null for one that is none. */
  private static String text(Object value) {
    if (value == null || value instanceof Map || value instanceof List) {
      return null;
    }
    return value instanceof JsonNumber number ? number.text() : value.toString();
  }

  private static void set(String[] values, String column, String value) {
    values[Feed.SHARES.indexOf(column)] = value;
  }

  private RawRecord failed(ReadRule rule, String detail) {
    return RawRecord.failed(Feed.SHARES, 1, null, rule, detail);
  }
}
