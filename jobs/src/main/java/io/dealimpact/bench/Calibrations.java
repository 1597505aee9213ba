package io.dealimpact.bench;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_date;

import io.dealimpact.codec.MarketRows;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Tables;
import io.dealimpact.report.CalibrationPage;
import io.dealimpact.report.CoveragePage;
import io.dealimpact.report.SmallGroupsPage;
import io.dealimpact.row.RowReader;
import io.dealimpact.run.Failures;
import io.dealimpact.study.calibration.Calibration;
import io.dealimpact.study.calibration.Calibration.Rejections;
import io.dealimpact.study.calibration.Calibration.Simulated;
import io.dealimpact.study.calibration.Coverage;
import io.dealimpact.study.calibration.Coverage.Held;
import io.dealimpact.study.calibration.SmallGroups;
import io.dealimpact.study.event.EventDay;
import io.dealimpact.study.event.InstrumentStudy;
import io.dealimpact.study.event.StudyEvent;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.model.ReturnModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Size and power of the tests, on simulated returns and on those of the lake. */
public final class Calibrations {
  /** Which returns. */
  public enum Returns {
    ALL,
    SIMULATED,
    REAL
  }

  /** With {@link #COVERAGE_DAYS}, more than a million share-days in each window. */
  private static final int COVERAGE_SHARES = 450;

  private static final int COVERAGE_DAYS = 2600;

  private final Configuration configuration;
  private final Supplier<SparkSession> spark;
  private final int samples;
  private final long seed;
  private final PrintStream err;

  /**
   * Prepares a calibration.
   *
   * @param spark opened for real returns only
   * @param err progress
   */
  public Calibrations(
      Configuration configuration,
      Supplier<SparkSession> spark,
      int samples,
      long seed,
      PrintStream err) {
    this.configuration = configuration;
    this.spark = spark;
    this.samples = samples;
    this.seed = seed;
    this.err = err;
  }

  /**
   * Writes calibration.md, .csv and .svg into a folder, which keeps the settings that it has and
   * that are not measured now. Returns the page.
   */
  public String write(Returns returns, Path folder) {
    List<Rejections> rejections = new ArrayList<>();
    if (returns != Returns.REAL) {
      Arrays.stream(Simulated.values())
          .parallel()
          .map(this::simulated)
          .forEachOrdered(rejections::addAll);
    }
    if (returns != Returns.SIMULATED) {
      rejections.addAll(real());
    }
    Set<String> measured = rejections.stream().map(Rejections::setting).collect(toSet());
    Path csv = folder.resolve("calibration.csv");
    if (Files.isReadable(csv)) {
      rejections.addAll(returns == Returns.REAL ? 0 : rejections.size(), kept(csv, measured));
    }
    CalibrationPage page = new CalibrationPage(rejections, samples, seed);
    String markdown = page.markdown() + otherSections(folder.resolve("calibration.md"));
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("calibration.md"), markdown);
      Files.writeString(folder.resolve("calibration.csv"), page.csv());
      Files.writeString(folder.resolve("calibration.svg"), page.svg());
    } catch (IOException error) {
      throw Failures.storage("writing the calibration to " + folder, error);
    }
    return markdown;
  }

  /**
   * Writes how often the intervals of single events hold: coverage.csv, and a section of
   * calibration.md, whose other sections stay. Returns the section.
   */
  public String writeCoverage(Returns returns, Path folder) {
    List<Held> held = new ArrayList<>();
    if (returns != Returns.REAL) {
      err.println("calibrate: coverage on simulated returns");
      held.addAll(Coverage.simulated(COVERAGE_SHARES, COVERAGE_DAYS, seed));
    }
    if (returns != Returns.SIMULATED) {
      RealShares real = realShares();
      err.println("calibrate: coverage on real returns of " + real.closes().size() + " shares");
      real.closes()
          .forEach(
              (id, closes) ->
                  held.addAll(
                      Coverage.of(
                          "real",
                          id,
                          real.calendar(),
                          PriceHistory.ofCloses(closes),
                          real.market())));
    }
    CoveragePage coverage = new CoveragePage(held);
    return section(
        folder, CoveragePage.HEADING, coverage.markdown(), "coverage.csv", coverage.csv());
  }

  /**
   * Writes the sizes in groups of few events: few-events.csv, and a section of calibration.md,
   * whose other sections stay. Returns the section.
   */
  public String writeFewEvents(Path folder) {
    err.println("calibrate: groups of few events");
    SmallGroupsPage page =
        new SmallGroupsPage(
            SmallGroups.KINDS.parallelStream()
                .flatMap(kind -> SmallGroups.run(kind, samples, seed).stream())
                .toList());
    return section(folder, SmallGroupsPage.HEADING, page.markdown(), "few-events.csv", page.csv());
  }

  private static String section(
      Path folder, String heading, String section, String csv, String figures) {
    Path page = folder.resolve("calibration.md");
    try {
      Files.createDirectories(folder);
      String text = Files.isReadable(page) ? Files.readString(page) : "";
      Files.writeString(page, with(text, heading, section));
      Files.writeString(folder.resolve(csv), figures);
    } catch (IOException error) {
      throw Failures.storage("writing the calibration to " + folder, error);
    }
    return section;
  }

  /** A page with a section in place of the one of that heading, or after the others. */
  private static String with(String text, String heading, String section) {
    int start = text.indexOf(heading);
    if (start < 0) {
      return text.isBlank() ? section : text.stripTrailing() + "\n\n" + section;
    }
    int next = text.indexOf("\n## ", start);
    return text.substring(0, start)
        + (next < 0 ? section : section.stripTrailing() + "\n" + text.substring(next));
  }

  /** The sections that other measures wrote into a page, after an empty line; empty without. */
  private static String otherSections(Path page) {
    try {
      String text = Files.isReadable(page) ? Files.readString(page) : "";
      return Stream.of(SmallGroupsPage.HEADING, CoveragePage.HEADING)
          .map(text::indexOf)
          .filter(start -> start >= 0)
          .min(Comparator.naturalOrder())
          .map(start -> "\n" + text.substring(start))
          .orElse("");
    } catch (IOException error) {
      throw Failures.storage("reading " + page, error);
    }
  }

  /** One setting under each model; the counts depend on the seed alone. */
  private List<Rejections> simulated(Simulated setting) {
    err.println("calibrate: " + setting.label());
    List<Rejections> rejections = new ArrayList<>();
    for (ReturnModel model : Calibration.MODELS) {
      rejections.addAll(
          Calibration.run(
              setting.label(),
              model,
              setting.under(model),
              Simulated.tradingDays(),
              Integer.MAX_VALUE,
              samples,
              seed));
    }
    return rejections;
  }

  private static List<Rejections> kept(Path csv, Set<String> measured) {
    try {
      return CalibrationPage.kept(Files.readAllLines(csv), measured);
    } catch (IOException error) {
      throw Failures.storage("reading " + csv, error);
    }
  }

  /** Closes of the lake's shares and returns of its benchmark, on the benchmark's days. */
  private record RealShares(
      TradingCalendar calendar, double[] market, Map<String, double[]> closes) {}

  private RealShares realShares() {
    String benchmark = configuration.study().benchmark();
    Lake lake = Lake.published(spark.get(), configuration.lake());
    Map<String, List<Row>> bars = new TreeMap<>();
    for (Row row :
        lake.readOrEmpty(Tables.BARS)
            .select(
                col("instrument_id"),
                unix_date(col("trade_date")).as("day"),
                col("close"),
                col("adjusted_close"))
            .orderBy("instrument_id", "trade_date")
            .collectAsList()) {
      String id = RowReader.of(row.schema(), "instrument_id").at(row).text("instrument_id");
      bars.computeIfAbsent(id, key -> new ArrayList<>()).add(row);
    }
    List<Row> market = bars.remove(benchmark);
    if (market == null) {
      throw Failures.benchmarkMissing(benchmark);
    }
    TradingCalendar calendar = MarketRows.calendar(market);
    Map<String, double[]> closes = new TreeMap<>();
    bars.forEach((id, rows) -> closes.put(id, MarketRows.aligned(calendar, rows, "close")));
    return new RealShares(
        calendar,
        PriceHistory.ofCloses(MarketRows.aligned(calendar, market, "close"))
            .returns(PriceKind.CLOSE, ReturnKind.SIMPLE),
        closes);
  }

  private List<Rejections> real() {
    RealShares real = realShares();
    TradingCalendar calendar = real.calendar();
    MarketData data = MarketData.ofBenchmark(real.market());
    Map<String, double[]> closes = real.closes();
    int events = calendar.size() - 250;
    if (events < 1) {
      throw Failures.usage(
          "calibrate needs more than 250 trading days of "
              + configuration.study().benchmark()
              + ", the lake has "
              + calendar.size());
    }
    int[] days = new int[calendar.size()];
    Arrays.setAll(days, calendar::epochDay);
    List<Rejections> rejections = new ArrayList<>();
    for (ReturnModel model : Calibration.MODELS) {
      List<InstrumentStudy> studies = new ArrayList<>();
      closes.forEach((id, prices) -> studies.add(study(id, prices, calendar, data, model, events)));
      int[] counts = new int[studies.size()];
      Arrays.fill(counts, events);
      err.println("calibrate: real returns of " + studies.size() + " shares, " + model.code());
      rejections.addAll(
          Calibration.run(
              Calibration.RANDOM_DATES,
              model,
              Calibration.randomDates(studies, counts),
              days,
              events,
              samples,
              seed));
      rejections.addAll(
          Calibration.run(
              Calibration.ONE_DATE,
              model,
              Calibration.oneDate(studies, events),
              days,
              events,
              samples,
              seed));
    }
    return rejections;
  }

  /** Every day on which an event could be is one. */
  private static InstrumentStudy study(
      String id,
      double[] closes,
      TradingCalendar calendar,
      MarketData data,
      ReturnModel model,
      int events) {
    List<StudyEvent> days = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      int index = 245 + i;
      boolean trades = !Double.isNaN(closes[index]) && !Double.isNaN(closes[index - 1]);
      days.add(
          new StudyEvent(
              id + "-" + index,
              trades
                  ? new EventDay(index, index - 1, StudyStatus.OK, "")
                  : new EventDay(-1, -1, StudyStatus.NO_PRICES, "no trade")));
    }
    return new InstrumentStudy(
        id, calendar, PriceHistory.ofCloses(closes), data, Calibration.plan(model), days);
  }
}
