package io.dealimpact.ask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportReaderTest {
  @ParameterizedTest
  @CsvSource({
    "all = all, All company-days",
    "unconfounded = all, Without other news",
    "deal_type = chip-supply, Deal type: chip-supply",
    "attributes.size = a = b, Size: a = b"
  })
  void groupsHaveNamesForPeople(String group, String words) {
    assertThat(ReportReader.named(group)).isEqualTo(words);
  }
}
