package io.dealimpact.row;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.capacity.QuantityRange;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RowWriterTest {
  private static final StructType SCHEMA =
      new StructType().add("id", StringType).add("car", DoubleType).add("car_se", DoubleType);
  private static final RowWriter WRITER = new RowWriter(SCHEMA);

  @Test
  void aValueGoesWhereItsNameIsWhateverTheOrder() {
    Row inOrder = WRITER.row().text("id", "e").number("car", 0.1).number("car_se", 0.2).build();
    Row reversed = WRITER.row().number("car_se", 0.2).number("car", 0.1).text("id", "e").build();
    assertThat(inOrder).isEqualTo(RowFactory.create("e", 0.1, 0.2)).isEqualTo(reversed);
  }

  @Test
  void aNumberThatIsNotFiniteIsNull() {
    Row row =
        WRITER
            .row()
            .text("id", null)
            .number("car", Double.NaN)
            .number("car_se", Optional.of(Double.POSITIVE_INFINITY))
            .build();
    assertThat(row).isEqualTo(RowFactory.create(null, null, null));
  }

  @Test
  void everyColumnIsSet() {
    assertThatThrownBy(() -> WRITER.row().text("id", "e").number("car_se", 1).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("column car was not set");
  }

  @Test
  void noColumnIsSetTwice() {
    assertThatThrownBy(() -> WRITER.row().number("car", 1).number("car", 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("column car was set twice");
  }

  @Test
  void anUnknownColumnIsAnError() {
    assertThatThrownBy(() -> WRITER.row().number("beta", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no column beta; there are [id, car, car_se]");
  }

  @Test
  void aSchemaWithTwoColumnsOfOneNameHasNoWriter() {
    StructType doubled = SCHEMA.add("car", DoubleType);
    assertThatThrownBy(() -> new RowWriter(doubled))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two columns car in [id, car, car_se, car]");
  }

  @Test
  void aRangeIsThreeColumnsAndComesBack() {
    StructType schema = Columns.withRange(new StructType().add("id", StringType), "power_gw");
    assertThat(schema.fieldNames())
        .containsExactly("id", "power_gw_low", "power_gw_mid", "power_gw_high");
    RowWriter writer = new RowWriter(schema);
    RowReader reader = RowReader.of(schema);
    Row known = writer.row().text("id", "c").range("power_gw", QuantityRange.of(0.5, 1, 2)).build();
    Row unknown = writer.row().text("id", "c").range("power_gw", Optional.empty()).build();
    assertThat(known).isEqualTo(RowFactory.create("c", 0.5, 1.0, 2.0));
    assertThat(reader.at(known).range("power_gw")).contains(QuantityRange.of(0.5, 1, 2));
    assertThat(unknown).isEqualTo(RowFactory.create("c", null, null, null));
    assertThat(reader.at(unknown).range("power_gw")).isEmpty();
  }

  @Test
  void aDayIsACountOfDays() {
    RowWriter writer = new RowWriter(new StructType().add("day", IntegerType));
    LocalDate day = LocalDate.of(1970, 1, 3);
    assertThat(writer.row().day("day", Optional.of(day)).build()).isEqualTo(RowFactory.create(2));
    assertThat(writer.row().day("day", Optional.empty()).build().isNullAt(0)).isTrue();
  }
}
