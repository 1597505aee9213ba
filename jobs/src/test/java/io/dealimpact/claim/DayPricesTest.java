package io.dealimpact.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.claim.DayPrices.Abnormal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DayPricesTest {
  @Test
  void theIntervalOfTheDollarsIsThatOfTheReturnToo() {
    Abnormal abnormal = new Abnormal(0.04, 0.01, 40, 20, 60);
    assertThat(abnormal.netUsd()).contains(QuantityRange.of(20, 40, 60));
    assertThat(abnormal.netReturn(1000)).contains(QuantityRange.of(0.02, 0.04, 0.06));
  }

  @Test
  void withoutAValueTheReturnHasTwoStandardErrorsOnEitherSide() {
    Abnormal abnormal = new Abnormal(0.5, 0.125, Double.NaN, Double.NaN, Double.NaN);
    assertThat(abnormal.netUsd()).isEmpty();
    assertThat(abnormal.netReturn(Double.NaN)).contains(QuantityRange.of(0.25, 0.5, 0.75));
  }

  @Test
  void withoutAReturnThereIsNothing() {
    double none = Double.NaN;
    Abnormal abnormal = new Abnormal(none, none, none, none, none);
    assertThat(abnormal.netUsd()).isEmpty();
    assertThat(abnormal.netReturn(1000)).isEmpty();
  }

  @Test
  void theBuilderPutsEachFigureWhereItsNameIs() {
    DayPrices day =
        DayPrices.builder()
            .previousClose(1)
            .open(2)
            .high(3)
            .low(4)
            .close(5)
            .highestCloseBefore(6)
            .highestHighBefore(7)
            .capBeforeUsd(8)
            .build();
    assertThat(day.previousClose()).isEqualTo(1);
    assertThat(day.open()).isEqualTo(2);
    assertThat(day.high()).isEqualTo(3);
    assertThat(day.low()).isEqualTo(4);
    assertThat(day.close()).isEqualTo(5);
    assertThat(day.highestCloseBefore()).isEqualTo(6);
    assertThat(day.highestHighBefore()).isEqualTo(7);
    assertThat(day.capBeforeUsd()).isEqualTo(8);
    assertThat(day.firstDay()).isEmpty();
    assertThat(day.netReturn()).isEqualTo(Net.UNKNOWN);
    assertThat(day.netUsd()).isEqualTo(Net.UNKNOWN);
  }

  @Test
  void netOfTheMarketAndNetOfMarketAndSectorAreTwoReadings() {
    DayPrices day =
        DayPrices.builder()
            .capBeforeUsd(1000)
            .ofMarket(Optional.of(new Abnormal(0.04, 0.01, 40, 20, 60)))
            .ofMarketAndSector(Optional.of(new Abnormal(0.03, 0.01, 30, 10, 50)))
            .build();
    assertThat(day.gains())
        .filteredOn(reading -> reading.name().startsWith("net-of-"))
        .extracting(Reading::name, Reading::measured)
        .containsExactly(
            tuple("net-of-market", Optional.of(QuantityRange.of(20, 40, 60))),
            tuple("net-of-market-and-sector", Optional.of(QuantityRange.of(10, 30, 50))));
    assertThat(day.returns())
        .filteredOn(reading -> reading.name().startsWith("net-of-"))
        .extracting(Reading::measured)
        .containsExactly(
            Optional.of(QuantityRange.of(0.02, 0.04, 0.06)),
            Optional.of(QuantityRange.of(0.01, 0.03, 0.05)));
  }

  @Test
  void aShareWithoutASectorSaysSo() {
    DayPrices day =
        DayPrices.builder()
            .capBeforeUsd(1000)
            .ofMarket(Optional.of(new Abnormal(0.04, 0.01, 40, 20, 60)))
            .build();
    assertThat(day.gains().get(5).note()).contains("the share has no sector");
    assertThat(day.gains().get(4).measured()).isPresent();
  }
}
