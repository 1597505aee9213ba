package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.Fixtures;
import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PeerSeries;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.SectorSeries;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.model.ReturnModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An event whose windows are over does not change with later data: days, prices, factors, peers,
 * and events of its own instrument.
 */
class FinalEventTest {
  private static final int DAYS = 800;

  /** Where the shorter inputs end. */
  private static final int CUT = 600;

  private static final int[] EVENTS = {320, 425, 430, 520, 615, 640, 700};

  /** Those whose windows are over in the shorter inputs. */
  private static final int FINAL = 4;

  /** GARCH is refitted by search for each placebo day, which takes seconds. */
  private static final List<ReturnModel> MODELS =
      ReturnModel.named().stream().filter(model -> !model.code().contains("garch")).toList();

  private final TradingCalendar calendar = Fixtures.calendar(DAYS);
  private final Random random = new Random(21);
  private final double[] benchmark = noise(0.01);
  private final double[] fund = mixed(noise(0.008));
  private final PriceHistory prices = halted();
  private final Map<String, double[]> factors = new TreeMap<>();
  private final Map<String, PeerSeries> peers = new TreeMap<>();
  private final double[] caps = new double[DAYS];
  private final int[] counts = new int[DAYS];

  FinalEventTest() {
    for (String name : List.of("mkt_rf", "smb", "smb_3", "hml", "rmw", "cma", "umd", "rf")) {
      factors.put(name, noise(name.equals("rf") ? 0.0001 : 0.005));
    }
    for (int i = 0; i < 3; i++) {
      double[] values = new double[DAYS];
      Arrays.fill(values, 1e9 * (i + 1));
      peers.put("P" + i, new PeerSeries(mixed(noise(0.01)), values));
    }
    Arrays.setAll(caps, t -> 1e9 + t);
    Arrays.fill(counts, 4);
  }

  private double[] noise(double deviation) {
    return Fixtures.normal(random, DAYS, deviation);
  }

  private double[] mixed(double[] own) {
    return Fixtures.mixed(1.1, benchmark, own);
  }

  private PriceHistory halted() {
    double[] closes = Fixtures.prices(mixed(noise(0.02)), ReturnKind.SIMPLE).close().clone();
    for (int t : new int[] {100, 101, 310, 423, 610}) {
      closes[t] = Double.NaN;
    }
    return new PriceHistory(closes, closes, closes, closes, closes);
  }

  private static double[] cut(double[] values, int days) {
    return Arrays.copyOf(values, days);
  }

  private List<MeasuredEvent> measured(int days, String sector) {
    TreeMap<String, double[]> itsFactors = new TreeMap<>(factors);
    itsFactors.replaceAll((name, values) -> cut(values, days));
    TreeMap<String, PeerSeries> itsPeers = new TreeMap<>(peers);
    itsPeers.replaceAll(
        (name, peer) -> new PeerSeries(cut(peer.returns(), days), cut(peer.marketCapUsd(), days)));
    double[] weights = cut(caps, days);
    double[] weighted = new double[days];
    Arrays.setAll(weighted, t -> weights[t] * fund[t]);
    MarketData market =
        MarketData.ofBenchmark(cut(benchmark, days))
            .withOvernight(cut(fund, days))
            .withFactors(itsFactors)
            .withPeers(itsPeers)
            .withSectors(
                Map.of(
                    "FUND",
                    SectorSeries.ofFund("FUND", cut(fund, days), cut(fund, days)),
                    "peers:S",
                    SectorSeries.ofPeers(
                        "peers:S",
                        new SectorSeries.Pool(
                            weighted,
                            Arrays.stream(weights).map(w -> 4 * w).toArray(),
                            Arrays.copyOf(counts, days)))));
    double[] close = cut(prices.close(), days);
    double[] ones = new double[days];
    Arrays.fill(ones, 1);
    StudyPlan plan = StudyPlan.builder().models(MODELS).build();
    InstrumentInput instrument =
        new InstrumentInput(
            new PriceHistory(close, close, close, close, close),
            cut(caps, days),
            ones,
            cut(caps, days),
            IntStream.of(EVENTS).filter(index -> index < days).mapToObj(this::event).toList(),
            IntStream.of(318, 431, 560, 612)
                .filter(index -> index < days)
                .mapToObj(
                    index ->
                        new InstrumentInput.EarningsReport(
                            calendar.epochDay(index), Announcement.on(calendar.date(index))))
                .toList(),
            sector);
    return new InstrumentMeasurer(
            new TradingCalendar(Arrays.copyOf(calendar.epochDays(), days)), market, plan, Map.of())
        .measure("X", instrument)
        .toList();
  }

  private EventInput event(int index) {
    return new EventInput(
        "e" + index,
        new DealParty("d" + index, "firm", null, Double.NaN, null, 1, null),
        Announcement.on(calendar.date(index)),
        calendar.epochDay(index),
        "XNYS",
        new MarketId("M", "M"),
        Map.of(),
        OwnWindows.NONE,
        null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FUND", "peers:S"})
  void laterDataChangesNoFigureOfIt(String sector) {
    List<MeasuredEvent> then = measured(CUT, sector);
    List<MeasuredEvent> now = measured(DAYS, sector);
    int models = MODELS.size();
    int ok = 0;
    for (int i = 0; i < FINAL * models; i++) {
      MeasuredEvent before = then.get(i);
      MeasuredEvent after = now.get(i);
      String what = before.input().eventId() + " " + before.result().fit().model().code();
      assertThat(after.input().eventId()).isEqualTo(before.input().eventId());
      assertThat(after.day()).as(what).isEqualTo(before.day());
      assertThat(after.result().windows()).as(what).isEqualTo(before.result().windows());
      assertThat(after.dollars()).as(what).isEqualTo(before.dollars());
      assertThat(after.surroundings()).as(what).isEqualTo(before.surroundings());
      assertThat(after.standing()).as(what).isEqualTo(before.standing());
      ok +=
          (int)
              before.result().windows().stream()
                  .filter(window -> window.status() == StudyStatus.OK)
                  .count();
    }
    assertThat(ok).as("windows that are measured").isGreaterThan(200);
  }

  /** Without it the test above would show nothing: another benchmark is seen. */
  @Test
  void earlierDataChangesIt() {
    List<ModelResult> before = measured(CUT, "FUND").stream().map(MeasuredEvent::result).toList();
    benchmark[200] += 1e-6;
    assertThat(measured(CUT, "FUND").stream().map(MeasuredEvent::result).toList())
        .isNotEqualTo(before);
  }
}
