package io.dealimpact.study.event;

import io.dealimpact.study.market.Announcement;

/**
 * An event before it is measured.
 *
 * @param eventId {@code deal_id:instrument_id}
 * @param dealId the deal
 * @param role the party's role; several joined by {@code +}
 * @param dealType kind of deal; may be null
 * @param announcement when it became public
 * @param announcedEpochDay its day, since 1970-01-01
 * @param dealUsd mid value of the deal, USD; NaN where not disclosed
 * @param exchange where the instrument trades; null if not known
 * @param instrumentStatus null, or why the instrument cannot be measured at all
 */
public record EventInput(
    String eventId,
    String dealId,
    String role,
    String dealType,
    Announcement announcement,
    int announcedEpochDay,
    double dealUsd,
    String exchange,
    String instrumentStatus) {}
