package io.dealimpact.study.group;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a group of events is tested for; two states merge only under the same spec.
 *
 * @param windows windows tested, each within {@code eventAxis}
 * @param eventAxis relative days of the events' abnormal returns
 * @param estimationAxis relative days of the events' residuals
 * @param returns kind of the abnormal returns, for BHAR
 * @param tradingDays the market's trading days, epoch days in ascending order; empty without
 *     calendar-time tests
 * @param replicates of every bootstrap; 0 for none
 * @param seed of every bootstrap
 * @param confidence of intervals, between 0 and 1
 * @param keepAtMost events kept one by one, for Wilcoxon, jackknife and clusters; with more, these
 *     say TOO_MANY_EVENTS
 * @param variants computed beside the textbook's
 * @param tests that are asked for; others have the status NOT_REQUESTED, and what they alone need
 *     is not summed
 */
public record GroupSpec(
    List<EventWindow> windows,
    EventWindow eventAxis,
    EventWindow estimationAxis,
    ReturnKind returns,
    int[] tradingDays,
    int replicates,
    long seed,
    double confidence,
    int keepAtMost,
    Set<TestVariant> variants,
    Set<Statistic> tests) {

  /**
   * @throws IllegalArgumentException if a window leaves the event axis, or a number its range
   */
  public GroupSpec {
    windows = List.copyOf(windows);
    variants = Set.copyOf(variants);
    tests = Set.copyOf(tests);
    if (!variants.contains(TestVariant.TEXTBOOK)) {
      throw new IllegalArgumentException("variants " + variants + " leave out the textbook");
    }
    for (EventWindow window : windows) {
      if (window.start() < eventAxis.start() || window.end() > eventAxis.end()) {
        throw new IllegalArgumentException(
            "window " + window + " is not within the event axis " + eventAxis);
      }
    }
    for (int i = 1; i < tradingDays.length; i++) {
      if (tradingDays[i] <= tradingDays[i - 1]) {
        throw new IllegalArgumentException("trading days must ascend; day " + i + " does not");
      }
    }
    if (replicates < 0) {
      throw new IllegalArgumentException("replicates " + replicates + " is below 0");
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence " + confidence + " is not between 0 and 1");
    }
  }

  /** The axes and windows, and the defaults of everything else. */
  public static Builder of(
      EventWindow eventAxis, EventWindow estimationAxis, List<EventWindow> windows) {
    return new Builder(eventAxis, estimationAxis, windows);
  }

  boolean wants(TestVariant variant) {
    return variants.contains(variant);
  }

  boolean wants(Statistic test) {
    return tests.contains(test);
  }

  /**
   * What a state has to sum for the tests that are asked for. Other forms than the textbook's may
   * need every sum by day. To be asked once a state, not once an event.
   */
  Set<StatePart> parts() {
    boolean others = variants.size() > 1;
    boolean ranks = others || wantsAny(Statistic.Family.RANK);
    EnumSet<StatePart> parts = EnumSet.noneOf(StatePart.class);
    if (ranks) {
      parts.add(StatePart.RANKS);
    }
    if (ranks || wants(Statistic.CDA_T)) {
      parts.add(StatePart.RESIDUALS);
    }
    if (others || wants(Statistic.ADJUSTED_PATELL) || wants(Statistic.ADJUSTED_BMP)) {
      parts.add(StatePart.CORRELATION);
    }
    if (wants(TestVariant.CALENDAR)) {
      parts.add(StatePart.CALENDAR_CORRELATION);
    }
    if (others || wantsAny(Statistic.Family.CALENDAR)) {
      parts.add(StatePart.PORTFOLIOS);
    }
    if (wantsAny(Statistic.Family.VALUE) || wantsAny(Statistic.Family.SIMULATED)) {
      parts.add(StatePart.VALUES);
    }
    if (replicates > 0 && wants(Statistic.PERMUTATION)) {
      parts.add(StatePart.PERMUTATIONS);
    }
    return parts;
  }

  private boolean wantsAny(Statistic.Family family) {
    return tests.stream().anyMatch(test -> test.family() == family);
  }

  void write(StateWriter out) {
    out.putInt(windows.size());
    for (EventWindow window : windows) {
      writeWindow(out, window);
    }
    writeWindow(out, eventAxis);
    writeWindow(out, estimationAxis);
    out.putText(returns.name());
    out.putInts(tradingDays);
    out.putInt(replicates);
    out.putLong(seed);
    out.putDouble(confidence);
    out.putInt(keepAtMost);
    out.putInt(variants.size());
    for (TestVariant variant : EnumSet.copyOf(variants)) {
      out.putText(variant.name());
    }
    out.putInt(tests.size());
    tests.stream().sorted().forEach(test -> out.putText(test.name()));
  }

  static GroupSpec read(StateReader in) {
    EventWindow[] windows = new EventWindow[in.readInt()];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = readWindow(in);
    }
    EventWindow eventAxis = readWindow(in);
    Builder builder = of(eventAxis, readWindow(in), List.of(windows));
    builder.returns(ReturnKind.valueOf(in.readText())).tradingDays(in.readInts());
    builder.bootstrap(in.readInt(), in.readLong()).confidence(in.readDouble());
    builder.keepAtMost(in.readInt());
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      builder.with(TestVariant.valueOf(in.readText()));
    }
    int tests = in.readInt();
    Set<Statistic> asked = EnumSet.noneOf(Statistic.class);
    for (int i = 0; i < tests; i++) {
      asked.add(Statistic.valueOf(in.readText()));
    }
    return builder.tests(asked).build();
  }

  /** The spec as bytes: two states may merge where these agree. */
  byte[] toBytes() {
    StateWriter out = new StateWriter();
    write(out);
    return out.toBytes();
  }

  private static void writeWindow(StateWriter out, EventWindow window) {
    out.putInt(window.start());
    out.putInt(window.end());
  }

  private static EventWindow readWindow(StateReader in) {
    int start = in.readInt();
    return new EventWindow(start, in.readInt());
  }

  /** Simple returns, no calendar, 999 replicates of seed 1, 95 %, all tests of the textbook. */
  public static final class Builder {
    private final EventWindow eventAxis;
    private final EventWindow estimationAxis;
    private final List<EventWindow> windows;
    private final Set<TestVariant> variants = EnumSet.of(TestVariant.TEXTBOOK);
    private Set<Statistic> tests = EnumSet.allOf(Statistic.class);
    private ReturnKind returns = ReturnKind.SIMPLE;
    private int[] tradingDays = {};
    private int replicates = 999;
    private long seed = 1;
    private double confidence = 0.95;
    private int keepAtMost = 200_000;

    private Builder(EventWindow eventAxis, EventWindow estimationAxis, List<EventWindow> windows) {
      this.eventAxis = eventAxis;
      this.estimationAxis = estimationAxis;
      this.windows = windows;
    }

    public Builder returns(ReturnKind kind) {
      returns = kind;
      return this;
    }

    public Builder tradingDays(int... epochDays) {
      tradingDays = epochDays;
      return this;
    }

    public Builder bootstrap(int replicates, long seed) {
      this.replicates = replicates;
      this.seed = seed;
      return this;
    }

    public Builder confidence(double level) {
      confidence = level;
      return this;
    }

    public Builder keepAtMost(int events) {
      keepAtMost = events;
      return this;
    }

    public Builder with(TestVariant... more) {
      variants.addAll(List.of(more));
      return this;
    }

    /** The tests that are asked for, in place of all. */
    public Builder tests(Set<Statistic> asked) {
      tests = asked;
      return this;
    }

    public GroupSpec build() {
      return new GroupSpec(
          windows,
          eventAxis,
          estimationAxis,
          returns,
          tradingDays,
          replicates,
          seed,
          confidence,
          keepAtMost,
          variants,
          tests);
    }
  }
}
