package io.dealimpact.ask;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintedRowsTest {
  @ParameterizedTest
  @CsvSource({
    "0.3333333333333333, 0.333333",
    "-0.012345650000000001, -0.0123457",
    "1.0455031090758E11, 104550000000",
    "38.0, 38",
    "0.0, 0",
    "-0.0, 0",
    "1.5E-9, 0.0000000015",
    "1.234567E-12, 1.23457E-12",
    "2.0E300, 2E300",
    "123456789.0, 123457000",
    "NaN, NaN",
    "-Infinity, -Infinity",
    "'', ''"
  })
  void aDoubleForReadingHasSixSignificantDigits(String printed, String rounded) {
    assertThat(PrintedRows.rounded(printed)).isEqualTo(rounded);
  }
}
