package io.dealimpact.study.group;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.market.EventWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an event costs that is added to the state of a group, and what a state costs that is
 * encoded, decoded and merged: the study's default windows, every test of the textbook, estimation
 * window of 250 days. Run as jobs/docs/kernel.md says; it asserts nothing.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class GroupBenchmark {
  private static final int EVENTS = 1000;
  private static final int FIRST_DAY = 15_000;
  private static final int DAYS = 5000;

  /** Creates the benchmark's state holder; JMH does. */
  public GroupBenchmark() {}

  /** Events of different days, and a state of all of them. */
  @State(Scope.Thread)
  public static class Group {
    /** Replicates of the bootstraps. */
    @Param({"0", "999"})
    public int replicates;

    private final List<EventSample> events = new ArrayList<>();
    private GroupSpec spec;
    private GroupState all;

    /** Makes the events. */
    @Setup
    public void create() {
      SplittableRandom random = new SplittableRandom(3);
      for (int i = 0; i < EVENTS; i++) {
        events.add(
            TestEvents.sample(
                "firm" + i,
                FIRST_DAY + 300 + random.nextInt(DAYS - 400),
                TestEvents.Model.MARKET,
                TestEvents.returns(-260, 250, random),
                TestEvents.returns(-10, 31, random)));
      }
      spec =
          GroupSpec.of(
                  new EventWindow(-10, 20),
                  new EventWindow(-260, -11),
                  List.of(
                      new EventWindow(0, 0),
                      new EventWindow(-1, 1),
                      new EventWindow(-5, 5),
                      new EventWindow(0, 20)))
              .tradingDays(IntStream.range(FIRST_DAY, FIRST_DAY + DAYS).toArray())
              .bootstrap(replicates, 1)
              .build();
      all = added();
    }

    private GroupState added() {
      GroupState state = GroupState.empty(spec);
      events.forEach(state::add);
      return state;
    }
  }

  /** An event added to a state. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public GroupState add(Group group) {
    return group.added();
  }

  /** A state of 1,000 events as bytes, read again, and merged with another. */
  @Benchmark
  public GroupState encodeDecodeMerge(Group group) {
    GroupState merged = GroupState.empty(group.spec);
    merged.merge(GroupState.fromBytes(group.all.toBytes()));
    return merged;
  }
}
