package io.dealimpact.study.event;

import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.TradingCalendar;
import java.util.List;

/**
 * One event's numbers with everything they were made from.
 *
 * @param marketCapUsd value at each day's close, USD, aligned to the calendar
 * @param usdPerUnit USD for one unit of the instrument's currency, aligned likewise
 * @param models the event under each model, in the plan's order
 */
public record EventCalculation(
    String instrumentId,
    TradingCalendar calendar,
    MarketData market,
    StudyPlan plan,
    PriceHistory prices,
    double[] marketCapUsd,
    double[] usdPerUnit,
    List<MeasuredEvent> models) {}
