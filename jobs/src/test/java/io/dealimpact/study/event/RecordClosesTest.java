package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.market.PriceHistory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordClosesTest {
  @Test
  void aRecordIsAboveEveryCloseBefore() {
    double[] close = {10, 9, 11, 11, Double.NaN, 10.5, 12};
    assertThat(records(close)).containsExactly(0, 2, 4, 6);
  }

  @Test
  void aMissingCloseDoesNotEndTheRecordBeforeIt() {
    double[] close = {10, Double.NaN, 9};
    assertThat(records(close)).containsExactly(0, 1);
  }

  /** Day 0 is never a day without a close: what is said of such a day is not read. */
  private static int[] records(double[] close) {
    RecordCloses records = RecordCloses.of(PriceHistory.ofCloses(close));
    return IntStream.range(0, close.length).filter(records::isRecord).toArray();
  }
}
