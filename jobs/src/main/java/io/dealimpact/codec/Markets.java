package io.dealimpact.codec;

import io.dealimpact.study.event.InstrumentMeasurer;
import io.dealimpact.study.market.TradingCalendar;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What measures the events of each market: a benchmark on the trading days of an exchange. Most
 * studies have one.
 */
public final class Markets implements Serializable {
  private static final long serialVersionUID = 1L;

  private final InstrumentMeasurer own;
  private final TreeMap<String, InstrumentMeasurer> others;

  /**
   * The markets of a study.
   *
   * @param own of the study's own benchmark and trading days
   * @param others by the name of the market
   */
  public Markets(InstrumentMeasurer own, Map<String, InstrumentMeasurer> others) {
    this.own = own;
    this.others = new TreeMap<>(others);
  }

  /** The study's own benchmark and trading days. */
  public InstrumentMeasurer own() {
    return own;
  }

  /** What measures the events of a market; the study's own where the name is another's. */
  InstrumentMeasurer of(String market) {
    return market == null ? own : others.getOrDefault(market, own);
  }

  /** The same markets, each measured by what is made of its measurer. */
  public Markets with(UnaryOperator<InstrumentMeasurer> change) {
    Map<String, InstrumentMeasurer> changed = new TreeMap<>();
    others.forEach((name, measurer) -> changed.put(name, change.apply(measurer)));
    return new Markets(change.apply(own), changed);
  }

  /** The first day of any calendar, since 1970-01-01. */
  int firstDay() {
    return calendars().mapToInt(calendar -> calendar.epochDay(0)).min().orElseThrow();
  }

  /** The last day of any calendar, since 1970-01-01. */
  int lastDay() {
    return calendars()
        .mapToInt(calendar -> calendar.epochDay(calendar.size() - 1))
        .max()
        .orElseThrow();
  }

  private Stream<TradingCalendar> calendars() {
    return Stream.concat(Stream.of(own), others.values().stream())
        .map(InstrumentMeasurer::calendar)
        .filter(calendar -> calendar.size() > 0);
  }

  /** The names of the markets of an instrument's events, in the order of the rows. */
  static Set<String> named(List<InstrumentRow> rows) {
    Set<String> names = new LinkedHashSet<>();
    for (InstrumentRow row : rows) {
      if (row.getEvent() != null) {
        names.add(row.getEvent().getMarket());
      }
    }
    return names;
  }
}
