package io.dealimpact.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import io.dealimpact.bench.SyntheticMarket.Placement;
import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.flow.Runs;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.report.NightFigures;
import io.dealimpact.report.NightFigures.Figure;
import io.dealimpact.report.NightFigures.StageTime;
import io.dealimpact.row.RowReader;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.Failures;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.RunContext.DateRange;
import io.dealimpact.run.RunContext.Effect;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Whole nights, landing zone to gold, as {@code nightly} runs them: the first one, one with nothing
 * new, one with a day of bars and ten deals, one with a correction, and a backfill of a day. On a
 * market, and on one with a tenth of its days and events. Beside the first night DuckDB types and
 * checks the same files of bars.
 */
final class NightsBenchmark {
  private static final int NEW_DEALS = 10;
  private static final int SHORTER = 10;
  private static final SyntheticMarket WARM_UP =
      new SyntheticMarket(12, 320, 30, Placement.ALL_INSTRUMENTS, 1);

  private final SparkSession spark;
  private final Path folder;
  private final List<String> settings;
  private final Optional<DuckDb> peer;
  private final PrintStream err;
  private final List<Figure> figures = new ArrayList<>();

  /**
   * Prepares a benchmark.
   *
   * @param folder for its lakes and files
   * @param settings of the configuration, {@code key=value}
   * @param peer beside which bars are conformed; none where there is none
   */
  NightsBenchmark(
      SparkSession spark,
      Path folder,
      List<String> settings,
      Optional<DuckDb> peer,
      PrintStream err) {
    this.spark = spark;
    this.folder = folder;
    this.settings = settings;
    this.peer = peer;
    this.err = err;
  }

  /**
   * Measures the nights of a market and of one with a tenth of its history.
   *
   * @throws io.dealimpact.run.DealImpactException if a night does not end well
   */
  NightFigures run(SyntheticMarket market, Benchmarks.Bars format, String machine, String command)
      throws IOException {
    nights(WARM_UP, format, "warm-up");
    figures.clear();
    SyntheticMarket shorter =
        new SyntheticMarket(
            market.instruments(),
            Math.max(SyntheticMarket.LEAST_DAYS, market.days() / SHORTER),
            Math.max(1, market.events() / SHORTER),
            market.placement(),
            market.seed());
    nights(shorter, format, "shorter");
    nights(market, format, "whole");
    return figures(machine, command);
  }

  /** What was measured so far. */
  NightFigures figures(String machine, String command) {
    return new NightFigures(machine, command, List.copyOf(figures));
  }

  /** Measures the nights of one market, in a folder of its name. */
  void nights(SyntheticMarket market, Benchmarks.Bars format, String name) throws IOException {
    Path place = folder.resolve("nights-" + name);
    SyntheticLanding landing = new SyntheticLanding(market, place.resolve("landing"), format);
    landing.history(spark);
    Nights nights = new Nights(market, landing);
    nights.night(NightFigures.FIRST, DateRange.ALWAYS);
    if (peer.isPresent()) {
      Path written = place.resolve("peer.parquet");
      String sql = conform(landing, written);
      nights.measured(NightFigures.PEER, Stopwatch.time(() -> peer.get().execute(sql)), List.of());
      nights.requireSameBars(written);
    }
    nights.night("nothing new", DateRange.ALWAYS);
    landing.lastDay(spark, NEW_DEALS);
    nights.night("a day of bars, " + NEW_DEALS + " deals", DateRange.ALWAYS);
    LocalDate corrected = landing.correction(spark);
    nights.night("an old bar corrected", DateRange.ALWAYS);
    nights.night("a day backfilled", new DateRange(corrected, corrected));
  }

  /** What ConformBars does to such a file: types, checks, the last row of a key. */
  private static String conform(SyntheticLanding landing, Path out) {
    String files = landing.folder().resolve("bars").toString();
    String source =
        switch (landing.format()) {
          case PARQUET -> "read_parquet('" + files + "/*.parquet', filename = true)";
          case CSV -> "read_csv('" + files + "/*.csv', header = true, filename = true)";
        };
    return String.format(
        Locale.ROOT,
        """
        copy (
          select instrument_id, trade_date, open, high, low, close, adjusted_close, volume
          from (
            select instrument_id, try_cast(trade_date as date) trade_date,
              try_cast(open as double) open, try_cast(high as double) high,
              try_cast(low as double) low, try_cast(close as double) close,
              try_cast(adjusted_close as double) adjusted_close,
              try_cast(volume as double) volume, filename
            from %s)
          where trade_date is not null and close > 0 and close < 1e9 and open > 0
            and high >= greatest(open, close) and low <= least(open, close) and low > 0
            and volume >= 0
          qualify row_number() over (partition by instrument_id, trade_date order by filename desc) = 1
          order by instrument_id, trade_date
        ) to '%s' (format parquet)
        """,
        source,
        out);
  }

  /** The nights of one lake. */
  private final class Nights {
    private final SyntheticMarket market;
    private final String lake;
    private final Configuration configuration;
    private final LocalDate lastDay;

    Nights(SyntheticMarket market, SyntheticLanding landing) {
      this.market = market;
      this.lake = landing.folder().resolveSibling("lake").toString();
      this.lastDay = landing.lastDay();
      List<String> all = new ArrayList<>();
      all.add("study.benchmark=" + SyntheticMarket.BENCHMARK);
      all.addAll(settings);
      all.add("landing=" + landing.folder());
      all.add("lake=" + lake);
      this.configuration = new ConfigurationReader().read(Optional.empty(), all);
    }

    /** By a clock that stands on the day after the last one, a minute later each night. */
    void night(String work, DateRange range) {
      Clock clock =
          Clock.fixed(
              lastDay
                  .plusDays(1)
                  .atTime(6, 0)
                  .plusMinutes(figures.size())
                  .toInstant(ZoneOffset.UTC),
              ZoneOffset.UTC);
      RunContext run = RunContext.begin(clock, "bench", Effect.WRITE, range);
      Runs runs = new Runs(spark, configuration, err);
      ExitCode[] exit = new ExitCode[1];
      Stopwatch.Time time =
          Stopwatch.time(() -> exit[0] = runs.nightly(run, lastDay.minusDays(1), () -> {}));
      if (exit[0] != ExitCode.OK) {
        throw Failures.benchmark("the night '" + work + "' ended with " + exit[0], null);
      }
      measured(work, time, stages(run));
    }

    /** As the last night left it. */
    private Dataset<Row> read(TableSpec table) {
      return new Lake(spark, lake, Lake.Writes.SUPPRESSED).read(table);
    }

    private List<StageTime> stages(RunContext run) {
      return read(Tables.RUN_LOG)
          .where(col("run_id").equalTo(lit(run.runId())))
          .where(col("result").equalTo("DONE").and(col("stage").notEqual("(run)")))
          .orderBy(col("began_at"), col("stage"))
          .collectAsList()
          .stream()
          .map(row -> RowReader.of(row.schema()).at(row))
          .map(
              row ->
                  new StageTime(
                      row.text("stage"), row.number("took_seconds"), row.count("rows_written")))
          .toList();
    }

    void measured(String work, Stopwatch.Time time, List<StageTime> stages) {
      figures.add(
          new Figure(
              market.describe("deals"), work, time.wallSeconds(), time.cpuSeconds(), stages));
      err.println("bench: " + market.describe("deals") + ": " + work + ": " + time);
    }

    /** Both have the same bars. */
    void requireSameBars(Path written) {
      RowReader.Cells ours = sums(read(Tables.BARS), "volume_shares");
      RowReader.Cells theirs = sums(spark.read().parquet(written.toString()), "volume");
      boolean same =
          ours.count("n") == theirs.count("n")
              && ours.date("first").equals(theirs.date("first"))
              && ours.date("last").equals(theirs.date("last"));
      for (String sum : List.of("prices", "volumes")) {
        // Sums of one order or another; 25 million terms leave some 1e-12 of the sum.
        same &= Math.abs(ours.number(sum) / theirs.number(sum) - 1) < 1e-9;
      }
      if (!same) {
        throw Failures.benchmark(
            "silver.bars is " + ours.row() + ", DuckDB has " + theirs.row(), null);
      }
    }

    private static RowReader.Cells sums(Dataset<Row> bars, String volume) {
      Row row =
          bars.agg(
                  count("*").as("n"),
                  sum("close").as("prices"),
                  sum(volume).as("volumes"),
                  min("trade_date").as("first"),
                  max("trade_date").as("last"))
              .first();
      return RowReader.of(row.schema()).at(row);
    }
  }
}
