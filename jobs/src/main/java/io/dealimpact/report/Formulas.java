package io.dealimpact.report;

/** The formula of each expected-return model in one line, with its reference. */
final class Formulas {
  private Formulas() {}

  static String model(String code) {
    return switch (code) {
      case "market-model" ->
          "E[R] = α + β R_m by least squares (Fama, Fisher, Jensen & Roll 1969; MacKinlay 1997)";
      case "market-adjusted" -> "E[R] = R_m, nothing estimated (Brown & Warner 1985)";
      case "mean-adjusted" -> "E[R] = mean of the estimation window (Brown & Warner 1985)";
      case "capm" -> "E[R] = R_f + β(R_m − R_f) (Campbell, Lo & MacKinlay 1997, ch. 4)";
      default -> "E[R] of the model " + code + "; its page is in jobs/docs";
    };
  }
}
