package io.dealimpact.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFactsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "38e9 | 38e9 | lease_value | signed, 38.0 billion USD (lease_value)",
        "1e9 | 2.5e9 | '' | signed, 1.0 to 2.5 billion USD",
        "'' | 3e11 | '' | signed, 300.0 billion USD",
        "1e9 | '' | '' | signed, 1.0 billion USD",
        "'' | '' | '' | signed, value not disclosed",
        "1.25e12 | 1.25e12 | backlog | signed, 1,250.0 billion USD (backlog)",
      })
  void theTermsOfADeal(String low, String high, String kind, String terms) {
    EventFacts facts =
        new EventFacts(List.of("Title", "signed", low, high, kind, "", "", ""), "", "", "");

    assertThat(facts.terms()).isEqualTo(terms);
  }

  @Test
  void aCountOfSharesNamesItsDaysItsSplitsAndItsSource() {
    assertThat(
            EventFacts.shareCount(
                new String[] {"2025-10-22", "2025-10-31", "10690216011", "1.0", "SEC"}))
        .isEqualTo("10,690,216,011 shares as of 2025-10-22, known on 2025-10-31; SEC");
    assertThat(
            EventFacts.shareCount(
                new String[] {"2024-05-24", "2024-05-29", "2460000000", "10", ""}))
        .isEqualTo(
            "2,460,000,000 shares × 10 for later splits as of 2024-05-24, known on 2024-05-29");
  }

  @Test
  void theSourceIsTitleAndAddress() {
    assertThat(
            new EventFacts(List.of("", "", "", "", "", "8-K", "https://sec.gov/x", ""), "", "", "")
                .source())
        .isEqualTo("8-K https://sec.gov/x");
    assertThat(new EventFacts(List.of("", "", "", "", "", "", "", ""), "", "", "").source())
        .isEmpty();
  }
}
