package io.dealimpact.study;

import io.dealimpact.study.event.EventDay;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;

/** Small data for the tests of one event. */
public final class Fixtures {
  private Fixtures() {}

  /** Consecutive days from 2000-01-01. */
  public static TradingCalendar calendar(int days) {
    int[] epochDays = new int[days];
    Arrays.setAll(epochDays, i -> 10957 + i);
    return new TradingCalendar(epochDays);
  }

  /**
   * Prices whose returns are these; the first return is not used, leading NaN are not yet listed.
   */
  public static PriceHistory prices(double[] returns, ReturnKind kind) {
    double[] prices = new double[returns.length];
    prices[0] = 100;
    for (int t = 1; t < prices.length; t++) {
      if (Double.isNaN(prices[t - 1])) {
        prices[t - 1] = 100;
      }
      if (Double.isNaN(returns[t])) {
        prices[t - 1] = Double.NaN;
      }
      prices[t] = prices[t - 1] * (1 + kind.toSimple(returns[t]));
    }
    return PriceHistory.ofCloses(prices);
  }

  public static EventDay day(int index) {
    return new EventDay(index, index - 1, StudyStatus.OK, "");
  }

  public static double[] normal(Random random, int n, double sd) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> sd * random.nextGaussian());
    return values;
  }

  /** Returns a·x + noise. */
  public static double[] mixed(double beta, double[] x, double[] noise) {
    double[] values = new double[x.length];
    Arrays.setAll(values, i -> beta * x[i] + noise[i]);
    return values;
  }

  /** A CSV resource beside these tests: header to value, a map each row; {@code #} is a comment. */
  public static List<Map<String, String>> resource(String name) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Fixtures.class.getResourceAsStream("/study/" + name), StandardCharsets.UTF_8))) {
      return rows(reader.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Name to number of a two-column resource. */
  public static Map<String, Double> numbers(String name) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (Map<String, String> row : resource(name)) {
      numbers.put(row.get("statistic"), Double.valueOf(row.get("value")));
    }
    return numbers;
  }

  public static List<Map<String, String>> rows(List<String> lines) {
    List<Map<String, String>> rows = new ArrayList<>();
    String[] header = new String[0];
    for (String line : lines) {
      if (line.startsWith("#")) {
        continue;
      }
      String[] cells = line.split(",", -1);
      if (header.length == 0) {
        header = cells;
        continue;
      }
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < header.length; i++) {
        row.put(header[i], cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  /** Lines of a file of the shared data; the test is skipped, and says so, where it is absent. */
  static List<String> shared(String path) {
    Path file =
        Path.of(System.getProperty("project.root", ".."), "..", "shared", "data").resolve(path);
    String skipped = "SKIPPED: the shared data are absent: " + file.normalize();
    if (!Files.isReadable(file)) {
      System.out.println(skipped);
    }
    Assumptions.assumeTrue(Files.isReadable(file), skipped);
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
