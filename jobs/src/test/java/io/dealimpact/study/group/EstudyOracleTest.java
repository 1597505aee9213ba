package io.dealimpact.study.group;

import static io.dealimpact.study.group.TestEvents.find;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.Agreement;
import io.dealimpact.study.Oracles;
import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.market.EventWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every statistic of R's estudy2 on seven stocks in March 2020, by the variant of its name. */
class EstudyOracleTest {
  private static final double TOLERANCE = 1e-10;

  private static final LocalDate FIRST = LocalDate.of(2020, 3, 16);
  private static final int DAYS = 5;

  @Test
  void covid() throws IOException {
    Path folder = Oracles.folder("covid-2020");
    List<Map<String, String>> rates = Oracles.csv(folder.resolve("rates.csv"));
    List<Map<String, String>> index = Oracles.csv(folder.resolve("rates_indx.csv"));
    int first = 0;
    while (!LocalDate.parse(rates.get(first).get("date")).equals(FIRST)) {
      first++;
    }
    List<EventWindow> windows = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      windows.add(new EventWindow(day, day));
    }
    windows.add(new EventWindow(0, DAYS - 1));
    GroupSpec spec =
        GroupSpec.of(new EventWindow(0, DAYS - 1), new EventWindow(-first, -1), windows)
            .with(TestVariant.ESTUDY2)
            .bootstrap(0, 1)
            .build();
    Agreement agreement = new Agreement();
    for (String model : List.of("sim", "mrkt_adj", "mean_adj")) {
      List<TestResult> ours = GroupStudy.results(spec, events(rates, index, first, model, DAYS));
      for (Map<String, String> row : Oracles.csv(folder.resolve("expected.csv"))) {
        if (row.get("model").equals(model)) {
          int day = (int) (LocalDate.parse(row.get("date")).toEpochDay() - FIRST.toEpochDay());
          compare(agreement, row, row.get("test"), ours, new EventWindow(day, day));
        }
      }
      for (Map<String, String> row : Oracles.csv(folder.resolve("expected_car.csv"))) {
        if (row.get("model").equals(model)) {
          compare(agreement, row, row.get("name"), ours, new EventWindow(0, DAYS - 1));
        }
      }
    }
    agreement.save("covid-2020");
    assertThat(agreement.largest()).as(agreement.table()).isLessThan(TOLERANCE);
  }

  /**
   * Two windows of eleven days: each is ranked with the estimation window alone. The first is that
   * of expected_car.csv; the second is computed with scipy.stats.rankdata from the same files.
   */
  @Test
  void theRankTestOfAWindowKnowsNoOtherDays() throws IOException {
    Path folder = Oracles.folder("covid-2020");
    List<Map<String, String>> rates = Oracles.csv(folder.resolve("rates.csv"));
    List<Map<String, String>> index = Oracles.csv(folder.resolve("rates_indx.csv"));
    int first = 0;
    while (!LocalDate.parse(rates.get(first).get("date")).equals(FIRST)) {
      first++;
    }
    List<EventWindow> windows = List.of(new EventWindow(0, 4), new EventWindow(6, 10));
    GroupSpec spec =
        GroupSpec.of(new EventWindow(0, 10), new EventWindow(-first, -1), windows)
            .with(TestVariant.ESTUDY2)
            .bootstrap(0, 1)
            .build();
    Map<String, double[]> theirs =
        Map.of(
            "sim", new double[] {3.0536998627, -1.5215055243},
            "mrkt_adj", new double[] {2.8358040996, -1.7126511449},
            "mean_adj", new double[] {0.3190631417, 0.8251974950});
    for (String model : theirs.keySet()) {
      List<TestResult> ours = GroupStudy.results(spec, events(rates, index, first, model, 11));
      for (int w = 0; w < 2; w++) {
        assertThat(find(ours, "corrado-rank", "estudy2", windows.get(w)).value().statistic())
            .as("%s %s", model, windows.get(w))
            .isCloseTo(theirs.get(model)[w], within(TOLERANCE));
      }
    }
  }

  private static void compare(
      Agreement agreement,
      Map<String, String> row,
      String theirs,
      List<TestResult> ours,
      EventWindow window) {
    String[] name =
        switch (theirs) {
          case "bw_1980" -> new String[] {"brown-warner-1980", "estudy2"};
          case "bw_1985", "car_brown_warner_1985" -> new String[] {"cda-t", "estudy2"};
          case "t_test" -> new String[] {"cross-sectional-t", "textbook"};
          case "pt" -> new String[] {"patell", "estudy2"};
          case "bh" -> new String[] {"bmp", "estudy2"};
          case "lmb", "car_lamb" -> new String[] {"lamb", "estudy2"};
          case "sign" -> new String[] {"sign", "textbook"};
          case "gsign" -> new String[] {"generalized-sign", "estudy2"};
          case "csign" -> new String[] {"corrado-zivney-sign", "estudy2"};
          case "rank", "car_rank_test" -> new String[] {"corrado-rank", "estudy2"};
          case "mrank" -> new String[] {"modified-rank", "estudy2"};
          case "wlcx" -> new String[] {"wilcoxon", "estudy2"};
          default -> throw new AssertionError(theirs);
        };
    agreement.compare(
        "covid-2020",
        theirs + " = " + name[0] + "/" + name[1],
        Oracles.number(row.get("statistic")),
        find(ours, name[0], name[1], window).value().statistic());
  }

  private static List<EventSample> events(
      List<Map<String, String>> rates,
      List<Map<String, String>> index,
      int first,
      String model,
      int days) {
    double[] market = column(index, "GSPC");
    double[] before = Arrays.copyOf(market, first);
    double[] after = Arrays.copyOfRange(market, first, first + days);
    List<EventSample> events = new ArrayList<>();
    for (String firm : rates.get(0).keySet()) {
      if (firm.equals("date")) {
        continue;
      }
      double[] own = column(rates, firm);
      events.add(
          TestEvents.sample(
              firm,
              (int) FIRST.toEpochDay(),
              switch (model) {
                case "sim" -> TestEvents.Model.MARKET;
                case "mrkt_adj" -> TestEvents.Model.MARKET_ADJUSTED;
                default -> TestEvents.Model.MEAN;
              },
              new TestEvents.Returns(-first, Arrays.copyOf(own, first), before),
              new TestEvents.Returns(0, Arrays.copyOfRange(own, first, first + days), after)));
    }
    return events;
  }

  private static double[] column(List<Map<String, String>> rows, String name) {
    return rows.stream().mapToDouble(row -> Oracles.number(row.get(name))).toArray();
  }
}
