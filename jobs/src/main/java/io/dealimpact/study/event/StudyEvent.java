package io.dealimpact.study.event;

/**
 * An event of one instrument.
 *
 * @param eventId {@code deal_id:instrument_id}
 * @param day its day 0
 */
public record StudyEvent(String eventId, EventDay day) {}
