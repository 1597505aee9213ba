package io.dealimpact.study.model;

import java.util.Map;

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
   * E[R] = α + βR_m + γR_s by ordinary least squares, R_s the return of the instrument's sector; k
   * = 3 (Brown &amp; Warner 1980, section 6, industry controls; Goldsmith-Pinkham &amp; Lyu 2025).
   * Where the instrument has no sector there is no fit: {@code FACTORS_MISSING}.
   */
  MARKET_SECTOR("market-sector"),
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
          MARKET_SECTOR,
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

  @Override
  public String label() {
    return switch (this) {
      case MEAN_ADJUSTED -> "Mean adjusted";
      case MARKET_ADJUSTED -> "Market adjusted";
      case MARKET_MODEL -> "Market model";
      case MARKET_SECTOR -> "Market and sector";
      case CAPM -> "CAPM";
      case TRADE_TO_TRADE -> "Trade to trade";
      case PEER_PORTFOLIO -> "Peer portfolio";
      case PEER_PORTFOLIO_VALUE_WEIGHTED -> "Peer portfolio, value-weighted";
      case MARKET_MODEL_GARCH -> "Market model, GARCH errors";
      case MARKET_MODEL_EGARCH -> "Market model, EGARCH errors";
      case SYNTHETIC_CONTROL -> "Synthetic control";
    };
  }

  @Override
  public String formula() {
    return switch (this) {
      case MEAN_ADJUSTED -> "E[R] = mean of the estimation window (Brown & Warner 1985)";
      case MARKET_ADJUSTED -> "E[R] = R_m, nothing estimated (Brown & Warner 1985)";
      case MARKET_MODEL ->
          "E[R] = α + β R_m by least squares (Fama, Fisher, Jensen & Roll 1969; MacKinlay 1997)";
      case MARKET_SECTOR ->
          "E[R] = α + β R_m + γ R_s by least squares, R_s the sector's return (Brown & Warner 1980)";
      case CAPM -> "E[R] = R_f + β(R_m − R_f) (Campbell, Lo & MacKinlay 1997, ch. 4)";
      case TRADE_TO_TRADE ->
          "E[R] = αn + β R_m over the n days since the last trade (Maynes & Rumsey 1993)";
      case PEER_PORTFOLIO ->
          "E[R] = α + β R_p, R_p the mean return of the peers (Campbell, Lo & MacKinlay 1997, ch. 4)";
      case PEER_PORTFOLIO_VALUE_WEIGHTED ->
          "E[R] = α + β R_p, R_p the value-weighted return of the peers (Campbell, Lo & MacKinlay 1997, ch. 4)";
      case MARKET_MODEL_GARCH ->
          "E[R] = α + β R_m, errors with GARCH(1,1) variance (Bollerslev 1986)";
      case MARKET_MODEL_EGARCH ->
          "E[R] = α + β R_m, errors with EGARCH(1,1) variance (Nelson 1991)";
      case SYNTHETIC_CONTROL ->
          "E[R] = Σ w_j R_j over the peers, w_j ≥ 0 with sum 1 (Abadie, Diamond & Hainmueller 2010)";
    };
  }

  @Override
  public ModelSeries series(ReturnInputs inputs) {
    return switch (this) {
      case MEAN_ADJUSTED -> ModelDesigns.meanAdjusted(inputs);
      case MARKET_ADJUSTED -> ModelDesigns.marketAdjusted(inputs);
      case MARKET_MODEL, MARKET_MODEL_GARCH, MARKET_MODEL_EGARCH ->
          ModelDesigns.marketModel(inputs);
      case MARKET_SECTOR -> ModelDesigns.marketSector(inputs);
      case CAPM -> ModelDesigns.capm(inputs);
      case TRADE_TO_TRADE -> ModelDesigns.tradeToTrade(inputs);
      case PEER_PORTFOLIO ->
          ModelDesigns.onIndex(PeerPortfolio.equalWeighted(inputs.market()), "peers", inputs);
      case PEER_PORTFOLIO_VALUE_WEIGHTED ->
          ModelDesigns.onIndex(PeerPortfolio.valueWeighted(inputs.market()), "peers", inputs);
      case SYNTHETIC_CONTROL -> ModelDesigns.onPeers(inputs);
    };
  }

  @Override
  public Fit.Estimator estimator(ModelSeries series, ReturnInputs inputs) {
    return switch (this) {
      case MEAN_ADJUSTED,
          MARKET_ADJUSTED,
          MARKET_MODEL,
          MARKET_SECTOR,
          CAPM,
          TRADE_TO_TRADE,
          PEER_PORTFOLIO,
          PEER_PORTFOLIO_VALUE_WEIGHTED ->
          new LeastSquares(series);
      case MARKET_MODEL_GARCH -> new Garch(series, Garch.Variance.GARCH);
      case MARKET_MODEL_EGARCH -> new Garch(series, Garch.Variance.EGARCH);
      case SYNTHETIC_CONTROL -> new SyntheticControl(series);
    };
  }

  @Override
  public double beta(Map<String, Double> coefficients) {
    return switch (this) {
      case MEAN_ADJUSTED -> 0;
      case MARKET_ADJUSTED -> 1;
      case MARKET_MODEL,
          MARKET_SECTOR,
          CAPM,
          TRADE_TO_TRADE,
          PEER_PORTFOLIO,
          PEER_PORTFOLIO_VALUE_WEIGHTED,
          MARKET_MODEL_GARCH,
          MARKET_MODEL_EGARCH ->
          coefficients.getOrDefault("beta", Double.NaN);
      case SYNTHETIC_CONTROL -> Double.NaN;
    };
  }
}
