package io.dealimpact.source.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.dealimpact.source.Feed;
import io.dealimpact.source.RawRecord;
import io.dealimpact.source.ReadRule;
import io.dealimpact.source.RecordReader;
import io.dealimpact.source.text.CharInput;
import java.io.IOException;

/** Reads the elements of an array, or objects one after the other, up to where the text breaks. */
final class JsonDocumentReader implements RecordReader {
  private final Feed feed;
  private final JsonDocument document;
  private final JsonRecords records;
  private boolean isInArray;
  private boolean anything;
  private boolean ended;

  JsonDocumentReader(Feed feed, CharInput input) throws IOException {
    this.feed = feed;
    this.document = new JsonDocument(feed, input);
    this.records = new JsonRecords(feed);
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
    while (true) {
      JsonToken token = document.parser().nextToken();
      if (token == null) {
        ended = true;
        return end();
      }
      anything = true;
      if (token == JsonToken.START_ARRAY && !isInArray) {
        isInArray = true;
      } else if (token == JsonToken.END_ARRAY) {
        isInArray = false;
      } else {
        JsonDocument.Element element = document.element();
        document.between();
        return element.rule() == null
            ? records.of(element.line(), element.value(), element.raw())
            : RawRecord.failed(
                feed, element.line(), element.raw(), element.rule(), element.detail());
      }
    }
  }

  private RawRecord end() {
    RawRecord damage = document.damage(document.line(), null);
    if (damage != null || anything) {
      return damage;
    }
    return RawRecord.failed(feed, 1, null, ReadRule.EMPTY_FILE, "the file has no content");
  }
}
