package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.event.OutsideDays.Day;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SectorDaysTest {
  private static final int FIRST = 20_000;
  private static final int DAYS = 40;
  private static final List<Day> KINDS = List.copyOf(EnumSet.allOf(Day.class));

  /** Against a count over the others, one by one. */
  @Test
  void theShareIsThatOfTheOthers() {
    Random random = new Random(5);
    Day[][] was = new Day[4][DAYS];
    SectorDays[] parts = {none(), none()};
    for (int instrument = 0; instrument < was.length; instrument++) {
      for (int day = 0; day < DAYS; day++) {
        was[instrument][day] = KINDS.get(random.nextInt(KINDS.size()));
        parts[instrument % 2].add(FIRST + day, was[instrument][day]);
      }
    }
    SectorDays sector = SectorDays.fromBytes(parts[0].toBytes());
    sector.merge(SectorDays.fromBytes(parts[1].toBytes()));

    int unknown = 0;
    for (int own = 0; own < was.length; own++) {
      for (int day = 0; day < DAYS; day++) {
        double outside = 0;
        double known = 0;
        for (int other = 0; other < was.length; other++) {
          outside += other != own && was[other][day] == Day.OUTSIDE ? 1 : 0;
          known += other != own && was[other][day] != Day.UNKNOWN ? 1 : 0;
        }
        assertThat(sector.shareOfOthers(FIRST + day, was[own][day]))
            .isEqualTo((Double) (outside / known));
        unknown += known == 0 ? 1 : 0;
      }
    }
    assertThat(unknown).isPositive();
  }

  @Test
  void ofADayOutOfItsRangeNothingIsKnown() {
    assertThat(none().shareOfOthers(FIRST - 1, Day.UNKNOWN)).isNaN();
    assertThat(none().shareOfOthers(FIRST + DAYS, Day.UNKNOWN)).isNaN();
  }

  private static SectorDays none() {
    return SectorDays.none(FIRST, FIRST + DAYS - 1);
  }
}
