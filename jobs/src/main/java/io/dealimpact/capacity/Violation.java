package io.dealimpact.capacity;

/**
 * One rule that one row broke.
 *
 * @param rule its name, in lower-kebab-case
 * @param message what is wrong, with the value given and the value allowed
 */
public record Violation(String rule, String message) {}
