package io.dealimpact.study.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  @Property(tries = 300)
  void isTheSumInDecimalsRoundedOnce(@ForAll @Size(max = 30) List<Long> bits) {
    BigDecimal exact = BigDecimal.ZERO;
    ExactSum sum = new ExactSum();
    for (long b : bits) {
      double x = Double.longBitsToDouble(b);
      if (Double.isFinite(x)) {
        sum.add(x);
        exact = exact.add(new BigDecimal(x));
      }
    }
    assertThat(sum.exact()).isEqualByComparingTo(exact);
    assertThat(sum.value()).isEqualTo(exact.doubleValue());
  }

  @Property(tries = 200)
  void orderPartitionAndBytesDoNotMatter(
      @ForAll @Size(min = 1, max = 30) List<Long> bits, @ForAll long seed) {
    ExactSum whole = new ExactSum();
    bits.forEach(b -> whole.add(Double.longBitsToDouble(b)));
    Random random = new Random(seed);
    Collections.shuffle(bits, random);
    ExactSum left = new ExactSum();
    ExactSum right = new ExactSum();
    for (long b : bits) {
      (random.nextBoolean() ? left : right).add(Double.longBitsToDouble(b));
    }
    ExactSum read = ExactSum.read(new StateReader(bytes(right)));
    read.merge(left);
    assertThat(bytes(read)).isEqualTo(bytes(whole));
    assertThat(Double.doubleToLongBits(read.value()))
        .isEqualTo(Double.doubleToLongBits(whole.value()));
  }

  @Property(tries = 200)
  void productsAndCubesAreNotRounded(@ForAll int a, @ForAll int b) {
    double x = a * 0x1p-30;
    double y = b * 0x1.1p-20;
    ExactSum sum = new ExactSum();
    sum.addProduct(x, y);
    sum.addCube(x);
    BigDecimal dx = new BigDecimal(x);
    assertThat(sum.exact()).isEqualByComparingTo(dx.multiply(new BigDecimal(y)).add(dx.pow(3)));
  }

  @Test
  void cancelsWithoutResidue() {
    ExactSum sum = new ExactSum();
    sum.add(1e300);
    sum.add(1);
    sum.add(-1e300);
    assertThat(sum.value()).isEqualTo(1);
    sum.add(-1);
    assertThat(sum.value()).isZero();
    assertThat(bytes(sum)).isEqualTo(bytes(new ExactSum()));
  }

  @Test
  void smallestNumbersAndOverflow() {
    ExactSum small = new ExactSum();
    small.add(Double.MIN_VALUE);
    small.add(Double.MIN_VALUE);
    assertThat(small.value()).isEqualTo(2 * Double.MIN_VALUE);
    ExactSum large = new ExactSum();
    large.add(Double.MAX_VALUE);
    large.add(Double.MAX_VALUE);
    assertThat(large.value()).isInfinite();
    large.add(-Double.MAX_VALUE);
    assertThat(large.value()).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void remembersWhatIsNotANumber() {
    ExactSum sum = new ExactSum();
    sum.add(3);
    sum.add(Double.POSITIVE_INFINITY);
    assertThat(sum.value()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(sum.isFinite()).isFalse();
    sum.add(Double.NEGATIVE_INFINITY);
    assertThat(sum.value()).isNaN();
    assertThatThrownBy(sum::exact)
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("a NaN or an infinity was added");
  }

  private static byte[] bytes(ExactSum sum) {
    StateWriter out = new StateWriter();
    sum.write(out);
    return out.toBytes();
  }
}
