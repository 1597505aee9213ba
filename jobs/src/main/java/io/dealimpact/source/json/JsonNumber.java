package io.dealimpact.source.json;

/**
 * A JSON number as it was written: {@code 38e9} stays {@code 38e9}, so that nothing is rounded and
 * {@code 1e999999999} takes no memory.
 *
 * @param text a number in JSON's grammar
 */
public record JsonNumber(String text) {}
