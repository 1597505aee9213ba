package io.dealimpact.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.study.Agreement;
import io.dealimpact.study.Oracles;
import io.dealimpact.testing.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.moment.Mean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sixteen additions to the S&amp;P 500, other people's figures, laid out as a vendor would deliver
 * them and run through the whole program: landing files in, gold out.
 */
@Tag("spark")
@Tag("slow")
class AdditionsThroughTheProgramTest {
  private static final String ORACLE = "sp500 via program";

  /** Of figures and p-values: the oracle's own precision. */
  private static final double TOLERANCE = 1e-10;

  /** What ties broken by the oracle's rounding errors are worth in a statistic. */
  private static final double TIES = 2e-4;

  /** All that have prices. */
  private static final String GROUP = "index-addition";

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");
  private static final Map<String, String> MODELS =
      Map.of("market", "market-model", "mean", "mean-adjusted", "mktadj", "market-adjusted");
  private static final Map<String, String> TESTS =
      Map.ofEntries(
          Map.entry("csect_t", "cross-sectional-t/textbook"),
          Map.entry("cda_t", "cda-t/textbook"),
          Map.entry("patell_z", "patell/textbook"),
          Map.entry("patell_z_csar", "patell-csar/textbook"),
          Map.entry("patell_z_adj", "adjusted-patell/bmp-factor"),
          Map.entry("patell_z_adj_nocsvar", "adjusted-patell/textbook"),
          Map.entry("bmp_t", "bmp/textbook"),
          Map.entry("kp_t", "adjusted-bmp/textbook"),
          Map.entry("skewadj_t", "skewness-t/textbook"),
          Map.entry("skewadj_t_johnson", "johnson-t/textbook"),
          Map.entry("sign_z", "sign/textbook"),
          Map.entry("sign_binom_p", "binomial-sign/textbook"),
          Map.entry("gsign_z", "generalized-sign/textbook"),
          Map.entry("wilcoxon_z", "wilcoxon/normal"),
          Map.entry("wilcoxon_W", "wilcoxon/rank-sum"),
          Map.entry("rank_z", "corrado-rank/textbook"),
          Map.entry("cz_sign_z", "corrado-zivney-sign/textbook"),
          Map.entry("grank_t", "grank-t/textbook"),
          Map.entry("grank_z", "grank-z/textbook"));

  @TempDir private Path folder;

  private final Agreement agreement = new Agreement();

  @Test
  void everyFigureOfTheOracleComesOutOfGold() throws IOException {
    Path oracle = Oracles.folder("sp500-additions");
    layOut(oracle);
    Configuration configuration = configuration();
    assertThat(run(configuration)).isEqualTo(ExitCode.OK);
    Lake lake = new Lake(SparkForTests.session(), configuration.lake(), Lake.Writes.SUPPRESSED);
    abnormalReturns(oracle, lake);
    events(oracle, lake);
    tests(oracle, lake);
    groupWithoutAMeasuredEvent(lake);
    agreement.save("sp500-program");
    assertThat(agreement.largest("(ties")).as(agreement.table()).isLessThan(TOLERANCE);
    assertThat(agreement.largest()).as(agreement.table()).isLessThan(TIES);
  }

  private void abnormalReturns(Path oracle, Lake lake) {
    Map<String, Row> gold =
        rows(lake, Tables.ABNORMAL_RETURNS, List.of("model", "event_id", "relative_day"));
    List<Map<String, String>> theirs = Oracles.csv(oracle.resolve("ar_est_sp500.csv"));
    assertThat(gold).hasSize(16 * 3 * 5);
    assertThat(theirs).hasSize(16 * 3 * 5);
    for (Map<String, String> row : theirs) {
      Row ours = gold.get(key(model(row), eventId(row), row.get("t")));
      compare("abnormal_return", row.get("ar"), ours, "abnormal_return");
      compare("standardized_ar", row.get("sar_fec"), ours, "standardized_ar");
    }
  }

  private void events(Path oracle, Lake lake) {
    Map<String, Row> impact =
        rows(lake, Tables.EVENT_IMPACT, List.of("model", "event_id", "window_start", "window_end"));
    Map<String, Row> fits = rows(lake, Tables.MODEL_FITS, List.of("model", "event_id"));
    Map<String, Mean> abhar = new TreeMap<>();
    for (Map<String, String> row : Oracles.csv(oracle.resolve("events_est_sp500.csv"))) {
      Row event = impact.get(key(model(row), eventId(row), "-2", "2"));
      Row fit = fits.get(key(model(row), eventId(row)));
      assertThat(event.<Integer>getAs("n_estimation")).isEqualTo(Integer.parseInt(row.get("M")));
      assertThat(fit.<Integer>getAs("degrees_of_freedom"))
          .isEqualTo(Integer.parseInt(row.get("df")));
      compare("sigma", row.get("sigma"), fit, "sigma");
      if (row.get("model").equals("market")) {
        compare("alpha", row.get("alpha"), fit, "alpha");
        compare("beta", row.get("beta"), fit, "beta");
      }
      compare("car", row.get("CAR"), event, "car");
      compare("car_se", row.get("CAR_se"), event, "car_se");
      compare("car_t", row.get("CAR_t"), event, "car_t");
      compare("bhar", row.get("BHAR"), event, "bhar");
      abhar
          .computeIfAbsent(model(row), model -> new Mean())
          .increment(Double.parseDouble(row.get("BHAR")));
    }
    Map<String, Row> tests = studyTests(lake);
    assertThat(abhar).hasSize(3);
    abhar.forEach(
        (model, mean) -> {
          assertThat(mean.getN()).isEqualTo(16);
          Row patell = tests.get(key(GROUP, model, "patell", "textbook", "-2", "2"));
          compare("abhar", Double.toString(mean.getResult()), patell, "abhar");
        });
  }

  private static Map<String, Row> studyTests(Lake lake) {
    return rows(
        lake,
        Tables.STUDY_TESTS,
        List.of("group_value", "model", "test", "variant", "window_start", "window_end"));
  }

  private void tests(Path oracle, Lake lake) {
    Map<String, Row> tests = studyTests(lake);
    Map<String, Row> paths =
        rows(lake, Tables.STUDY_PATHS, List.of("group_value", "model", "relative_day"));
    for (Map<String, String> row : Oracles.csv(oracle.resolve("tests_est_sp500.csv"))) {
      String statistic = row.get("statistic");
      if (statistic.startsWith("kp_rbar")) {
        Row adjusted = tests.get(key(GROUP, model(row), "adjusted-bmp", "textbook", "0", "0"));
        compare("mean_correlation", row.get("value"), adjusted, "mean_correlation");
        continue;
      }
      if (statistic.equals("kp_factor")) {
        // Follows from r̄ and n.
        continue;
      }
      if (statistic.equals("mean")) {
        if (row.get("level").equals("aar")) {
          Row path = paths.get(key(GROUP, model(row), row.get("lo")));
          compare("aar", row.get("value"), path, "aar");
        }
        meanAndInterval(row, tests);
        continue;
      }
      String[] name = TESTS.get(statistic).split("/", -1);
      Row ours = tests.get(key(GROUP, model(row), name[0], name[1], row.get("lo"), row.get("hi")));
      String note = tied(row) ? " (ties by rounding)" : "";
      boolean exact = statistic.equals("sign_binom_p");
      if (!exact) {
        compare(name[0] + note, row.get("value"), ours, "statistic");
      }
      String p = exact ? row.get("value") : row.get("p");
      if (!p.isEmpty()) {
        compare(name[0] + " p" + note, p, ours, "p_value");
      }
    }
  }

  /** The CAAR beside each test, and the interval beside the test that it inverts. */
  private void meanAndInterval(Map<String, String> row, Map<String, Row> tests) {
    Row student =
        tests.get(
            key(GROUP, model(row), "cross-sectional-t", "textbook", row.get("lo"), row.get("hi")));
    compare("caar", row.get("value"), student, "caar");
    double caar = student.getAs("caar");
    double half =
        new TDistribution(15).inverseCumulativeProbability(0.975)
            * caar
            / student.<Double>getAs("statistic");
    assertThat(student.<Double>getAs("caar_low")).isCloseTo(caar - half, within(TOLERANCE));
    assertThat(student.<Double>getAs("caar_high")).isCloseTo(caar + half, within(TOLERANCE));
    Row patell =
        tests.get(key(GROUP, model(row), "patell", "textbook", row.get("lo"), row.get("hi")));
    assertThat(patell.<Double>getAs("caar")).isEqualTo(caar);
    assertThat(patell.<Double>getAs("caar_low")).isNull();
    assertThat(patell.<Double>getAs("abhar")).isCloseTo(caar, within(0.01));
  }

  /** A group of which nothing could be measured has its rows all the same, and says why. */
  private static void groupWithoutAMeasuredEvent(Lake lake) {
    List<Row> tests =
        lake.readOrEmpty(Tables.STUDY_TESTS)
            .where("group_name = 'deal_type' and group_value = 'Without Prices'")
            .collectAsList();
    assertThat(tests.stream().map(row -> row.<String>getAs("model")).distinct().toList())
        .contains("market-model", "mean-adjusted", "market-adjusted", "volatility:market-model");
    assertThat(tests)
        .allSatisfy(
            row -> {
              assertThat(row.<Long>getAs("n")).isZero();
              assertThat(row.<Double>getAs("statistic")).isNull();
              assertThat(row.<String>getAs("status")).isNotEqualTo("OK");
              assertThat(row.<String>getAs("status_reason")).isNotEmpty();
            });
  }

  /**
   * Rows whose values tie in exact arithmetic, where the oracle ranks its rounding errors and ours
   * are mid-ranks; the same as in {@code RequestedOraclesTest}.
   */
  private static boolean tied(Map<String, String> row) {
    String statistic = row.get("statistic");
    boolean ranks = statistic.equals("rank_z") || statistic.equals("grank_t");
    boolean sums = statistic.equals("wilcoxon_z") && row.get("level").equals("caar");
    return (row.get("model").equals("mean") && ranks)
        || (row.get("model").equals("mktadj") && sums);
  }

  private void compare(String quantity, String theirs, Row ours, String column) {
    assertThat(ours).as(quantity).isNotNull();
    Double value = ours.getAs(column);
    assertThat(value).as(quantity + " of " + ours).isNotNull();
    agreement.compare(ORACLE, quantity, Oracles.number(theirs), value);
  }

  private static String model(Map<String, String> row) {
    return MODELS.get(row.get("model"));
  }

  private static String eventId(Map<String, String> row) {
    return "addition-" + row.get("event") + ":" + row.get("event");
  }

  private static String key(String... parts) {
    return String.join(" ", parts);
  }

  private static Map<String, Row> rows(Lake lake, TableSpec table, List<String> keys) {
    Map<String, Row> rows = new HashMap<>();
    for (Row row : lake.readOrEmpty(table).collectAsList()) {
      String key = keys.stream().map(k -> row.getAs(k).toString()).collect(Collectors.joining(" "));
      assertThat(rows.put(key, row)).as("two rows of " + key).isNull();
    }
    return rows;
  }

  private Configuration configuration() {
    return new ConfigurationReader()
        .read(
            Optional.empty(),
            List.of(
                "landing=" + folder.resolve("landing"),
                "lake=" + folder.resolve("lake"),
                "study.benchmark=SP500",
                "study.returns=log",
                "study.price=close",
                "study.event_window=[-2, 2]",
                "study.estimation.end=-11",
                "study.estimation.length=120",
                "study.estimation.minimum=120",
                "study.windows=[[-2, -2], [-1, -1], [0, 0], [1, 1], [2, 2],"
                    + " [-1, 1], [0, 1], [-2, 2]]",
                "study.models=[market-model, mean-adjusted, market-adjusted]",
                "study.groups=[deal_type]",
                "study.robustness.models=[market-model]",
                "study.variants=[textbook, bmp-factor, normal, rank-sum]",
                "study.bootstrap.replicates=0"));
  }

  private static ExitCode run(Configuration configuration) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ExitCode exit =
        new Runs(
                SparkForTests.session(),
                configuration,
                new PrintStream(said, true, StandardCharsets.UTF_8))
            .nightly(
                RunContext.begin(
                    Clock.systemUTC(),
                    "nightly",
                    RunContext.Effect.WRITE,
                    RunContext.DateRange.ALWAYS),
                () -> {});
    if (exit != ExitCode.OK) {
      System.err.println(said.toString(StandardCharsets.UTF_8));
    }
    return exit;
  }

  /** Instruments, prices and one deal an event, with a date for its announcement. */
  private void layOut(Path oracle) throws IOException {
    Map<String, String> ids = new HashMap<>();
    List<String> deals = new ArrayList<>();
    for (String line : Oracles.lines(oracle.resolve("01_RequestFile.csv"))) {
      String[] f = line.split(";", -1);
      ids.put(f[1], f[0]);
      deals.add(
          """
          {"deal_id": "addition-%s", "announced_at": "%s", "title": "%s joins the S&P 500", \
          "deal_type": "index-addition", "status": "announced", \
          "parties": [{"organisation": "%s", "role": "provider", "instrument_id": "%s"}]}"""
              .formatted(f[0], LocalDate.parse(f[3], DAY), f[1].strip(), f[1].strip(), f[0]));
    }
    ids.put("SP500", "SP500");
    deals.add(
        """
        {"deal_id": "unlisted", "announced_at": "2020-06-01", "title": "no prices", \
        "deal_type": "Without Prices", "status": "announced", \
        "parties": [{"organisation": "X", "role": "provider", "instrument_id": "X"}]}""");
    List<String> bars = new ArrayList<>();
    bars.add("instrument_id,trade_date,open,high,low,close,adjusted_close,volume");
    for (String file : List.of("02_FirmData.csv", "03_MarketData.csv")) {
      for (String line : Oracles.lines(oracle.resolve(file))) {
        String[] f = line.split(";", -1);
        bars.add(
            "%s,%s,,,,%s,,".formatted(ids.get(f[0]), LocalDate.parse(f[1], DAY), f[2].strip()));
      }
    }
    List<String> instruments = new ArrayList<>();
    instruments.add("instrument_id,ticker,name,organisation,exchange,currency,kind");
    for (String name : new TreeSet<>(ids.keySet())) {
      instruments.add(
          "%1$s,%1$s,%2$s,%2$s,NYSE,USD,%3$s"
              .formatted(ids.get(name), name.strip(), name.equals("SP500") ? "index" : "equity"));
    }
    write("instruments/instruments.csv", instruments);
    write("bars/prices.csv", bars);
    write("deals/additions.jsonl", deals);
  }

  private void write(String file, List<String> lines) throws IOException {
    Path path = folder.resolve("landing").resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, lines);
  }
}
