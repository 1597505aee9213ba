package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.model.StandardModel;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Amazon's own history, real closes, against R's lm ({@code src/test/r/own_history.R}), to 1e-10.
 */
class OwnHistoryAgainstRTest {
  private final List<Map<String, String>> rows = Fixtures.resource("amzn_spy_closes.csv");
  private final Map<String, Double> r = Fixtures.numbers("own_history.csv");

  private double[] column(String name) {
    return rows.stream().mapToDouble(row -> Double.parseDouble(row.get(name))).toArray();
  }

  @Test
  void agreesWithR() {
    TradingCalendar calendar =
        new TradingCalendar(
            rows.stream()
                .mapToInt(row -> (int) LocalDate.parse(row.get("trade_date")).toEpochDay())
                .toArray());
    int day0 = calendar.indexOf((int) LocalDate.parse("2025-11-03").toEpochDay());
    StudyPlan plan =
        StudyPlan.builder()
            .price(PriceKind.CLOSE)
            .estimation(new EstimationWindow(-21, 60, 60))
            .eventWindow(new EventWindow(-1, 1))
            .windows(List.of(new EventWindow(0, 0), new EventWindow(-1, 1)))
            .models(List.of(StandardModel.MARKET_MODEL))
            .build();
    List<WindowResult> windows =
        new InstrumentStudy(
                "AMZN",
                calendar,
                PriceHistory.ofCloses(column("amzn_close")),
                MarketData.ofBenchmark(
                    PriceHistory.ofCloses(column("spy_close"))
                        .returns(PriceKind.CLOSE, ReturnKind.SIMPLE)),
                plan,
                List.of(new StudyEvent("d", new EventDay(day0, day0 - 1, StudyStatus.OK, ""))))
            .results(0)
            .get(0)
            .windows();
    for (WindowResult window : windows) {
      String label = "[%d %d]".formatted(window.window().start(), window.window().end());
      OwnHistory history = window.history();
      assertThat((double) history.days()).as(label).isEqualTo(r.get("n" + label));
      assertThat(history.p()).as(label).isCloseTo(r.get("p" + label), within(1e-10));
      assertThat(history.quantile()).as(label).isCloseTo(r.get("quantile" + label), within(1e-10));
    }
  }
}
