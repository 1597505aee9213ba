package io.dealimpact.study.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.Agreement;
import io.dealimpact.study.Fixtures;
import io.dealimpact.study.event.AbnormalVolatility;
import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.market.EventWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every test over events, with its variants, on returns with days missing, against {@code
 * jobs/src/test/r/ragged.R}: the papers' formulas written down apart from ours, R's own tests, the
 * package sandwich, eventstudy2's Mata functions line by line, and the SAS macro of WRDS.
 */
class RaggedTest {
  private static final EventWindow ESTIMATION = new EventWindow(-70, -11);
  private static final EventWindow AXIS = new EventWindow(-3, 3);
  private static final List<EventWindow> WINDOWS =
      List.of(new EventWindow(0, 0), new EventWindow(-1, 1), new EventWindow(0, 3));

  /** Two programs in doubles over 60 days; p-values of 1e-10 are compared in absolute terms. */
  private static final double TOLERANCE = 1e-10;

  @ParameterizedTest
  @EnumSource
  void everyTestIsRs(TestEvents.Model model) throws IOException {
    compare(name(model), events(model));
  }

  private static String name(TestEvents.Model model) {
    return switch (model) {
      case MARKET -> "market";
      case MEAN -> "mean";
      case MARKET_ADJUSTED -> "adjusted";
    };
  }

  /** An engine that its author holds to Stata's eventstudy2 at 1e-7. */
  @ParameterizedTest
  @EnumSource
  void eventstudy2IsTheEnginesThatIsHeldToStata(TestEvents.Model model) throws IOException {
    List<EventWindow> windows =
        List.of(new EventWindow(0, 0), new EventWindow(-1, 1), new EventWindow(-3, 1));
    Map<String, TestResult> ours =
        ours(windows, events(model), TestVariant.TEXTBOOK, TestVariant.EVENTSTUDY2);
    Agreement agreement = new Agreement();
    int compared = 0;
    for (Map<String, String> row : Fixtures.resource("eventstudy2_engine.csv")) {
      if (row.get("model").equals(name(model))) {
        EventWindow window = new EventWindow(integer(row, "start"), integer(row, "end"));
        TestResult result = ours.get(row.get("test") + "/eventstudy2" + window);
        assertThat(result.n()).as(row.toString()).isEqualTo(integer(row, "n"));
        agreement.compare(
            "engine", row.get("test"), number(row, "statistic"), result.value().statistic());
        agreement.compare(
            "engine", row.get("test") + " p", number(row, "p"), result.value().pValue());
        compared++;
      }
    }
    assertThat(compared).isEqualTo(20);
    agreement.save("eventstudy2-engine-" + name(model));
    assertThat(agreement.largest()).as(agreement.table()).isLessThan(TOLERANCE);
  }

  /** The market model's squared standardised returns against their mean. */
  @Test
  void aStudyOfVolatilityIsRs() throws IOException {
    compare(
        "volatility",
        events(TestEvents.Model.MARKET).stream()
            .map(event -> AbnormalVolatility.sample(event).orElseThrow())
            .toList());
  }

  private static void compare(String name, List<EventSample> events) throws IOException {
    Map<String, TestResult> ours = ours(WINDOWS, events, TestVariant.values());
    Agreement agreement = new Agreement();
    int compared = 0;
    for (Map<String, String> row : Fixtures.resource("ragged.csv")) {
      if (!row.get("model").equals(name) || row.get("test").startsWith("regression")) {
        continue;
      }
      EventWindow window = new EventWindow(integer(row, "start"), integer(row, "end"));
      TestResult result = ours.get(row.get("test") + "/" + row.get("variant") + window);
      assertThat(result).as(row.toString()).isNotNull();
      assertThat(result.status()).as(row + " " + result.reason()).isEqualTo(TestStatus.OK);
      assertThat(result.n()).as(row.toString()).isEqualTo(integer(row, "n"));
      String quantity = row.get("test") + " (" + row.get("variant") + ")";
      agreement.compare("R", quantity, number(row, "statistic"), result.value().statistic());
      agreement.compare("R", quantity + " p", number(row, "p"), result.value().pValue());
      compared++;
    }
    assertThat(compared).isGreaterThan(80);
    agreement.save("r-ragged-" + name);
    assertThat(agreement.largest()).as(agreement.table()).isLessThan(TOLERANCE);
  }

  private static Map<String, TestResult> ours(
      List<EventWindow> windows, List<EventSample> events, TestVariant... variants) {
    GroupSpec spec =
        GroupSpec.of(AXIS, ESTIMATION, windows)
            .bootstrap(0, 1)
            .tradingDays(GroupStatePropertiesTest.days(18_900, 19_100))
            .with(variants)
            .build();
    Map<String, TestResult> ours = new HashMap<>();
    GroupStudy.results(spec, events).forEach(result -> ours.put(result.key(), result));
    return ours;
  }

  /** HC errors against the package sandwich: t and p of three coefficients. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CR1")
  void regressionErrorsAreSandwichs(CrossSectionalRegression.Errors errors) throws IOException {
    List<EventSample> events = events(TestEvents.Model.MARKET);
    double[] cars = events.stream().mapToDouble(e -> e.car(new EventWindow(-1, 1))).toArray();
    double[][] attributes = new double[cars.length][];
    for (int i = 1; i <= cars.length; i++) {
      attributes[i - 1] = new double[] {1e9 * (1 + (i * 37) % 23), i % 3 == 0 ? 1 : 0};
    }
    CrossSectionalRegression.Fit fit =
        CrossSectionalRegression.fit(List.of("size", "role"), attributes, cars, errors);
    Agreement agreement = new Agreement();
    for (Map<String, String> row : Fixtures.resource("ragged.csv")) {
      if (row.get("variant").equals(errors.name())) {
        int j = Integer.parseInt(row.get("test").substring("regression-".length())) - 1;
        agreement.compare(
            "R", "t " + errors, number(row, "statistic"), fit.coefficients().get(j).t());
        agreement.compare("R", "p " + errors, number(row, "p"), fit.coefficients().get(j).pValue());
      }
    }
    agreement.save("r-sandwich-" + errors);
    assertThat(agreement.largest()).as(agreement.table()).isBetween(0.0, TOLERANCE);
  }

  private static List<EventSample> events(TestEvents.Model model) {
    int firms = 12;
    double[][] returns = new double[firms][67];
    double[][] market = new double[firms][67];
    int[] next = new int[firms];
    for (Map<String, String> row : Fixtures.resource("ragged_returns.csv")) {
      int firm = integer(row, "firm");
      String value = row.get("return");
      returns[firm][next[firm]] = value.isEmpty() ? Double.NaN : Double.parseDouble(value);
      market[firm][next[firm]++] = number(row, "market");
    }
    List<EventSample> events = new ArrayList<>();
    for (int i = 0; i < firms; i++) {
      events.add(
          TestEvents.sample(
              "firm" + i % 7,
              19_000 + i % 5,
              model,
              part(ESTIMATION, returns[i], market[i], 0),
              part(AXIS, returns[i], market[i], ESTIMATION.length())));
    }
    return events;
  }

  private static TestEvents.Returns part(EventWindow axis, double[] r, double[] m, int from) {
    return new TestEvents.Returns(
        axis.start(),
        Arrays.copyOfRange(r, from, from + axis.length()),
        Arrays.copyOfRange(m, from, from + axis.length()));
  }

  private static int integer(Map<String, String> row, String column) {
    return Integer.parseInt(row.get(column));
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }
}
