package io.dealimpact.integration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
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
import io.delta.kernel.types.StringType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * A program that reads a table with Delta Kernel, in a JVM that has no Spark, and prints it as one
 * JSON object: {@code min_reader_version}, {@code types} by column, {@code rows} as text cells.
 */
final class KernelReader {
  private KernelReader() {}

  public static void main(String[] tables) throws IOException {
    if (hasSpark()) {
      throw new IllegalStateException("Spark is on this class path: nothing would be shown by it");
    }
    Engine engine = DefaultEngine.create(new Configuration());
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    for (String table : tables) {
      Snapshot snapshot = TableManager.loadSnapshot(table).build(engine);
      Map<String, String> types = new LinkedHashMap<>();
      snapshot
          .getSchema()
          .fields()
          .forEach(f -> types.put(f.getName(), f.getDataType().toString()));
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("min_reader_version", snapshot.getProtocol().getMinReaderVersion());
      said.put("types", types);
      said.put("rows", rows(engine, snapshot));
      out.println(new ObjectMapper().writeValueAsString(said));
    }
  }

  private static boolean hasSpark() {
    try {
      Class.forName("org.apache.spark.sql.SparkSession");
      return true;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }

  private static List<List<String>> rows(Engine engine, Snapshot snapshot) throws IOException {
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
    if (type instanceof LongType) {
      return Long.toString(row.getLong(column));
    }
    if (type instanceof BooleanType) {
      return Boolean.toString(row.getBoolean(column));
    }
    if (type instanceof DateType) {
      return LocalDate.ofEpochDay(row.getInt(column)).toString();
    }
    if (type instanceof ArrayType list && list.getElementType() instanceof StringType) {
      ColumnVector texts = row.getArray(column).getElements();
      return IntStream.range(0, texts.getSize())
          .mapToObj(texts::getString)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    throw new IllegalArgumentException("no text for " + type);
  }
}
