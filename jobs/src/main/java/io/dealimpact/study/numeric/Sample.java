package io.dealimpact.study.numeric;

/** What a test of a mean needs of its sample. */
public interface Sample {
  /** Numbers in the sample. */
  long count();

  /** Σx/n; NaN for n = 0. */
  double mean();

  /** √(Σ(x − x̄)²/(n − 1)); NaN for n &lt; 2 or where x² overflows. */
  double standardDeviation();
}
