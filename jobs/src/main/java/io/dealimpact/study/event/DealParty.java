package io.dealimpact.study.event;

/**
 * What the deal says of one of its listed parties.
 *
 * @param dealId the deal
 * @param role the party's role; several joined by {@code +}
 * @param dealType kind of deal; may be null
 * @param dealUsd mid value of the deal, USD; NaN where not disclosed
 * @param listedParties instruments that the deal touches, this one included
 */
public record DealParty(
    String dealId, String role, String dealType, double dealUsd, int listedParties) {}
