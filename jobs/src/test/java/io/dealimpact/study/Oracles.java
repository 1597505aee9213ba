package io.dealimpact.study;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.group.TestEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads the oracles beside the project; a test that needs them is skipped where they are not. */
public final class Oracles {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");

  private Oracles() {}

  public static Path folder(String name) {
    Path root = Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();
    Path folder = root.resolveSibling("shared").resolve("data/oracles").resolve(name);
    String skipped =
        "SKIPPED: no oracle at " + folder + "; nothing is held against " + name + " here";
    if (!Files.isDirectory(folder)) {
      System.out.println(skipped);
    }
    assumeTrue(Files.isDirectory(folder), skipped);
    return folder;
  }

  /** Rows of a comma-separated file by column name; quotes protect commas. */
  public static List<Map<String, String>> csv(Path file) {
    List<String> lines = lines(file);
    List<String> header = fields(lines.get(0));
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> fields = fields(line);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < header.size(); i++) {
        row.put(header.get(i), i < fields.size() ? fields.get(i) : "");
      }
      rows.add(row);
    }
    return rows;
  }

  public static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static double number(String text) {
    return text.isEmpty() || text.equals("NA") ? Double.NaN : Double.parseDouble(text);
  }

  /**
   * The events of a request file with semicolons: log returns of the magnitudes of prices, a market
   * that trades every day.
   */
  static List<EventSample> requested(Path folder, TestEvents.Model model, String[] files) {
    TreeMap<LocalDate, Double> market = new TreeMap<>();
    for (String line : lines(folder.resolve(files[2]))) {
      String[] f = line.split(";", -1);
      market.put(LocalDate.parse(f[1], DAY), Double.parseDouble(f[2]));
    }
    Map<String, NavigableMap<LocalDate, Double>> firms = new HashMap<>();
    for (String line : lines(folder.resolve(files[1]))) {
      String[] f = line.split(";", -1);
      firms
          .computeIfAbsent(f[0], k -> new TreeMap<>())
          .put(LocalDate.parse(f[1], DAY), Math.abs(Double.parseDouble(f[2])));
    }
    List<LocalDate> days = List.copyOf(market.keySet());
    List<EventSample> events = new ArrayList<>();
    for (String line : lines(folder.resolve(files[0]))) {
      String[] f = line.split(";", -1);
      if (f[4].equals("Other")) {
        continue;
      }
      int day0 = days.indexOf(LocalDate.parse(f[3], DAY));
      int end = Integer.parseInt(f[7]);
      int start = end - Integer.parseInt(f[8]) + 1;
      NavigableMap<LocalDate, Double> firm = firms.get(f[1]);
      int from = Integer.parseInt(f[5]);
      int to = Integer.parseInt(f[6]);
      events.add(
          TestEvents.sample(
              f[0],
              (int) days.get(day0).toEpochDay(),
              model,
              returns(days, day0, start, end, firm, market),
              returns(days, day0, from, to, firm, market)));
    }
    return events;
  }

  private static TestEvents.Returns returns(
      List<LocalDate> days,
      int day0,
      int from,
      int to,
      Map<LocalDate, Double> firm,
      Map<LocalDate, Double> market) {
    double[] own = new double[to - from + 1];
    double[] all = new double[own.length];
    for (int t = 0; t < own.length; t++) {
      LocalDate today = days.get(day0 + from + t);
      LocalDate before = days.get(day0 + from + t - 1);
      own[t] =
          Math.log(firm.getOrDefault(today, Double.NaN) / firm.getOrDefault(before, Double.NaN));
      all[t] = Math.log(market.get(today) / market.get(before));
    }
    return new TestEvents.Returns(from, own, all);
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
