package io.dealimpact.source.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.dealimpact.source.Feed;
import io.dealimpact.source.RawRecord;
import io.dealimpact.source.ReadRule;
import io.dealimpact.source.Text;
import io.dealimpact.source.text.CharInput;
import java.io.IOException;
import java.util.Locale;

/** The tokens of a JSON file, and the text of its records. Breaks once, and then has ended. */
public final class JsonDocument {

  /**
   * A value of the document.
   *
   * @param line it starts on
   * @param value as {@link JsonObjectReader} gives it
   * @param raw its text
   * @param rule it broke, or null
   * @param detail of that
   */
  public record Element(long line, Object value, String raw, ReadRule rule, String detail) {}

  private final Feed feed;
  private final CharInput input;
  private final RecordingReader recorder;
  private final JsonParser parser;

  public JsonDocument(Feed feed, CharInput input) throws IOException {
    this.feed = feed;
    this.input = input;
    this.recorder = new RecordingReader(input.reader());
    this.parser = JsonText.FACTORY.createParser(recorder);
  }

  public JsonParser parser() {
    return parser;
  }

  /** The value whose first token the parser is on. */
  public Element element() throws IOException {
    JsonLocation start = parser.currentTokenLocation();
    recorder.begin(start.getCharOffset());
    JsonObjectReader reader = new JsonObjectReader(parser);
    Object value = reader.read();
    parser.finishToken();
    String raw = recorder.end(parser.currentLocation().getCharOffset());
    return new Element(start.getLineNr(), value, raw, reader.rule(), reader.detail());
  }

  /** Marks where the next record could start, for the text of a break before it. */
  public void between() {
    recorder.begin(parser.currentLocation().getCharOffset());
  }

  /** The record that reports that the document broke here. */
  public RawRecord broken(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    long line = at == null ? 1 : at.getLineNr();
    String raw = Text.orNull(recorder.end(Long.MAX_VALUE));
    RawRecord damage = damage(line, raw);
    return damage != null
        ? damage
        : RawRecord.failed(
            feed,
            line,
            raw,
            ReadRule.MALFORMED_JSON,
            String.format(
                Locale.ROOT,
                "%s, line %d column %d; what came before was read, what follows was not",
                message(e),
                line,
                at == null ? 1 : at.getColumnNr()));
  }

  /** The record that reports the damage that ended the file, or null. */
  public RawRecord damage(long line, String raw) {
    return input
        .takeDamage()
        .map(damage -> RawRecord.failed(feed, line, raw, damage.rule(), damage.detail()))
        .orElse(null);
  }

  public long line() {
    return parser.currentLocation().getLineNr();
  }

  /** The message of a parser, on one line and without its source. */
  static String message(JsonProcessingException e) {
    return e.getOriginalMessage().replaceAll("\\s*\\R\\s*", " ");
  }
}
