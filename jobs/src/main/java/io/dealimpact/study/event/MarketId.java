package io.dealimpact.study.event;

/**
 * What an event is held against: a benchmark, on the trading days of the instrument's exchange.
 *
 * @param name of the two together
 * @param benchmark instrument_id
 */
public record MarketId(String name, String benchmark) {}
