package io.dealimpact.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class QuantityRangeTest {

  @Test
  void midIsTheMeanUnlessGiven() {
    assertThat(QuantityRange.of(40e9, 50e9).mid()).isEqualTo(45e9);
    assertThat(QuantityRange.of(1, 1.2, 2).mid()).isEqualTo(1.2);
  }

  @Test
  void refusesDisorderAndNaN() {
    assertThatThrownBy(() -> QuantityRange.of(2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("range (2.0, 1.5, 1.0) must have low <= mid <= high");
    assertThatThrownBy(() -> QuantityRange.of(Double.NaN, 1))
        .hasMessage("range (NaN, NaN, 1.0) must be of finite numbers");
    assertThatThrownBy(() -> QuantityRange.of(1e200, 1e200).times(QuantityRange.of(1e200, 1e200)))
        .hasMessageContaining("must be of finite numbers");
  }

  @Test
  void unknownStaysUnknown() {
    Optional<QuantityRange> one = Optional.of(QuantityRange.exactly(1));
    assertThat(QuantityRange.sum(one, Optional.empty())).isEmpty();
    assertThat(QuantityRange.product(Optional.empty(), one)).isEmpty();
    assertThat(QuantityRange.quotient(one, Optional.empty())).isEmpty();
    assertThat(QuantityRange.quotient(one, Optional.of(QuantityRange.of(0, 2)))).isEmpty();
    assertThat(QuantityRange.ofNullable(null, null)).isEmpty();
    assertThat(QuantityRange.ofNullable(null, 3.0)).contains(QuantityRange.exactly(3));
  }

  @Test
  void intervalsTakeTheExtremes() {
    assertThat(QuantityRange.of(-2, 3).times(QuantityRange.of(-5, 4)))
        .isEqualTo(new QuantityRange(-15, -0.25, 12));
    assertThat(QuantityRange.of(1, 2).minus(QuantityRange.of(0, 5)))
        .isEqualTo(new QuantityRange(-4, -1, 2));
    assertThat(QuantityRange.of(-6, 6).dividedBy(QuantityRange.of(2, 3)))
        .contains(new QuantityRange(-3, 0, 3));
  }

  /** Every pair of values has its sum, product and quotient in the interval result. */
  @Property(tries = 300)
  void resultHoldsAllPairs(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double a,
      @ForAll @DoubleRange(min = 0, max = 1e6) double width,
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double b,
      @ForAll @DoubleRange(min = 0, max = 1) double at) {
    QuantityRange x = QuantityRange.of(a, a + width);
    QuantityRange y = QuantityRange.of(b, 2 * b);
    double p = a + at * width;
    double q = b + (1 - at) * b;
    double slack = 1e-9 * (1 + Math.abs(p * q) + width * b);
    assertThat(p + q).isBetween(x.plus(y).low() - slack, x.plus(y).high() + slack);
    assertThat(p * q).isBetween(x.times(y).low() - slack, x.times(y).high() + slack);
    QuantityRange quotient = x.dividedBy(y).orElseThrow();
    assertThat(p / q).isBetween(quotient.low() - slack / b, quotient.high() + slack / b);
    assertThat(x.minus(y).mid()).isCloseTo(x.mid() - y.mid(), within(slack));
  }
}
