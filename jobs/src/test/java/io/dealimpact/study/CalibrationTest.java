package io.dealimpact.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.Calibration.Rejections;
import io.dealimpact.study.Calibration.Simulated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** The kept calibration: where a test's assumptions hold, it rejects no more than it says. */
  @Test
  void theKeptSizesAreWithinTheirIntervalWhereAssumptionsHold() throws IOException {
    Map<String, List<String>> hold =
        Map.of(
            "independent",
            List.of("cross-sectional-t", "cda-t", "patell", "bmp", "corrado-rank", "grank-t"),
            "event-variance",
            List.of("cross-sectional-t", "bmp", "wilcoxon", "binomial-sign", "grank-t"),
            "same-day",
            List.of("adjusted-patell", "adjusted-bmp", "cda-t", "corrado-rank", "grank-t"),
            "same-day-and-variance",
            List.of("adjusted-bmp", "grank-t"));
    Path kept =
        Path.of(System.getProperty("project.root", "..")).resolve("jobs/docs/calibration.csv");
    int compared = 0;
    for (String line : Files.readAllLines(kept)) {
      String[] f = line.split(",", -1);
      boolean sizeOfDay0 = f[1].equals("0") && f[2].equals("0") && f[3].equals("0.0");
      if (sizeOfDay0 && hold.getOrDefault(f[0], List.of()).contains(f[4])) {
        assertThat(Double.parseDouble(f[7]))
            .as(line)
            .isBetween(Double.parseDouble(f[8]), Double.parseDouble(f[9]));
        compared++;
      }
    }
    assertThat(compared).isEqualTo(18);
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
