package io.dealimpact.study.event;

/**
 * What turns returns into dollars.
 *
 * @param shares outstanding as known before day 0, on the split basis of the prices; where a vendor
 *     gives a market value instead: that value over the close of its day
 * @param usdPerUnit dollars for one unit of the prices' currency, known before day 0; held constant
 *     over the window, so that currency moves do not count
 * @param dealUsd mid value of a contract that pays the party; NaN where unknown, or none does
 */
public record DollarTerms(double shares, double usdPerUnit, double dealUsd) {}
