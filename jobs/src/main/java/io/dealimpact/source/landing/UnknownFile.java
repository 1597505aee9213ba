package io.dealimpact.source.landing;

/**
 * A file of the landing zone that no reader takes; the run reports it.
 *
 * @param relativePath path under the landing folder, with {@code /}
 * @param reason why, ready for a message
 */
public record UnknownFile(String relativePath, String reason) {}
