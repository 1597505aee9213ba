package io.dealimpact.study;

/** The models that are not plain regressions on published factors. */
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
  MARKET_MODEL("market-model");

  private final String code;

  StandardModel(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
