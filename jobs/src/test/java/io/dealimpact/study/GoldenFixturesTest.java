package io.dealimpact.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.event.InstrumentStudy;
import io.dealimpact.study.event.ModelResult;
import io.dealimpact.study.event.StudyEvent;
import io.dealimpact.study.event.StudyPlan;
import io.dealimpact.study.event.WindowResult;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.model.ReturnModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Another implementation's deterministic fixtures and published literals, to 1e-10. */
class GoldenFixturesTest {
  private static final Offset<Double> EXACT = within(1e-10);

  private final List<Map<String, String>> inputs = Fixtures.resource("golden_inputs.csv");
  private final List<Map<String, String>> expected = Fixtures.resource("golden_expected.csv");

  @Test
  void marketModel() {
    ModelResult result = measure("market_model", "E1", "market-model", "firm");
    check("market_model", "", result);
    for (int day = 0; day < 3; day++) {
      WindowResult window = result.windows().get(day);
      assertThat(window.car()).isCloseTo(value("market_model", "car", day), EXACT);
      assertThat(window.t()).isCloseTo(value("market_model", "car_t_textbook", day), EXACT);
      assertThat(result.days().get(day).standardized())
          .isCloseTo(value("market_model", "ar_t_textbook", day), EXACT);
      assertThat(result.days().get(day).abnormal() / result.fit().residuals().sigma())
          .isCloseTo(value("market_model", "ar_t", day), EXACT);
    }
    assertThat(result.fit().alpha()).isCloseTo(value("market_model", "alpha", -1), EXACT);
    assertThat(result.fit().beta()).isCloseTo(value("market_model", "beta", -1), EXACT);
    assertThat(result.fit().residuals().degreesOfFreedom()).isEqualTo(4);
  }

  @Test
  void marketAndMeanAdjusted() {
    check("market_adjusted", "", measure("market_adjusted", "E1", "market-adjusted", "firm"));
    ModelResult mean = measure("mean_adjusted", "E1", "mean-adjusted", "firm");
    check("mean_adjusted", "", mean);
    assertThat(mean.fit().alpha()).isCloseTo(value("mean_adjusted", "mean", -1), EXACT);
  }

  @Test
  void factorModels() {
    check("factor", "ff3_", measure("factor", "E1", "fama-french-3", "firm_excess"));
    check("factor", "ff5_", measure("factor", "E1", "fama-french-5", "firm_excess"));
    check("factor", "carhart_", measure("factor", "E1", "carhart-4", "firm_excess"));
  }

  @Test
  void buyAndHold() {
    ModelResult result = measure("bhar", "E1", "market-adjusted", "firm");
    for (int day = 0; day < 3; day++) {
      WindowResult window = result.windows().get(day);
      assertThat(window.bhar()).isCloseTo(value("bhar", "bhar", day), EXACT);
      assertThat(window.carSe()).isCloseTo(value("bhar", "bhar_se", day), EXACT);
    }
  }

  @Test
  void thirtyDays() {
    ModelResult result = measure("rolling30", "E1", "market-model", "firm");
    check("rolling30", "", result);
    assertThat(result.fit().alpha()).isCloseTo(value("rolling30", "alpha", -1), EXACT);
    assertThat(result.fit().beta()).isCloseTo(value("rolling30", "beta", -1), EXACT);
  }

  @Test
  void threeEvents() {
    for (String event : List.of("E1", "E2", "E3")) {
      ModelResult result = measure("multi_event", event, "market-model", "firm");
      for (int day = 0; day < 3; day++) {
        int at = day;
        double literal =
            expected.stream()
                .filter(row -> row.get("fixture").equals("multi_event"))
                .filter(row -> row.get("event_id").equals(event))
                .filter(row -> row.get("day").equals(Integer.toString(at)))
                .mapToDouble(row -> Double.parseDouble(row.get("value")))
                .findFirst()
                .orElseThrow();
        assertThat(result.days().get(day).abnormal()).isCloseTo(literal, EXACT);
      }
    }
  }

  private void check(String fixture, String prefix, ModelResult result) {
    assertThat(result.fit().status()).isEqualTo(StudyStatus.OK);
    assertThat(result.fit().residuals().sigma())
        .isCloseTo(value(fixture, prefix + "sigma", -1), EXACT);
    for (int day = 0; day < 3; day++) {
      assertThat(result.days().get(day).abnormal())
          .isCloseTo(value(fixture, prefix + "ar", day), EXACT);
    }
  }

  private double value(String fixture, String statistic, int day) {
    return expected.stream()
        .filter(row -> row.get("fixture").equals(fixture))
        .filter(row -> row.get("statistic").equals(statistic))
        .filter(row -> row.get("day").equals(day < 0 ? "" : Integer.toString(day)))
        .mapToDouble(row -> Double.parseDouble(row.get("value")))
        .findFirst()
        .orElseThrow(() -> new AssertionError(fixture + " has no " + statistic + " of " + day));
  }

  /** A day of no return, the estimation window, then day 0 to 2. */
  private ModelResult measure(String fixture, String event, String model, String firm) {
    List<Map<String, String>> rows = new ArrayList<>(inputs);
    rows.removeIf(row -> !row.get("fixture").equals(fixture) || !row.get("event_id").equals(event));
    int estimation = rows.size() - 3;
    double[] benchmark = column(rows, "index");
    Map<String, double[]> factors = new HashMap<>();
    for (String name : List.of("mkt_rf", "smb", "hml", "rmw", "cma")) {
      factors.put(name, column(rows, name));
    }
    factors.put("umd", column(rows, "mom"));
    factors.put("rf", new double[rows.size() + 1]);
    StudyPlan plan =
        StudyPlan.builder()
            .estimation(new EstimationWindow(-1, estimation, estimation))
            .eventWindow(new EventWindow(0, 2))
            .windows(List.of(new EventWindow(0, 0), new EventWindow(0, 1), new EventWindow(0, 2)))
            .models(List.of(ReturnModel.parse(model)))
            .build();
    return new InstrumentStudy(
            "firm",
            Fixtures.calendar(rows.size() + 1),
            Fixtures.prices(column(rows, firm), ReturnKind.SIMPLE),
            MarketData.ofBenchmark(benchmark).withFactors(factors),
            plan,
            List.of(new StudyEvent(event, Fixtures.day(estimation + 1))))
        .measure(0)
        .get(0);
  }

  private static double[] column(List<Map<String, String>> rows, String name) {
    double[] values = new double[rows.size() + 1];
    Arrays.fill(values, Double.NaN);
    for (int i = 0; i < rows.size(); i++) {
      String cell = rows.get(i).get(name);
      values[i + 1] = cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }
    return values;
  }
}
