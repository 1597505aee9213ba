package io.dealimpact.testing;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rows of a table as Delta Kernel reads them, without Spark: a text for each cell. */
public final class KernelRows {
  private KernelRows() {}

  /**
   * Ends a program that is to show a reader without Spark.
   *
   * @throws IllegalStateException if Spark is on the class path
   */
  public static void requireNoSpark() {
    try {
      Class.forName("org.apache.spark.sql.SparkSession");
    } catch (ClassNotFoundException absent) {
      return;
    }
    throw new IllegalStateException("Spark is on this class path: nothing would be shown by it");
  }

  /** All rows of a snapshot, in the order of its files; null for NULL. */
  public static List<List<String>> of(Engine engine, Snapshot snapshot) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    Scan scan = snapshot.getScanBuilder().build();
    Row state = scan.getScanState(engine);
    // intoRows closes what it is given; closed twice, the batches complain.
    try (CloseableIterator<Row> files = Utils.intoRows(scan.getScanFiles(engine))) {
      while (files.hasNext()) {
        Row file = files.next();
        CloseableIterator<FileReadResult> stored =
            engine
                .getParquetHandler()
                .readParquetFiles(
                    Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                    ScanStateRow.getPhysicalDataReadSchema(state),
                    Optional.empty());
        try (CloseableIterator<Row> live =
            Utils.intoRows(
                Scan.transformPhysicalData(
                    engine, state, file, stored.map(FileReadResult::getData)))) {
          while (live.hasNext()) {
            rows.add(cells(live.next()));
          }
        }
      }
    }
    return rows;
  }

  private static List<String> cells(Row row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.getSchema().length(); i++) {
      cells.add(row.isNullAt(i) ? null : text(row, i, row.getSchema().at(i).getDataType()));
    }
    return cells;
  }

  private static String text(Row row, int column, DataType type) {
    if (type instanceof StringType) {
      return row.getString(column);
    }
    if (type instanceof DoubleType) {
      return Double.toString(row.getDouble(column));
    }
    if (type instanceof IntegerType) {
      return Integer.toString(row.getInt(column));
    }
    if (type instanceof LongType || type instanceof TimestampType) {
      return Long.toString(row.getLong(column));
    }
    if (type instanceof BooleanType) {
      return Boolean.toString(row.getBoolean(column));
    }
    if (type instanceof DateType) {
      return LocalDate.ofEpochDay(row.getInt(column)).toString();
    }
    if (type instanceof ArrayType) {
      return text(row.getArray(column));
    }
    if (type instanceof MapType) {
      return text(row.getMap(column));
    }
    throw new IllegalArgumentException("no text for " + type);
  }

  private static String text(ArrayValue array) {
    return IntStream.range(0, array.getSize())
        .mapToObj(i -> text(array.getElements(), i))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String text(MapValue map) {
    return IntStream.range(0, map.getSize())
        .mapToObj(i -> text(map.getKeys(), i) + "=" + text(map.getValues(), i))
        .sorted()
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** An element of an array or a map. */
  private static String text(ColumnVector cells, int i) {
    DataType type = cells.getDataType();
    if (cells.isNullAt(i)) {
      return "null";
    }
    if (type instanceof StringType) {
      return cells.getString(i);
    }
    if (type instanceof DoubleType) {
      return Double.toString(cells.getDouble(i));
    }
    if (type instanceof IntegerType || type instanceof DateType) {
      return Integer.toString(cells.getInt(i));
    }
    if (type instanceof LongType || type instanceof TimestampType) {
      return Long.toString(cells.getLong(i));
    }
    if (type instanceof BooleanType) {
      return Boolean.toString(cells.getBoolean(i));
    }
    if (type instanceof StructType struct) {
      return IntStream.range(0, struct.length())
          .mapToObj(field -> text(cells.getChild(field), i))
          .collect(Collectors.joining(", ", "(", ")"));
    }
    throw new IllegalArgumentException("no text for " + type);
  }
}
