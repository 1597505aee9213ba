package io.dealimpact.study.model;

import io.dealimpact.study.market.SectorSeries;
import io.dealimpact.study.model.ModelSeries.Columns;
import io.dealimpact.study.model.ModelSeries.Design;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Series of return models: what is regressed on what, for an instrument's returns. */
final class ModelDesigns {
  /** Name of the slope on the sector. */
  static final String SECTOR_SLOPE = "gamma";

  private ModelDesigns() {}

  static ModelSeries marketModel(ReturnInputs inputs) {
    return onIndex(inputs.market().benchmark(), "benchmark", inputs);
  }

  static ModelSeries capm(ReturnInputs inputs) {
    double[] benchmark = inputs.market().benchmark();
    double[] riskFree = inputs.factor("rf");
    Map<String, double[]> needed = new LinkedHashMap<>();
    needed.put("benchmark", benchmark);
    needed.put("rf", riskFree);
    return new ModelSeries(
        Design.NO_CONSTANT,
        List.of("beta"),
        needed,
        (from, to) -> {
          double safe = inputs.compounded(riskFree, from, to);
          double excess = inputs.compounded(benchmark, from, to) - safe;
          return new ModelSeries.Row(
              inputs.stock(from, to), safe, new double[] {excess}, Math.sqrt(to - from));
        },
        day -> day - 1,
        daily(inputs, riskFree, difference(benchmark, riskFree)));
  }

  static ModelSeries tradeToTrade(ReturnInputs inputs) {
    double[] benchmark = inputs.market().benchmark();
    ModelSeries.Rows rows =
        (from, to) ->
            new ModelSeries.Row(
                inputs.stock(from, to),
                0,
                new double[] {to - from, inputs.compounded(benchmark, from, to)},
                Math.sqrt(to - from));
    return new ModelSeries(
        Design.NO_CONSTANT,
        List.of("alpha", "beta"),
        Map.of("benchmark", benchmark),
        rows,
        inputs::lastTrade,
        Columns.of(rows, inputs::lastTrade, 2, inputs.days()));
  }

  static ModelSeries onPeers(ReturnInputs inputs) {
    Map<String, double[]> needed = new LinkedHashMap<>();
    inputs.market().peers().forEach((id, peer) -> needed.put(id, peer.returns()));
    double[][] donors = needed.values().toArray(new double[0][]);
    return new ModelSeries(
        Design.NOTHING,
        List.copyOf(needed.keySet()),
        needed,
        (from, to) -> {
          double[] x = new double[donors.length];
          Arrays.setAll(x, j -> inputs.compounded(donors[j], from, to));
          return new ModelSeries.Row(inputs.stock(from, to), 0, x, Math.sqrt(to - from));
        },
        day -> day - 1,
        daily(inputs, inputs.zeros(), donors));
  }

  static ModelSeries meanAdjusted(ReturnInputs inputs) {
    return new ModelSeries(
        Design.CONSTANT,
        List.of("alpha"),
        Map.of(),
        (from, to) ->
            new ModelSeries.Row(
                inputs.stock(from, to), 0, new double[] {to - from}, Math.sqrt(to - from)),
        day -> day - 1,
        daily(inputs, inputs.zeros(), inputs.ones()));
  }

  static ModelSeries marketAdjusted(ReturnInputs inputs) {
    double[] benchmark = inputs.market().benchmark();
    return new ModelSeries(
        Design.NOTHING,
        List.of(),
        Map.of("benchmark", benchmark),
        (from, to) ->
            new ModelSeries.Row(
                inputs.stock(from, to),
                inputs.compounded(benchmark, from, to),
                new double[0],
                Math.sqrt(to - from)),
        day -> day - 1,
        daily(inputs, benchmark));
  }

  /** α + βR on one index. */
  static ModelSeries onIndex(double[] index, String name, ReturnInputs inputs) {
    return new ModelSeries(
        Design.CONSTANT,
        List.of("alpha", "beta"),
        Map.of(name, index),
        (from, to) ->
            new ModelSeries.Row(
                inputs.stock(from, to),
                0,
                new double[] {to - from, inputs.compounded(index, from, to)},
                Math.sqrt(to - from)),
        day -> day - 1,
        daily(inputs, inputs.zeros(), inputs.ones(), index));
  }

  /** α + βR_m + γR_s; an instrument without a sector has none on any day. */
  static ModelSeries marketSector(ReturnInputs inputs) {
    double[] benchmark = inputs.market().benchmark();
    double[] sector = inputs.sector().map(SectorSeries::returns).orElseGet(inputs::absent);
    Map<String, double[]> needed = new LinkedHashMap<>();
    needed.put("benchmark", benchmark);
    needed.put(inputs.sector().map(s -> "sector " + s.name()).orElse("sector"), sector);
    return new ModelSeries(
        Design.CONSTANT,
        List.of("alpha", "beta", SECTOR_SLOPE),
        needed,
        (from, to) ->
            new ModelSeries.Row(
                inputs.stock(from, to),
                0,
                new double[] {
                  to - from,
                  inputs.compounded(benchmark, from, to),
                  inputs.compounded(sector, from, to)
                },
                Math.sqrt(to - from)),
        day -> day - 1,
        daily(inputs, inputs.zeros(), inputs.ones(), benchmark, sector));
  }

  static ModelSeries ofFactors(FactorModel model, ReturnInputs inputs) {
    List<String> names = new ArrayList<>(List.of("alpha"));
    names.addAll(model.factors());
    Map<String, double[]> needed = new LinkedHashMap<>();
    double[] riskFree =
        switch (model.regressand()) {
          case EXCESS -> inputs.factor("rf");
          case RAW -> inputs.zeros();
        };
    needed.put("rf", riskFree);
    boolean three = Collections.disjoint(model.factors(), List.of("rmw", "cma"));
    double[][] series = new double[model.factors().size()][];
    for (int j = 0; j < series.length; j++) {
      String name = model.factors().get(j);
      series[j] = three && name.equals("smb") ? inputs.smallMinusBigOfThree() : inputs.factor(name);
      needed.put(name, series[j]);
    }
    double[][] columns = new double[series.length + 1][];
    columns[0] = inputs.ones();
    System.arraycopy(series, 0, columns, 1, series.length);
    return new ModelSeries(
        Design.CONSTANT,
        names,
        needed,
        (from, to) -> {
          double[] x = new double[series.length + 1];
          Arrays.setAll(x, j -> j == 0 ? to - from : inputs.compounded(series[j - 1], from, to));
          return new ModelSeries.Row(
              inputs.stock(from, to),
              inputs.compounded(riskFree, from, to),
              x,
              Math.sqrt(to - from));
        },
        day -> day - 1,
        daily(inputs, riskFree, columns));
  }

  /** Returns from each day to the next: nothing is compounded, so the columns are the series. */
  private static Columns daily(ReturnInputs inputs, double[] offset, double[]... x) {
    return new Columns(inputs.daily(), offset, x, inputs.ones());
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, t -> a[t] - b[t]);
    return difference;
  }
}
