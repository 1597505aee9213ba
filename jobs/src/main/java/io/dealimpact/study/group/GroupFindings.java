package io.dealimpact.study.group;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.MultipleTesting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All tests of one group with what is read beside them: p adjusted for their number, the CAAR with
 * the interval of the same method, and the correlation that an adjusted test used.
 *
 * <p>The p-values that count for the adjustment (Holm 1979; Benjamini &amp; Hochberg 1995) are
 * those of the textbook's tests with status {@code OK}. A variant repeats a test as another program
 * has it and would be counted twice.
 */
public final class GroupFindings {
  private GroupFindings() {}

  /**
   * A test and what is read beside it. A number is NaN where it does not apply.
   *
   * @param result the test
   * @param adjusted the p-value adjusted for the number of tests
   * @param means the window's means over the events
   * @param interval of the CAAR, by the test's own method; empty if the test has none
   * @param meanCorrelation r̄ that an adjusted test used
   * @param decides whether the group is decided by this test
   * @param reason which test decides the group, and why
   */
  public record Finding(
      TestResult result,
      Adjusted adjusted,
      WindowMeans means,
      Optional<MeanInterval> interval,
      double meanCorrelation,
      boolean decides,
      String reason) {}

  /**
   * A p-value adjusted for the number of tests; NaN for a test that does not count.
   *
   * @param pHolm Holm's p
   * @param qValue Benjamini and Hochberg's q
   */
  public record Adjusted(double pHolm, double qValue) {}

  /**
   * Means of one window over the events.
   *
   * @param caar the CAAR
   * @param abhar the ABHAR
   * @param valueWeighted the CAAR with each event weighed by its market value before the window
   */
  public record WindowMeans(double caar, double abhar, PathPoint.Average valueWeighted) {}

  /** The findings of a group, in the order of its tests. */
  public static List<Finding> of(GroupState state, GrankState ranks) {
    List<TestResult> results = results(state.results(), ranks);
    List<MeanInterval> intervals = state.intervals();
    double[] p = results.stream().mapToDouble(GroupFindings::countedP).toArray();
    double[] holm = MultipleTesting.holm(p);
    double[] q = MultipleTesting.benjaminiHochberg(p);
    Map<TestVariant, Double> correlations = new HashMap<>();
    Map<EventWindow, DecidingTest> decisions = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      TestResult r = results.get(i);
      DecidingTest deciding =
          decisions.computeIfAbsent(r.window(), window -> deciding(window, results, state));
      findings.add(
          new Finding(
              r,
              new Adjusted(holm[i], q[i]),
              new WindowMeans(
                  state.caar(r.window()),
                  state.abhar(r.window()),
                  state.valueWeightedCaar(r.window())),
              interval(r, intervals),
              r.test().isAdjustedByCorrelation()
                  ? correlations.computeIfAbsent(r.variant(), state::meanCorrelation)
                  : Double.NaN,
              decides(r, deciding),
              deciding.reason()));
    }
    return findings;
  }

  /**
   * A textbook's test and its window's CAAR.
   *
   * @param result the test
   * @param caar the window's CAAR
   * @param decides whether the group is decided by this test
   */
  public record Choice(TestResult result, double caar, boolean decides) {}

  /** The textbook's tests that were asked for and simulate nothing, for comparing choices. */
  public static List<Choice> choices(GroupState state, GrankState ranks) {
    List<TestResult> all = results(state.resultsWithoutSimulation(), ranks);
    Map<EventWindow, DecidingTest> decisions = new HashMap<>();
    return all.stream()
        .filter(r -> isTextbook(r) && r.status() != TestStatus.NOT_REQUESTED)
        .map(
            r ->
                new Choice(
                    r,
                    state.caar(r.window()),
                    decides(
                        r,
                        decisions.computeIfAbsent(
                            r.window(), window -> deciding(window, all, state)))))
        .toList();
  }

  private static DecidingTest deciding(
      EventWindow window, List<TestResult> results, GroupState state) {
    return DecidingTest.of(
        results.stream().filter(r -> isTextbook(r) && r.window().equals(window)).toList(),
        window.length(),
        state.meanCorrelation());
  }

  private static boolean decides(TestResult result, DecidingTest deciding) {
    return isTextbook(result) && deciding.test().equals(Optional.of(result.test()));
  }

  private static List<TestResult> results(List<TestResult> first, GrankState ranks) {
    List<TestResult> results = new ArrayList<>(first);
    results.addAll(ranks.results());
    return results.stream().map(GroupFindings::ofEnoughEvents).toList();
  }

  /** A textbook's test of fewer events than its calibration allows says so. */
  private static TestResult ofEnoughEvents(TestResult result) {
    return isTextbook(result)
            && result.status() == TestStatus.OK
            && result.n() < result.test().leastEvents()
        ? result.tooFewEvents()
        : result;
  }

  /** The p that counts; NaN, which the adjustments leave out, for one that does not. */
  static double countedP(TestResult result) {
    return result.status() == TestStatus.OK && isTextbook(result)
        ? result.value().pValue()
        : Double.NaN;
  }

  private static boolean isTextbook(TestResult result) {
    return result.variant() == TestVariant.TEXTBOOK;
  }

  /** The interval of the CAAR that stands beside a test. */
  private static Optional<MeanInterval> interval(TestResult r, List<MeanInterval> intervals) {
    return isTextbook(r)
        ? r.test()
            .interval()
            .flatMap(
                method ->
                    intervals.stream()
                        .filter(i -> i.window().equals(r.window()) && i.method() == method)
                        .findFirst())
        : Optional.empty();
  }
}
