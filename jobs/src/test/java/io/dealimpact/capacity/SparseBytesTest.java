package io.dealimpact.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SparseBytesTest {
  @Property
  void readsWhatWasWritten(@ForAll long one, @ForAll long[] many) {
    SparseBytes bytes = new SparseBytes();
    bytes.put(one);
    bytes.putAll(many);
    bytes.put(one);
    SparseBytes.Reader reader = new SparseBytes.Reader(bytes.toArray());
    long[] sums = new long[many.length];
    assertThat(reader.get()).isEqualTo(one);
    reader.addTo(sums);
    assertThat(sums).isEqualTo(many);
    assertThat(reader.get()).isEqualTo(one);
    reader.end();
  }

  @Test
  void addsToWhatIsThereAndKeepsZerosOut() {
    SparseBytes bytes = new SparseBytes();
    double[] values = new double[100_000];
    values[99_999] = -0x1p52;
    bytes.putAll(values);
    assertThat(bytes.toArray()).hasSizeLessThan(16);
    double[] sums = new double[values.length];
    sums[99_999] = 1;
    new SparseBytes.Reader(bytes.toArray()).addTo(sums);
    assertThat(sums[99_999]).isEqualTo(1 - 0x1p52);
  }

  @Test
  void refusesAnArrayThatIsTooLongAndBytesThatAreLeft() {
    SparseBytes bytes = new SparseBytes();
    bytes.putAll(new long[] {0, 0, 5});
    assertThatThrownBy(() -> new SparseBytes.Reader(bytes.toArray()).addTo(new long[2]))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new SparseBytes.Reader(bytes.toArray()).end())
        .hasMessage("3 bytes are left");
  }
}
