package io.dealimpact.study.event;

import io.dealimpact.study.market.Announcement;
import java.util.Map;

/**
 * An event before it is measured.
 *
 * @param eventId {@code deal_id:instrument_id}
 * @param party what its deal says of the instrument
 * @param announcement when it became public
 * @param announcedEpochDay its day, since 1970-01-01
 * @param exchange where the instrument trades; null if not known
 * @param market what it is held against
 * @param attributes labels and numbers of the event, as delivered
 * @param own the windows that the event names itself
 * @param instrumentStatus null, or why the instrument cannot be measured at all
 */
public record EventInput(
    String eventId,
    DealParty party,
    Announcement announcement,
    int announcedEpochDay,
    String exchange,
    MarketId market,
    Map<String, String> attributes,
    OwnWindows own,
    String instrumentStatus) {}
