package io.dealimpact.notebook;

import io.dealimpact.flow.OwnStudy;
import io.dealimpact.run.Failures;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that happened to some companies, for a study of one's own.
 *
 * @param id any name without a colon; an event is called {@code id:instrument}
 * @param announced when it became public: an instant with its offset, 2025-11-03T09:00:00-05:00, or
 *     a day, 2025-11-03, if the hour is not known
 * @param instruments instrument_ids of the companies
 */
public record OwnDeal(String id, String announced, List<String> instruments) {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  public OwnDeal {
    if (id.isBlank() || id.contains(":")) {
      throw Failures.invalidValue("the name of a deal", id, "any text without a colon");
    }
    instruments = List.copyOf(instruments);
    if (instruments.isEmpty()) {
      throw Failures.invalidValue(
          "the instruments of " + id, instruments, "one instrument_id or more, as AMZN");
    }
    if (day(announced) == null) {
      throw Failures.invalidValue(
          "the announcement of " + id, announced, "2025-11-03, or 2025-11-03T09:00:00-05:00");
    }
  }

  /** The deal's events, one for each instrument. */
  Stream<OwnStudy.Event> events() {
    String instant = announced.contains("T") ? announced : "";
    return instruments.stream()
        .map(instrument -> new OwnStudy.Event(id, instrument, instant, day(announced).toString()));
  }

  /** The day in New York; null if the text is neither a day nor an instant. */
  private static LocalDate day(String announced) {
    try {
      return announced.contains("T")
          ? OffsetDateTime.parse(announced).atZoneSameInstant(NEW_YORK).toLocalDate()
          : LocalDate.parse(announced);
    } catch (DateTimeException wrong) {
      return null;
    }
  }
}
