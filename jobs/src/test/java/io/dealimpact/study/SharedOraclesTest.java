package io.dealimpact.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dealimpact.study.event.DayResult;
import io.dealimpact.study.event.EventDay;
import io.dealimpact.study.event.InstrumentStudy;
import io.dealimpact.study.event.ModelFit;
import io.dealimpact.study.event.ModelResult;
import io.dealimpact.study.event.StudyEvent;
import io.dealimpact.study.event.StudyPlan;
import io.dealimpact.study.event.WindowResult;
import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.Sessions;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.market.TradingHours;
import io.dealimpact.study.model.ReturnModel;
import io.dealimpact.study.model.StandardModel;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Other people's results in the shared data, event by event, to 1e-10. */
class SharedOraclesTest {
  private static final Offset<Double> EXACT = within(1e-10);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");
  private static final Map<String, String> MODELS =
      Map.of("market", "market-model", "mean", "mean-adjusted", "mktadj", "market-adjusted");

  private final Agreement agreement = new Agreement();
  private String oracle = "";

  @Test
  void additionsToTheSp500() throws IOException {
    oracle = "sp500-additions";
    List<Map<String, String>> ar =
        Fixtures.rows(Fixtures.shared("oracles/sp500-additions/ar_est_sp500.csv"));
    Folder folder =
        new Folder(
            "oracles/sp500-additions/",
            "01_RequestFile.csv",
            "02_FirmData.csv",
            "03_MarketData.csv",
            "events_est_sp500.csv");
    Map<String, ModelResult> results = measure(folder, 120, new EventWindow(-2, 2));
    assertThat(results).hasSize(16 * 3);
    int compared = 0;
    for (Map.Entry<String, ModelResult> entry : results.entrySet()) {
      String[] key = entry.getKey().split(" ", -1);
      List<Map<String, String>> rows = of(ar, key[0], key[1]);
      for (int i = 0; i < rows.size(); i++) {
        DayResult day = entry.getValue().days().get(i);
        close(day.abnormal(), rows.get(i), "ar");
        close(day.standardized(), rows.get(i), "sar_fec");
        compared++;
      }
    }
    assertThat(compared).isEqualTo(16 * 3 * 5);
    agreement.save("sp500-additions, event by event");
  }

  /** AIV's negative prices were taken absolute by the oracle, ours are missing; group ONE only. */
  @Test
  void insiders2020() throws IOException {
    oracle = "insider-2020";
    Folder folder =
        new Folder(
            "oracles/insider-2020/",
            "01_requestFile.csv",
            "02_firmDataPrice.csv",
            "03_marketDataPrice.csv",
            "events_est2020.csv");
    assertThat(measure(folder, 250, new EventWindow(-10, 30))).hasSize(310 * 3);
    agreement.save("insider-2020, event by event");
  }

  /**
   * The market model of R's estudy2 on ragged histories: the residual deviation there has n − 1.
   */
  @Test
  void covid2020() throws IOException {
    oracle = "covid-2020";
    List<Map<String, String>> rates =
        Fixtures.rows(Fixtures.shared("oracles/covid-2020/rates.csv"));
    List<Map<String, String>> index =
        Fixtures.rows(Fixtures.shared("oracles/covid-2020/rates_indx.csv"));
    List<Map<String, String>> models =
        Fixtures.rows(Fixtures.shared("oracles/covid-2020/expected_models.csv"));
    TradingCalendar calendar = Fixtures.calendar(rates.size() + 1);
    int day0 = 0;
    while (!rates.get(day0).get("date").equals("2020-03-16")) {
      day0++;
    }
    int compared = 0;
    for (Map<String, String> row : models) {
      if (!row.get("model").equals("sim") || !row.get("estimation_end").equals("2020-03-13")) {
        continue;
      }
      StudyPlan plan =
          StudyPlan.builder()
              .estimation(new EstimationWindow(-1, day0, 100))
              .eventWindow(new EventWindow(0, 4))
              .windows(List.of(new EventWindow(0, 4)))
              .models(List.of(StandardModel.MARKET_MODEL))
              .build();
      ModelFit fit =
          new InstrumentStudy(
                  row.get("security"),
                  calendar,
                  Fixtures.prices(column(rates, row.get("security")), ReturnKind.SIMPLE),
                  MarketData.ofBenchmark(column(index, "GSPC")),
                  plan,
                  List.of(new StudyEvent("covid", Fixtures.day(day0 + 1))))
              .measure(0)
              .get(0)
              .fit();
      assertThat(fit.residuals().n()).isEqualTo(Integer.parseInt(row.get("estimation_length")));
      close(fit.alpha(), row, "alpha");
      close(fit.beta(), row, "beta");
      double all =
          fit.residuals().sigma()
              * Math.sqrt((fit.residuals().n() - 2.0) / (fit.residuals().n() - 1.0));
      close(all, row, "sd_residual_n_minus_1");
      compared++;
    }
    assertThat(compared).isEqualTo(7);
    agreement.save("covid-2020, event by event");
  }

  /** Every deal's effective trading day, with the half days of the NYSE's calendar. */
  @Test
  void effectiveDaysOfTheDeals() throws IOException {
    List<Map<String, String>> sessions =
        Fixtures.rows(Fixtures.shared("market/calendar/nyse_sessions.csv"));
    Map<Integer, LocalTime> closes = new HashMap<>();
    List<Integer> open = new ArrayList<>();
    for (Map<String, String> row : sessions) {
      int day = (int) LocalDate.parse(row.get("date")).toEpochDay();
      if (!row.get("close_et").isEmpty()) {
        closes.put(day, LocalTime.parse(row.get("close_et")));
        open.add(day);
      }
    }
    TradingCalendar calendar =
        new TradingCalendar(open.stream().mapToInt(Integer::intValue).toArray());
    double[] prices = new double[calendar.size()];
    Arrays.fill(prices, 1);
    Sessions newYork = new Sessions(TradingHours.NEW_YORK, closes);
    int compared = 0;
    String json = String.join("\n", Fixtures.shared("deals.json"));
    for (JsonNode deal : new ObjectMapper().readTree(json).get("deals")) {
      LocalDate date = LocalDate.parse(deal.get("announced_date").asText());
      LocalTime time =
          switch (deal.get("announced_session").asText()) {
            case "before_open" -> LocalTime.of(8, 0);
            case "intraday" -> LocalTime.NOON;
            case "after_close" -> LocalTime.of(16, 5);
            default -> LocalTime.MIDNIGHT;
          };
      JsonNode effective = deal.get("effective_trading_date");
      if (effective == null || effective.isNull()) {
        continue;
      }
      EventDay day =
          EventDay.resolve(
              Announcement.at(date.atTime(time).atZone(TradingHours.NEW_YORK.zone()).toInstant()),
              newYork,
              calendar,
              PriceHistory.ofCloses(prices));
      assertThat(calendar.date(day.index()))
          .as(deal.get("deal_id").asText())
          .isEqualTo(effective.asText());
      compared++;
    }
    assertThat(compared).isGreaterThan(30);
  }

  private record Folder(String path, String requests, String firms, String market, String events) {}

  /** Measures and compares every event of a folder under three models. */
  private Map<String, ModelResult> measure(Folder folder, int length, EventWindow window) {
    TreeMap<LocalDate, Double> market = new TreeMap<>();
    for (String line : Fixtures.shared(folder.path() + folder.market())) {
      String[] cells = line.split(";", -1);
      market.put(LocalDate.parse(cells[1], DAY), Double.valueOf(cells[2]));
    }
    Map<String, Map<LocalDate, Double>> firms = new TreeMap<>();
    for (String line : Fixtures.shared(folder.path() + folder.firms())) {
      String[] cells = line.split(";", -1);
      firms
          .computeIfAbsent(cells[0], name -> new TreeMap<>())
          .put(LocalDate.parse(cells[1], DAY), Double.valueOf(cells[2]));
    }
    List<LocalDate> days = List.copyOf(market.keySet());
    TradingCalendar calendar =
        new TradingCalendar(days.stream().mapToInt(day -> (int) day.toEpochDay()).toArray());
    double[] index = market.values().stream().mapToDouble(Double::doubleValue).toArray();
    MarketData data =
        MarketData.ofBenchmark(
            PriceHistory.ofCloses(index).returns(PriceKind.CLOSE, ReturnKind.LOG));
    List<Map<String, String>> events =
        Fixtures.rows(Fixtures.shared(folder.path() + folder.events()));
    StudyPlan.Builder plan =
        StudyPlan.builder()
            .returns(ReturnKind.LOG)
            .price(PriceKind.CLOSE)
            .estimation(new EstimationWindow(-11, length, 120))
            .eventWindow(window)
            .windows(List.of(window));
    Map<String, ModelResult> results = new TreeMap<>();
    for (String line : Fixtures.shared(folder.path() + folder.requests())) {
      String[] request = line.split(";", -1);
      if (request[1].equals("AIV") || request[4].equals("Other")) {
        continue;
      }
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
        compare(result, of(events, model.getKey(), request[0]));
        results.put(model.getKey() + " " + request[0], result);
      }
    }
    return results;
  }

  private void compare(ModelResult result, List<Map<String, String>> rows) {
    assertThat(rows).hasSize(1);
    Map<String, String> row = rows.get(0);
    WindowResult window = result.windows().get(0);
    assertThat(window.status()).as(row + window.reason()).isEqualTo(StudyStatus.OK);
    assertThat(result.fit().residuals().n()).isEqualTo(Integer.parseInt(row.get("M")));
    assertThat(result.fit().residuals().degreesOfFreedom())
        .isEqualTo(Integer.parseInt(row.get("df")));
    close(result.fit().alpha(), row, "alpha");
    close(result.fit().beta(), row, "beta");
    close(result.fit().residuals().sigma(), row, "sigma");
    close(window.car(), row, "CAR");
    close(window.carSe(), row, "CAR_se");
    close(window.t(), row, "CAR_t");
    close(window.bhar(), row, "BHAR");
  }

  private void close(double ours, Map<String, String> row, String column) {
    double theirs = number(row, column);
    assertThat(ours).as(column + " of " + row).isCloseTo(theirs, EXACT);
    agreement.compare(oracle, column, theirs, ours);
  }

  private static double[] column(List<Map<String, String>> rows, String name) {
    double[] values = new double[rows.size() + 1];
    values[0] = Double.NaN;
    for (int i = 0; i < rows.size(); i++) {
      String cell = rows.get(i).get(name);
      values[i + 1] = cell.equals("NA") ? Double.NaN : Double.parseDouble(cell);
    }
    return values;
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
