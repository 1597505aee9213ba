package io.dealimpact.study.event;

import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.DayRange;
import java.util.ArrayList;
import java.util.List;

/**
 * The estimation window of any day of the calendar, less the days of other events where the plan
 * leaves them out. The windows of all events are joined once; a day then looks up those that reach
 * into its estimation window. The windows of its own event never do ({@link StudyPlan}).
 */
final class EstimationDays {
  private final EstimationWindow estimation;

  /** First and last days of what is left out: ascending, apart from each other. */
  private final int[] from;

  private final int[] to;
  private final int holes;

  /**
   * @param plan what is measured
   * @param eventDays day 0 of all events of the instrument, ascending
   */
  EstimationDays(StudyPlan plan, int[] eventDays) {
    estimation = plan.estimation();
    int count =
        switch (plan.otherEvents()) {
          case KEEP -> 0;
          case LEAVE_OUT -> eventDays.length;
        };
    EventWindow hull = plan.hull();
    from = new int[count];
    to = new int[count];
    int joined = 0;
    for (int event = 0; event < count; event++) {
      int first = eventDays[event] + hull.start();
      if (joined > 0 && first <= to[joined - 1] + 1) {
        to[joined - 1] = eventDays[event] + hull.end();
        continue;
      }
      from[joined] = first;
      to[joined] = eventDays[event] + hull.end();
      joined++;
    }
    holes = joined;
  }

  /** The whole window of a day, as far as the calendar has it; empty before the calendar. */
  DayRange whole(int day) {
    int first = Math.max(0, day + estimation.start());
    return new DayRange(first, Math.max(first - 1, day + estimation.end()));
  }

  /** The days a model is estimated on before a day: ascending; none where none is left. */
  List<DayRange> of(int day) {
    DayRange whole = whole(day);
    int hole = firstHoleEndingFrom(whole.from());
    if (whole.from() <= whole.to() && (hole == holes || from[hole] > whole.to())) {
      return List.of(whole);
    }
    List<DayRange> pieces = new ArrayList<>();
    int next = whole.from();
    for (; hole < holes && from[hole] <= whole.to(); hole++) {
      if (from[hole] > next) {
        pieces.add(new DayRange(next, from[hole] - 1));
      }
      next = to[hole] + 1;
    }
    if (next <= whole.to()) {
      pieces.add(new DayRange(next, whole.to()));
    }
    return pieces;
  }

  private int firstHoleEndingFrom(int day) {
    int low = 0;
    int high = holes;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (to[middle] >= day) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
