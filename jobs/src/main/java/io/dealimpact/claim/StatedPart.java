package io.dealimpact.claim;

/**
 * A part of a printed sentence that no figure answers, and what a source says of the same matter.
 *
 * @param asserts what it asserts: event, date, order …
 * @param printed what the print says
 * @param recorded what the source says, in words of the same kind; equal words agree
 * @param source where that is from
 */
public record StatedPart(String asserts, String printed, String recorded, String source) {}
