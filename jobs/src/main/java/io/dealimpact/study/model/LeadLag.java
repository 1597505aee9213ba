package io.dealimpact.study.model;

import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.numeric.DayRange;
import io.dealimpact.study.numeric.NormalEquations;
import io.dealimpact.study.numeric.PrefixSums;
import io.dealimpact.study.numeric.PrefixSums.Moments;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * β for thin trading, from running sums, with the market's leads and lags taken from the calendar
 * (also beyond the ends of the estimation window).
 *
 * <ul>
 *   <li>Scholes &amp; Williams 1977, eq. 11: β = (β₋₁ + β₀ + β₊₁)/(1 + 2ρ), β_j the simple slope on
 *       R_m,t+j, ρ the correlation of R_m,t and R_m,t−1
 *   <li>Dimson 1979, eq. 7: β = Σ_j b_j of the multiple regression on R_m,t−L … R_m,t+L
 *   <li>Fowler &amp; Rorke 1983: β = b₀ + Σ_j w_j(b₋ⱼ + b₊ⱼ), w₁ = (1 + ρ₁)/(1 + 2ρ₁) for L = 1; w₁
 *       = (1 + 2ρ₁ + ρ₂)/d, w₂ = (1 + ρ₁ + ρ₂)/d, d = 1 + 2ρ₁ + 2ρ₂ for L = 2
 * </ul>
 *
 * α = R̄ − βR̄_m; s² = Σe²/(n − 2) of e = R − α − βR_m; forecast errors as of the market model. Too
 * short, constant or collinear as in {@link LeastSquares}; a denominator 1 + 2ρ… that is not
 * positive is {@code SINGULAR_DESIGN}.
 */
final class LeadLag implements Fit.Estimator {
  /** How an estimate ended. */
  private enum Outcome {
    OK,
    TOO_FEW,
    CONSTANT_RETURNS,
    CONSTANT_BENCHMARK,
    DEPENDENT,
    DENOMINATOR,
    EXPLAINED
  }

  private final LeadLagModel model;
  private final int lags;
  private final int stock;
  private final PrefixSums sums;
  private final Moments moments;
  private final Estimate own = new Estimate(2);
  private final String[] names;

  // Room for the equations of one fit.
  private final double[] slopes;
  private final double[] right;
  private final double[] cross;
  private final NormalEquations equations;

  public LeadLag(LeadLagModel model, ModelSeries series, double[] benchmark) {
    this.model = model;
    this.lags = model.lags();
    this.stock = 2 * lags + 1;
    double[][] variables = new double[stock + 1][series.days()];
    for (int j = 0; j < stock; j++) {
      int shift = j - lags;
      Arrays.setAll(
          variables[j],
          t -> t + shift >= 0 && t + shift < benchmark.length ? benchmark[t + shift] : Double.NaN);
    }
    Arrays.setAll(variables[stock], series::actual);
    sums = new PrefixSums(variables);
    moments = sums.moments();
    names = new String[stock];
    Arrays.setAll(names, j -> String.format(Locale.ROOT, "beta_%+d", j - lags));
    slopes = new double[stock];
    right = new double[stock];
    cross = new double[stock * stock];
    equations = new NormalEquations(stock, LeastSquares.COLLINEAR);
  }

  @Override
  public Fit fit(List<DayRange> days, int minimum) {
    Outcome outcome = outcome(days, minimum, own);
    int n = moments.n();
    return switch (outcome) {
      case OK -> {
        Map<String, Double> extra = new LinkedHashMap<>();
        for (int j = 0; j < stock; j++) {
          extra.put(names[j], slopes[j]);
        }
        yield Fit.of(
            new ResidualMoments(n, own.degreesOfFreedom, own.sigma, own.rSquared),
            new Fit.Coefficients(own.coefficients.clone(), own.inverseRows(), extra));
      }
      case TOO_FEW -> LeastSquares.insufficient(n, Math.max(minimum, stock + 2));
      case CONSTANT_RETURNS ->
          Fit.failed(
              StudyStatus.ZERO_VARIANCE,
              String.format(
                  Locale.ROOT,
                  "ZERO_VARIANCE the %d returns of the estimation window are constant",
                  n),
              n);
      case CONSTANT_BENCHMARK -> singular("the benchmark is constant in the estimation window", n);
      case DEPENDENT -> singular("the benchmark's leads and lags are linearly dependent", n);
      case DENOMINATOR ->
          singular(String.format(Locale.ROOT, "1 + 2ρ of the benchmark is %.3f", denominator()), n);
      case EXPLAINED ->
          Fit.failed(
              StudyStatus.ZERO_VARIANCE,
              String.format(
                  Locale.ROOT,
                  "ZERO_VARIANCE the model explains all %d returns of the estimation window"
                      + " exactly",
                  n),
              n);
    };
  }

  @Override
  public boolean estimate(List<DayRange> days, int minimum, Estimate into) {
    return outcome(days, minimum, into) == Outcome.OK;
  }

  private Outcome outcome(List<DayRange> days, int minimum, Estimate into) {
    sums.sum(days, moments);
    int n = moments.n();
    if (n < Math.max(minimum, stock + 2)) {
      return Outcome.TOO_FEW;
    }
    double least = n * LeastSquares.CONSTANT * LeastSquares.CONSTANT;
    double total = moments.centred(stock, stock);
    if (total <= least) {
      return Outcome.CONSTANT_RETURNS;
    }
    for (int j = 0; j < stock; j++) {
      if (moments.centred(j, j) <= least) {
        return Outcome.CONSTANT_BENCHMARK;
      }
    }
    boolean solved =
        switch (model.aggregation()) {
          case SCHOLES_WILLIAMS -> simpleSlopes();
          case DIMSON, FOWLER_RORKE -> multipleSlopes();
        };
    if (!solved) {
      return Outcome.DEPENDENT;
    }
    double denominator = denominator();
    if (model.aggregation() != LeadLagModel.Aggregation.DIMSON && !(denominator > 0.05)) {
      return Outcome.DENOMINATOR;
    }
    double beta = beta(denominator);
    double market = moments.centred(lags, lags);
    double squares = total - 2 * beta * moments.centred(lags, stock) + beta * beta * market;
    if (squares <= 1e-14 * total) {
      return Outcome.EXPLAINED;
    }
    double mean = moments.mean(lags);
    into.n = n;
    into.degreesOfFreedom = n - 2;
    into.sigma = Math.sqrt(squares / (n - 2));
    into.rSquared = 1 - squares / total;
    into.coefficients[0] = moments.mean(stock) - beta * mean;
    into.coefficients[1] = beta;
    into.k = 2;
    into.inverse[0] = 1.0 / n + mean * mean / market;
    into.inverse[1] = -mean / market;
    into.inverse[2] = -mean / market;
    into.inverse[3] = 1 / market;
    return Outcome.OK;
  }

  private double denominator() {
    double denominator = 1;
    for (int lag = 1; lag <= lags; lag++) {
      denominator += 2 * autocorrelation(lag);
    }
    return denominator;
  }

  private double beta(double denominator) {
    double sum = Arrays.stream(slopes).sum();
    return switch (model.aggregation()) {
      case SCHOLES_WILLIAMS -> sum / denominator;
      case DIMSON -> sum;
      case FOWLER_RORKE -> {
        double weighted = slopes[lags];
        double second = lags == 2 ? autocorrelation(2) : 0;
        double first = autocorrelation(1);
        for (int lag = 1; lag <= lags; lag++) {
          double numerator = lag == lags ? 1 + first + second : 1 + 2 * first + second;
          weighted += numerator / denominator * (slopes[lags - lag] + slopes[lags + lag]);
        }
        yield weighted;
      }
    };
  }

  private boolean simpleSlopes() {
    for (int j = 0; j < stock; j++) {
      slopes[j] = moments.centred(j, stock) / moments.centred(j, j);
    }
    return true;
  }

  private boolean multipleSlopes() {
    for (int i = 0; i < stock; i++) {
      right[i] = moments.centred(i, stock);
      for (int j = 0; j < stock; j++) {
        cross[i * stock + j] = moments.centred(i, j);
      }
    }
    if (equations.invert(cross) >= 0) {
      return false;
    }
    equations.solve(cross, right, slopes);
    return true;
  }

  private double autocorrelation(int lag) {
    int before = lags - lag;
    return moments.centred(before, lags)
        / Math.sqrt(moments.centred(before, before) * moments.centred(lags, lags));
  }

  private static Fit singular(String why, int n) {
    return Fit.failed(
        StudyStatus.SINGULAR_DESIGN,
        String.format(Locale.ROOT, "SINGULAR_DESIGN %s, n=%d", why, n),
        n);
  }
}
