package io.dealimpact.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.capacity.QuantityRange;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintedFigureTest {

  private static Claim claim(Double low, Double high, String print) {
    return new Claim(
        "c",
        new Claim.About("d", "Amazon", "x"),
        new Claim.Print(QuantityRange.ofNullable(low, high), print),
        Optional.of(LocalDate.of(2025, 11, 3)));
  }

  @ParameterizedTest
  @CsvSource({
    "about 140 billion dollars, 140e9, 140e9, 126e9, 154e9",
    "38 billion dollars, 38e9, 38e9, 37.5e9, 38.5e9",
    "$38bn over 7 years, 38e9, 38e9, 37.5e9, 38.5e9",
    "40–50 billion dollars, 40e9, 50e9, 35e9, 55e9",
    "100 to 150 billion, 100e9, 150e9, 95e9, 155e9",
    "300 billion with Google and Oracle, 300e9, 300e9, 250e9, 350e9",
    "250 billion more of Azure, 250e9, 250e9, 245e9, 255e9",
    "$104.55bn, 104.55e9, 104.55e9, 104.545e9, 104.555e9",
    "more than 140 billion, 140e9, 140e9, 140e9, Infinity",
    "well over $10bn, 10e9, 10e9, 10e9, Infinity",
    "140+ billion, 140e9, 140e9, 140e9, Infinity",
    "up to 100 billion, 100e9, 100e9, -Infinity, 100e9",
    "nearly 140 billion, 140e9, 140e9, 130e9, 140e9",
    "up about 140 billion in one day, 140e9, 140e9, 126e9, 154e9",
    "a record sum, 140e9, 140e9, 135e9, 145e9"
  })
  void dollars(String print, double low, double high, double from, double to) {
    Band band =
        PrintedFigure.band(claim(low, high, print), Metric.CONTRACT_VALUE_USD).orElseThrow();
    assertThat(band).isEqualTo(new Band(from, to));
  }

  @ParameterizedTest
  @CsvSource({
    "GPU_SHARE_OF_CAPEX, 60–70 % of it GPUs, 0.6, 0.7, 0.55, 0.75",
    "POWER_GW, about 1 GW, 1, 1, 0.9, 1.1",
    "POWER_GW, 1.0 GW, 1, 1, 0.95, 1.05",
    "POWER_GW, 200 MW, 0.2, 0.2, 0.15, 0.25",
    "POWER_GW, a gigawatt, 1, 1, 0.5, 1.5",
    "TERM_YEARS, 38 billion dollars over 7 years, 7, 7, 6.5, 7.5",
    "TERM_YEARS, seven years, 7, 7, 6.5, 7.5",
    "DAYS_SINCE_EVENT, one week after, 7, 7, 3.5, 10.5",
    "DAYS_SINCE_EVENT, a week after, 7, 7, 3.5, 10.5",
    "DAYS_SINCE_EVENT, 6 days after, 6, 6, 5.5, 6.5",
    "GPU_COUNT, hundreds of thousands of GB200 and GB300, , , 200000, 1000000",
    "GPU_COUNT, hundreds of thousands of GPUs, 200000, 900000, 200000, 1000000",
    "GPU_COUNT, tens of thousands, , , 20000, 100000",
    "GPU_COUNT, several hundred thousand GPUs, , , 200000, 1000000",
    "GPU_COUNT, millions of GPUs, , , 2000000, 10000000",
    "'GPU_COUNT', '100,000 GB200', , , 50000, 150000",
    "POWER_GW, 750 MW, , , 0.745, 0.755",
    "CONTRACT_VALUE_USD, 17.4–19.4 billion dollars, , , 17.35e9, 19.45e9",
    "DAYS_SINCE_EVENT, two weeks, , , 10.5, 17.5"
  })
  void otherMetrics(String metric, String print, Double low, Double high, double from, double to) {
    Band band = PrintedFigure.band(claim(low, high, print), Metric.valueOf(metric)).orElseThrow();
    assertThat(band.low()).isCloseTo(from, within(1e-9 * Math.abs(from)));
    assertThat(band.high()).isCloseTo(to, within(1e-9 * Math.abs(to)));
  }

  @Test
  void aPrintWithoutAFigureHasNoBand() {
    assertThat(PrintedFigure.band(claim(null, null, "a lot of GB200"), Metric.GPU_COUNT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-31, 2026-12-31, 2026-12-31",
    "full capacity in October 2026, 2026-10-01, 2026-10-31",
    "in Q3 2026, 2026-07-01, 2026-09-30",
    "2026Q3, 2026-07-01, 2026-09-30",
    "H2 2026, 2026-07-01, 2026-12-31",
    "the second half of 2026, 2026-07-01, 2026-12-31",
    "early 2027, 2027-01-01, 2027-04-30",
    "late 2026, 2026-09-01, 2026-12-31",
    "at the end of 2026, 2026-10-01, 2026-12-31",
    "in 2026, 2026-01-01, 2026-12-31",
    "at once, 2025-11-03, 2025-12-04",
    "use begins immediately, 2025-11-03, 2025-12-04"
  })
  void dates(String print, LocalDate from, LocalDate to) {
    assertThat(PrintedDate.band(claim(null, null, print)))
        .contains(new Band(from.toEpochDay(), to.toEpochDay()));
  }

  @ParameterizedTest
  @CsvSource({
    "by the end of 2026, , 2026-12-31",
    "before the end of 2026, , 2026-12-31",
    "before 2026, , 2025-12-31",
    "by 2027, , 2027-12-31",
    "after 2027, 2028-01-01,",
    "more in 2027 and beyond, 2027-01-01,",
    "expanding into 2027, 2027-01-01,"
  })
  void openDates(String print, LocalDate from, LocalDate to) {
    assertThat(PrintedDate.band(claim(null, null, print)))
        .contains(
            new Band(
                from == null ? Double.NEGATIVE_INFINITY : from.toEpochDay(),
                to == null ? Double.POSITIVE_INFINITY : to.toEpochDay()));
  }

  @Test
  void aDateWithoutWordsIsAsClaimed() {
    assertThat(PrintedDate.band(claim(20_000.0, 20_010.0, "soon")))
        .contains(new Band(20_000, 20_010));
    assertThat(PrintedDate.band(claim(null, null, "soon"))).isEmpty();
  }
}
