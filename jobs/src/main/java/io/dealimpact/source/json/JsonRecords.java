package io.dealimpact.source.json;

import io.dealimpact.source.Feed;
import io.dealimpact.source.Header;
import io.dealimpact.source.RawRecord;
import io.dealimpact.source.ReadRule;
import io.dealimpact.source.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns a JSON object into the columns of its feed. A range {@code x} is {@code {"low": …, "high":
 * …}}, one number for both, or the fields {@code x_low} and {@code x_high}; {@code source} is an
 * object of title and url, a text, or the fields {@code source_title} and {@code source_url}.
 */
final class JsonRecords {
  private static final String INSTRUMENT = "instrument_id";
  private static final Set<String> NEWS = Set.of("text", INSTRUMENT);
  private final Feed feed;

  JsonRecords(Feed feed) {
    this.feed = feed;
  }

  /**
   * @param value a JSON value, as {@link JsonObjectReader} gives it
   */
  RawRecord of(long line, Object value, String raw) {
    if (!(value instanceof Map<?, ?> fields)) {
      return malformed(
          line, raw, String.format(Locale.ROOT, "it is %s, not an object", kind(value)));
    }
    if (Text.isBinary(String.valueOf(raw))) {
      return malformed(line, raw, "it is not UTF-8 text");
    }
    Draft draft = new Draft();
    fields.forEach((name, field) -> draft.add(name.toString(), field));
    return draft.wrong == null
        ? RawRecord.of(line, draft.values, JsonText.orNull(draft.extras), raw)
        : malformed(line, raw, draft.wrong);
  }

  private RawRecord malformed(long line, String raw, String detail) {
    return RawRecord.failed(feed, line, raw, ReadRule.MALFORMED_RECORD, detail);
  }

  private static String kind(Object value) {
    if (value instanceof Map) {
      return "an object";
    }
    if (value instanceof List) {
      return "an array";
    }
    return value == null ? "null" : "a single value";
  }

  /** A text, or an object of a text and the instrument that it concerns. */
  private static boolean isNews(Object item) {
    return item instanceof String
        || (item instanceof Map<?, ?> news
            && NEWS.containsAll(news.keySet())
            && news.get("text") instanceof String
            && (news.get(INSTRUMENT) == null || news.get(INSTRUMENT) instanceof String));
  }

  private static String news(Object item) {
    if (!(item instanceof Map<?, ?> news)) {
      return item.toString();
    }
    return news.get(INSTRUMENT) == null
        ? news.get("text").toString()
        : news.get("text") + " [" + news.get(INSTRUMENT) + "]";
  }

  /** The columns of one record in the making. */
  private final class Draft {
    final String[] values = new String[feed.columns().size()];
    final Map<String, Object> extras = new LinkedHashMap<>();
    private final boolean[] given = new boolean[values.length];
    String wrong;

    void add(String name, Object value) {
      String column = Header.normalise(name);
      if (feed.ranges().contains(column)) {
        range(column, value);
      } else if (column.equals("source")) {
        source(value);
      } else if (feed == Feed.DEALS && List.of("parties", "dates").contains(column)) {
        objects(column, value);
      } else if (column.equals("attributes") && feed == Feed.DEALS) {
        object(column, value);
      } else if (column.equals("milestones") && feed == Feed.CAPACITY) {
        objects(column, value);
      } else if (column.equals("parts") && feed == Feed.CLAIMS) {
        objects(column, value);
      } else if (column.equals("confounders") && feed == Feed.DEALS) {
        set(column, name, joined(value));
      } else if (feed.indexOf(column) >= 0) {
        set(column, name, value);
      } else {
        extras.put(name, value);
      }
    }

    private void range(String column, Object value) {
      if (value instanceof Map<?, ?> ends) {
        ends.forEach(
            (name, end) -> {
              String side = Header.normalise(name.toString());
              if (side.equals("low") || side.equals("high")) {
                set(column + "_" + side, column + "." + name, end);
              } else {
                extras.put(column + "." + name, end);
              }
            });
      } else if (value != null) {
        set(column + "_low", column, value);
        set(column + "_high", column, value);
      }
    }

    private void source(Object value) {
      if (value instanceof Map<?, ?> parts) {
        parts.forEach(
            (name, part) -> {
              String column = "source_" + Header.normalise(name.toString());
              if (feed.indexOf(column) >= 0) {
                set(column, "source." + name, part);
              } else {
                extras.put("source." + name, part);
              }
            });
      } else if (value instanceof String text && text.matches("https?://.*")) {
        set("source_url", "source", value);
      } else {
        set("source_title", "source", value);
      }
    }

    /** An array of objects as its text. */
    private void objects(String column, Object value) {
      if (value == null) {
        return;
      }
      if (!(value instanceof List<?> objects)) {
        fail(
            String.format(
                Locale.ROOT, "'%s' is %s where an array is expected", column, kind(value)));
      } else if (!objects.stream().allMatch(Map.class::isInstance)) {
        fail(String.format(Locale.ROOT, "'%s' holds something that is not an object", column));
      } else {
        set(column, column, JsonText.of(value));
      }
    }

    /** An object of single values as its text. */
    private void object(String column, Object value) {
      if (value == null) {
        return;
      }
      if (!(value instanceof Map<?, ?> labels)) {
        fail(
            String.format(
                Locale.ROOT, "'%s' is %s where an object is expected", column, kind(value)));
      } else if (labels.values().stream().anyMatch(v -> v instanceof Map || v instanceof List)) {
        fail(String.format(Locale.ROOT, "'%s' holds something that is not a single value", column));
      } else {
        set(column, column, JsonText.of(value));
      }
    }

    /** A list of texts as one text; anything else as it is. */
    private static Object joined(Object value) {
      return value instanceof List<?> items && items.stream().allMatch(JsonRecords::isNews)
          ? items.stream().map(JsonRecords::news).collect(Collectors.joining("; "))
          : value;
    }

    private void set(String column, String name, Object value) {
      int index = feed.indexOf(column);
      if (value == null) {
        return;
      }
      if (value instanceof Map || value instanceof List) {
        fail(
            String.format(
                Locale.ROOT, "'%s' is %s where a single value is expected", name, kind(value)));
      } else if (given[index]) {
        fail(
            String.format(
                Locale.ROOT, "'%s' is given twice, the second time as '%s'", column, name));
      } else {
        given[index] = true;
        values[index] =
            Text.orNull(value instanceof JsonNumber number ? number.text() : value.toString());
      }
    }

    private void fail(String detail) {
      if (wrong == null) {
        wrong = detail;
      }
    }
  }
}
