package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.StudyStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * What one deal did to all its listed parties together, in US dollars: Σ V_i CAR_i with V_i the
 * market value before the window, and CAR_i as a simple return.
 *
 * <p>Var = Σ_i Σ_j W_i W_j Cov(CAR_i, CAR_j), W_i = V_i for simple returns and V_i e^CAR_i for log
 * returns, the derivative (delta method). Parties that share day 0 have correlated residuals:
 *
 * <pre>Cov(CAR_i, CAR_j) = ρ_ij (Σ_t σ_it σ_jt + c_ij s_i s_j √(q_i q_j)),
 * q_i = 1'X_i(X_i'X_i)⁻¹X_i'1,  c_ij = M_ij/√(M_i M_j)
 * </pre>
 *
 * with t the trading days that both windows have, ρ_ij the correlation of the estimation residuals
 * over the M_ij days both have, and M_i the days of one. For i = j this is S_CAR² of Mikkelson
 * &amp; Partch 1988; where all parties have the same regressors on the same days the variance is
 * exactly that of the regression of the value-weighted portfolio (Zellner 1962), with its n − k
 * degrees of freedom. Parties with another day 0 are aligned by trading days: windows that overlap
 * are not independent. What a day of one party's window in the other's estimation does is left out;
 * it is of the order of L/M. The quantile is t's with the least degrees of freedom of the parties.
 *
 * @param amount Σ V_i CAR_i, each CAR as a simple return, with its interval
 * @param seUsd its standard error
 * @param t net over its standard error
 * @param df degrees of freedom
 * @param p two-sided
 * @param parties parties counted
 * @param status {@code OK}, or {@code PENDING} and the like where no party could be measured
 * @param reason who is left out
 */
public record DealNet(
    UsdInterval amount,
    double seUsd,
    double t,
    int df,
    double p,
    int parties,
    StudyStatus status,
    String reason) {

  /**
   * Day 0 of a party.
   *
   * @param market whose trading days are counted
   * @param tradingDay its number among the trading days of that market
   * @param epochDay the same day, since 1970-01-01
   */
  public record DayZero(String market, int tradingDay, int epochDay) {
    /**
     * Trading days to another day 0, negative to an earlier one. Two markets have no common count:
     * then weekdays stand for trading days.
     */
    int until(DayZero other) {
      return Objects.equals(market, other.market)
          ? other.tradingDay - tradingDay
          : weekdays(other.epochDay) - weekdays(epochDay);
    }

    /** Weekdays since Monday, 1969-12-29; a weekend counts as the Monday after it. */
    private static int weekdays(int epochDay) {
      int days = epochDay + 3;
      return 5 * Math.floorDiv(days, 7) + Math.min(5, Math.floorMod(days, 7));
    }
  }

  /**
   * One party of the deal.
   *
   * @param instrumentId the instrument
   * @param dayZero its day 0
   * @param marketCapUsd V, before the window; NaN where unknown
   * @param window its result
   * @param sample of the same event and model; empty where the model was not fitted
   */
  public record Party(
      String instrumentId,
      DayZero dayZero,
      double marketCapUsd,
      WindowResult window,
      Optional<EventSample> sample) {}

  /**
   * The net over the parties whose window was measured and whose market value is known.
   *
   * @param parties all listed parties of the deal, under one model and window; each with its sample
   *     if there are several, as their covariances need them
   * @param confidence of the two-sided interval
   * @param kind of the returns that the CARs sum
   */
  public static DealNet of(List<Party> parties, double confidence, ReturnKind kind) {
    List<Party> counted = parties.stream().filter(DealNet::usable).toList();
    if (counted.isEmpty()) {
      StudyStatus status =
          parties.isEmpty() || parties.get(0).window().status() == StudyStatus.OK
              ? StudyStatus.NO_PRICES
              : parties.get(0).window().status();
      double none = Double.NaN;
      return new DealNet(
          UsdInterval.NONE,
          none,
          none,
          0,
          none,
          0,
          status,
          status
              + String.format(Locale.ROOT, " none of %d parties could be valued", parties.size()));
    }
    double net = 0;
    double variance = 0;
    int df = Integer.MAX_VALUE;
    for (int i = 0; i < counted.size(); i++) {
      Party party = counted.get(i);
      double exposure = exposure(party, kind);
      double own = exposure * party.window().carSe();
      net += party.marketCapUsd() * kind.toSimple(party.window().car());
      df = Math.min(df, party.window().df());
      variance += own * own;
      for (int j = 0; j < i; j++) {
        Party other = counted.get(j);
        variance += 2 * exposure * exposure(other, kind) * covariance(party, other);
      }
    }
    double se = Math.sqrt(Math.max(0, variance));
    double t = net / se;
    TDistribution distribution = new TDistribution(df);
    double margin = se * distribution.inverseCumulativeProbability((1 + confidence) / 2);
    return new DealNet(
        new UsdInterval(net, net - margin, net + margin),
        se,
        t,
        df,
        2 * distribution.cumulativeProbability(-Math.abs(t)),
        counted.size(),
        StudyStatus.OK,
        leftOut(parties));
  }

  /** W: dollars for a small change of the CAR. */
  private static double exposure(Party party, ReturnKind kind) {
    return party.marketCapUsd() * kind.slope(party.window().car());
  }

  private static boolean usable(Party party) {
    return party.window().status() == StudyStatus.OK && party.marketCapUsd() > 0;
  }

  private static String leftOut(List<Party> parties) {
    List<String> out =
        parties.stream()
            .filter(party -> !usable(party))
            .map(
                party ->
                    party.instrumentId()
                        + (party.window().status() == StudyStatus.OK
                            ? " (no market value)"
                            : " (" + party.window().status() + ")"))
            .toList();
    return out.isEmpty() ? "" : "without " + String.join(", ", out);
  }

  private static double covariance(Party i, Party j) {
    EventSample a = i.sample().orElseThrow();
    EventSample b = j.sample().orElseThrow();
    int later = i.dayZero().until(j.dayZero());
    EventWindow ofA = i.window().window();
    EventWindow ofB = j.window().window();
    double days = 0;
    for (int day = Math.max(ofA.start(), ofB.start() + later);
        day <= Math.min(ofA.end(), ofB.end() + later);
        day++) {
      double product = sigma(a.returns(), day) * sigma(b.returns(), day - later);
      days += Double.isNaN(product) ? 0 : product;
    }
    double coefficients = Math.sqrt(coefficientVariance(i) * coefficientVariance(j));
    Together together = Together.of(a.estimation(), b.estimation(), later);
    return together.correlation() * (days + together.overlap() * coefficients);
  }

  /** σ_t; NaN on a day without an abnormal return, which a later return of the window spans. */
  private static double sigma(EventSample.Returns returns, int day) {
    int i = day - returns.start();
    return Double.isNaN(returns.abnormal()[i]) ? Double.NaN : returns.sigmas()[i];
  }

  /** s²·1'X(X'X)⁻¹X'1: what S_CAR² has beyond the days' own variances. */
  private static double coefficientVariance(Party party) {
    double variance = party.window().carSe() * party.window().carSe();
    EventSample.Returns returns = party.sample().orElseThrow().returns();
    EventWindow window = party.window().window();
    for (int day = window.start(); day <= window.end(); day++) {
      int i = day - returns.start();
      if (!Double.isNaN(returns.abnormal()[i])) {
        variance -= returns.sigmas()[i] * returns.sigmas()[i];
      }
    }
    return Math.max(0, variance);
  }

  /**
   * Two estimation windows.
   *
   * @param correlation of the residuals over the days both have; 0 where they share fewer than two
   * @param overlap M_ij/√(M_i M_j)
   */
  private record Together(double correlation, double overlap) {
    /**
     * @param later trading days from day 0 of a to day 0 of b
     */
    static Together of(EventSample.Estimation a, EventSample.Estimation b, int later) {
      double ab = 0;
      double aa = 0;
      double bb = 0;
      int n = 0;
      int from = Math.max(a.start(), b.start() + later);
      int to = Math.min(a.start() + a.residuals().length, b.start() + later + b.residuals().length);
      for (int day = from; day < to; day++) {
        double x = a.residuals()[day - a.start()];
        double y = b.residuals()[day - later - b.start()];
        if (!Double.isNaN(x * y)) {
          ab += x * y;
          aa += x * x;
          bb += y * y;
          n++;
        }
      }
      return n < 2
          ? new Together(0, 0)
          : new Together(ab / Math.sqrt(aa * bb), n / Math.sqrt((double) days(a) * days(b)));
    }

    private static long days(EventSample.Estimation estimation) {
      return Arrays.stream(estimation.residuals()).filter(x -> !Double.isNaN(x)).count();
    }
  }
}
