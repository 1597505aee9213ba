package io.dealimpact.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How far our figures are from an oracle's: a table for people, and the largest difference. */
final class Agreement {
  private final TreeMap<String, double[]> rows = new TreeMap<>();

  void compare(String oracle, String quantity, double theirs, double ours) {
    double[] row = rows.computeIfAbsent(oracle + "\t" + quantity, k -> new double[2]);
    row[0]++;
    double difference = theirs == ours ? 0 : Math.abs(theirs - ours);
    row[1] = Math.max(row[1], Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
  }

  /** The largest difference among quantities without any of these marks. */
  double largest(String... marks) {
    return rows.entrySet().stream()
        .filter(row -> Arrays.stream(marks).noneMatch(row.getKey()::contains))
        .mapToDouble(row -> row.getValue()[1])
        .max()
        .orElse(Double.NaN);
  }

  String table() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, double[]> row : rows.entrySet()) {
      String[] key = row.getKey().split("\t", -1);
      text.append(
          String.format(
              Locale.ROOT,
              "%-22s %-44s %5d %9.1e%n",
              key[0],
              key[1],
              (int) row.getValue()[0],
              row.getValue()[1]));
    }
    return text.toString();
  }

  /** Writes {@code target/agreement-NAME.txt}. */
  void save(String name) throws IOException {
    Path target = Path.of("target");
    Files.createDirectories(target);
    Files.writeString(target.resolve("agreement-" + name + ".txt"), table());
  }
}
