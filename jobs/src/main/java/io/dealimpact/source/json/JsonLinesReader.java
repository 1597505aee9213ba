package io.dealimpact.source.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.dealimpact.source.Feed;
import io.dealimpact.source.RawRecord;
import io.dealimpact.source.ReadRule;
import io.dealimpact.source.RecordReader;
import io.dealimpact.source.text.CharInput;
import io.dealimpact.source.text.Lines;
import java.io.IOException;
import java.util.Locale;

/** Reads one object a line; a line that is broken does not harm the next. */
final class JsonLinesReader implements RecordReader {
  private final Feed feed;
  private final Lines lines;
  private final JsonRecords records;

  JsonLinesReader(Feed feed, CharInput input) {
    this.feed = feed;
    this.lines = new Lines(input);
    this.records = new JsonRecords(feed);
  }

  @Override
  public RawRecord read() throws IOException {
    Lines.Line line = lines.next();
    while (line != null && line.isBlank() && !line.isOverlong()) {
      line = lines.next();
    }
    if (line == null) {
      return lines.damageRecord(feed);
    }
    if (line.isOverlong()) {
      return line.tooLong(feed);
    }
    try (JsonParser parser = JsonText.FACTORY.createParser(line.text())) {
      parser.nextToken();
      JsonObjectReader value = new JsonObjectReader(parser);
      Object object = value.read();
      if (parser.nextToken() != null) {
        return malformed(
            line,
            String.format(
                Locale.ROOT,
                "text follows the record, line %d column %d",
                line.number(),
                parser.currentTokenLocation().getColumnNr()));
      }
      return value.rule() == null
          ? records.of(line.number(), object, line.text())
          : RawRecord.failed(feed, line.number(), line.text(), value.rule(), value.detail());
    } catch (JsonProcessingException e) {
      return malformed(
          line,
          String.format(
              Locale.ROOT,
              "%s, line %d column %d",
              JsonDocument.message(e),
              line.number(),
              e.getLocation() == null ? 1 : e.getLocation().getColumnNr()));
    }
  }

  private RawRecord malformed(Lines.Line line, String detail) {
    return RawRecord.failed(feed, line.number(), line.text(), ReadRule.MALFORMED_JSON, detail);
  }
}
