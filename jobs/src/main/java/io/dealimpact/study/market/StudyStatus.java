package io.dealimpact.study.market;

/** How the measurement of an event, a model or a window ended. All but {@link #OK} say why. */
public enum StudyStatus {
  /** Measured. */
  OK,
  /** Trading days are still to come. */
  PENDING,
  /** The instrument's bars ended before, and those of the benchmark go on. */
  TRADING_ENDED,
  /** The instrument's bar of day 0 was delivered and is in quarantine. */
  DATA_IN_QUARANTINE,
  /** The instrument has no bar at all. */
  NO_PRICES,
  /** The announcement lies before the instrument's first bar. */
  BEFORE_FIRST_BAR,
  /** Fewer returns in the estimation window than the study asks for. */
  INSUFFICIENT_HISTORY,
  /** The series, or the residual of its model, does not vary: nothing to measure against. */
  ZERO_VARIANCE,
  /** The regressors are constant or linearly dependent. */
  SINGULAR_DESIGN,
  /** The benchmark or a factor has no value on days that are needed. */
  FACTORS_MISSING,
  /** The instrument has no return on a day of the window. */
  MISSING_RETURNS,
  /** An iterative fit found no optimum. */
  NOT_CONVERGED;

  /** Days that the benchmark traded on without the instrument, after which its trading ended. */
  private static final int ENDED_AFTER = 15;

  /**
   * Why days after an instrument's last bar have no bar: they are still to come, or its trading
   * ended.
   *
   * @param lastBar index of its last bar
   * @param days of the benchmark
   */
  public static StudyStatus afterLastBar(int lastBar, int days) {
    return days - 1 - lastBar >= ENDED_AFTER ? TRADING_ENDED : PENDING;
  }
}
