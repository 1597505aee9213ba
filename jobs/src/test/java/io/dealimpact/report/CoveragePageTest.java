package io.dealimpact.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.calibration.Coverage;
import io.dealimpact.study.calibration.Coverage.Held;
import io.dealimpact.study.calibration.Coverage.Regime;
import io.dealimpact.study.market.EventWindow;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoveragePageTest {
  private static final EventWindow DAY = new EventWindow(0, 0);

  @Test
  void aRateOutsideItsBarIsBold() {
    CoveragePage page =
        new CoveragePage(
            List.of(
                new Held("real", "A", DAY, Regime.CALM, 600, 570, 570),
                new Held("real", "B", DAY, Regime.CALM, 600, 560, 570),
                new Held("real", "A", DAY, Regime.MOVED, 400, 360, 368),
                new Held("real", "C", DAY, Regime.MOVED, 400, 360, 368),
                new Held("simulated", "D", DAY, Regime.CALM, 2000, 1900, 1920),
                new Held("simulated", "D", DAY, Regime.MOVED, 2000, 1860, 1860)));
    assertThat(page.markdown())
        .startsWith(CoveragePage.HEADING)
        .contains("| real | [0,0] | market to 0.5 % | 1200 | 94.2 | (95.0) |")
        .contains("| real | [0,0] | market above 1.5 % | 800 | 90.0 | (92.0) |")
        .contains("| simulated | [0,0] | market to 0.5 % | 2000 | 95.0 | 96.0 |")
        .contains("| simulated | [0,0] | market above 1.5 % | 2000 | 93.0 | **93.0** |")
        // A holds on 938 of 1,000 days, B on 570 of 600; C has fewer than 500.
        .contains("| real | [0,0] | 2 | 93.8 | 95.0 | 95.0 | 100.0 % |");
    assertThat(page.csv())
        .startsWith("source,share,window_start,window_end,regime,days,held_by_t,held_by_history\n")
        .contains("real,A,0,0,market above 1.5 %,400,360,368\n");
  }

  /** 900 days: the first fit is before day 140, and a day needs 100 days before its windows. */
  @Test
  void everyDayWithHistoryCountsOnceAndTheSeedAloneDecides() {
    List<Held> once = Coverage.simulated(3, 900, 7);
    assertThat(Coverage.simulated(3, 900, 7)).isEqualTo(once);
    assertThat(Coverage.simulated(3, 900, 8)).isNotEqualTo(once);
    int ofADay = once.stream().filter(h -> h.window().equals(DAY)).mapToInt(Held::days).sum() / 3;
    // Day t is ranked among days 141 to t − 11; the last day of the calendar is the event's own.
    assertThat(ofADay).isEqualTo(898 - (141 + 99 + 11) + 1);
    assertThat(once).allMatch(h -> h.heldByHistory() <= h.days() && h.heldByT() <= h.days());
  }
}
