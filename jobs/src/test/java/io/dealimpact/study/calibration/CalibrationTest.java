package io.dealimpact.study.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.calibration.Calibration.Rejections;
import io.dealimpact.study.calibration.Calibration.Simulated;
import io.dealimpact.study.group.Statistic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The calibration is repeatable, finds effects, and shows what the papers say of each setting. */
class CalibrationTest {
  private static final int SAMPLES = 60;

  @Test
  void repeatableAndPowerful() {
    List<Rejections> first = run(Simulated.INDEPENDENT, 20);
    assertThat(run(Simulated.INDEPENDENT, 20)).isEqualTo(first);
    assertThat(first)
        .filteredOn(r -> r.effect() == 0.02 && r.window().length() == 1)
        .filteredOn(r -> r.test() == Statistic.ADJUSTED_BMP || r.test() == Statistic.GRANK_T)
        .hasSize(2)
        .allSatisfy(r -> assertThat(r.rate()).isGreaterThan(0.9));
  }

  /** Kolari &amp; Pynnönen 2010: low correlation is enough to break Patell and BMP. */
  @Test
  void sameDayEventsBreakPatellAndNotTheAdjustedTest() {
    List<Rejections> same = run(Simulated.SAME_DAY_AND_VARIANCE, SAMPLES);
    assertThat(rate(same, "patell")).isGreaterThan(0.3);
    assertThat(rate(same, "bmp")).isGreaterThan(0.12);
    assertThat(rate(same, "adjusted-bmp")).isLessThan(0.15);
    assertThat(rate(same, "grank-t")).isLessThan(0.15);
  }

  /**
   * The kept calibration, of a thousand samples at least: every test in every simulated setting
   * where its assumptions hold rejects as often as it says, within the binomial 99 % interval.
   */
  @Test
  void theKeptSizesAreWithinTheirIntervalWhereAssumptionsHold() {
    int compared = 0;
    List<String> outside = new ArrayList<>();
    for (Map<String, String> row : kept()) {
      boolean size = row.get("effect").equals("0.0") && row.get("model").equals("market-model");
      boolean simulated = !row.get("setting").startsWith("real-");
      if (size && simulated && row.get("assumptions_hold").equals("true")) {
        assertThat(Integer.parseInt(row.get("samples"))).isGreaterThanOrEqualTo(1000);
        double rate = Double.parseDouble(row.get("rate"));
        boolean within =
            rate >= Double.parseDouble(row.get("low_99"))
                && rate <= Double.parseDouble(row.get("high_99"));
        if (!within) {
          outside.add(row.toString());
        }
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(150);
    assertThat(outside).isEmpty();
  }

  /**
   * The tests that decide a group, in every setting of the kept calibration. Of real returns the
   * units are dates, and 11-day windows of one date are about 70 of them.
   */
  @Test
  void theDecidingTestsHoldTheirSizeEverywhere() {
    List<String> rates = new ArrayList<>();
    for (Map<String, String> row : kept()) {
      boolean day = row.get("window_start").equals("0");
      String decides = day ? "adjusted-bmp" : "calendar-time";
      if (row.get("effect").equals("0.0")
          && row.get("model").equals("market-model")
          && row.get("test").equals(decides)) {
        double rate = Double.parseDouble(row.get("rate"));
        double low = row.get("setting").startsWith("real-") ? 0.018 : 0.032;
        assertThat(rate).as(row.toString()).isBetween(low, 0.068);
        rates.add(row.get("setting") + decides);
      }
    }
    assertThat(rates).hasSize(16).doesNotHaveDuplicates();
  }

  /** Every test that the program counts says what it assumes. */
  @Test
  void everyTestSaysWhatItAssumes() {
    assertThat(run(Simulated.INDEPENDENT, 2).stream().map(Rejections::test).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Statistic.values()).filter(Statistic::isCalibrated).toList());
  }

  /** Binomial(50, ½): 18 or fewer or 32 or more positive; 17 and 33 for the exact test. */
  @Test
  void signsRejectInSteps() {
    assertThat(Statistic.SIGN.size(50, 0.05)).isCloseTo(0.06490864, within(1e-8));
    assertThat(Statistic.BINOMIAL_SIGN.size(50, 0.05)).isCloseTo(0.03283914, within(1e-8));
    assertThat(Statistic.PATELL.size(50, 0.05)).isEqualTo(0.05);
  }

  /** 1.96/√(1 + 49·0.05) = 1.0552, whose two tails hold 29.13 %. */
  @Test
  void whatCorrelationDoesByTheFormulaOfKolariAndPynnonen() {
    assertThat(Calibration.sizeIgnoringCorrelation(50, 0.05)).isCloseTo(0.2913, within(1e-4));
    assertThat(Calibration.sizeIgnoringCorrelation(50, 0)).isCloseTo(0.05, within(1e-12));
  }

  private static List<Map<String, String>> kept() {
    try {
      return Fixtures.rows(
          Files.readAllLines(
              Path.of(System.getProperty("project.root", ".."))
                  .resolve("jobs/docs/calibration.csv")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double rate(List<Rejections> rejections, String test) {
    return rejections.stream()
        .filter(r -> r.test().code().equals(test) && r.effect() == 0 && r.window().length() == 1)
        .findFirst()
        .orElseThrow()
        .rate();
  }

  private static List<Rejections> run(Simulated setting, int samples) {
    return Calibration.run(
        setting.label(),
        Calibration.MODEL,
        setting.under(Calibration.MODEL),
        Simulated.tradingDays(),
        Integer.MAX_VALUE,
        samples,
        7);
  }
}
