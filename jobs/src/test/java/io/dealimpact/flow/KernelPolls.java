package io.dealimpact.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dealimpact.testing.KernelRows;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * A reader of the published night in a JVM without Spark, which polls: it reads {@code
 * ops.published}, and some gold tables at the versions that the newest night names. A night has to
 * give the same rows at every poll, and no poll may see an older night than one before it. At the
 * end all nights that are still listed are read whole, and have to give what the polls saw.
 *
 * <p>Prints a line for what is wrong, and one line at the end.
 */
final class KernelPolls {
  private static final int TABLES_A_POLL = 3;
  private static final int PAUSE_MILLIS = 20;

  private final Engine engine = DefaultEngine.create(new Configuration());
  private final Path lake;
  private final PrintStream out;

  /** Digest of the rows by night and table. */
  private final Map<String, String> seen = new TreeMap<>();

  private final List<String> wrong = new ArrayList<>();
  private long newest;
  private long reads;

  private record TableAt(String id, long version) {}

  private KernelPolls(Path lake, PrintStream out) {
    this.lake = lake;
    this.out = out;
  }

  /**
   * Polls a lake that others write.
   *
   * @param args lake, the least number of polls once the first night is there, and a file: the
   *     polls go on until it is there
   */
  public static void main(String[] args) throws Exception {
    KernelRows.requireNoSpark();
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    KernelPolls polls = new KernelPolls(Path.of(args[0]), out);
    int least = Integer.parseInt(args[1]);
    Path stop = Path.of(args[2]);
    polls.awaitFirstNight();
    int count = 0;
    for (; count < least || !Files.exists(stop); count++) {
      polls.poll(count);
      Thread.sleep(PAUSE_MILLIS);
    }
    polls.readAll();
    out.printf(
        "%d polls, %d tables read, %d nights, %d wrong%n",
        count, polls.reads, polls.newest, polls.wrong.size());
    System.exit(polls.wrong.isEmpty() ? 0 : 1);
  }

  private void awaitFirstNight() throws IOException, InterruptedException {
    Path log = lake.resolve("ops/published/_delta_log");
    while (!Files.exists(log) || nights().isEmpty()) {
      Thread.sleep(100);
    }
  }

  private void poll(int number) {
    try {
      SortedMap<Long, Map<String, TableAt>> nights = nights();
      long night = nights.lastKey();
      if (night < newest) {
        wrong("the night " + night + " is shown after " + newest);
      }
      newest = Math.max(newest, night);
      List<String> tables =
          nights.get(night).keySet().stream().filter(name -> name.startsWith("gold.")).toList();
      for (int i = 0; i < TABLES_A_POLL; i++) {
        String table = tables.get((number * TABLES_A_POLL + i) % tables.size());
        check(night, table, nights.get(night).get(table));
      }
    } catch (IOException | RuntimeException error) {
      wrong("poll " + number + " of the night " + newest + ": " + error);
    }
  }

  /** Every night that is listed, every table. */
  private void readAll() {
    try {
      for (Map.Entry<Long, Map<String, TableAt>> night : nights().entrySet()) {
        for (Map.Entry<String, TableAt> table : night.getValue().entrySet()) {
          check(night.getKey(), table.getKey(), table.getValue());
        }
      }
    } catch (IOException | RuntimeException error) {
      wrong("reading all nights: " + error);
    }
  }

  private void check(long night, String table, TableAt at) throws IOException {
    Snapshot snapshot =
        TableManager.loadSnapshot(folder(table)).atVersion(at.version()).build(engine);
    if (!snapshot.getMetadata().getId().equals(at.id())) {
      wrong(table + " of the night " + night + " is another table");
    }
    String digest = digest(KernelRows.of(engine, snapshot));
    String before = seen.putIfAbsent(night + " " + table, digest);
    if (before != null && !before.equals(digest)) {
      wrong(table + " of the night " + night + " has other rows than before");
    }
    reads++;
  }

  private void wrong(String what) {
    wrong.add(what);
    out.println("WRONG: " + what);
  }

  /** Tables by night. */
  private SortedMap<Long, Map<String, TableAt>> nights() throws IOException {
    Snapshot snapshot = TableManager.loadSnapshot(folder("ops.published")).build(engine);
    List<String> columns =
        snapshot.getSchema().fields().stream().map(field -> field.getName()).toList();
    SortedMap<Long, Map<String, TableAt>> nights = new TreeMap<>();
    for (List<String> row : KernelRows.of(engine, snapshot)) {
      nights
          .computeIfAbsent(
              Long.parseLong(row.get(columns.indexOf("night"))), night -> new TreeMap<>())
          .put(
              row.get(columns.indexOf("table_name")),
              new TableAt(
                  row.get(columns.indexOf("table_id")),
                  Long.parseLong(row.get(columns.indexOf("version")))));
    }
    return nights;
  }

  private String folder(String table) {
    return lake.resolve(table.replace('.', '/')).toString();
  }

  private static String digest(List<List<String>> rows) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      rows.stream()
          .map(row -> Arrays.toString(row.toArray()))
          .sorted()
          .forEach(row -> digest.update((row + "\n").getBytes(UTF_8)));
      return rows.size() + " rows, " + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException error) {
      throw new IllegalStateException(error);
    }
  }
}
