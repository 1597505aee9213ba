package io.dealimpact.study.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ChoiceSpanTest {
  private static final double LEVEL = 0.05;

  private static ChoiceSpan of(double... carsAndPs) {
    ChoiceSpan span = new ChoiceSpan(LEVEL);
    for (int i = 0; i < carsAndPs.length; i += 2) {
      span.add(carsAndPs[i], carsAndPs[i + 1]);
    }
    return span;
  }

  @Test
  void theSpanIsOverTheChoicesThatHaveAFigureAndAp() {
    ChoiceSpan span = of(0.02, 0.01, Double.NaN, 0.5, 0.5, Double.NaN, -0.01, 0.04, 0.03, 0.2);
    assertThat(span.choices()).isEqualTo(3);
    assertThat(span.carLow()).isEqualTo(-0.01);
    assertThat(span.carHigh()).isEqualTo(0.03);
    assertThat(span.pLow()).isEqualTo(0.01);
    assertThat(span.pHigh()).isEqualTo(0.2);
    assertThat(span.positiveShare()).isEqualTo(2 / 3.0);
    assertThat(span.significantShare()).isEqualTo(2 / 3.0);
    assertThat(span.range()).isEqualTo("-1.00 % to +3.00 %, p 0.0100 to 0.2000");
  }

  @Test
  void nothingIsSaidOfNoChoice() {
    ChoiceSpan span = of(Double.NaN, 0.01);
    assertThat(span.choices()).isZero();
    assertThat(span.carLow()).isNaN();
    assertThat(span.positiveShare()).isNaN();
    assertThat(span.significantShare()).isNaN();
    assertThat(span.range()).isEmpty();
    assertThat(span.verdict()).isEqualTo("no figure under any choice");
  }

  @Test
  void theVerdictIsWhatTheChoicesAgreeOn() {
    assertThat(of(0.1, 0.01, -0.1, 0.01).verdict()).isEqualTo("the sign depends on the choice");
    assertThat(of(0.1, 0.01, 0.2, 0.049).verdict()).isEqualTo("significant under every choice");
    assertThat(of(-0.1, 0.05, -0.2, 0.9).verdict()).isEqualTo("significant under no choice");
    assertThat(of(0.1, 0.01, 0.2, 0.05).verdict())
        .isEqualTo("the sign holds, significance depends on the choice");
  }

  @Test
  void aSmallPIsNeverShownAsNone() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(of(0.1, 1e-9).range()).isEqualTo("+10.00 % to +10.00 %, p < 0.0001 to < 0.0001");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Property
  void theOrderOfChoicesDoesNotMatter(
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = -1, max = 1) Double> cars) {
    ChoiceSpan forth = new ChoiceSpan(LEVEL);
    ChoiceSpan back = new ChoiceSpan(LEVEL);
    List<Double> reversed = new ArrayList<>(cars);
    Collections.reverse(reversed);
    cars.forEach(car -> forth.add(car, Math.abs(car)));
    reversed.forEach(car -> back.add(car, Math.abs(car)));
    assertThat(List.of(back.carLow(), back.carHigh(), back.pLow(), back.pHigh()))
        .isEqualTo(List.of(forth.carLow(), forth.carHigh(), forth.pLow(), forth.pHigh()));
    assertThat(back.range()).isEqualTo(forth.range());
    assertThat(back.verdict()).isEqualTo(forth.verdict());
  }
}
