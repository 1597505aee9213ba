package io.dealimpact.study.event;

import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.model.Estimate;
import io.dealimpact.study.model.Fit;
import io.dealimpact.study.model.ModelSeries;
import io.dealimpact.study.model.ReturnInputs;
import io.dealimpact.study.model.StandardModel;
import io.dealimpact.study.numeric.StudentT;
import java.util.Optional;

/**
 * On which days an instrument lay outside its own interval under the market model: |AR_t| ≥ t(M −
 * 2) s √C_t. Whether a day was the sector's shows in how many of its instruments did.
 */
public final class OutsideDays {
  /** What a day was. */
  public enum Day {
    INSIDE,
    OUTSIDE,
    /** No return, or no fit before it. */
    UNKNOWN
  }

  private OutsideDays() {}

  /**
   * All days of the calendar.
   *
   * @param prices of the instrument, aligned to the calendar
   * @param market what it is compared with
   * @param plan its estimation window, kind of returns and confidence
   */
  public static Day[] of(PriceHistory prices, MarketData market, StudyPlan plan) {
    ReturnInputs inputs =
        new ReturnInputs(prices, plan.price(), plan.returns(), market, Optional.empty());
    ModelSeries series = StandardModel.MARKET_MODEL.series(inputs);
    Fit.Estimator estimator = StandardModel.MARKET_MODEL.estimator(series, inputs);
    EstimationDays estimation = new EstimationDays(plan, new int[0]);
    Estimate estimate = new Estimate(series.width());
    StudentT student = new StudentT(plan.confidence());
    double[] row = new double[series.width()];
    Day[] days = new Day[prices.size()];
    for (int t = 0; t < days.length; t++) {
      days[t] = Day.UNKNOWN;
      if (!Double.isNaN(series.actual(t))
          && estimator.estimate(estimation.of(t), plan.estimation().minimum(), estimate)) {
        series.regressors(t, row);
        double se = estimate.sigma * Math.sqrt(1 + estimate.form(row));
        double z = Math.abs(series.abnormal(t, estimate.coefficients)) / se;
        if (!Double.isNaN(z)) {
          days[t] = z >= student.quantile(estimate.degreesOfFreedom) ? Day.OUTSIDE : Day.INSIDE;
        }
      }
    }
    return days;
  }
}
