package io.dealimpact.study.event;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What the deal says of one of its listed parties.
 *
 * @param dealId the deal
 * @param role the party's role; several joined by {@code +}
 * @param dealType kind of deal; may be null
 * @param dealUsd mid value of the deal, USD; NaN where not disclosed
 * @param valueType what kind of value that is; null where the deal does not say, which is read as a
 *     contract
 * @param listedParties instruments that the deal touches, this one included
 * @param statedNews other news near the deal as its record states it; null for none
 */
public record DealParty(
    String dealId,
    String role,
    String dealType,
    double dealUsd,
    String valueType,
    int listedParties,
    String statedNews) {
  private static final Set<String> CONTRACTS =
      Set.of("contract_value", "lease_value", "purchase_commitment");

  /** Whether the party's only role is that of a competitor. */
  boolean isCompetitor() {
    return roles().equals(List.of("competitor"));
  }

  /** Whether the deal's value is a contract that pays this party: only then can it be earned. */
  public boolean isPaid() {
    boolean earns = roles().contains("provider") || roles().contains("supplier");
    return earns && (valueType == null || CONTRACTS.contains(valueType));
  }

  /**
   * The stated news that counts for an instrument: all of it, but for what names another. A piece
   * ends with the instrument that it names, in brackets: {@code results [NVDA]}.
   */
  List<String> statedNews(String instrumentId) {
    return statedNews == null
        ? List.of()
        : Arrays.stream(statedNews.split("; ", -1))
            .filter(piece -> !piece.isBlank())
            .filter(piece -> !piece.endsWith("]") || piece.endsWith("[" + instrumentId + "]"))
            .toList();
  }

  private List<String> roles() {
    return role == null ? List.of() : List.of(role.split("\\+", -1));
  }
}
