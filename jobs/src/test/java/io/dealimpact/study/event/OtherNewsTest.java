package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.StudyStatus;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Neighbours looked up by their days against a comparison of each event with each. */
class OtherNewsTest {
  private static final int DAYS = 400;
  private static final EventWindow REACH = new EventWindow(-5, 20);
  private static final EstimationWindow ESTIMATION = new EstimationWindow(-21, 100, 50);

  @Property(tries = 60)
  void neighboursAreThoseOfAComparisonOfAll(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int count) {
    Random random = new Random(seed);
    int[] days = random.ints(count, 0, DAYS).toArray();
    OtherNews news = news(days);
    for (int self = 0; self < count; self++) {
      List<Confounder> expected = new ArrayList<>();
      for (int other = 0; other < count; other++) {
        int relative = days[other] - days[self];
        if (other != self && relative >= REACH.start() && relative <= REACH.end()) {
          expected.add(new Confounder("deal d" + other, relative, relative));
        }
      }
      assertThat(news.near(self)).isEqualTo(expected);
      assertThat(news.overlap(day(days[self]), ESTIMATION)).isEqualTo(overlap(days, self));
    }
  }

  private static int overlap(int[] days, int self) {
    int overlap = 0;
    for (int t = ESTIMATION.start(); t <= ESTIMATION.end(); t++) {
      boolean inside = false;
      for (int other = 0; other < days.length; other++) {
        int relative = days[self] + t - days[other];
        inside |= other != self && relative >= REACH.start() && relative <= REACH.end();
      }
      overlap += inside ? 1 : 0;
    }
    return overlap;
  }

  @Test
  void manyDealsOfOneDayAreNamedTogether() {
    int[] days = new int[100_000];
    Arrays.fill(days, 50);
    assertThat(news(days).near(3))
        .containsExactly(
            new Confounder("deals d0, d1, d2, d4, d5, d6, d7, d8, d9, d10 and 99989 more", 0, 0));
  }

  private static OtherNews news(int[] days) {
    List<StudyEvent> events = new ArrayList<>();
    List<EventInput> inputs = new ArrayList<>();
    for (int i = 0; i < days.length; i++) {
      events.add(new StudyEvent("e" + i, day(days[i])));
      inputs.add(
          new EventInput(
              "e" + i,
              new DealParty("d" + i, "provider", "compute", 1, null, 1, null),
              Announcement.on(LocalDate.ofEpochDay(days[i])),
              days[i],
              "XNAS",
              new MarketId("SPY", "SPY"),
              Map.of(),
              OwnWindows.NONE,
              null));
    }
    double[] none = new double[DAYS];
    InstrumentInput instrument =
        new InstrumentInput(PriceHistory.ofCloses(none), none, none, none, inputs, List.of(), null);
    return new OtherNews(instrument, events, REACH, DAYS, (announcement, exchange) -> day(0));
  }

  private static EventDay day(int index) {
    return new EventDay(index, index - 1, StudyStatus.OK, "");
  }
}
