package io.dealimpact.study.group;

import io.dealimpact.study.event.Residuals;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.Moments;
import io.dealimpact.study.numeric.Sample;
import io.dealimpact.study.numeric.SecondMoments;
import java.util.List;

/**
 * Tests of a mean over events. N events with a CAR over all L days of the window, x̄ and s (n − 1)
 * their mean and deviation; SCAR = CAR/S_CAR with the covariance between days; q = df/(df − 2) the
 * variance of a Student's t.
 *
 * <table>
 * <caption>Statistics</caption>
 * <tr><th>test</th><th>statistic</th><th>null</th><th>needs</th><th>reference</th></tr>
 * <tr><td>cross-sectional-t</td><td>√N·x̄/s</td><td>t(N−1)</td><td>N ≥ 2</td>
 *     <td>Brown &amp; Warner 1980</td></tr>
 * <tr><td>cda-t</td><td>x̄/(s_AAR·√L), s_AAR the deviation (T − 1) of the T estimation-day AARs</td>
 *     <td>t(T−1)</td><td>T ≥ 2</td><td>Brown &amp; Warner 1980, 1985</td></tr>
 * <tr><td>patell</td><td>ΣSCAR/√Σq</td><td>N(0,1)</td><td>df ≥ 3</td>
 *     <td>Patell 1976; Mikkelson &amp; Partch 1988</td></tr>
 * <tr><td>patell-csar</td><td>N^−½·Σ CSAR/√(Lq), CSAR = ΣSAR: Eventus's window form</td>
 *     <td>N(0,1)</td><td>df ≥ 3</td><td>Patell 1976</td></tr>
 * <tr><td>adjusted-patell</td><td>patell/√(1+(N−1)r̄)</td><td>N(0,1)</td><td>N ≥ 2</td>
 *     <td>Kolari &amp; Pynnönen 2010</td></tr>
 * <tr><td>bmp</td><td>√N·mean(SCAR)/sd(SCAR)</td><td>t(N−1)</td><td>N ≥ 2</td>
 *     <td>Boehmer, Musumeci &amp; Poulsen 1991</td></tr>
 * <tr><td>adjusted-bmp</td><td>bmp·√((1−r̄)/(1+(N−1)r̄))</td><td>t(N−1)</td><td>N ≥ 2</td>
 *     <td>Kolari &amp; Pynnönen 2010</td></tr>
 * <tr><td>skewness-t</td><td>√N(S + γS²/3 + γ²S³/27 + γ/6N), S = x̄/s, γ = G₁</td><td>N(0,1)</td>
 *     <td>N ≥ 3</td><td>Hall 1992</td></tr>
 * <tr><td>johnson-t</td><td>√N(S + γS²/3 + γ/6N)</td><td>t(N−1)</td><td>N ≥ 3</td>
 *     <td>Johnson 1978; Lyon, Barber &amp; Tsai 1999, eq. 5</td></tr>
 * </table>
 *
 * <p>Too few events, no variance, or 1 + (N−1)r̄ ≤ 0 give a status. Pinned by {@code
 * RequestedOraclesTest} and {@code LiteralsOracleTest}; by {@code GroupStateTest} for the statuses.
 */
final class MeanStatistics {
  private final GroupSpec spec;
  private final EventWindow window;
  private final WindowMoments sums;
  private final RelativeDayState days;
  private final EventDayMoments eventDays;
  private final CalendarTimeState calendar;
  private final double pairwiseCorrelation;

  MeanStatistics(
      GroupSpec spec,
      EventWindow window,
      WindowMoments sums,
      RelativeDayState days,
      EventDayMoments eventDays,
      CalendarTimeState calendar,
      double pairwiseCorrelation) {
    this.spec = spec;
    this.window = window;
    this.sums = sums;
    this.days = days;
    this.eventDays = eventDays;
    this.calendar = calendar;
    this.pairwiseCorrelation = pairwiseCorrelation;
  }

  void addTo(List<TestResult> results, Inference inference) {
    results.add(
        meanOverDeviation(
            Statistic.CROSS_SECTIONAL_T, TestVariant.TEXTBOOK, sums.car(), 1, inference));
    results.add(dependenceAdjusted(inference));
    results.add(patell(Statistic.PATELL, TestVariant.TEXTBOOK, sums.patell(), 1, inference));
    results.add(
        patell(Statistic.PATELL_CSAR, TestVariant.TEXTBOOK, sums.patellCsar(), 1, inference));
    adjusted(results, TestVariant.TEXTBOOK, meanCorrelation(), inference);
    results.add(meanOverDeviation(Statistic.BMP, TestVariant.TEXTBOOK, sums.scar(), 1, inference));
    results.add(skewness(Statistic.SKEWNESS_T, inference));
    results.add(skewness(Statistic.JOHNSON_T, inference));
    if (spec.wants(TestVariant.BMP_FACTOR)) {
      results.add(
          patell(
              Statistic.ADJUSTED_PATELL,
              TestVariant.BMP_FACTOR,
              sums.patell(),
              bmpFactor(meanCorrelation(), sums.patell().count()),
              inference));
    }
    if (spec.wants(TestVariant.CALENDAR)) {
      adjusted(results, TestVariant.CALENDAR, calendar.meanCorrelation(), inference);
    }
    if (spec.wants(TestVariant.PAIRWISE)) {
      adjusted(results, TestVariant.PAIRWISE, pairwiseCorrelation, inference);
    }
    if (spec.wants(TestVariant.SAS)) {
      addSas(results, inference);
    }
    if (spec.wants(TestVariant.UNCORRECTED)) {
      SecondMoments raw = sums.rawCsar();
      results.add(meanOverDeviation(Statistic.BMP, TestVariant.UNCORRECTED, raw, 1, inference));
      results.add(
          meanOverDeviation(
              Statistic.ADJUSTED_BMP,
              TestVariant.UNCORRECTED,
              raw,
              bmpFactor(meanCorrelation(), raw.count()),
              inference));
    }
    if (spec.wants(TestVariant.EVENT_STUDY_TOOLS)) {
      addEventStudyTools(results, inference);
    }
    if (spec.wants(TestVariant.ESTUDY2)) {
      addEstudy2(results, inference);
    }
  }

  private double meanCorrelation() {
    return MeanCorrelation.byRelativeDay(days);
  }

  private void adjusted(
      List<TestResult> results, TestVariant variant, double correlation, Inference inference) {
    long n = sums.patell().count();
    double factor = 1 / Math.sqrt(1 + (n - 1) * correlation);
    results.add(patell(Statistic.ADJUSTED_PATELL, variant, sums.patell(), factor, inference));
    results.add(
        meanOverDeviation(
            Statistic.ADJUSTED_BMP,
            variant,
            sums.scar(),
            bmpFactor(correlation, sums.scar().count()),
            inference));
  }

  private static double bmpFactor(double correlation, long n) {
    return Math.sqrt((1 - correlation) / (1 + (n - 1) * correlation));
  }

  private static TestResult meanOverDeviation(
      Statistic test, TestVariant variant, Sample sample, double factor, Inference inference) {
    long n = sample.count();
    if (n < 2) {
      return inference.tooFew(test, variant, n, 2);
    }
    double deviation = sample.standardDeviation();
    if (deviation == 0) {
      return inference.noVariance(test, variant, n);
    }
    if (!Double.isFinite(factor)) {
      return inference.noCorrelation(test, variant, n);
    }
    return inference.student(
        test, variant, n, Math.sqrt((double) n) * sample.mean() / deviation * factor, n - 1.0);
  }

  private static TestResult patell(
      Statistic test,
      TestVariant variant,
      WindowMoments.Pair sums,
      double factor,
      Inference inference) {
    if (sums.count() < 1) {
      return inference.tooFew(test, variant, sums.count(), 1);
    }
    if (!Double.isFinite(factor)) {
      return sums.count() < 2
          ? inference.tooFew(test, variant, sums.count(), 2)
          : inference.noCorrelation(test, variant, sums.count());
    }
    return inference.normal(test, variant, sums.count(), sums.standardized() * factor);
  }

  private TestResult dependenceAdjusted(Inference inference) {
    Statistic test = Statistic.CDA_T;
    long n = sums.car().count();
    if (n < 1) {
      return inference.tooFew(test, TestVariant.TEXTBOOK, n, 1);
    }
    Moments averages = estimationAverages();
    int used = (int) averages.count();
    if (used < 2) {
      return inference.tooFewDays(test, TestVariant.TEXTBOOK, n, used, 2);
    }
    double deviation = averages.standardDeviation();
    if (!(deviation > Residuals.LEAST_SIGMA)) {
      return inference.noVariance(test, TestVariant.TEXTBOOK, n);
    }
    return inference.student(
        test,
        TestVariant.TEXTBOOK,
        n,
        sums.car().mean() / (deviation * Math.sqrt(window.length())),
        used - 1.0);
  }

  /** The AARs of the estimation days. */
  private Moments estimationAverages() {
    Moments averages = new Moments();
    for (int t = 0; t < days.estimationDays(); t++) {
      if (days.day(t).residualCount() > 0) {
        averages.add(days.day(t).meanResidual());
      }
    }
    return averages;
  }

  private TestResult skewness(Statistic test, Inference inference) {
    Moments car = sums.car();
    long n = car.count();
    if (n < 3) {
      return inference.tooFew(test, TestVariant.TEXTBOOK, n, 3);
    }
    double deviation = car.standardDeviation();
    if (deviation == 0) {
      return inference.noVariance(test, TestVariant.TEXTBOOK, n);
    }
    double s = car.mean() / deviation;
    double g = car.skewness();
    double johnson = s + g * s * s / 3 + g / (6 * n);
    return test == Statistic.JOHNSON_T
        ? inference.student(test, TestVariant.TEXTBOOK, n, Math.sqrt((double) n) * johnson, n - 1.0)
        : inference.normal(
            test,
            TestVariant.TEXTBOOK,
            n,
            Math.sqrt((double) n) * (johnson + g * g * s * s * s / 27));
  }

  /** The macro EVTSTUDY of WRDS; see {@link TestVariant#SAS}. */
  private void addSas(List<TestResult> results, Inference inference) {
    TestVariant variant = TestVariant.SAS;
    SecondMoments scar = sums.simpleScar();
    long n = scar.count();
    results.add(meanOverDeviation(Statistic.CROSS_SECTIONAL_T, variant, sums.car(), 1, inference));
    results.add(
        n < 1
            ? inference.tooFew(Statistic.PATELL, variant, n, 1)
            : inference.normal(Statistic.PATELL, variant, n, Math.sqrt((double) n) * scar.mean()));
    results.add(meanOverDeviation(Statistic.BMP, variant, scar, 1, inference));
    long all = sums.car().count();
    results.add(
        sums.positive() + sums.negative() < 1
            ? inference.tooFew(Statistic.SIGN, variant, 0, 1)
            : inference.normal(
                Statistic.SIGN,
                variant,
                all,
                (sums.positive() - all / 2.0) / Math.sqrt(all / 4.0)));
  }

  /** eventstudytools.com; see {@link TestVariant#EVENT_STUDY_TOOLS}. */
  private void addEventStudyTools(List<TestResult> results, Inference inference) {
    TestVariant variant = TestVariant.EVENT_STUDY_TOOLS;
    SecondMoments car = sums.roundedCar();
    boolean day = window.length() == 1;
    double rounding = day && car.mean() != 0 ? Math.rint(car.mean() * 1e4) / 1e4 / car.mean() : 1;
    results.add(meanOverDeviation(Statistic.CROSS_SECTIONAL_T, variant, car, rounding, inference));
    results.add(patell(Statistic.PATELL, variant, sums.roundedPatell(), 1, inference));
    if (day) {
      results.add(meanOverDeviation(Statistic.BMP, variant, sums.roundedCsar(), 1, inference));
    }
  }

  /**
   * estudy2: days one by one, windows as Σ of the daily statistics over √L. brown-warner-1980 is
   * AAR/(√Σ_i s_i²/N), t(M̄ − 1); cda-t is its brown_warner_1985, t(M̄ − 1), and N(0,1) for
   * windows; lamb is AAR/(s_AAR·√(1 + 1/M̄ + (R_m − R̄_m)²/SS)), N(0,1) (Lamb 1995).
   */
  private void addEstudy2(List<TestResult> results, Inference inference) {
    TestVariant variant = TestVariant.ESTUDY2;
    Moments averages = estimationAverages();
    long n = eventDays.daily(window.start() - spec.eventAxis().start()).count();
    double meanLength = (double) days.estimationReturns() / days.estimationEvents();
    double deviation = averages.standardDeviation();
    if (n < 1 || averages.count() < 2 || !(deviation > Residuals.LEAST_SIGMA)) {
      for (Statistic test :
          List.of(
              Statistic.BROWN_WARNER_1980,
              Statistic.CDA_T,
              Statistic.LAMB,
              Statistic.PATELL,
              Statistic.BMP)) {
        results.add(
            inference.none(
                test,
                variant,
                n,
                TestStatus.ZERO_VARIANCE,
                "n=" + n + " estimation days=" + averages.count()));
      }
      return;
    }
    double daily = 0;
    double lamb = 0;
    for (int day = window.start(); day <= window.end(); day++) {
      int t = day - spec.eventAxis().start();
      double average = eventDays.daily(t).mean() / deviation;
      daily += average;
      lamb += average / Math.sqrt(1 + 1 / meanLength + eventDays.meanLeverage(t));
    }
    double root = Math.sqrt(window.length());
    results.add(inference.normal(Statistic.LAMB, variant, n, lamb / root));
    if (window.length() > 1) {
      results.add(inference.normal(Statistic.CDA_T, variant, n, daily / root));
      return;
    }
    results.add(inference.student(Statistic.CDA_T, variant, n, daily, meanLength - 1));
    double scale = Math.sqrt(days.residualVariance()) / days.estimationEvents();
    results.add(
        inference.student(
            Statistic.BROWN_WARNER_1980, variant, n, daily * deviation / scale, meanLength - 1));
    results.add(
        inference.normal(
            Statistic.PATELL,
            variant,
            n,
            sums.estudySar().mean() * days.estimationEvents() / Math.sqrt(days.estudyScale())));
    results.add(meanOverDeviation(Statistic.BMP, variant, sums.estudySar(), 1, inference));
  }
}
