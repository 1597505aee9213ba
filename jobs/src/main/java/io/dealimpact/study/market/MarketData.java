package io.dealimpact.study.market;

import io.dealimpact.study.numeric.Vectors;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an instrument's returns are compared with, aligned to a {@link TradingCalendar}; NaN where
 * missing. Returns are fractions of the study's {@link ReturnKind}. Factors are as published:
 * simple returns, which the models make log returns of in a study of log returns.
 *
 * @param benchmark the benchmark's returns
 * @param factors by name: {@code mkt_rf, smb, smb_3, hml, rmw, cma, umd, rf}, fractions (0.01 is 1
 *     %); {@code smb_3} for models without rmw and cma, {@code smb} where it is not there
 * @param peers the instruments of the peer portfolio and of the synthetic control, by id
 * @param overnight the benchmark's returns from the close of the day before to the open, simple
 * @param sectors what can stand for an instrument's sector, by its name
 */
public record MarketData(
    double[] benchmark,
    Map<String, double[]> factors,
    SortedMap<String, PeerSeries> peers,
    double[] overnight,
    SortedMap<String, SectorSeries> sectors)
    implements Serializable {

  /**
   * Values that are not finite count as missing.
   *
   * @throws IllegalArgumentException if an array's length differs from the benchmark's
   */
  public MarketData {
    benchmark = finite(benchmark, "benchmark", benchmark.length);
    Map<String, double[]> clean = new HashMap<>();
    for (Map.Entry<String, double[]> factor : factors.entrySet()) {
      clean.put(factor.getKey(), finite(factor.getValue(), factor.getKey(), benchmark.length));
    }
    factors = clean;
    for (Map.Entry<String, PeerSeries> peer : peers.entrySet()) {
      finite(peer.getValue().returns(), peer.getKey(), benchmark.length);
    }
    peers = new TreeMap<>(peers);
    overnight = finite(overnight, "benchmark overnight", benchmark.length);
    for (SectorSeries sector : sectors.values()) {
      finite(sector.returns(), sector.name(), benchmark.length);
    }
    sectors = new TreeMap<>(sectors);
  }

  /** A benchmark without factors or peers. */
  public static MarketData ofBenchmark(double[] returns) {
    return new MarketData(
        returns, Map.of(), new TreeMap<>(), Vectors.missing(returns.length), new TreeMap<>());
  }

  /** The same with these factors. */
  public MarketData withFactors(Map<String, double[]> newFactors) {
    return new MarketData(benchmark, newFactors, peers, overnight, sectors);
  }

  /** The same with these peers. */
  public MarketData withPeers(Map<String, PeerSeries> newPeers) {
    return new MarketData(benchmark, factors, new TreeMap<>(newPeers), overnight, sectors);
  }

  /** The same with the benchmark's returns overnight. */
  public MarketData withOvernight(double[] newOvernight) {
    return new MarketData(benchmark, factors, peers, newOvernight, sectors);
  }

  /** The same with these sectors. */
  public MarketData withSectors(Map<String, SectorSeries> newSectors) {
    return new MarketData(benchmark, factors, peers, overnight, new TreeMap<>(newSectors));
  }

  /** What stands for a sector; empty where there is nothing of that name, or no name. */
  public Optional<SectorSeries> sector(String name) {
    return name == null ? Optional.empty() : Optional.ofNullable(sectors.get(name));
  }

  /** The same for one instrument, which is not its own peer. */
  public MarketData forInstrument(String instrumentId) {
    if (!peers.containsKey(instrumentId)) {
      return this;
    }
    TreeMap<String, PeerSeries> others = new TreeMap<>(peers);
    others.remove(instrumentId);
    return new MarketData(benchmark, factors, others, overnight, sectors);
  }

  private static double[] finite(double[] values, String name, int length) {
    if (values.length != length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s has %d days, the benchmark %d", name, values.length, length));
    }
    double[] clean = values.clone();
    for (int i = 0; i < clean.length; i++) {
      if (Double.isInfinite(clean[i])) {
        clean[i] = Double.NaN;
      }
    }
    return clean;
  }
}
