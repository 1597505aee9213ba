package io.dealimpact.study.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.study.market.BarReview.Reason;
import io.dealimpact.study.market.BarReview.Reviewed;
import io.dealimpact.study.market.DailyBar.Close;
import io.dealimpact.study.market.DailyBar.Prices;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bars of one instrument, by hand. */
final class BarReviewTest {
  private static final double NONE = Double.NaN;

  /** Prices are products of a few factors; what is left is rounding. */
  private static final double ROUNDING = 1e-12;

  private static DailyBar bar(int day, double close, double volume) {
    return new DailyBar(
        day,
        new Prices(close, close + 1, close - 1, close, close),
        volume,
        NONE,
        NONE,
        Close.PAID,
        NONE);
  }

  private static List<Reviewed> closes(double... closes) {
    return BarReview.of(
        IntStream.range(0, closes.length).mapToObj(i -> bar(i, closes[i], 1e6)).toList());
  }

  private static List<Double> closesOf(List<Reviewed> reviewed) {
    return reviewed.stream().map(r -> r.bar().prices().close()).toList();
  }

  private static List<List<String>> flagsOf(List<Reviewed> reviewed) {
    return reviewed.stream().map(Reviewed::flags).toList();
  }

  @Test
  void nothingIsSaidOfOrdinaryBars() {
    List<Reviewed> reviewed = closes(100, 101, 99, 102);

    assertThat(reviewed).allMatch(r -> r.flags().isEmpty() && r.refusal().isEmpty());
    assertThat(closesOf(reviewed)).containsExactly(100.0, 101.0, 99.0, 102.0);
  }

  private static List<Reviewed> withSplit(int day, double split, double... closes) {
    return BarReview.of(
        IntStream.range(0, closes.length)
            .mapToObj(
                i ->
                    new DailyBar(
                        i,
                        new Prices(closes[i], closes[i], closes[i], closes[i], NONE),
                        1e6,
                        i == day ? split : NONE,
                        NONE,
                        Close.PAID,
                        NONE))
            .toList());
  }

  /** A fall of a third is one that no other rule sees. */
  @Test
  void aSmallSplitThatThePricesDoNotKnowOfIsApplied() {
    List<Reviewed> threeForTwo = withSplit(2, 1.5, 150, 153, 104, 105);
    assertThat(threeForTwo.get(2).flags()).containsExactly("level-changed by 0.666667");
    assertThat(threeForTwo.get(0).bar().prices().close()).isCloseTo(100, within(ROUNDING * 100));
    assertThat(threeForTwo.get(0).bar().volume()).isEqualTo(1.5e6);
    // Prices that are adjusted stay, also on a bad day.
    for (double after : new double[] {102, 90, 78, 120}) {
      assertThat(closesOf(withSplit(2, 1.5, 100, 102, after, after)))
          .containsExactly(100.0, 102.0, after, after);
    }
    // A stock dividend of a tenth may be the day's own fall.
    assertThat(closesOf(withSplit(2, 1.1, 100, 102, 93, 93)))
        .containsExactly(100.0, 102.0, 93.0, 93.0);
  }

  @Test
  void aSplitMayBeDeliveredForAnotherDayNearby() {
    for (int day : new int[] {1, 2, 3, 5}) {
      List<Reviewed> fourForOne = withSplit(day, 4, 400, 404, 402, 101, 100, 102, 103);
      assertThat(closesOf(fourForOne))
          .as("delivered for bar %d", day)
          .containsExactly(100.0, 101.0, 100.5, 101.0, 100.0, 102.0, 103.0);
      assertThat(fourForOne.get(3).flags()).containsExactly("level-changed by 0.25");
    }
    // Too far off: flagged, and not changed.
    assertThat(withSplit(7, 4, 400, 404, 402, 101, 100, 102, 103, 104).get(3).flags())
        .containsExactly("price-jump");
    // Adjusted prices stay.
    assertThat(closesOf(withSplit(2, 4, 100, 101, 99, 102)))
        .containsExactly(100.0, 101.0, 99.0, 102.0);
  }

  @Test
  void anAdjustedCloseOfAnotherUnitIsFlagged() {
    List<DailyBar> bars =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    new DailyBar(
                        i,
                        new Prices(100, 101, 99, 100, i < 3 ? 1 : 100),
                        1e6,
                        NONE,
                        NONE,
                        Close.PAID,
                        NONE))
            .toList();
    assertThat(flagsOf(BarReview.of(bars)))
        .containsExactly(
            List.of(),
            List.of(),
            List.of(),
            List.of("adjusted-close-differs"),
            List.of(),
            List.of());
  }

  @Test
  void noBarsAreNoBars() {
    assertThat(BarReview.of(List.of())).isEmpty();
  }

  @Test
  void daysAscend() {
    assertThatThrownBy(() -> BarReview.of(List.of(bar(2, 10, 1), bar(2, 10, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("days do not ascend: 2, 2");
  }

  @Test
  void aFlatDayWithoutVolumeIsNoDayOfTrade() {
    List<DailyBar> bars = new ArrayList<>(List.of(bar(0, 100, 5), bar(1, 101, 6)));
    bars.add(new DailyBar(2, new Prices(101, 101, 101, 101, 101), 0, NONE, NONE, Close.PAID, NONE));

    assertThat(BarReview.of(bars).get(2).refusal().orElseThrow().reason())
        .isEqualTo(Reason.NO_TRADE);
  }

  @Test
  void anInstrumentWithoutVolumesTradesOnFlatDays() {
    List<DailyBar> bars =
        IntStream.range(0, 4)
            .mapToObj(
                day ->
                    new DailyBar(day, new Prices(7, 7, 7, 7, 7), 0, NONE, NONE, Close.PAID, NONE))
            .toList();

    assertThat(BarReview.of(bars)).allMatch(r -> r.refusal().isEmpty());
  }

  @Test
  void oneDayOfAnotherUnitIsRefused() {
    List<Reviewed> reviewed = closes(100, 101, 10_100, 102, 100);

    assertThat(reviewed.get(2).refusal().orElseThrow())
        .isEqualTo(
            new BarReview.Refusal(
                Reason.PRICE_JUMP,
                "close is 10100.0, after 101.0 and before 102.0; a day of another unit, or not a"
                    + " price of the instrument"));
    assertThat(reviewed).filteredOn(r -> r.refusal().isPresent()).hasSize(1);
    assertThat(flagsOf(reviewed)).allMatch(List::isEmpty);
  }

  @Test
  void theLastBarIsRefusedUntilAnotherConfirmsIt() {
    assertThat(closes(100, 101, 10_100).get(2).refusal()).isPresent();
    assertThat(closes(100, 101, 10_100, 10_000).get(2).refusal()).isEmpty();
  }

  @Test
  void pencesBecomePoundsFromTheDayTheyDo() {
    List<Reviewed> reviewed = closes(3.0, 3.03, 303, 306);

    assertThat(closesOf(reviewed)).containsExactly(300.0, 303.0, 303.0, 306.0);
    assertThat(flagsOf(reviewed))
        .containsExactly(
            List.of("level-changed"),
            List.of("level-changed"),
            List.of("level-changed by 100.0"),
            List.of());
    assertThat(reviewed.get(0).bar().volume()).isEqualTo(1e6);
  }

  @Test
  void aSplitThatPricesDoNotKnowIsAppliedToPricesAndVolumes() {
    List<DailyBar> bars =
        List.of(
            bar(0, 400, 1000),
            bar(1, 404, 1000),
            new DailyBar(2, new Prices(101, 102, 100, 101, 101), 4000, 4, NONE, Close.PAID, NONE),
            bar(3, 102, 4000));
    List<Reviewed> reviewed = BarReview.of(bars);

    assertThat(closesOf(reviewed)).containsExactly(100.0, 101.0, 101.0, 102.0);
    assertThat(reviewed).extracting(r -> r.bar().volume()).containsOnly(4000.0);
    assertThat(reviewed.get(2).flags()).containsExactly("level-changed by 0.25");
  }

  @Test
  void anAppliedSplitChangesNothing() {
    List<DailyBar> bars =
        List.of(
            bar(0, 100, 4000),
            new DailyBar(1, new Prices(101, 102, 100, 101, 101), 4000, 4, NONE, Close.PAID, NONE),
            bar(2, 102, 4000));

    assertThat(closesOf(BarReview.of(bars))).containsExactly(100.0, 101.0, 102.0);
  }

  @Test
  void anAdjustedCloseOfOneLevelStaysAsItIs() {
    List<DailyBar> bars =
        List.of(
            new DailyBar(0, new Prices(400, 401, 399, 400, 100), 1, NONE, NONE, Close.PAID, NONE),
            new DailyBar(1, new Prices(100, 101, 99, 100, 100), 4, 4, NONE, Close.PAID, NONE),
            bar(2, 101, 4));

    assertThat(BarReview.of(bars).get(0).bar().prices())
        .isEqualTo(new Prices(100, 100.25, 99.75, 100, 100));
  }

  @Test
  void twoChangesOfLevelMultiply() {
    List<Reviewed> reviewed = closes(1, 10, 10, 1000, 1000);

    assertThat(closesOf(reviewed)).containsExactly(1000.0, 1000.0, 1000.0, 1000.0, 1000.0);
  }

  @Test
  void aSpikeComesBack() {
    double[] closes = new double[40];
    for (int i = 0; i < closes.length; i++) {
      closes[i] = 100 + i % 2 * 0.2;
    }
    closes[20] = 150;

    List<Reviewed> reviewed = closes(closes);

    assertThat(reviewed.get(20).flags()).containsExactly("price-spike");
    assertThat(flagsOf(reviewed)).filteredOn(f -> !f.isEmpty()).hasSize(1);
  }

  @Test
  void aSpikeOfTheMarketIsNone() {
    List<DailyBar> bars = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double close = i == 20 ? 150 : 100 + i % 2 * 0.2;
      bars.add(
          new DailyBar(
              i,
              new Prices(NONE, NONE, NONE, close, NONE),
              NONE,
              NONE,
              NONE,
              Close.PAID,
              i == 20 ? 75 : 50));
    }

    assertThat(BarReview.of(bars)).allMatch(r -> r.flags().isEmpty());
  }

  @Test
  void fifteenEqualClosesAreStale() {
    double[] closes = new double[17];
    java.util.Arrays.fill(closes, 50);
    closes[16] = 51;

    List<Reviewed> reviewed = closes(closes);

    assertThat(IntStream.range(0, 17).filter(i -> reviewed.get(i).flags().contains("stale")))
        .containsExactly(14, 15);
  }

  @Test
  void dividendsExplainTheAdjustedClose() {
    List<DailyBar> explained =
        List.of(
            new DailyBar(
                0, new Prices(NONE, NONE, NONE, 100, 95), NONE, NONE, NONE, Close.PAID, NONE),
            new DailyBar(1, new Prices(NONE, NONE, NONE, 95, 95), NONE, NONE, 5, Close.PAID, NONE));
    List<DailyBar> unexplained =
        List.of(
            new DailyBar(
                0, new Prices(NONE, NONE, NONE, 100, 85), NONE, NONE, NONE, Close.PAID, NONE),
            explained.get(1));

    assertThat(flagsOf(BarReview.of(explained))).allMatch(List::isEmpty);
    assertThat(BarReview.of(unexplained).get(1).flags()).containsExactly("adjusted-close-differs");
  }

  @Test
  void whatHoldersPaidIsFoundFromDividends() {
    // Paid 100, then 96 with a dividend of 4: Yahoo's history gives 96 and 96.
    List<DailyBar> bars =
        List.of(
            new DailyBar(
                0, new Prices(96, 96, 96, 96, NONE), 1, NONE, NONE, Close.LESS_DIVIDENDS, NONE),
            new DailyBar(
                1, new Prices(96, 96, 96, 96, NONE), 1, NONE, 4, Close.LESS_DIVIDENDS, NONE));
    Reviewed first = BarReview.of(bars).get(0);

    assertThat(first.bar().prices().close()).isCloseTo(100, within(100 * ROUNDING));
    assertThat(first.bar().prices().adjustedClose()).isEqualTo(96);
    assertThat(first.flags()).containsExactly("close-from-dividends");
  }

  /** An unapplied split of four that nobody delivered, and one that comes back. */
  @Test
  void aLargeMoveThatStaysIsFlagged() {
    assertThat(flagsOf(closes(400, 401, 100, 101, 102)))
        .containsExactly(List.of(), List.of(), List.of("price-jump"), List.of(), List.of());
    assertThat(flagsOf(closes(100, 101, 179, 180)).stream().flatMap(List::stream)).isEmpty();
  }

  @Test
  void adjustedClosesWithoutDividendsStayAndAreFlagged() {
    DailyBar adjusted =
        new DailyBar(
            1,
            new Prices(NONE, NONE, NONE, 10, NONE),
            NONE,
            NONE,
            NONE,
            Close.LESS_DIVIDENDS,
            NONE);
    Reviewed alone = BarReview.of(List.of(adjusted)).get(0);
    assertThat(alone.flags()).containsExactly("close-may-be-adjusted");
    assertThat(alone.bar().prices().close()).isEqualTo(10);
    assertThat(alone.bar().prices().adjustedClose()).isEqualTo(10);
    // A dividend of 0 is known not to be there.
    DailyBar none =
        new DailyBar(
            1, new Prices(NONE, NONE, NONE, 10, NONE), NONE, NONE, 0, Close.LESS_DIVIDENDS, NONE);
    assertThat(BarReview.of(List.of(none)).get(0).flags()).isEmpty();
  }

  /** 30 bars about 100, the last ones changed by a factor. */
  private static List<DailyBar> withLast(int bars, double factor, double split) {
    return IntStream.range(0, 30)
        .mapToObj(
            i -> {
              double close = (100 + i % 2 * 0.2) * (i < 30 - bars ? 1 : factor);
              return new DailyBar(
                  i,
                  new Prices(close, close, close, close, NONE),
                  1e6,
                  i == 30 - bars ? split : NONE,
                  NONE,
                  Close.PAID,
                  NONE);
            })
        .toList();
  }

  @Test
  void fewBarsOfAnotherUnitAtTheEndAreRefusedUntilFiveConfirmIt() {
    for (double factor : new double[] {100, 0.01, 10, 0.001}) {
      for (int last = 1; last < 5; last++) {
        List<Reviewed> reviewed = BarReview.of(withLast(last, factor, NONE));
        assertThat(reviewed).filteredOn(r -> r.refusal().isPresent()).hasSize(last);
        assertThat(reviewed.get(0).bar().prices().close()).isEqualTo(100);
      }
      assertThat(BarReview.of(withLast(5, factor, NONE)))
          .allMatch(r -> r.refusal().isEmpty())
          .element(0)
          .satisfies(
              r ->
                  assertThat(r.bar().prices().close())
                      .isCloseTo(100 * factor, within(ROUNDING * 1e5)));
    }
    assertThat(BarReview.of(withLast(2, 100, NONE)).get(29).refusal().orElseThrow().message())
        .isEqualTo(
            "close is 10020.0, and was 100.2 before the level changed by about 100.0; 5 bars at a"
                + " level must confirm it, unless splits/ has a split");
  }

  @Test
  void aDeliveredSplitNeedsNoConfirmation() {
    for (int last = 1; last < 3; last++) {
      assertThat(BarReview.of(withLast(last, 0.1, 10)))
          .allMatch(r -> r.refusal().isEmpty())
          .element(0)
          .satisfies(
              r -> assertThat(r.bar().prices().close()).isCloseTo(10, within(ROUNDING * 100)));
    }
  }

  @Test
  void pricesFarFromBothClosesAreLeftOut() {
    Prices[] days = {
      new Prices(100, 101, 99, 100, NONE),
      new Prices(1, 10_100, 1, 101, NONE),
      // A day that goes from one level to another one.
      new Prices(102, 310, 100, 300, NONE),
    };
    List<Reviewed> reviewed =
        BarReview.of(
            IntStream.range(0, days.length)
                .mapToObj(i -> new DailyBar(i, days[i], 1e6, NONE, NONE, Close.PAID, NONE))
                .toList());

    assertThat(reviewed.get(1).bar().prices()).isEqualTo(new Prices(NONE, NONE, NONE, 101, NONE));
    assertThat(reviewed.get(1).flags())
        .containsExactly("open-left-out", "high-left-out", "low-left-out");
    assertThat(reviewed.get(2).bar().prices()).isEqualTo(days[2]);
  }

  /** Day 0 of another price, with a jump of its own. */
  @Test
  void aSpikeMayLeaveTheDaysOwnMove() {
    double[] closes = new double[40];
    for (int i = 0; i < closes.length; i++) {
      closes[i] = (100 + i % 2 * 0.2) * (i < 20 ? 1 : 1.07);
    }
    closes[20] *= 1.5;

    assertThat(closes(closes).get(20).flags()).containsExactly("price-spike");
  }

  @Test
  void aFallByAThirdOfAQuietShareIsFlagged() {
    double[] closes = new double[40];
    for (int i = 0; i < closes.length; i++) {
      closes[i] = (100 + i % 2 * 0.2) / (i < 20 ? 1 : 1.5);
    }
    assertThat(closes(closes).get(20).flags()).containsExactly("price-jump");

    for (int i = 20; i < closes.length; i++) {
      closes[i] *= 1.1;
    }
    assertThat(closes(closes).get(20).flags()).isEmpty();
  }

  private static List<Reviewed> adjusted(double... adjusted) {
    return BarReview.of(
        IntStream.range(0, adjusted.length)
            .mapToObj(
                i ->
                    new DailyBar(
                        i,
                        new Prices(NONE, NONE, NONE, 100 + i, adjusted[i]),
                        NONE,
                        NONE,
                        NONE,
                        Close.PAID,
                        NONE))
            .toList());
  }

  @Test
  void anAdjustedCloseIsFilledWhereNoDividendLiesBetween() {
    List<Reviewed> between = adjusted(50, NONE, 51, NONE, 104);
    assertThat(between.get(1).bar().prices().adjustedClose())
        .isCloseTo(50.5, within(100 * ROUNDING));
    assertThat(between.get(1).flags()).containsExactly("adjusted-close-filled");
    // Of another ratio: somewhere between is a dividend or a split.
    assertThat(between.get(3).bar().prices().adjustedClose()).isNaN();

    assertThat(adjusted(100, 101, NONE, NONE).get(3).bar().prices().adjustedClose()).isEqualTo(103);
    assertThat(adjusted(80, 80.8, NONE).get(2).bar().prices().adjustedClose()).isNaN();
    assertThat(adjusted(NONE, 101).get(0).bar().prices().adjustedClose()).isNaN();
    assertThat(adjusted(NONE, NONE)).allMatch(r -> r.flags().isEmpty());
  }

  @Test
  void anAdjustedCloseThatLeavesItsRatioForADayIsFilled() {
    List<Reviewed> reviewed = adjusted(50, 50.5, 510, 51.5, 52);

    assertThat(reviewed.get(2).bar().prices().adjustedClose())
        .isCloseTo(51, within(100 * ROUNDING));
    assertThat(reviewed.get(2).flags())
        .containsExactly("adjusted-close-left-out", "adjusted-close-filled");
    assertThat(reviewed).filteredOn(r -> !r.flags().isEmpty()).hasSize(1);
  }

  /** A data frame that was filled: the close before, and no volume. */
  @Test
  void aFilledDayIsNoDayOfTrade() {
    List<DailyBar> bars =
        List.of(
            bar(0, 100, 5),
            bar(1, 101, 6),
            new DailyBar(
                2, new Prices(101, 101, 101, 101, 101), NONE, NONE, NONE, Close.PAID, NONE),
            new DailyBar(
                3, new Prices(102, 102, 102, 102, 102), NONE, NONE, NONE, Close.PAID, NONE),
            bar(4, 103, 6));

    assertThat(BarReview.of(bars).get(2).refusal().orElseThrow())
        .isEqualTo(
            new BarReview.Refusal(
                Reason.NO_TRADE,
                "volume is missing and all prices are the close before: the day was filled, and"
                    + " there was no trade on it"));
    assertThat(BarReview.of(bars).get(3).refusal()).isEmpty();
  }
}
