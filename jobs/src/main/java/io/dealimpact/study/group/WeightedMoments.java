package io.dealimpact.study.group;

import io.dealimpact.study.numeric.ExactSum;
import io.dealimpact.study.numeric.PValues;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;

/**
 * A value-weighted mean over events, Σ w_i x_i / Σ w_i with w_i the market value before the event
 * (Fama 1998), and its interval.
 *
 * <p>It is a ratio of two sums over events, so its variance is that of a ratio estimator: with y_i
 * = w_i x_i, V = N/(N − 1) · Σ(y_i − x̄_w w_i)² / (Σ w_i)² (Cochran 1977, ch. 6, for a population
 * without end); the interval is x̄_w ± t(N − 1)·√V. With equal weights both are the plain mean's.
 * Events whose weight is missing, zero or negative, or whose x is missing, are left out: N says how
 * many are counted. N = 0 has no mean, N = 1 no interval. The sums are exact, so order and
 * partition do not matter. Pinned by {@code WeightedMomentsTest}.
 */
final class WeightedMoments {
  private long count;
  private ExactSum weights = new ExactSum();
  private ExactSum values = new ExactSum();
  private ExactSum squaredWeights = new ExactSum();
  private ExactSum products = new ExactSum();
  private ExactSum squaredValues = new ExactSum();

  /** Adds x with weight w; left out where either is missing or w is not above zero. */
  void add(double x, double w) {
    double y = w * x;
    if (!(w > 0) || !Double.isFinite(w * w) || !Double.isFinite(y * y)) {
      return;
    }
    count++;
    weights.add(w);
    values.add(y);
    squaredWeights.addProduct(w, w);
    products.addProduct(y, w);
    squaredValues.addProduct(y, y);
  }

  void merge(WeightedMoments other) {
    count += other.count;
    weights.merge(other.weights);
    values.merge(other.values);
    squaredWeights.merge(other.squaredWeights);
    products.merge(other.products);
    squaredValues.merge(other.squaredValues);
  }

  /** The mean with its interval; NaN where N is too small. */
  PathPoint.Average average(double confidence) {
    double mean = count == 0 ? Double.NaN : values.value() / weights.value();
    double half = Double.NaN;
    if (count > 1) {
      double scatter =
          squaredValues.value()
              - 2 * mean * products.value()
              + mean * mean * squaredWeights.value();
      double n = count;
      half =
          PValues.studentQuantile(confidence, n - 1)
              * Math.sqrt(n / (n - 1) * Math.max(0, scatter))
              / weights.value();
    }
    return new PathPoint.Average(count, mean, mean - half, mean + half);
  }

  void write(StateWriter out) {
    out.putLong(count);
    weights.write(out);
    values.write(out);
    squaredWeights.write(out);
    products.write(out);
    squaredValues.write(out);
  }

  static WeightedMoments read(StateReader in) {
    WeightedMoments moments = new WeightedMoments();
    moments.count = in.readLong();
    moments.weights = ExactSum.read(in);
    moments.values = ExactSum.read(in);
    moments.squaredWeights = ExactSum.read(in);
    moments.products = ExactSum.read(in);
    moments.squaredValues = ExactSum.read(in);
    return moments;
  }
}
