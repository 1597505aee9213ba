package io.dealimpact.study.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.calibration.SmallGroups.Size;
import io.dealimpact.study.group.Statistic;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.ReturnKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SmallGroupsTest {
  /** docs/few-events.csv, of two thousand samples of each kind. */
  private static List<Size> kept() throws IOException {
    Path csv =
        Path.of(System.getProperty("project.root", "..")).resolve("jobs/docs/few-events.csv");
    return Fixtures.rows(Files.readAllLines(csv)).stream()
        .map(
            row ->
                new Size(
                    row.get("setting"),
                    ReturnKind.valueOf(row.get("returns").toUpperCase(Locale.ROOT)),
                    new EventWindow(
                        Integer.parseInt(row.get("window_start")),
                        Integer.parseInt(row.get("window_end"))),
                    Integer.parseInt(row.get("events")),
                    row.get("test"),
                    Integer.parseInt(row.get("samples")),
                    Integer.parseInt(row.get("rejected"))))
        .toList();
  }

  @Test
  void theLeastNumberOfEventsIsThatOfTheKeptCounts() throws IOException {
    List<Size> kept = kept();
    assertThat(kept).anyMatch(size -> size.samples() >= 2000);
    for (Statistic test : Statistic.values()) {
      if (test.isCalibrated()) {
        assertThat(test.leastEvents())
            .as(test.code())
            .isEqualTo(SmallGroups.leastEvents(test, kept));
      }
    }
  }

  /** Figures that stand for what the first edition did: 26, 15, 11 and 7.5 % of GRANK. */
  @Test
  void aTestThatRejectsTooOftenNeedsMoreEvents() {
    EventWindow day = new EventWindow(0, 0);
    List<Size> sizes =
        List.of(
            size("independent", day, 2, 260),
            size("independent", day, 5, 50),
            size("independent", day, 10, 75),
            size("independent", day, 20, 68),
            size("independent", day, 50, 51),
            // Its assumption of normal returns fails: does not count.
            size("fat-tails", new EventWindow(-5, 5), 50, 90));
    assertThat(SmallGroups.leastEvents(Statistic.GRANK_T, sizes)).isEqualTo(20);
    assertThat(SmallGroups.leastEvents(Statistic.GRANK_T, sizes.subList(0, 3))).isEqualTo(11);
    assertThat(SmallGroups.leastEvents(Statistic.BMP, sizes)).isEqualTo(2);
  }

  private static Size size(String setting, EventWindow window, int events, int rejected) {
    return new Size(setting, ReturnKind.SIMPLE, window, events, "grank-t", 1000, rejected);
  }

  @Test
  void theSeedAloneDecides() {
    List<Size> once = SmallGroups.run(SmallGroups.KINDS.get(3), 2, 11);
    assertThat(SmallGroups.run(SmallGroups.KINDS.get(3), 2, 11)).isEqualTo(once);
    assertThat(once.stream().filter(size -> size.events() == 1).map(Size::test).distinct())
        .containsExactlyElementsOf(SmallGroups.OF_ONE_EVENT);
    assertThat(once.stream().map(Size::test).distinct())
        .containsAll(
            Arrays.stream(Statistic.values())
                .filter(Statistic::isCalibrated)
                .map(Statistic::code)
                .toList());
  }
}
