package io.dealimpact.capacity.cost;

import static io.dealimpact.capacity.cost.FeasibleSet.Quantity.GPUS;
import static io.dealimpact.capacity.cost.FeasibleSet.Quantity.KW_PER_GPU;
import static io.dealimpact.capacity.cost.FeasibleSet.Quantity.POWER_GW;
import static io.dealimpact.capacity.cost.FeasibleSet.Quantity.RAMP_SHARE;
import static io.dealimpact.capacity.cost.FeasibleSet.Quantity.USD_PER_GPU_HOUR;
import static io.dealimpact.capacity.cost.FeasibleSet.Quantity.USD_PER_GW;
import static io.dealimpact.capacity.cost.FeasibleSet.Quantity.USD_PER_GW_YEAR;
import static io.dealimpact.capacity.cost.FeasibleSet.Quantity.VALUE_USD;
import static io.dealimpact.capacity.cost.FeasibleSet.Quantity.YEARS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.Violation;
import io.dealimpact.capacity.cost.FeasibleSet.Quantity;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Statements of deals, by hand; and random ones against points drawn inside. */
class FeasibleSetTest {
  /** 38 billion over 7 years, about 1 GW, hundreds of thousands of GB200 and GB300. */
  private static final Map<Quantity, QuantityRange> AWS =
      Map.of(
          VALUE_USD, QuantityRange.exactly(38e9),
          YEARS, QuantityRange.exactly(7),
          RAMP_SHARE, QuantityRange.exactly(2345.5 / 2557),
          POWER_GW, QuantityRange.of(0.9, 1.1),
          GPUS, QuantityRange.of(200_000, 999_999),
          KW_PER_GPU, QuantityRange.of(1.833, 2.383));

  private static QuantityRange range(FeasibleSet set, Quantity quantity) {
    return set.range(quantity).orElseThrow();
  }

  private static void assertRange(
      QuantityRange range, double low, double mid, double high, double off) {
    assertThat(range.low()).isCloseTo(low, within(off));
    assertThat(range.mid()).isCloseTo(mid, within(off));
    assertThat(range.high()).isCloseTo(high, within(off));
  }

  /** 0.9 GW / 2.383 kW to 1.1 GW / 1.833 kW: narrower than 200,000 to 999,999. */
  @Test
  void openAiAndAws() {
    FeasibleSet set = FeasibleSet.of(AWS);
    assertThat(set.isFeasible()).isTrue();
    assertRange(range(set, GPUS), 0.9e6 / 2.383, 1e6 / 2.108, 1.1e6 / 1.833, 1e-3);
    assertRange(range(set, USD_PER_GPU_HOUR), 1.03, 1.31, 1.64, 0.005);
    assertRange(
        range(set, USD_PER_GW_YEAR),
        38 / 7.0 / 1.1 * 2557 / 2345.5 * 1e9,
        5.92e9,
        38 / 7.0 / 0.9 * 2557 / 2345.5 * 1e9,
        0.005e9);
    assertRange(range(set, POWER_GW), 0.9, 1, 1.1, 0);
    assertRange(range(set, USD_PER_GW), 38e9 / 1.1, 38e9, 38e9 / 0.9, 1);
  }

  /** A million TPUs on 1 GW are 1 kW each; the model's are 1.467 to 2.273. */
  @Test
  void theStatementThatDoesNotFitIsNamed() {
    FeasibleSet set =
        FeasibleSet.of(
            Map.of(
                POWER_GW, QuantityRange.exactly(1),
                GPUS, QuantityRange.exactly(1e6),
                KW_PER_GPU, QuantityRange.of(1.467, 2.273)));
    assertThat(set.isFeasible()).isFalse();
    assertThat(set.range(POWER_GW)).isEmpty();
    assertThat(set.misfits())
        .extracting(Violation::message)
        .containsExactly(
            "power_gw is stated as 1, but the other statements need 1.467 to 2.273",
            "kw_per_gpu is stated as 1.467 to 2.273, but the other statements need 1",
            "gpus is stated as 1000000, but the other statements need 439900 to 681700");
  }

  /** A price that is given twice: only the price a GPU-hour contradicts all others. */
  @Test
  void oneWrongStatementAmongMany() {
    FeasibleSet set =
        FeasibleSet.of(
            Map.of(
                VALUE_USD, QuantityRange.exactly(38e9),
                YEARS, QuantityRange.exactly(7),
                POWER_GW, QuantityRange.exactly(1),
                USD_PER_GW, QuantityRange.of(37e9, 39e9),
                GPUS, QuantityRange.of(450_000, 500_000),
                KW_PER_GPU, QuantityRange.of(2, 2.2),
                USD_PER_GPU_HOUR, QuantityRange.of(3, 4)));
    assertThat(set.misfits())
        .extracting(Violation::message)
        .contains(
            "usd_per_gpu_hour is stated as 3 to 4, but the other statements need 1.239 to 1.362")
        .noneMatch(message -> message.startsWith("gpus") || message.startsWith("value_usd"));
  }

  /** What interval arithmetic widens: a price stated beside value, GPUs and power. */
  @Test
  void isNarrowerThanIntervalArithmeticWhereStatementsMeetTwice() {
    FeasibleSet set =
        FeasibleSet.of(
            Map.of(
                VALUE_USD, QuantityRange.of(30e9, 60e9),
                YEARS, QuantityRange.exactly(5),
                POWER_GW, QuantityRange.of(1, 2),
                KW_PER_GPU, QuantityRange.exactly(2),
                USD_PER_GPU_HOUR, QuantityRange.exactly(2),
                USD_PER_GW, QuantityRange.of(1e9, 90e9)));
    // 2 USD × 5 × 8766 h × 500,000 GPUs a GW: the value of a GW is known, whatever the power.
    assertRange(range(set, USD_PER_GW), 43.83e9, 43.83e9, 43.83e9, 1e3);
    assertThat(range(set, POWER_GW).high()).isCloseTo(60 / 43.83, within(1e-9));
    assertThat(range(set, VALUE_USD).low()).isCloseTo(43.83e9, within(10.0));
  }

  @Test
  void whatNothingBoundsIsEmpty() {
    FeasibleSet set = FeasibleSet.of(Map.of(POWER_GW, QuantityRange.exactly(1)));
    assertThat(set.range(GPUS)).isEmpty();
    assertThat(set.range(USD_PER_GW_YEAR)).isEmpty();
    assertThat(set.range(POWER_GW)).contains(QuantityRange.exactly(1));
    FeasibleSet nothing = FeasibleSet.of(Map.of());
    assertThat(nothing.isFeasible()).isTrue();
    assertThat(Quantity.values()).allMatch(quantity -> nothing.range(quantity).isEmpty());
    assertThatThrownBy(() -> FeasibleSet.of(Map.of(POWER_GW, QuantityRange.of(0, 1))))
        .hasMessage("power_gw must be above 0, not 0.0");
  }

  /** Statements made around a point hold it, and the set never exceeds what is stated. */
  @Property(tries = 100)
  void holdsThePointThatTheStatementsAreAround(@ForAll long seed) {
    Random random = new Random(seed);
    double value = 1e9 * (1 + 100 * random.nextDouble());
    double years = 1 + 14 * random.nextDouble();
    double share = 0.3 + 0.7 * random.nextDouble();
    double gw = 0.1 + 10 * random.nextDouble();
    double kw = 0.5 + 3 * random.nextDouble();
    double gpus = gw * 1e6 / kw;
    Map<Quantity, Double> truth = new EnumMap<>(Quantity.class);
    truth.put(VALUE_USD, value);
    truth.put(YEARS, years);
    truth.put(RAMP_SHARE, share);
    truth.put(POWER_GW, gw);
    truth.put(KW_PER_GPU, kw);
    truth.put(GPUS, gpus);
    truth.put(USD_PER_GPU_HOUR, value / years / 8766 / gpus);
    truth.put(USD_PER_GW_YEAR, value / years / share / gw);
    truth.put(USD_PER_GW, value / gw);
    Map<Quantity, QuantityRange> stated = new EnumMap<>(Quantity.class);
    truth.forEach(
        (quantity, at) -> {
          if (random.nextInt(3) > 0) {
            stated.put(
                quantity,
                QuantityRange.of(
                    at * (1 - 0.5 * random.nextDouble()), at * (1 + random.nextDouble())));
          }
        });
    FeasibleSet set = FeasibleSet.of(stated);
    assertThat(set.isFeasible()).isTrue();
    truth.forEach(
        (quantity, at) ->
            set.range(quantity)
                .ifPresent(
                    range -> {
                      // Corners are solved to 1e-9 of a logarithm.
                      assertThat(range.low()).isLessThanOrEqualTo(at * (1 + 1e-8));
                      assertThat(range.high()).isGreaterThanOrEqualTo(at * (1 - 1e-8));
                    }));
    stated.forEach(
        (quantity, own) -> {
          QuantityRange range = range(set, quantity);
          assertThat(range.low()).isGreaterThanOrEqualTo(own.low() * (1 - 1e-8));
          assertThat(range.high()).isLessThanOrEqualTo(own.high() * (1 + 1e-8));
        });
    QuantityRange n = set.range(GPUS).orElse(null);
    QuantityRange p = set.range(POWER_GW).orElse(null);
    QuantityRange k = set.range(KW_PER_GPU).orElse(null);
    if (n != null && p != null && k != null) {
      assertThat(n.mid())
          .as("the mids are one point")
          .isCloseTo(p.mid() * 1e6 / k.mid(), within(1e-6 * n.mid()));
    }
  }
}
