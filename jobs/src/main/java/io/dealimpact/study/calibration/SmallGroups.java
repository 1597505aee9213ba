package io.dealimpact.study.calibration;

import io.dealimpact.study.calibration.Calibration.Design;
import io.dealimpact.study.calibration.Calibration.Simulated;
import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.event.ModelResult;
import io.dealimpact.study.event.StudyPlan;
import io.dealimpact.study.event.WindowResult;
import io.dealimpact.study.group.Assumption;
import io.dealimpact.study.group.GroupSpec;
import io.dealimpact.study.group.GroupStudy;
import io.dealimpact.study.group.Statistic;
import io.dealimpact.study.group.TestResult;
import io.dealimpact.study.group.TestStatus;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.model.ReturnModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * How often each test rejects at 5 % where nothing happened, in groups of few events and for single
 * ones: the configuration's default estimation window and windows, simple and log returns, on
 * simulated returns with normal and with fat tails, every event at a date of its own. Nothing that
 * any test assumes fails there but the number of events.
 */
public final class SmallGroups {
  /** Events of a group. */
  public static final List<Integer> SIZES = List.of(2, 3, 5, 10, 20, 50, 100);

  /** A test is not used that rejects by more than this too often: 6.8 % where it should 5 %. */
  public static final double TOLERANCE = 0.018;

  /** Kinds of returns: every test's assumptions hold but those that name the tails. */
  public static final List<Kind> KINDS =
      List.of(
          new Kind(Simulated.INDEPENDENT, ReturnKind.SIMPLE),
          new Kind(Simulated.INDEPENDENT, ReturnKind.LOG),
          new Kind(Simulated.FAT_TAILS, ReturnKind.SIMPLE),
          new Kind(Simulated.FAT_TAILS, ReturnKind.LOG));

  private static final int MOST = 100;

  /** Day 0 of events in a group: after an estimation window of 250 days and 20 between. */
  private static final int DAY_0 = 271;

  /** Day 0 of a single event, which has more than 400 days of its own before it. */
  private static final int DAY_0_ALONE = 700;

  /** The tests of one event by the code of its p in {@code gold.event_impact}. */
  public static final List<String> OF_ONE_EVENT =
      List.of("car-t", "own-history", "placebo", "sample-quantile");

  /**
   * Returns of a sample.
   *
   * @param setting they are drawn in
   * @param returns simple or log
   */
  public record Kind(Simulated setting, ReturnKind returns) {
    /** For people. */
    public String label() {
      return setting.label() + ", " + returns.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How often a test rejected.
   *
   * @param returns simple or log
   * @param events of the group; 1 for the tests of one event
   * @param test its code
   * @param samples in which it had a result
   * @param rejected two-sided at 5 %
   */
  public record Size(
      String setting,
      ReturnKind returns,
      EventWindow window,
      int events,
      String test,
      int samples,
      int rejected) {
    /** The share of samples that rejected. */
    public double rate() {
      return (double) rejected / samples;
    }
  }

  private SmallGroups() {}

  /**
   * Counts rejections of one kind. The same seed gives the same counts.
   *
   * @param samples drawn
   */
  public static List<Size> run(Kind kind, int samples, long seed) {
    Simulated setting = kind.setting();
    Counts counts = new Counts();
    SplittableRandom random = new SplittableRandom(seed);
    Design design = new Design(plan(kind.returns(), Calibration.MODEL), MOST, DAY_0);
    int[] tradingDays = Simulated.tradingDays(design);
    Design alone = new Design(design.plan(), 1, DAY_0_ALONE);
    for (int sample = 0; sample < samples; sample++) {
      SplittableRandom own = random.split();
      List<EventSample> events = setting.under(design).draw(own);
      for (int n : SIZES) {
        GroupSpec spec =
            GroupSpec.of(
                    design.plan().axis(),
                    new EventWindow(
                        design.plan().estimation().start(), design.plan().estimation().end()),
                    design.plan().windows())
                .tradingDays(tradingDays)
                .bootstrap(199, seed + sample)
                .build();
        for (TestResult result : GroupStudy.results(spec, events.subList(0, n))) {
          if (result.status() == TestStatus.OK) {
            counts.add(n, result.test().code(), result.window(), result.value().pValue());
          }
        }
      }
      ModelResult single = setting.alone(own, alone).results(0).get(0);
      for (WindowResult window : single.windows()) {
        counts.add(1, "car-t", window.window(), window.p());
        counts.add(1, "own-history", window.window(), window.history().p());
        counts.add(1, "placebo", window.window(), window.placeboP());
        counts.add(1, "sample-quantile", window.window(), window.sampleQuantileP());
      }
    }
    return counts.sizes(kind);
  }

  private static StudyPlan plan(ReturnKind returns, ReturnModel model) {
    return StudyPlan.builder()
        .returns(returns)
        .price(PriceKind.CLOSE)
        .estimation(new EstimationWindow(-21, 250, 120))
        .eventWindow(new EventWindow(-10, 10))
        .windows(Coverage.WINDOWS)
        .models(List.of(model))
        .build();
  }

  /**
   * The least number of events that a test may have: at it, and at every larger number, it rejects
   * as often as its {@link Statistic#size} says, or at most {@value #TOLERANCE} oftener, in every
   * setting where its assumptions hold, in every window, of simple and of log returns. One above
   * the largest number measured where it never does.
   */
  public static int leastEvents(Statistic test, List<Size> sizes) {
    Set<Integer> measured = new TreeSet<>();
    int least = 2;
    for (Size size : sizes) {
      if (size.test().equals(test.code()) && holds(test, size)) {
        measured.add(size.events());
        if (size.rate() > test.size(size.events(), Calibration.LEVEL) + TOLERANCE) {
          least = Math.max(least, size.events() + 1);
        }
      }
    }
    int above = least;
    return least == 2 ? 2 : measured.stream().filter(n -> n >= above).findFirst().orElse(least);
  }

  /** Whether a test's assumptions hold where a size was measured, but for the number of events. */
  public static boolean holds(Statistic test, Size size) {
    Set<Assumption> broken = Calibration.broken(size.setting(), size.window());
    broken.remove(Assumption.LARGE_QUARTER);
    return test.holds(size.window(), broken);
  }

  /** Rejections by events, test and window. */
  private static final class Counts {
    private record Key(int events, String test, EventWindow window) {}

    private final Map<Key, int[]> counts = new LinkedHashMap<>();

    void add(int events, String test, EventWindow window, double p) {
      if (!Double.isNaN(p)) {
        int[] count = counts.computeIfAbsent(new Key(events, test, window), key -> new int[2]);
        count[0]++;
        count[1] += p <= Calibration.LEVEL ? 1 : 0;
      }
    }

    List<Size> sizes(Kind kind) {
      List<Size> sizes = new ArrayList<>();
      counts.forEach(
          (key, count) ->
              sizes.add(
                  new Size(
                      kind.setting().label(),
                      kind.returns(),
                      key.window(),
                      key.events(),
                      key.test(),
                      count[0],
                      count[1])));
      return sizes;
    }
  }
}
