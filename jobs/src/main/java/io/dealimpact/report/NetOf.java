package io.dealimpact.report;

import io.dealimpact.study.model.StandardModel;

/** What a model takes off a share's move, in words. */
public final class NetOf {
  private NetOf() {}

  /**
   * For instance {@code net of market and sector}.
   *
   * @param model code of the model
   */
  public static String words(String model) {
    if (model.equals(StandardModel.MARKET_SECTOR.code())) {
      return "net of market and sector";
    }
    boolean isMarket =
        model.equals(StandardModel.MARKET_MODEL.code())
            || model.equals(StandardModel.MARKET_ADJUSTED.code());
    return isMarket ? "net of market" : "net of " + model;
  }

  /** What explains the rest: {@code market and sector (QQQ)}, {@code the market}, or the model. */
  static String explainedBy(String model, String sector) {
    String words = words(model).substring("net of ".length());
    return sector.isEmpty() ? words : words + " (" + sector + ")";
  }
}
