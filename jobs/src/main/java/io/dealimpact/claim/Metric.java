package io.dealimpact.claim;

import java.util.Locale;
import java.util.Optional;

/** What a claim is about: the closed list of metrics that can be audited. */
public enum Metric {
  /** Value of the contract, USD. */
  CONTRACT_VALUE_USD(Unit.USD),
  /** Term of the contract, years. */
  TERM_YEARS(Unit.YEARS),
  /** Power promised, GW. */
  POWER_GW(Unit.GW),
  /** Number of GPUs promised. */
  GPU_COUNT(Unit.GPUS),
  /** GPU models promised, by name. */
  GPU_MODEL(Unit.NAMES),
  /** Cost to build one GW, USD. */
  CAPEX_USD_PER_GW(Unit.USD),
  /** Share of that cost that buys GPUs, a fraction. */
  GPU_SHARE_OF_CAPEX(Unit.FRACTION),
  /** First day with any power. */
  FIRST_POWER_DATE(Unit.DATE),
  /** First day with all power. */
  FULL_POWER_DATE(Unit.DATE),
  /** Day on which more is added. */
  EXPANSION_DATE(Unit.DATE),
  /** Change of market value in one day, USD. */
  ONE_DAY_GAIN_USD(Unit.USD),
  /** Change of price in one day, close to close, a fraction. */
  ONE_DAY_RETURN(Unit.FRACTION),
  /** Change of price within one day, from the close before, a fraction. */
  INTRADAY_RETURN(Unit.FRACTION),
  /** Market value, USD. */
  MARKET_CAP_USD(Unit.USD),
  /** Price over the earlier record: above 1 is a record. */
  RECORD_PRICE(Unit.RATIO),
  /** What several providers were promised together, USD. */
  JOINT_COMMITMENT_USD(Unit.USD),
  /** What one provider was promised, USD. */
  COMMITMENT_USD(Unit.USD),
  /** Days from another event to the deal. */
  DAYS_SINCE_EVENT(Unit.DAYS),
  /** Deals of the customer with others between another event and the deal: 0 says it is first. */
  DEALS_SINCE_EVENT(Unit.COUNT),
  /** The deal over the largest before it: above 1 is without precedent. */
  LARGEST_SO_FAR(Unit.RATIO);

  /** In what a metric is measured. */
  public enum Unit {
    /** US dollars. */
    USD,
    /** Years. */
    YEARS,
    /** Gigawatts. */
    GW,
    /** GPUs. */
    GPUS,
    /** Set of names. */
    NAMES,
    /** Fraction of one. */
    FRACTION,
    /** Days since 1970-01-01. */
    DATE,
    /** Ratio of two prices. */
    RATIO,
    /** Days. */
    DAYS,
    /** Number of deals. */
    COUNT
  }

  private final Unit unit;

  Metric(Unit unit) {
    this.unit = unit;
  }

  /** The name in data: {@code one-day-gain-usd}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** In what it is measured. */
  public Unit unit() {
    return unit;
  }

  /** The metric of that name; empty if there is none. */
  public static Optional<Metric> parse(String code) {
    for (Metric metric : values()) {
      if (metric.code().equals(code)) {
        return Optional.of(metric);
      }
    }
    return Optional.empty();
  }
}
