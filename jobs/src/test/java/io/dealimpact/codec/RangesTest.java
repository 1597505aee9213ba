package io.dealimpact.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.capacity.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RangesTest {
  @Test
  void aRangeIsThreeColumnsAndComesBack() {
    assertThat(Ranges.add(new StructType(), "power_gw").fieldNames())
        .containsExactly("power_gw_low", "power_gw_mid", "power_gw_high");
    List<Object> values = new ArrayList<>();
    values.add("before");
    Ranges.add(values, Range.of(0.5, 1, 2));
    Row row = RowFactory.create(values.toArray());

    assertThat(values).containsExactly("before", 0.5, 1.0, 2.0);
    assertThat(Ranges.at(row, 1)).contains(Range.of(0.5, 1, 2));
  }

  @Test
  void noRangeIsThreeNulls() {
    List<Object> values = new ArrayList<>();
    Ranges.add(values, Optional.empty());

    assertThat(values).containsExactly(null, null, null);
    assertThat(Ranges.at(RowFactory.create(values.toArray()), 0)).isEmpty();
  }

  @Test
  void aRangeWithOneNullIsNone() {
    assertThat(Ranges.at(RowFactory.create(1.0, null, 2.0), 0)).isEmpty();
  }
}
