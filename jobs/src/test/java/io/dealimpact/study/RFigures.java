package io.dealimpact.study;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Figures made by {@code jobs/src/test/r/figures.R}. */
final class RFigures {
  private final Map<String, Double> figures = new HashMap<>();

  RFigures() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                RFigures.class.getResourceAsStream("/oracles/r-figures.csv"),
                StandardCharsets.UTF_8))) {
      in.lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("name,"))
          .map(line -> line.split(",", -1))
          .forEach(f -> figures.put(f[0], Double.parseDouble(f[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double get(String name) {
    Double figure = figures.get(name);
    if (figure == null) {
      throw new AssertionError("figures.R does not print " + name);
    }
    return figure;
  }

  Map<String, Double> startingWith(String prefix) {
    Map<String, Double> found = new HashMap<>(figures);
    found.keySet().removeIf(name -> !name.startsWith(prefix));
    return found;
  }
}
