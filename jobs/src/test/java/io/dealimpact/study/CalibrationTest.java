package io.dealimpact.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.Calibration.Rejections;
import io.dealimpact.study.Calibration.Simulated;
import java.util.List;
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
        .filteredOn(r -> r.test().equals("adjusted-bmp") || r.test().equals("grank-t"))
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

  private static double rate(List<Rejections> rejections, String test) {
    return rejections.stream()
        .filter(r -> r.test().equals(test) && r.effect() == 0 && r.window().length() == 1)
        .findFirst()
        .orElseThrow()
        .rate();
  }

  private static List<Rejections> run(Simulated setting, int samples) {
    return Calibration.run(setting.label(), setting, Simulated.tradingDays(), samples, 7);
  }
}
