package io.dealimpact.claim;

import java.util.OptionalDouble;

/**
 * One thing that a printed sentence asserts, with a verdict of its own.
 *
 * @param asserts amount, attribution, modality, date, record, rank-since, names, or as stated
 * @param printed the words
 * @param verdict of this piece
 * @param offBy how far the print is off what was measured, a fraction of that: 0.34 is 34 % above;
 *     0 where they overlap; empty where nothing was measured or it is no number
 * @param couldHaveFailed whether anything that does not come from the print or the announcement
 *     could have contradicted it
 * @param explanation one sentence
 */
public record Piece(
    String asserts,
    String printed,
    Verdict verdict,
    OptionalDouble offBy,
    boolean couldHaveFailed,
    String explanation) {}
