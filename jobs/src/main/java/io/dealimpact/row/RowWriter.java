package io.dealimpact.row;

import io.dealimpact.capacity.QuantityRange;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Makes rows of one schema by the names of their columns. Every column is set exactly once.
 *
 * <p>A number that is not finite becomes NULL: no table has NaN. Columns are looked up; those that
 * are set in the schema's order are found without a look-up.
 */
public final class RowWriter implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StructType schema;
  private final String[] names;
  private final HashMap<String, Integer> ordinals;

  /** [column]: the name of the range that begins there; "" if none does. */
  private final String[] ranges;

  /**
   * The writer of a schema.
   *
   * @throws IllegalArgumentException if two columns have one name
   */
  public RowWriter(StructType schema) {
    this.schema = schema;
    names = schema.fieldNames();
    ordinals = new HashMap<>(Columns.ordinals(schema));
    ranges = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      String name = names[i].replaceFirst("_low$", "");
      boolean begins =
          i + 2 < names.length
              && names[i].equals(name + "_low")
              && names[i + 1].equals(name + "_mid")
              && names[i + 2].equals(name + "_high");
      ranges[i] = begins ? name : "";
    }
  }

  /** Schema of the rows. */
  public StructType schema() {
    return schema;
  }

  /** A row without any value yet. */
  public Cells row() {
    return new Cells(this);
  }

  /** The cells of one row, each set once. */
  public static final class Cells {
    private static final Object UNSET = new Object();

    private final RowWriter writer;
    private final Object[] values;
    private int next;

    private Cells(RowWriter writer) {
      this(writer, new Object[writer.names.length], 0);
      Arrays.fill(values, UNSET);
    }

    private Cells(RowWriter writer, Object[] values, int next) {
      this.writer = writer;
      this.values = values;
      this.next = next;
    }

    /** The same cells again, to go on with apart from these. */
    public Cells copy() {
      return new Cells(writer, values.clone(), next);
    }

    /** A number; NULL if it is not finite. */
    public Cells number(String column, double value) {
      return put(column, Double.isFinite(value) ? (Object) value : null);
    }

    /** A number; NULL if there is none, or it is not finite. */
    public Cells number(String column, Optional<Double> value) {
      return put(column, value.filter(Double::isFinite).orElse(null));
    }

    /** A text, or null. */
    public Cells text(String column, String value) {
      return put(column, value);
    }

    /** A text; NULL if it is empty. */
    public Cells textOrNull(String column, String value) {
      return put(column, value.isEmpty() ? null : value);
    }

    /** An array of texts in their order; NULL if there are none. */
    public Cells texts(String column, Collection<String> values) {
      return put(column, values.isEmpty() ? null : values.toArray(String[]::new));
    }

    /** A whole number, or null. */
    public Cells whole(String column, Integer value) {
      return put(column, value);
    }

    /** A count, or null. */
    public Cells count(String column, Long value) {
      return put(column, value);
    }

    /** A truth value, or null. */
    public Cells flag(String column, Boolean value) {
      return put(column, value);
    }

    /** A day as the number of days since 1970-01-01; NULL if there is none. */
    public Cells day(String column, Optional<LocalDate> value) {
      return put(column, value.map(day -> (int) day.toEpochDay()).orElse(null));
    }

    /** A value that is Spark's already: bytes, an array, a map, a row, or null. */
    public Cells value(String column, Object value) {
      return put(column, value);
    }

    /** No value. */
    public Cells none(String column) {
      return put(column, null);
    }

    /** A range as {@code name_low}, {@code name_mid}, {@code name_high}. */
    public Cells range(String name, QuantityRange range) {
      return range(name, range.low(), range.mid(), range.high());
    }

    private Cells range(String name, Double low, Double mid, Double high) {
      if (next < values.length && writer.ranges[next].equals(name)) {
        String[] columns = writer.names;
        return put(columns[next], low).put(columns[next], mid).put(columns[next], high);
      }
      return put(name + "_low", low).put(name + "_mid", mid).put(name + "_high", high);
    }

    /** The same; NULL if there is none. */
    public Cells range(String name, Optional<QuantityRange> range) {
      return range.isPresent() ? range(name, range.get()) : range(name, null, null, null);
    }

    /** All columns of a row that has some of this row's columns. */
    public Cells all(Row row) {
      String[] columns = row.schema().fieldNames();
      for (int i = 0; i < columns.length; i++) {
        put(columns[i], row.get(i));
      }
      return this;
    }

    /** The columns that are not set yet, as another row has them. */
    public Cells rest(RowReader.Cells other) {
      for (int i = 0; i < values.length; i++) {
        if (values[i] == UNSET) {
          values[i] = other.value(writer.names[i]);
        }
      }
      return this;
    }

    /**
     * The row.
     *
     * @throws IllegalStateException if a column was not set
     */
    public Row build() {
      for (int i = 0; i < values.length; i++) {
        if (values[i] == UNSET) {
          throw new IllegalStateException("column " + writer.names[i] + " was not set");
        }
      }
      return RowFactory.create(values);
    }

    private Cells put(String column, Object value) {
      int ordinal = ordinal(column);
      if (values[ordinal] != UNSET) {
        throw new IllegalStateException("column " + column + " was set twice");
      }
      values[ordinal] = value;
      next = ordinal + 1;
      return this;
    }

    private int ordinal(String column) {
      if (next < values.length && writer.names[next].equals(column)) {
        return next;
      }
      Integer ordinal = writer.ordinals.get(column);
      if (ordinal == null) {
        throw new IllegalArgumentException(
            "no column " + column + "; there are " + Arrays.toString(writer.names));
      }
      return ordinal;
    }
  }
}
