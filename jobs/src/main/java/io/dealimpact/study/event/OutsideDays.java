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

  private final ModelSeries series;
  private final Fit.Estimator estimator;
  private final EstimationDays estimation;
  private final Estimate estimate;
  private final StudentT student;
  private final int minimum;
  private final double[] row;

  /**
   * Days of an instrument.
   *
   * @param prices of the instrument, aligned to the calendar; of them the closes and the given
   *     returns count
   * @param market what it is compared with
   * @param plan its estimation window, kind of returns and confidence
   */
  public OutsideDays(PriceHistory prices, MarketData market, StudyPlan plan) {
    ReturnInputs inputs =
        new ReturnInputs(
            PriceHistory.ofCloses(prices.close(), prices.adjustedClose())
                .withReturns(prices.given()),
            plan.price(),
            plan.returns(),
            market,
            Optional.empty());
    series = StandardModel.MARKET_MODEL.series(inputs);
    estimator = StandardModel.MARKET_MODEL.estimator(series, inputs);
    estimation = new EstimationDays(plan, new int[0]);
    estimate = new Estimate(series.width());
    student = StudentT.of(plan.confidence());
    minimum = plan.estimation().minimum();
    row = new double[series.width()];
  }

  /**
   * What a day was.
   *
   * @param t index of the day in the calendar
   */
  public Day at(int t) {
    if (Double.isNaN(series.actual(t))
        || !estimator.estimate(estimation.of(t), minimum, estimate)) {
      return Day.UNKNOWN;
    }
    series.regressors(t, row);
    double se = estimate.sigma * Math.sqrt(1 + estimate.form(row));
    double z = Math.abs(series.abnormal(t, estimate.coefficients)) / se;
    if (Double.isNaN(z)) {
      return Day.UNKNOWN;
    }
    return z >= student.quantile(estimate.degreesOfFreedom) ? Day.OUTSIDE : Day.INSIDE;
  }
}
