package io.dealimpact.study.group;

import io.dealimpact.study.event.EventSample;
import java.util.ArrayList;
import java.util.List;

/** Both passes over a group of events that is at hand. */
public final class GroupStudy {
  private GroupStudy() {}

  /** Every test of every window: {@link GroupState}'s, then {@link GrankState}'s. */
  public static List<TestResult> results(GroupSpec spec, Iterable<EventSample> events) {
    GroupState first = GroupState.empty(spec);
    events.forEach(first::add);
    GrankState second = GrankState.empty(spec, first.scarSpread());
    events.forEach(second::add);
    List<TestResult> results = new ArrayList<>(first.results());
    results.addAll(second.results());
    return List.copyOf(results);
  }
}
