package io.dealimpact.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.report.BenchmarkPage;
import io.dealimpact.report.StudyFigures;
import io.dealimpact.report.StudyFigures.Figure;
import io.dealimpact.report.StudyFigures.Growth;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page keeps what is not measured again. */
class PageOfBenchmarksTest {
  private static final StudyFigures FIGURES =
      new StudyFigures(
          "Machine: one.",
          "deal-impact bench",
          3,
          List.of(
              new Figure("m", StudyFigures.OBVIOUS, 2, 3),
              new Figure("m", StudyFigures.RUNNING_SUMS, 1, 2),
              new Figure("m", StudyFigures.OURS, 5, 9)),
          List.of(),
          List.of("all agree"));

  @Test
  void aSectionIsReplacedAndTheOthersStay() {
    String first =
        new BenchmarkPage(List.of(FIGURES.section(), new BenchmarkPage.Section("Other", "old")))
            .markdown();
    String second =
        new BenchmarkPage(List.of(new BenchmarkPage.Section("Other", "new")))
            .over(first)
            .markdown();
    assertThat(second).isEqualTo(first.replace("\nold\n", "\nnew\n")).contains("\nnew\n");
  }

  @Test
  void ratiosAreOursOverThePeers() {
    assertThat(FIGURES.section().text())
        .contains("| m | silver to gold in Delta | 5.00 | 9.00 | 2.50 | 5.00 |");
    assertThat(FIGURES.json()).contains("\"wallSeconds\" : 5.0");
  }

  /** Seconds ~ n^1.5; the tolerance is that of logarithms. */
  @Test
  void theSlopeIsTheExponent() {
    assertThat(Growth.slope(List.of(1L, 4L, 16L), List.of(1.0, 8.0, 64.0)))
        .isCloseTo(1.5, within(1e-12));
  }
}
