package io.dealimpact.row;

import io.dealimpact.capacity.QuantityRange;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Reads rows of one schema by the names of their columns. Names become positions once, when the
 * reader is made.
 *
 * <p>A number that is NULL is NaN. A day is a count of days since 1970-01-01.
 */
public final class RowReader implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Ordinals by name, as a type that travels to executors. */
  private final HashMap<String, Integer> ordinals = new HashMap<>();

  private RowReader() {}

  /**
   * The reader of some columns; the schema may have others.
   *
   * @throws IllegalArgumentException if a column is missing, or is there twice
   */
  public static RowReader of(StructType schema, List<String> columns) {
    RowReader reader = new RowReader();
    Map<String, Integer> found = Columns.ordinals(schema);
    for (String column : columns) {
      Integer ordinal = found.get(column);
      if (ordinal == null) {
        throw new IllegalArgumentException(
            "no column " + column + "; there are " + Arrays.toString(schema.fieldNames()));
      }
      if (reader.ordinals.put(column, ordinal) != null) {
        throw new IllegalArgumentException("column " + column + " is asked for twice");
      }
    }
    return reader;
  }

  /** The same for columns that are written out. */
  public static RowReader of(StructType schema, String... columns) {
    return of(schema, List.of(columns));
  }

  /** The reader of all columns of a schema. */
  public static RowReader of(StructType schema) {
    return of(schema, List.of(schema.fieldNames()));
  }

  /** One row, read by name. */
  public Cells at(Row row) {
    return new Cells(row, this);
  }

  /** All cells of a row whose columns are all text, in order; null for NULL. */
  public static String[] texts(Row row) {
    String[] texts = new String[row.length()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = row.getString(i);
    }
    return texts;
  }

  /** A number's column, for loops over many rows. */
  public NumberColumn number(String column) {
    return new NumberColumn(ordinal(column));
  }

  /** A column of whole numbers, for loops over many rows. */
  public WholeColumn whole(String column) {
    return new WholeColumn(ordinal(column));
  }

  /** A column of nested rows, for loops over many rows. */
  public NestedColumn nested(String column) {
    return new NestedColumn(ordinal(column));
  }

  private int ordinal(String column) {
    Integer ordinal = ordinals.get(column);
    if (ordinal == null) {
      throw new IllegalArgumentException(
          "column " + column + " is not one of this reader's: " + ordinals.keySet());
    }
    return ordinal;
  }

  /**
   * The position of a column of numbers.
   *
   * @param ordinal from 0
   */
  public record NumberColumn(int ordinal) implements Serializable {
    /** The number; NaN for NULL. */
    public double of(Row row) {
      return row.isNullAt(ordinal) ? Double.NaN : row.getDouble(ordinal);
    }
  }

  /**
   * The position of a column of whole numbers.
   *
   * @param ordinal from 0
   */
  public record WholeColumn(int ordinal) implements Serializable {
    /** The number, which is never NULL. */
    public int of(Row row) {
      return row.getInt(ordinal);
    }
  }

  /**
   * The position of a column of nested rows.
   *
   * @param ordinal from 0
   */
  public record NestedColumn(int ordinal) implements Serializable {
    /** The nested row, or null. */
    public Row of(Row row) {
      return row.getStruct(ordinal);
    }
  }

  /**
   * One row.
   *
   * @param row the row
   * @param reader knows its columns
   */
  public record Cells(Row row, RowReader reader) {
    /** Whether there is no value. */
    public boolean isNull(String column) {
      return row.isNullAt(reader.ordinal(column));
    }

    /** The value as Spark has it, or null. */
    Object value(String column) {
      return row.get(reader.ordinal(column));
    }

    /** The text, or null. */
    public String text(String column) {
      return row.getString(reader.ordinal(column));
    }

    /** The text; empty for NULL. */
    public String textOrEmpty(String column) {
      String text = text(column);
      return text == null ? "" : text;
    }

    /** The number; NaN for NULL. */
    public double number(String column) {
      int ordinal = reader.ordinal(column);
      return row.isNullAt(ordinal) ? Double.NaN : row.getDouble(ordinal);
    }

    /** The number, or null. */
    public Double numberOrNull(String column) {
      int ordinal = reader.ordinal(column);
      return row.isNullAt(ordinal) ? null : row.getDouble(ordinal);
    }

    /** The whole number, which is never NULL. */
    public int whole(String column) {
      return row.getInt(present(column));
    }

    /** The whole number, or null. */
    public Integer wholeOrNull(String column) {
      int ordinal = reader.ordinal(column);
      return row.isNullAt(ordinal) ? null : row.getInt(ordinal);
    }

    /** The count, which is never NULL. */
    public long count(String column) {
      return row.getLong(present(column));
    }

    /** The truth value, or null. */
    public Boolean flagOrNull(String column) {
      int ordinal = reader.ordinal(column);
      return row.isNullAt(ordinal) ? null : row.getBoolean(ordinal);
    }

    /** The day; empty for NULL. */
    public Optional<LocalDate> day(String column) {
      return Optional.ofNullable(wholeOrNull(column)).map(LocalDate::ofEpochDay);
    }

    /** The day of a column of dates; empty for NULL. */
    public Optional<LocalDate> date(String column) {
      int ordinal = reader.ordinal(column);
      return row.isNullAt(ordinal)
          ? Optional.empty()
          : Optional.of(row.getDate(ordinal).toLocalDate());
    }

    /** The instant of a column without NULLs. */
    public Instant instant(String column) {
      return row.getTimestamp(reader.ordinal(column)).toInstant();
    }

    /** A map of texts; empty where it is NULL. */
    public Map<String, String> texts(String column) {
      Map<String, String> texts = new TreeMap<>();
      if (!isNull(column)) {
        row.<String, String>getJavaMap(reader.ordinal(column)).forEach(texts::put);
      }
      return texts;
    }

    /** The bytes, or null. */
    public byte[] bytes(String column) {
      return (byte[]) row.get(reader.ordinal(column));
    }

    /** The row in a column of rows; empty for NULL. */
    public Optional<Row> nested(String column) {
      return Optional.ofNullable(row.getStruct(reader.ordinal(column)));
    }

    /** The entries of a map; none for NULL. */
    public <K, V> Map<K, V> map(String column) {
      int ordinal = reader.ordinal(column);
      return row.isNullAt(ordinal) ? Map.of() : row.getJavaMap(ordinal);
    }

    /** The elements of an array; none for NULL. */
    public <T> List<T> list(String column) {
      int ordinal = reader.ordinal(column);
      return row.isNullAt(ordinal) ? List.of() : row.getList(ordinal);
    }

    /**
     * The range of three columns, {@code name_low}, {@code name_mid}, {@code name_high}; empty if
     * one is NULL.
     */
    public Optional<QuantityRange> range(String name) {
      Double low = numberOrNull(name + "_low");
      Double mid = numberOrNull(name + "_mid");
      Double high = numberOrNull(name + "_high");
      return low == null || mid == null || high == null
          ? Optional.empty()
          : Optional.of(QuantityRange.of(low, mid, high));
    }

    private int present(String column) {
      int ordinal = reader.ordinal(column);
      if (row.isNullAt(ordinal)) {
        throw new IllegalArgumentException("column " + column + " is NULL: " + row);
      }
      return ordinal;
    }
  }
}
