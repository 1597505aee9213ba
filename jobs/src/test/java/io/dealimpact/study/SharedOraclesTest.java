package io.dealimpact.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Additions to the S&amp;P 500 (shared data), each event under three models, to 1e-10. */
class SharedOraclesTest {
  private static final Offset<Double> EXACT = within(1e-10);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");
  private static final Map<String, String> MODELS =
      Map.of("market", "market-model", "mean", "mean-adjusted", "mktadj", "market-adjusted");

  @Test
  void additionsToTheSp500() {
    String folder = "oracles/sp500-additions/";
    TreeMap<LocalDate, Double> market = new TreeMap<>();
    for (String line : Fixtures.shared(folder + "03_MarketData.csv")) {
      String[] cells = line.split(";", -1);
      market.put(LocalDate.parse(cells[1], DAY), Double.valueOf(cells[2]));
    }
    Map<String, Map<LocalDate, Double>> firms = new TreeMap<>();
    for (String line : Fixtures.shared(folder + "02_FirmData.csv")) {
      String[] cells = line.split(";", -1);
      firms
          .computeIfAbsent(cells[0], name -> new TreeMap<>())
          .put(LocalDate.parse(cells[1], DAY), Double.valueOf(cells[2]));
    }
    List<LocalDate> days = List.copyOf(market.keySet());
    TradingCalendar calendar =
        new TradingCalendar(days.stream().mapToInt(day -> (int) day.toEpochDay()).toArray());
    double[] index = market.values().stream().mapToDouble(Double::doubleValue).toArray();
    List<Map<String, String>> ar = Fixtures.rows(Fixtures.shared(folder + "ar_est_sp500.csv"));
    List<Map<String, String>> events =
        Fixtures.rows(Fixtures.shared(folder + "events_est_sp500.csv"));
    StudyPlan.Builder plan =
        StudyPlan.builder()
            .returns(ReturnKind.LOG)
            .price(PriceKind.CLOSE)
            .estimation(new EstimationWindow(-11, 120, 120))
            .eventWindow(new EventWindow(-2, 2))
            .windows(List.of(new EventWindow(-2, 2)));
    int compared = 0;
    for (String line : Fixtures.shared(folder + "01_RequestFile.csv")) {
      String[] request = line.split(";", -1);
      double[] closes =
          days.stream()
              .mapToDouble(day -> firms.get(request[1]).getOrDefault(day, Double.NaN))
              .toArray();
      PriceHistory prices = PriceHistory.ofCloses(closes);
      EventDay day =
          EventDay.resolve(
              Announcement.on(LocalDate.parse(request[3], DAY)),
              Sessions.regular(TradingHours.NEW_YORK),
              calendar,
              prices);
      MarketData data =
          MarketData.ofBenchmark(
              PriceHistory.ofCloses(index).returns(PriceKind.CLOSE, ReturnKind.LOG));
      for (Map.Entry<String, String> model : MODELS.entrySet()) {
        ModelResult result =
            new InstrumentStudy(
                    request[1],
                    calendar,
                    prices,
                    data,
                    plan.models(List.of(ReturnModel.parse(model.getValue()))).build(),
                    List.of(new StudyEvent(request[0], day)))
                .measure(0)
                .get(0);
        compared += compare(result, of(events, model.getKey(), request[0]));
        List<Map<String, String>> rows = of(ar, model.getKey(), request[0]);
        for (int i = 0; i < rows.size(); i++) {
          assertThat(result.days().get(i).abnormal()).isCloseTo(number(rows.get(i), "ar"), EXACT);
          assertThat(result.days().get(i).standardized())
              .isCloseTo(number(rows.get(i), "sar_fec"), EXACT);
          compared++;
        }
      }
    }
    assertThat(compared).isEqualTo(16 * 3 * 6);
  }

  private static int compare(ModelResult result, List<Map<String, String>> rows) {
    assertThat(rows).hasSize(1);
    Map<String, String> row = rows.get(0);
    WindowResult window = result.windows().get(0);
    assertThat(result.fit().n()).isEqualTo(Integer.parseInt(row.get("M")));
    assertThat(result.fit().degreesOfFreedom()).isEqualTo(Integer.parseInt(row.get("df")));
    assertThat(result.fit().alpha()).isCloseTo(number(row, "alpha"), EXACT);
    assertThat(result.fit().beta()).isCloseTo(number(row, "beta"), EXACT);
    assertThat(result.fit().sigma()).isCloseTo(number(row, "sigma"), EXACT);
    assertThat(window.car()).isCloseTo(number(row, "CAR"), EXACT);
    assertThat(window.carSe()).isCloseTo(number(row, "CAR_se"), EXACT);
    assertThat(window.t()).isCloseTo(number(row, "CAR_t"), EXACT);
    assertThat(window.bhar()).isCloseTo(number(row, "BHAR"), EXACT);
    return 1;
  }

  private static List<Map<String, String>> of(
      List<Map<String, String>> rows, String model, String event) {
    return rows.stream()
        .filter(row -> row.get("model").equals(model) && row.get("event").equals(event))
        .toList();
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }
}
