package io.dealimpact.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.bench.SyntheticMarket.Placement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the benchmark's market promises. */
class SyntheticMarketTest {
  private static final SyntheticMarket MARKET =
      new SyntheticMarket(300, 1_500, 6_000, Placement.ALL_INSTRUMENTS, 7);

  @Test
  void everyEventHasABarOnItsDayAndTheDayBefore() {
    for (int i = 0; i < MARKET.instruments(); i++) {
      for (long event = 0; event < MARKET.eventsOf(i); event++) {
        int day = MARKET.eventDay(i, event);
        assertThat(MARKET.hasBar(i, day)).isTrue();
        assertThat(MARKET.hasBar(i, day - 1)).isTrue();
        assertThat(day).isBetween(SyntheticMarket.FIRST_EVENT_DAY, MARKET.lastDay(i) - 5);
      }
    }
  }

  @Test
  void noTwoEventsOfAnInstrumentFallOnOneDayWhileThereAreDaysEnough() {
    long most = new SyntheticMarket(2, 1_500, 1, Placement.ONE_INSTRUMENT, 7).mostEvents(0);
    SyntheticMarket one = new SyntheticMarket(2, 1_500, most, Placement.ONE_INSTRUMENT, 7);
    Set<Integer> days = new HashSet<>();
    for (long event = 0; event < most; event++) {
      days.add(one.eventDay(0, event));
    }
    assertThat(most).isGreaterThanOrEqualTo(700);
    assertThat(days).hasSize((int) most);
    assertThat(one.eventsOf(1)).isZero();
    assertThat(one.hasDaysOfTheirOwn()).isTrue();
    assertThat(MARKET.hasDaysOfTheirOwn()).isTrue();
    assertThat(
            new SyntheticMarket(2, 1_500, most + 1, Placement.ONE_INSTRUMENT, 7)
                .hasDaysOfTheirOwn())
        .isFalse();
  }

  @Test
  void allEventsAreThere() {
    long events = 0;
    Set<Long> numbers = new HashSet<>();
    for (int i = 0; i < MARKET.instruments(); i++) {
      events += MARKET.eventsOf(i);
      for (long event = 0; event < MARKET.eventsOf(i); event++) {
        numbers.add(MARKET.eventNumber(i, event));
      }
    }
    assertThat(events).isEqualTo(6_000);
    assertThat(numbers).hasSize(6_000).allMatch(number -> number >= 0 && number < 6_000);
  }

  /** Tolerances: 4 binomial standard errors. */
  @Test
  void someDaysHaveNoBarAndSomeInstrumentsAreDelisted() {
    long without = 0;
    int delisted = 0;
    for (int i = 0; i < MARKET.instruments(); i++) {
      delisted += MARKET.lastDay(i) < MARKET.days() - 1 ? 1 : 0;
      for (int day = 0; day < MARKET.days(); day++) {
        without += MARKET.hasBar(i, day) ? 0 : 1;
      }
    }
    assertThat(delisted / 300.0).isCloseTo(0.1, within(4 * Math.sqrt(0.09 / 300)));
    double share = without / 450_000.0;
    assertThat(share).isCloseTo(1 / 400.0, within(4 * Math.sqrt(share / 450_000)));
  }

  @Test
  void returnsHaveFatTailsAndTheirBeta() {
    double[] market = MARKET.factor(-1);
    double[] sector = MARKET.factor(3);
    SyntheticMarket calm = new SyntheticMarket(300, 1_500, 1, Placement.ONE_INSTRUMENT, 7);
    double[] returns = calm.returns(3, market, sector);
    double mean = Arrays.stream(market).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    for (int d = 0; d < market.length; d++) {
      xy += (market[d] - mean) * returns[d];
      xx += (market[d] - mean) * (market[d] - mean);
    }
    // Own and sector returns have a deviation of 1.6 % a day; four standard errors.
    assertThat(xy / xx).isCloseTo(calm.beta(3), within(4 * 0.0162 / Math.sqrt(xx)));
    double deviation = Math.sqrt(xx / market.length);
    long far = Arrays.stream(market).filter(r -> Math.abs(r - mean) > 4 * deviation).count();
    // 0.1 of 1,500 normal draws lie beyond four deviations; of t(4) scaled to variance one, 7.
    assertThat(far).isGreaterThanOrEqualTo(2);
  }

  @Test
  void anotherSeedIsAnotherMarket() {
    SyntheticMarket other = new SyntheticMarket(300, 1_500, 6_000, Placement.ALL_INSTRUMENTS, 8);
    assertThat(other.factor(-1)).isNotEqualTo(MARKET.factor(-1));
    assertThat(new SyntheticMarket(300, 1_500, 6_000, Placement.ALL_INSTRUMENTS, 7).factor(-1))
        .isEqualTo(MARKET.factor(-1));
  }
}
