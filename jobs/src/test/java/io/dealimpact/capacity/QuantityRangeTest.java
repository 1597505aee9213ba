package io.dealimpact.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class RangeTest {

  @Test
  void midIsTheMeanUnlessGiven() {
    assertThat(Range.of(40e9, 50e9).mid()).isEqualTo(45e9);
    assertThat(Range.of(1, 1.2, 2).mid()).isEqualTo(1.2);
  }

  @Test
  void refusesDisorderAndNaN() {
    assertThatThrownBy(() -> Range.of(2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("range (2.0, 1.5, 1.0) must have low <= mid <= high");
    assertThatThrownBy(() -> Range.of(Double.NaN, 1))
        .hasMessage("range (NaN, NaN, 1.0) must be of finite numbers");
    assertThatThrownBy(() -> Range.of(1e200, 1e200).times(Range.of(1e200, 1e200)))
        .hasMessageContaining("must be of finite numbers");
  }

  @Test
  void unknownStaysUnknown() {
    Optional<Range> one = Optional.of(Range.exactly(1));
    assertThat(Range.sum(one, Optional.empty())).isEmpty();
    assertThat(Range.product(Optional.empty(), one)).isEmpty();
    assertThat(Range.quotient(one, Optional.empty())).isEmpty();
    assertThat(Range.quotient(one, Optional.of(Range.of(0, 2)))).isEmpty();
    assertThat(Range.ofNullable(null, null)).isEmpty();
    assertThat(Range.ofNullable(null, 3.0)).contains(Range.exactly(3));
  }

  @Test
  void intervalsTakeTheExtremes() {
    assertThat(Range.of(-2, 3).times(Range.of(-5, 4))).isEqualTo(new Range(-15, -0.25, 12));
    assertThat(Range.of(1, 2).minus(Range.of(0, 5))).isEqualTo(new Range(-4, -1, 2));
    assertThat(Range.of(-6, 6).dividedBy(Range.of(2, 3))).contains(new Range(-3, 0, 3));
  }

  /** Every pair of values has its sum, product and quotient in the interval result. */
  @Property(tries = 300)
  void resultHoldsAllPairs(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double a,
      @ForAll @DoubleRange(min = 0, max = 1e6) double width,
      @ForAll @DoubleRange(min = 0.01, max = 1e6) double b,
      @ForAll @DoubleRange(min = 0, max = 1) double at) {
    Range x = Range.of(a, a + width);
    Range y = Range.of(b, 2 * b);
    double p = a + at * width;
    double q = b + (1 - at) * b;
    double slack = 1e-9 * (1 + Math.abs(p * q) + width * b);
    assertThat(p + q).isBetween(x.plus(y).low() - slack, x.plus(y).high() + slack);
    assertThat(p * q).isBetween(x.times(y).low() - slack, x.times(y).high() + slack);
    Range quotient = x.dividedBy(y).orElseThrow();
    assertThat(p / q).isBetween(quotient.low() - slack / b, quotient.high() + slack / b);
    assertThat(x.minus(y).mid()).isCloseTo(x.mid() - y.mid(), within(slack));
  }
}
