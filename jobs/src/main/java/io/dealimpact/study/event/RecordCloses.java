package io.dealimpact.study.event;

import io.dealimpact.study.market.PriceHistory;

/** Which days closed at a record: higher than every close before. */
final class RecordCloses {
  private final double[] close;

  /** The highest close of the days before each day; NaN where there is none. */
  private final double[] highestBefore;

  private RecordCloses(double[] close) {
    this.close = close;
    highestBefore = new double[close.length];
    double soFar = Double.NaN;
    for (int t = 0; t < close.length; t++) {
      highestBefore[t] = soFar;
      soFar = close[t] <= soFar || Double.isNaN(close[t]) ? soFar : close[t];
    }
  }

  /** The records of a price history. */
  static RecordCloses of(PriceHistory prices) {
    return new RecordCloses(prices.close());
  }

  /** Whether no earlier close is as high; a first close has none before it and is a record. */
  boolean isRecord(int day) {
    return !(highestBefore[day] >= close[day]);
  }
}
