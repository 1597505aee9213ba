package io.dealimpact.row;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RowReaderTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("id", StringType)
          .add("day", IntegerType)
          .add("high", DoubleType)
          .add("low", DoubleType)
          .add("n", LongType)
          .add("known", BooleanType);
  private static final Row FULL = RowFactory.create("e", 2, 1.5, 0.5, 7L, true);
  private static final Row EMPTY = RowFactory.create(null, null, null, null, null, null);

  @Test
  void aValueIsFoundByItsName() {
    RowReader.Cells cells = RowReader.of(SCHEMA).at(FULL);
    assertThat(cells.text("id")).isEqualTo("e");
    assertThat(cells.whole("day")).isEqualTo(2);
    assertThat(cells.day("day")).contains(LocalDate.of(1970, 1, 3));
    assertThat(cells.number("high")).isEqualTo(1.5);
    assertThat(cells.number("low")).isEqualTo(0.5);
    assertThat(cells.count("n")).isEqualTo(7);
    assertThat(cells.flagOrNull("known")).isTrue();
  }

  /** A frame whose columns come in another order gives the same values. */
  @Test
  void theOrderOfColumnsDoesNotMatter() {
    StructType other = new StructType().add("low", DoubleType).add("high", DoubleType);
    RowReader reader = RowReader.of(other, "high", "low");
    Row row = RowFactory.create(0.5, 1.5);
    assertThat(reader.at(row).number("high")).isEqualTo(1.5);
    assertThat(reader.number("high").of(row)).isEqualTo(1.5);
    assertThat(reader.number("low").of(row)).isEqualTo(0.5);
  }

  @Test
  void nullIsNaNOrEmptyOrNullAsTheReaderAsks() {
    RowReader reader = RowReader.of(SCHEMA);
    RowReader.Cells cells = reader.at(EMPTY);
    assertThat(cells.isNull("id")).isTrue();
    assertThat(cells.text("id")).isNull();
    assertThat(cells.textOrEmpty("id")).isEmpty();
    assertThat(cells.number("high")).isNaN();
    assertThat(reader.number("high").of(EMPTY)).isNaN();
    assertThat(cells.numberOrNull("high")).isNull();
    assertThat(cells.wholeOrNull("day")).isNull();
    assertThat(cells.day("day")).isEmpty();
    assertThat(cells.flagOrNull("known")).isNull();
  }

  @Test
  void nullWhereThereMustBeAValueIsAnErrorThatNamesTheColumn() {
    RowReader.Cells cells = RowReader.of(SCHEMA).at(EMPTY);
    assertThatThrownBy(() -> cells.whole("day")).hasMessageStartingWith("column day is NULL: ");
    assertThatThrownBy(() -> cells.count("n")).hasMessageStartingWith("column n is NULL: ");
  }

  @Test
  void aMissingColumnIsAnErrorWhenTheReaderIsMade() {
    assertThatThrownBy(() -> RowReader.of(SCHEMA, "id", "close"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no column close; there are [id, day, high, low, n, known]");
  }

  @Test
  void aDoubledColumnIsAnErrorWhenTheReaderIsMade() {
    StructType doubled = SCHEMA.add("high", DoubleType);
    assertThatThrownBy(() -> RowReader.of(doubled, "id"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two columns high in [id, day, high, low, n, known, high]");
    assertThatThrownBy(() -> RowReader.of(SCHEMA, "id", "id"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column id is asked for twice");
  }

  @Test
  void aColumnThatTheReaderWasNotMadeForIsAnError() {
    RowReader reader = RowReader.of(SCHEMA, "id");
    assertThatThrownBy(() -> reader.at(FULL).number("high"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column high is not one of this reader's: [id]");
  }
}
