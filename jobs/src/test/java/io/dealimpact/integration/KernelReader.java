package io.dealimpact.integration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dealimpact.testing.KernelRows;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * A program that reads a table with Delta Kernel, in a JVM that has no Spark, and prints it as one
 * JSON object: {@code min_reader_version}, {@code types} by column, {@code rows} as text cells.
 */
final class KernelReader {
  private KernelReader() {}

  public static void main(String[] tables) throws IOException {
    KernelRows.requireNoSpark();
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
      said.put("rows", KernelRows.of(engine, snapshot));
      out.println(new ObjectMapper().writeValueAsString(said));
    }
  }
}
