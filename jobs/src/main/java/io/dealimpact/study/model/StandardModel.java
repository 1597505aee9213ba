package io.dealimpact.study.model;

/** The models without parameters. */
public enum StandardModel implements ReturnModel {
  /** E[R] = the mean of the estimation window; k = 1 (Brown &amp; Warner 1985, eq. 1). */
  MEAN_ADJUSTED("mean-adjusted"),
  /**
   * E[R] = R_m; nothing is estimated but s, from the estimation window's differences R − R_m with n
   * − 1 degrees of freedom (Brown &amp; Warner 1985, eq. 2).
   */
  MARKET_ADJUSTED("market-adjusted"),
  /**
   * E[R] = α + βR_m by ordinary least squares; k = 2 (Fama, Fisher, Jensen &amp; Roll 1969;
   * MacKinlay 1997, eq. 3).
   */
  MARKET_MODEL("market-model"),
  /**
   * E[R] = R_f + β(R_m − R_f), R_m the benchmark: the constant is restricted to 0, so that β is the
   * regression through the origin of excess on excess returns; k = 1 (Sharpe 1964; Campbell, Lo
   * &amp; MacKinlay 1997, section 4.3). Needs the factor {@code rf}.
   */
  CAPM("capm"),
  /**
   * The market model on the returns between trades: over n days without a bar, R = αn + βR_m + e
   * with R_m compounded over the same n days and Var(e) = nσ², by least squares weighted with 1/n;
   * k = 2 (Maynes &amp; Rumsey 1993, eq. 3). A day without a bar has no abnormal return; the next
   * day of trade has that of all days since. Equal to the market model where no day is missing.
   */
  TRADE_TO_TRADE("trade-to-trade"),
  /**
   * The market model on the equal-weighted return of the peers that have one that day, instead of
   * the index; k = 2 (Campbell, Lo &amp; MacKinlay 1997, section 4.3).
   */
  PEER_PORTFOLIO("peer-portfolio"),
  /** The same, peers weighted by their market value of the day before. */
  PEER_PORTFOLIO_VALUE_WEIGHTED("peer-portfolio-value-weighted"),
  /** The market model with GARCH(1,1) errors: {@link Garch}. */
  MARKET_MODEL_GARCH("market-model-garch"),
  /** The market model with EGARCH(1,1) errors: {@link Garch}. */
  MARKET_MODEL_EGARCH("market-model-egarch"),
  /** A weighted portfolio of the peers: {@link SyntheticControl}. */
  SYNTHETIC_CONTROL("synthetic-control");

  private final String code;

  StandardModel(String code) {
    this.code = code;
  }

  @Override
  public boolean usesBenchmark() {
    return switch (this) {
      case MARKET_ADJUSTED,
          MARKET_MODEL,
          CAPM,
          TRADE_TO_TRADE,
          MARKET_MODEL_GARCH,
          MARKET_MODEL_EGARCH ->
          true;
      case MEAN_ADJUSTED, PEER_PORTFOLIO, PEER_PORTFOLIO_VALUE_WEIGHTED, SYNTHETIC_CONTROL -> false;
    };
  }

  @Override
  public String code() {
    return code;
  }
}
