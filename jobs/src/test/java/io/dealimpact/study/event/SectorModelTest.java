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
import io.dealimpact.study.market.SectorSeries;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.model.StandardModel;
import io.dealimpact.study.numeric.PValues;
import io.dealimpact.study.numeric.StudentT;
import io.dealimpact.study.numeric.Vectors;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Market, sector and own on the sample's closes, against R's lm and predict ({@code
 * src/test/r/market_sector.R}). 1e-10 is the promise of returns; dollars have it relative to the
 * market value.
 */
class SectorModelTest {
  private static final Offset<Double> EXACT = within(1e-10);
  private static final Offset<Double> OF_MARKET_VALUE = within(1e-10 * 5e12);
  private static final EventWindow DAY_ZERO = new EventWindow(0, 0);
  private static final List<String> FUNDS = List.of("SPY", "QQQ", "SMH", "SOXX", "XLK", "IGV");
  private static final Path BARS =
      Path.of(System.getProperty("project.root", "..")).resolve("data-samples/bars");

  private final Map<String, Double> r = Fixtures.numbers("market_sector.csv");
  private final List<Map<String, String>> spy = lines(BARS.resolve("yahoo/SPY.csv"));
  private final TradingCalendar calendar =
      new TradingCalendar(
          spy.stream()
              .mapToInt(row -> (int) LocalDate.parse(row.get("Date")).toEpochDay())
              .toArray());
  private final Map<String, double[][]> sample = new HashMap<>();

  SectorModelTest() {
    for (int year = 2024; year <= 2026; year++) {
      for (Map<String, String> row : lines(BARS.resolve("us-equities-" + year + ".csv.gz"))) {
        add(row.get("instrument_id"), row.get("trade_date"), row.get("open"), row.get("close"));
      }
    }
    spy.forEach(row -> add("SPY", row.get("Date"), row.get("Open"), row.get("Close")));
    lines(BARS.resolve("yahoo/ORCL.csv"))
        .forEach(row -> add("ORCL", row.get("Date"), row.get("Open"), row.get("Close")));
  }

  /** +65.4 billion [−5.6, +136.5], p 0.071, where SPY alone gives +106.7 billion. */
  @Test
  void mostOfBroadcomIsTheSector() {
    agreesWithR("AVGO", "2025-10-13", 4_722_365_022.0);
    Dollars sector = dollars("AVGO", "2025-10-13", 4_722_365_022.0, StandardModel.MARKET_SECTOR);
    assertThat(sector.abnormal().usd() / 1e9).isCloseTo(65.4, within(0.05));
    assertThat(sector.abnormal().lowUsd() / 1e9).isCloseTo(-5.6, within(0.05));
    assertThat(sector.abnormal().highUsd() / 1e9).isCloseTo(136.5, within(0.05));
    assertThat(window("AVGO", "2025-10-13", StandardModel.MARKET_SECTOR).p())
        .isCloseTo(0.071, within(0.0005));
  }

  /** +104.1 billion against the market, −56.4 billion against market and sector. */
  @Test
  void nvidiaOnNvidiaIntelTurns() {
    agreesWithR("NVDA", "2025-09-18", 24_300_000_000.0);
    assertThat(
            dollars("NVDA", "2025-09-18", 24.3e9, StandardModel.MARKET_MODEL).abnormal().usd()
                / 1e9)
        .isCloseTo(104.1, within(0.05));
    assertThat(
            dollars("NVDA", "2025-09-18", 24.3e9, StandardModel.MARKET_SECTOR).abnormal().usd()
                / 1e9)
        .isCloseTo(-56.4, within(0.05));
  }

  /**
   * 2025-09-10 was the sector's day, not Oracle's alone. By the market model over the 250 days up
   * to day −11, 13 of the 43 shares lie beyond 1.96 standard errors of the forecast, CoreWeave's
   * 100-odd days counted. The program takes t(248)'s 1.9696 and wants 120 days: 12 of 42.
   */
  @Test
  void aThirdOfTheSampleLayOutsideOnOraclesDay() {
    for (String id : List.of("AMZN", "CRWV", "IREN")) {
      lines(BARS.resolve("yahoo/" + id + ".csv"))
          .forEach(row -> add(id, row.get("Date"), row.get("Open"), row.get("Close")));
    }
    for (String id : List.of("NBIS", "SMCI")) {
      lines(BARS.resolve("stooq/" + id + ".US.csv"))
          .forEach(row -> add(id, iso(row.get("<DATE>")), row.get("<OPEN>"), row.get("<CLOSE>")));
    }
    List<String> shares =
        sample.keySet().stream().filter(id -> !FUNDS.contains(id)).sorted().toList();
    assertThat(shares).hasSize(43);

    assertThat(count(shares, 0.95, 120, OutsideDays.Day.OUTSIDE)).isEqualTo(12);
    assertThat(count(shares, 0.95, 120, OutsideDays.Day.INSIDE)).isEqualTo(30);
    assertThat(count(List.of("CRWV"), 0.95, 120, OutsideDays.Day.UNKNOWN)).isEqualTo(1);
    // P(|t(248)| < 1.96)
    double ofNormal = 1 - PValues.student(1.96, 248);
    assertThat(count(shares, ofNormal, 60, OutsideDays.Day.OUTSIDE)).isEqualTo(13);
    assertThat(count(shares, ofNormal, 60, OutsideDays.Day.INSIDE)).isEqualTo(30);
  }

  private long count(List<String> shares, double confidence, int least, OutsideDays.Day kind) {
    StudyPlan plan =
        StudyPlan.builder()
            .price(PriceKind.CLOSE)
            .estimation(new EstimationWindow(-11, 250, least))
            .windows(List.of(DAY_ZERO))
            .confidence(confidence)
            .build();
    int day = event("2025-09-10").day().index();
    return shares.stream()
        .filter(id -> new OutsideDays(prices(id), market(), plan).at(day) == kind)
        .count();
  }

  private static String iso(String date) {
    return date.substring(0, 4) + "-" + date.substring(4, 6) + "-" + date.substring(6);
  }

  /** Oracle's +36 % day of 2025-09-10 is in the estimation window of 2025-11-03. */
  @Test
  void anotherEventWidensTheStandardError() {
    List<String> events = List.of("2025-07-22", "2025-09-10", "2025-09-19", "2025-11-03");
    double kept = se("ORCL", events, OtherEvents.KEEP);
    double leftOut = se("ORCL", events, OtherEvents.LEAVE_OUT);
    assertThat(kept).isCloseTo(0.0326, within(0.00005));
    assertThat(leftOut).isLessThan(kept / 1.4);
  }

  @Test
  void thePartsAddUpToTheRawChange() {
    for (StandardModel model : List.of(StandardModel.MARKET_MODEL, StandardModel.MARKET_SECTOR)) {
      Dollars usd = dollars("AVGO", "2025-10-13", 4_722_365_022.0, model);
      DollarSplit split = usd.split();
      // The parts are sums of doubles of the size of the raw change.
      assertThat(split.marketUsd() + split.sectorUsd() + split.own().usd() + split.driftUsd())
          .isCloseTo(usd.raw().closeUsd(), within(1e-4));
      assertThat(split.overnightOwnUsd() + split.sessionOwnUsd())
          .isCloseTo(split.own().usd(), within(1e-4));
      WindowResult window = window("AVGO", "2025-10-13", model);
      ReturnParts parts = window.parts();
      // One day: α and nothing else is in the drift.
      assertThat(split.driftUsd() / usd.marketCapBeforeUsd()).isCloseTo(parts.alpha(), EXACT);
      assertThat(parts.market() + parts.sector() + parts.alpha() + window.car())
          .isCloseTo(usd.raw().closeUsd() / usd.marketCapBeforeUsd(), EXACT);
    }
  }

  /** (1.95996 + 0.84162) × S_CAR × MV. */
  @Test
  void theDetectableEffectHasPowerOfEightyPercent() {
    Dollars usd = dollars("AVGO", "2025-10-13", 4_722_365_022.0, StandardModel.MARKET_SECTOR);
    assertThat(usd.split().detectableUsd())
        .isCloseTo(
            2.8015852181 * r.get("AVGO.sector.se") * usd.marketCapBeforeUsd(), OF_MARKET_VALUE);
  }

  @Test
  void anInstrumentWithoutASectorSaysSo() {
    InstrumentStudy study =
        new InstrumentStudy(
            "AVGO",
            calendar,
            prices("AVGO"),
            market(),
            Optional.empty(),
            plan(OtherEvents.KEEP),
            List.of(event("2025-10-13")));
    List<ModelResult> results = study.results(0);
    assertThat(results.get(1).fit().status()).isEqualTo(StudyStatus.FACTORS_MISSING);
    assertThat(results.get(1).fit().reason()).isEqualTo("FACTORS_MISSING n=0 need=120: no sector");
    assertThat(Headline.of("market-sector", results)).isZero();
  }

  @Test
  void aSectorThatIsTheMarketIsCollinear() {
    SectorSeries same =
        SectorSeries.ofFund("SPY", returns("SPY"), Vectors.missing(calendar.size()));
    List<ModelResult> results =
        new InstrumentStudy(
                "AVGO",
                calendar,
                prices("AVGO"),
                market(),
                Optional.of(same),
                plan(OtherEvents.KEEP),
                List.of(event("2025-10-13")))
            .results(0);
    assertThat(results.get(1).fit().status()).isEqualTo(StudyStatus.SINGULAR_DESIGN);
    assertThat(results.get(1).fit().reason())
        .isEqualTo("SINGULAR_DESIGN gamma is a linear combination of the other regressors, n=250");
    assertThat(Headline.of("market-sector", results)).isZero();
  }

  private void agreesWithR(String instrument, String date, double shares) {
    for (StandardModel model : List.of(StandardModel.MARKET_MODEL, StandardModel.MARKET_SECTOR)) {
      String label = instrument + (model == StandardModel.MARKET_MODEL ? ".market" : ".sector");
      WindowResult window = window(instrument, date, model);
      Dollars usd = dollars(instrument, date, shares, model);
      assertThat(window.car()).as(label).isCloseTo(r.get(label + ".ar"), EXACT);
      assertThat(window.carSe()).as(label).isCloseTo(r.get(label + ".se"), EXACT);
      assertThat(window.p()).as(label).isCloseTo(r.get(label + ".p"), EXACT);
      assertThat(usd.abnormal().usd()).as(label).isCloseTo(r.get(label + ".usd"), OF_MARKET_VALUE);
      assertThat(usd.abnormal().lowUsd())
          .as(label)
          .isCloseTo(r.get(label + ".low"), OF_MARKET_VALUE);
      assertThat(usd.abnormal().highUsd())
          .as(label)
          .isCloseTo(r.get(label + ".high"), OF_MARKET_VALUE);
      assertThat(usd.split().marketUsd())
          .as(label)
          .isCloseTo(r.get(label + ".market_usd"), OF_MARKET_VALUE);
    }
    assertThat(dollars(instrument, date, shares, StandardModel.MARKET_SECTOR).split().sectorUsd())
        .isCloseTo(r.get(instrument + ".sector_usd"), OF_MARKET_VALUE);
  }

  private double se(String instrument, List<String> dates, OtherEvents others) {
    List<StudyEvent> events = dates.stream().map(this::event).toList();
    InstrumentStudy study =
        new InstrumentStudy(
            instrument, calendar, prices(instrument), market(), plan(others), events);
    return study.results(events.size() - 1).get(0).windows().get(0).carSe();
  }

  private WindowResult window(String instrument, String date, StandardModel model) {
    SectorSeries smh = SectorSeries.ofFund("SMH", returns("SMH"), overnight("SMH"));
    return new InstrumentStudy(
            instrument,
            calendar,
            prices(instrument),
            market(),
            Optional.of(smh),
            plan(OtherEvents.KEEP),
            List.of(event(date)))
        .results(0).stream()
            .filter(result -> result.fit().model() == model)
            .findFirst()
            .orElseThrow()
            .windows()
            .get(0);
  }

  private Dollars dollars(String instrument, String date, double shares, StandardModel model) {
    return Dollars.of(
        prices(instrument),
        event(date).day(),
        window(instrument, date, model),
        new DollarTerms(shares, 1, Double.NaN),
        ReturnKind.SIMPLE,
        StudentT.of(0.95));
  }

  private static StudyPlan plan(OtherEvents others) {
    return StudyPlan.builder()
        .price(PriceKind.CLOSE)
        .estimation(new EstimationWindow(-11, 250, 120))
        .windows(List.of(DAY_ZERO, new EventWindow(-5, 5), new EventWindow(0, 20)))
        .models(List.of(StandardModel.MARKET_MODEL, StandardModel.MARKET_SECTOR))
        .otherEvents(others)
        .build();
  }

  private StudyEvent event(String date) {
    int day = calendar.indexOf((int) LocalDate.parse(date).toEpochDay());
    return new StudyEvent("d:" + date, new EventDay(day, day - 1, StudyStatus.OK, ""));
  }

  private MarketData market() {
    return MarketData.ofBenchmark(returns("SPY")).withOvernight(overnight("SPY"));
  }

  private PriceHistory prices(String instrument) {
    double[] none = Vectors.missing(calendar.size());
    double[] close = sample.get(instrument)[1];
    return new PriceHistory(sample.get(instrument)[0], none, none, close, close);
  }

  private double[] returns(String instrument) {
    return prices(instrument).returns(PriceKind.CLOSE, ReturnKind.SIMPLE);
  }

  private double[] overnight(String instrument) {
    double[] open = sample.get(instrument)[0];
    double[] close = sample.get(instrument)[1];
    double[] overnight = Vectors.missing(open.length);
    for (int t = 1; t < open.length; t++) {
      overnight[t] = open[t] / close[t - 1] - 1;
    }
    return overnight;
  }

  private void add(String instrument, String date, String open, String close) {
    double[][] prices =
        sample.computeIfAbsent(
            instrument,
            id ->
                new double[][] {
                  Vectors.missing(calendar.size()), Vectors.missing(calendar.size())
                });
    int day = calendar.indexOf((int) LocalDate.parse(date).toEpochDay());
    if (day >= 0) {
      prices[0][day] = number(open);
      prices[1][day] = number(close);
    }
  }

  private static double number(String text) {
    return text.matches("[0-9.]+") ? Double.parseDouble(text) : Double.NaN;
  }

  private static List<Map<String, String>> lines(Path file) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                file.toString().endsWith(".gz")
                    ? new GZIPInputStream(Files.newInputStream(file))
                    : Files.newInputStream(file),
                StandardCharsets.UTF_8))) {
      List<String> lines = in.lines().toList();
      List<String> names = Arrays.asList(lines.get(0).split(",", -1));
      return lines.stream()
          .skip(1)
          .map(line -> line.split(",", -1))
          .map(
              cells -> {
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < names.size(); i++) {
                  row.put(names.get(i), cells[i]);
                }
                return row;
              })
          .toList();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
