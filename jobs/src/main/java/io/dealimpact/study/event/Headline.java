package io.dealimpact.study.event;

import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.model.StandardModel;
import java.util.List;

/**
 * The model that stands for an event: the study's headline model where it was fitted, else the
 * market model where that was, else the first that was. Where none was, the market model, if the
 * study has it: its reason, which is then the event's, counts all days that the instrument has.
 */
final class Headline {
  private Headline() {}

  /**
   * Its place among the results.
   *
   * @param model code of the study's headline model
   * @param results of one event, one for each model
   */
  static int of(String model, List<ModelResult> results) {
    int wanted = find(model, results);
    int market = find(StandardModel.MARKET_MODEL.code(), results);
    if (wanted >= 0 && isFitted(results.get(wanted))) {
      return wanted;
    }
    if (market >= 0 && isFitted(results.get(market))) {
      return market;
    }
    for (int i = 0; i < results.size(); i++) {
      if (isFitted(results.get(i))) {
        return i;
      }
    }
    return market >= 0 ? market : Math.max(wanted, 0);
  }

  private static int find(String model, List<ModelResult> results) {
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i).fit().model().code().equals(model)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isFitted(ModelResult result) {
    return result.fit().status() == StudyStatus.OK;
  }
}
