package io.dealimpact.study;

import io.dealimpact.study.PrefixSums.Moments;
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
  private final LeadLagModel model;
  private final int lags;
  private final int stock;
  private final PrefixSums sums;

  LeadLag(LeadLagModel model, ModelSeries series, double[] benchmark) {
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
    sums = new PrefixSums(variables, PrefixSums.means(variables));
  }

  @Override
  public Fit fit(List<Range> days, int minimum) {
    Moments moments = sums.moments(days);
    int n = moments.n();
    int need = Math.max(minimum, stock + 2);
    if (n < need) {
      return LeastSquares.insufficient(n, need);
    }
    double least = n * LeastSquares.CONSTANT * LeastSquares.CONSTANT;
    double total = moments.centred(stock, stock);
    if (total <= least) {
      return Fit.failed(
          StudyStatus.ZERO_VARIANCE,
          String.format(
              Locale.ROOT, "ZERO_VARIANCE the %d returns of the estimation window are constant", n),
          n);
    }
    for (int j = 0; j < stock; j++) {
      if (moments.centred(j, j) <= least) {
        return singular("the benchmark is constant in the estimation window", n);
      }
    }
    double[] slopes = new double[stock];
    String failure =
        switch (model.aggregation()) {
          case SCHOLES_WILLIAMS -> simpleSlopes(moments, slopes);
          case DIMSON, FOWLER_RORKE -> multipleSlopes(moments, slopes);
        };
    if (!failure.isEmpty()) {
      return singular(failure, n);
    }
    double denominator = 1;
    for (int lag = 1; lag <= lags; lag++) {
      denominator += 2 * autocorrelation(moments, lag);
    }
    if (model.aggregation() != LeadLagModel.Aggregation.DIMSON && !(denominator > 0.05)) {
      return singular(
          String.format(Locale.ROOT, "1 + 2ρ of the benchmark is %.3f", denominator), n);
    }
    return fit(moments, slopes, beta(moments, slopes, denominator));
  }

  private Fit fit(Moments moments, double[] slopes, double beta) {
    int n = moments.n();
    double market = moments.centred(lags, lags);
    double total = moments.centred(stock, stock);
    double squares = total - 2 * beta * moments.centred(lags, stock) + beta * beta * market;
    if (squares <= 1e-14 * total) {
      return Fit.failed(
          StudyStatus.ZERO_VARIANCE,
          String.format(
              Locale.ROOT,
              "ZERO_VARIANCE the model explains all %d returns of the estimation window exactly",
              n),
          n);
    }
    double mean = moments.mean(lags);
    double[][] inverse = {
      {1.0 / n + mean * mean / market, -mean / market}, {-mean / market, 1 / market}
    };
    Map<String, Double> extra = new LinkedHashMap<>();
    for (int j = 0; j < stock; j++) {
      extra.put(String.format(Locale.ROOT, "beta_%+d", j - lags), slopes[j]);
    }
    return new Fit(
        StudyStatus.OK,
        "",
        n,
        n - 2,
        Math.sqrt(squares / (n - 2)),
        new double[] {moments.mean(stock) - beta * mean, beta},
        inverse,
        1 - squares / total,
        new double[0],
        extra);
  }

  private double beta(Moments moments, double[] slopes, double denominator) {
    double sum = Arrays.stream(slopes).sum();
    return switch (model.aggregation()) {
      case SCHOLES_WILLIAMS -> sum / denominator;
      case DIMSON -> sum;
      case FOWLER_RORKE -> {
        double weighted = slopes[lags];
        double second = lags == 2 ? autocorrelation(moments, 2) : 0;
        double first = autocorrelation(moments, 1);
        for (int lag = 1; lag <= lags; lag++) {
          double numerator = lag == lags ? 1 + first + second : 1 + 2 * first + second;
          weighted += numerator / denominator * (slopes[lags - lag] + slopes[lags + lag]);
        }
        yield weighted;
      }
    };
  }

  private String simpleSlopes(Moments moments, double[] slopes) {
    for (int j = 0; j < stock; j++) {
      slopes[j] = moments.centred(j, stock) / moments.centred(j, j);
    }
    return "";
  }

  private String multipleSlopes(Moments moments, double[] slopes) {
    double[][] cross = new double[stock][stock];
    double[] right = new double[stock];
    for (int i = 0; i < stock; i++) {
      right[i] = moments.centred(i, stock);
      for (int j = 0; j < stock; j++) {
        cross[i][j] = moments.centred(i, j);
      }
    }
    double[][] inverse = new double[stock][stock];
    if (Cholesky.invert(cross, inverse, LeastSquares.COLLINEAR) >= 0) {
      return "the benchmark's leads and lags are linearly dependent";
    }
    double[] solved = Cholesky.multiply(inverse, right);
    Cholesky.refine(cross, inverse, right, solved);
    System.arraycopy(solved, 0, slopes, 0, stock);
    return "";
  }

  private double autocorrelation(Moments moments, int lag) {
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
