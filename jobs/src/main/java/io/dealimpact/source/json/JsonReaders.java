package io.dealimpact.source.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.dealimpact.source.Feed;
import io.dealimpact.source.RawRecord;
import io.dealimpact.source.RecordReader;
import io.dealimpact.source.text.CharInput;
import java.io.IOException;
import java.io.Reader;

/**
 * Finds by its content how a JSON file is laid out. It is JSON Lines when its first line starts
 * with a whole object, or when the second line starts another one although the first is not at a
 * place where one could stand. Anything else is a document: an array of objects, one object, or
 * objects one after the other.
 */
public final class JsonReaders {
  private JsonReaders() {}

  public static RecordReader open(Feed feed, CharInput input) throws IOException {
    Reader reader = input.reader();
    reader.mark(CharInput.MARK_CHARS);
    String first = nonBlankLine(reader);
    boolean lines =
        !first.startsWith("[") && (startsWithObject(first) || isNextAnObject(first, reader));
    reader.reset();
    return lines ? new JsonLinesReader(feed, input) : new JsonDocumentReader(feed, input);
  }

  private static boolean isNextAnObject(String first, Reader reader) throws IOException {
    boolean inside = first.endsWith("[") || first.endsWith(",") || first.endsWith(":");
    return !inside && nonBlankLine(reader).startsWith("{");
  }

  private static boolean startsWithObject(String line) throws IOException {
    if (line.length() >= RawRecord.MAX_CHARS) {
      return line.startsWith("{");
    }
    try (JsonParser parser = JsonText.FACTORY.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** The next line that is not blank, stripped, of at most a record's length. */
  private static String nonBlankLine(Reader reader) throws IOException {
    StringBuilder line = new StringBuilder();
    int blanks = 0;
    for (int c = reader.read(); c >= 0; c = reader.read()) {
      if ((c == '\n' || c == '\r') && line.length() > 0) {
        break;
      }
      if (line.length() > 0 || !Character.isWhitespace(c)) {
        line.append((char) c);
      } else if (++blanks == 1 << 15) {
        break;
      }
      if (line.length() == RawRecord.MAX_CHARS) {
        break;
      }
    }
    return line.toString().strip();
  }
}
