package io.dealimpact.study.event;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.StudyStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * What one deal did to all its listed parties together, in US dollars: Σ V_i CAR_i with V_i the
 * market value before the window, and CAR_i as a simple return.
 *
 * <p>Var = Σ_i Σ_j W_i W_j Cov(CAR_i, CAR_j), W_i = V_i for simple returns and V_i e^CAR_i for log
 * returns, the derivative (delta method). Parties that share day 0 have correlated residuals:
 *
 * <pre>Cov(CAR_i, CAR_j) = ρ_ij (Σ_t σ_it σ_jt + s_i s_j √(q_i q_j)),  q_i = 1'X_i(X_i'X_i)⁻¹X_i'1
 * </pre>
 *
 * with ρ_ij the correlation of the estimation residuals over the days both have. For i = j this is
 * S_CAR² of Mikkelson &amp; Partch 1988; where all parties have the same regressors on the same
 * days the variance is exactly that of the regression of the value-weighted portfolio (Zellner
 * 1962), with its n − k degrees of freedom. Parties with another day 0 are taken as independent:
 * their windows are other days. The quantile is t's with the least degrees of freedom of the
 * parties.
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
   * One party of the deal.
   *
   * @param instrumentId the instrument
   * @param marketCapUsd V, before the window; NaN where unknown
   * @param window its result
   * @param sample of the same event and model; empty where the model was not fitted
   */
  public record Party(
      String instrumentId,
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
    if (a.key().epochDay() != b.key().epochDay()) {
      return 0;
    }
    double days = 0;
    for (int day = i.window().window().start(); day <= i.window().window().end(); day++) {
      double product = sigma(a.returns(), day) * sigma(b.returns(), day);
      days += Double.isNaN(product) ? 0 : product;
    }
    double coefficients = Math.sqrt(coefficientVariance(i) * coefficientVariance(j));
    return correlation(a.estimation(), b.estimation()) * (days + coefficients);
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

  /** Correlation of the residuals over the days both have; 0 where they share fewer than two. */
  private static double correlation(EventSample.Estimation a, EventSample.Estimation b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    int n = 0;
    int from = Math.max(a.start(), b.start());
    int to = Math.min(a.start() + a.residuals().length, b.start() + b.residuals().length);
    for (int day = from; day < to; day++) {
      double x = a.residuals()[day - a.start()];
      double y = b.residuals()[day - b.start()];
      if (!Double.isNaN(x * y)) {
        ab += x * y;
        aa += x * x;
        bb += y * y;
        n++;
      }
    }
    return n < 2 ? 0 : ab / Math.sqrt(aa * bb);
  }
}
