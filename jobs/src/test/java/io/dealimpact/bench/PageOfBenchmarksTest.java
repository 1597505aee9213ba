package io.dealimpact.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.report.BenchmarkPage;
import io.dealimpact.report.NightFigures;
import io.dealimpact.report.NightFigures.StageTime;
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

  @Test
  void theBarsOfAFirstNightAloneAreComparedWithThePeer() {
    List<StageTime> stages =
        List.of(
            new StageTime("ingest-bars", 1, 9),
            new StageTime("conform-bars", 2, 9),
            new StageTime("fit-models", 4, 9));
    List<NightFigures.Figure> nights =
        List.of(
            new NightFigures.Figure("m", NightFigures.FIRST, 8, 9, stages),
            new NightFigures.Figure("m", "another", 7, 8, stages));
    NightFigures.Figure peer = new NightFigures.Figure("m", NightFigures.PEER, 0.5, 0.5, List.of());

    assertThat(section(nights))
        .contains("| m | first night | 8.00 | 9.00 |  | fit-models 4.0, conform-bars 2.0")
        .contains("| m | of it ingest-bars and conform-bars | 3.00 |  |  |  |")
        .contains("there is no peer in this run");
    assertThat(section(List.of(nights.get(0), peer, nights.get(1))))
        .containsOnlyOnce("| m | of it ingest-bars and conform-bars | 3.00 |  | 6.0 |  |")
        .contains("finds the same bars");
  }

  private static String section(List<NightFigures.Figure> nights) {
    return new NightFigures("Machine: one.", "deal-impact bench", nights).section().text();
  }

  /** Seconds ~ n^1.5; the tolerance is that of logarithms. */
  @Test
  void theSlopeIsTheExponent() {
    assertThat(Growth.slope(List.of(1L, 4L, 16L), List.of(1.0, 8.0, 64.0)))
        .isCloseTo(1.5, within(1e-12));
  }
}
