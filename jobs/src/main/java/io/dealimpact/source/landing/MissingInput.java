package io.dealimpact.source.landing;

/**
 * Something a run cannot go without is not there (yet): exit code 20, retry later.
 *
 * @param what is missing: {@code landing folder}, or the name of a feed
 * @param where it was looked for, a Hadoop path
 */
public record MissingInput(String what, String where) {}
