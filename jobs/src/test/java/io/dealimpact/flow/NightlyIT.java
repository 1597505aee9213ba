package io.dealimpact.flow;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.dealimpact.ask.ReadCommands;
import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.docs.DataDictionary;
import io.dealimpact.integration.EmbeddedLake;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.conform.ConformInput;
import io.dealimpact.testing.HostileFiles;
import io.dealimpact.testing.SparkForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

/**
 * The whole flow on data-samples and on files with every fault we know, through real Spark into
 * real Delta tables: the first night, which other tests read too.
 */
@Tag("program")
final class NightlyIT {
  private static final SparkSession SPARK = SparkForTests.session();
  private static Configuration configuration;

  @BeforeAll
  static void firstNight() {
    configuration = configured(EmbeddedLake.landing(), EmbeddedLake.path());
  }

  private static Configuration configured(Path landing, Path lake) {
    return new ConfigurationReader()
        .read(Optional.empty(), List.of("landing=" + landing, "lake=" + lake));
  }

  private static Lake lake() {
    return new Lake(SPARK, configuration.lake(), Lake.Writes.ALLOWED);
  }

  private static Dataset<Row> table(TableSpec table) {
    return lake().read(table);
  }

  private static Row event(String eventId, int start, int end) {
    List<Row> rows =
        table(Tables.EVENT_IMPACT)
            .where("event_id = '" + eventId + "' and model = 'market-model'")
            .where("window_start = " + start + " and window_end = " + end)
            .collectAsList();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static double number(Row row, String column) {
    return row.<Double>getAs(column);
  }

  @Test
  void whatTheOpenAiAwsDealDidToAmazon() {
    Row day = event("openai-aws-2025-11-03:AMZN", 0, 0);

    // nightly_amzn.R: R 4.2's lm on the same 224 days, and SEC's count of 10,690,216,011 shares.
    assertThat(day.<String>getAs("status")).isEqualTo("OK");
    assertThat(day.<java.sql.Date>getAs("event_date")).hasToString("2025-11-03");
    assertThat(number(day, "car")).isCloseTo(0.03793017440097869, within(1e-13));
    assertThat(number(day, "car_t")).isCloseTo(2.7661083091912606, within(1e-11));
    assertThat(number(day, "raw_close_usd")).isCloseTo(10_690_216_011L * 9.78, within(1e3));
    assertThat(number(day, "raw_high_usd")).isCloseTo(10_690_216_011L * 14.38, within(1e3));
    assertThat(number(day, "raw_open_usd")).isCloseTo(10_690_216_011L * 11.14, within(1e3));
    assertThat(number(day, "abnormal_usd")).isCloseTo(99_026_754_860.94, within(1e1));
    assertThat(number(day, "gain_per_deal_usd")).isCloseTo(99.02675486094 / 38, within(1e-9));
    assertThat(day.<Boolean>getAs("is_record_close")).isTrue();
  }

  @Test
  void theThreeDaysAreMostlyTheResultsOfTheDayBeforeAndTheRowSaysSo() {
    Row days = event("openai-aws-2025-11-03:AMZN", -1, 1);

    assertThat(number(days, "car")).isCloseTo(0.12724289752820375, within(1e-13));
    assertThat(days.<Boolean>getAs("is_confounded")).isTrue();
    assertThat(days.<String>getAs("status_reason"))
        .contains(
            "earnings of 2025-10-30 (day -1)", "+9.19 % of this CAR of +12.72 %", "most of it");
  }

  @Test
  void theGainsThatThePressPrinted() {
    assertThat(number(event("oracle-backlog-2025-09-09:ORCL", 0, 0), "raw_close_usd") / 1e9)
        .isCloseTo(243.86, within(0.005));
    assertThat(number(event("openai-broadcom-2025-10-13:AVGO", 0, 0), "raw_close_usd") / 1e9)
        .isCloseTo(151.4, within(0.05));
    assertThat(number(event("nvidia-openai-2025-09-22:NVDA", 0, 0), "raw_close_usd") / 1e9)
        .isCloseTo(168.6, within(0.05));
    assertThat(number(event("openai-amd-2025-10-06:AMD", 0, 0), "raw_close_usd") / 1e9)
        .isCloseTo(63.4, within(0.05));
  }

  @Test
  void theModelOfAmazon() {
    Row fit =
        table(Tables.MODEL_FITS)
            .where("event_id = 'openai-aws-2025-11-03:AMZN' and model = 'market-model'")
            .first();

    assertThat(number(fit, "alpha")).isCloseTo(-0.00033916496566077604, within(1e-15));
    assertThat(number(fit, "beta")).isCloseTo(1.3080902920921562, within(1e-12));
    assertThat(fit.<Integer>getAs("n")).isEqualTo(224);
  }

  @Test
  void everyDeliveredRowIsAcceptedADuplicateOrInQuarantine() {
    Dataset<Row> log = table(Tables.RUN_LOG).where("rows_in > 0 and stage <> '(run)'");

    assertThat(log.count()).isGreaterThan(8);
    assertThat(
            log.where("rows_in <> rows_accepted + rows_duplicate + rows_quarantined")
                .select("stage")
                .collectAsList())
        .isEmpty();
    // What a feed's rows are counted against is what its files hold, for every feed with files.
    List<Feed> without = List.of(Feed.EVENTS, Feed.RETURNS);
    for (Feed feed : Feed.values()) {
      assertThat(Files.isDirectory(EmbeddedLake.landing().resolve(feed.folder())))
          .as(feed.folder())
          .isEqualTo(!without.contains(feed));
      if (without.contains(feed)) {
        continue;
      }
      String stage = "conform-" + feed.folder().replace('_', '-');
      assertThat(log.where("stage = '" + stage + "'").select("rows_in").first().getLong(0))
          .as(stage)
          .isEqualTo(table(ConformInput.table(feed)).count())
          .isPositive();
    }
    assertThat(table(Tables.BARS).count())
        .isEqualTo(log.where("stage = 'conform-bars'").select("rows_accepted").first().getLong(0));
  }

  @Test
  void theDirtyFilesOfTheSampleAreInQuarantineWithFileLineAndRule() {
    List<String> bars =
        table(Tables.QUARANTINE)
            .where("source_file = 'bars/2025-11-vendor-fix.csv'")
            .orderBy("source_line")
            .selectExpr("rule")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();

    assertThat(bars)
        .containsExactly(
            "negative-price",
            "restated",
            "missing-close",
            "restated",
            "restated",
            "missing-close",
            "malformed-record",
            "invalid-date",
            "not-a-trading-day",
            "not-followed");
    assertThat(table(Tables.QUARANTINE).where("message is null or source_line < 1").count())
        .isZero();
  }

  @Test
  void onlyTheFaultsThatTheSampleListsAreInQuarantine() {
    assertThat(
            table(Tables.QUARANTINE)
                .where("source_file not like '%hostile%'")
                .groupBy("feed")
                .count()
                .as(Encoders.tuple(Encoders.STRING(), Encoders.LONG()))
                .collectAsList())
        .containsExactlyInAnyOrder(
            new Tuple2<>("bars", 10L),
            new Tuple2<>("capacity", 5L),
            new Tuple2<>("deals", 4L),
            new Tuple2<>("factors", 808L),
            new Tuple2<>("shares", 4L));
  }

  /** The rows of the sample, counted apart, and after the + those of the hostile files. */
  @Test
  void everyFeedHasTheRowsAcceptedDuplicatesAndQuarantinedOfItsFiles() {
    assertThat(
            texts(
                Tables.RUN_LOG,
                "stage like 'conform-%' and result = 'DONE' and rows_in > 0",
                "concat_ws(' ', substr(stage, 9), rows_in, rows_accepted, rows_duplicate,"
                    + " rows_quarantined)"))
        .containsExactlyInAnyOrder(
            counts("bars", 28246 + 21, 28235 + 8, 1 + 2, 10 + 11),
            counts("calendar", 3012 + 3, 3012 + 1, 1, 1),
            counts("capacity", 41, 36, 0, 5),
            counts("claims", 32, 32, 0, 0),
            counts("deal-parties", 94 + 4, 94 + 4, 0, 0),
            counts("deals", 42 + 7, 38 + 4, 0, 4 + 3),
            counts("earnings", 412 + 3, 412 + 1, 1, 1),
            counts("factors", 2212 + 3, 1168 + 1, 236 + 1, 808 + 1),
            counts("fx", 3, 1, 1, 1),
            counts("gpus", 16, 16, 0, 0),
            counts("instruments", 49 + 2, 49 + 1, 0, 1),
            counts("market-caps", 3, 1, 1, 1),
            counts("shares", 179 + 3, 175 + 1, 1, 4 + 1),
            counts("sites", 22, 22, 0, 0),
            counts("splits", 7 + 3, 7 + 1, 1, 1));
  }

  private static String counts(
      String feed, int given, int accepted, int duplicate, int quarantined) {
    return "%s %d %d %d %d".formatted(feed, given, accepted, duplicate, quarantined);
  }

  @Test
  void sharesAndFactorsAreThoseKnownThen() {
    // Oracle's count of 2025-09-05 was filed on the 10th.
    assertThat(
            texts(
                Tables.MARKET_CAPS,
                "instrument_id in ('AMZN', 'ORCL', 'IREN') and trade_date in"
                    + " ('2025-09-09', '2025-09-10', '2025-10-31', '2025-11-03')",
                "concat_ws(' ', instrument_id, trade_date, shares)"))
        .contains(
            "AMZN 2025-10-31 1.0690216011E10",
            "ORCL 2025-09-09 2.808833E9",
            "ORCL 2025-09-10 2.841714E9")
        .noneMatch(row -> row.startsWith("IREN 2025-11-03"));
    // The later vintage counts: HML of 2025-11-03 was 0.38 and became 0.54 percent.
    assertThat(
            texts(
                Tables.FACTORS,
                "trade_date = '2025-11-03' and hml is not null",
                "cast(hml as string)"))
        .containsExactly("0.0054");
  }

  private static List<String> texts(TableSpec table, String where, String text) {
    return table(table).where(where).selectExpr(text).as(Encoders.STRING()).collectAsList();
  }

  @Test
  void everyFaultOfTheHostileFilesIsInQuarantineWithFileLineAndRule() {
    List<String> found =
        table(Tables.QUARANTINE)
            .where("source_file like '%hostile%'")
            .selectExpr("concat(source_file, ':', source_line, ' ', rule)")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();

    assertThat(found).containsExactlyInAnyOrderElementsOf(HostileFiles.QUARANTINED);
    assertThat(
            table(Tables.BARS)
                .where("instrument_id = 'HOST'")
                .orderBy("trade_date")
                .selectExpr("concat_ws(' ', date_format(trade_date, 'MM-dd'), data_flags)")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0)))
        .containsExactly(
            "11-03",
            "11-06 high-left-out",
            "11-10 high-low-left-out",
            "11-11",
            "11-12",
            "11-17 high-low-left-out",
            "11-18",
            "11-19");
    assertThat(
            table(Tables.INSTRUMENTS).where("instrument_id = 'HOST'").first().<String>getAs("name"))
        .isEqualTo("Host, \"Inc.\"\r\nof Delaware");
    assertThat(message("conform-deals")).contains("unknown fields kept in bronze: mood (1)");
    assertThat(message("ingest-instruments"))
        .contains(
            "bar/misspelt.csv was not read: 'bar' is not a feed; the feeds are bars, calendar");
  }

  private static String message(String stage) {
    return table(Tables.RUN_LOG)
        .where("stage = '" + stage + "'")
        .orderBy("started_at")
        .first()
        .getAs("message");
  }

  @Test
  void aDealOfTheFutureTheDistantPastOrAnUnknownShareHasItsEventAndItsReason() {
    Row future = event("hostile-future:AMZN", 0, 0);
    Row early = event("hostile-early:AMZN", 0, 0);
    Row unknown = event("hostile-unknown:NOPE", 0, 0);

    assertThat(future.<String>getAs("status")).isEqualTo("PENDING");
    assertThat(future.<String>getAs("status_reason"))
        .startsWith("PENDING: day 0 is 2099-01-05 or later; the last bar is of 2026-05-15");
    assertThat(early.<String>getAs("status")).isEqualTo("BEFORE_FIRST_BAR");
    assertThat(early.<String>getAs("status_reason")).contains("before the first bar, 2024-01-02");
    assertThat(unknown.<String>getAs("status")).isEqualTo("UNKNOWN_INSTRUMENT");
    assertThat(table(Tables.DEAL_PARTIES).where("deal_id = 'hostile-private'").count())
        .isEqualTo(1);
  }

  @Test
  void theExplanationSaysWhatGoldSays() {
    ReadCommands answers = new ReadCommands(SPARK, configuration, ReadCommands.Night.PUBLISHED);

    assertThat(answers.event("openai-aws-2025-11-03:AMZN"))
        .contains(
            "What the deal did to Amazon (AMZN, provider), step by step",
            "deal        OpenAI and AWS announce a multi-year partnership",
            "signed, 38.0 billion USD (contract_value)",
            "answer      on 2025-11-03 AMZN moved +4.00 %; +3.49 % of it is not explained by market"
                + " and sector (QQQ)",
            "= +91.18 billion USD, 95 % interval [+23.97, +158.39]; at the close +104.55 in all",
            "t = 2.67, p = 0.0081: more than noise",
            "+104.55 at the close = market -0.55, sector +15.28, own +91.18, the rest -1.36",
            "10,690,216,011 shares as of 2025-10-22, known on 2025-10-31; SEC",
            "confounded by earnings of 2025-10-30 (day -1): +9.08 % of this CAR of +13.14 % is from"
                + " that day, most of it",
            "as the deal's record states it: AMZN +9.58% on 2025-10-31 after Q3 results");
    assertThat(answers.event("openai-coreweave-2025-05-15:CRWV"))
        .contains("answer      not measured: INSUFFICIENT_HISTORY n=22 need=120")
        .doesNotContain("The windows", "The dollars");
    assertThatThrownBy(() -> answers.event("openai-aws-2025-11-03:OpenAI"))
        .hasMessageContaining(
            "The deal's events are: openai-aws-2025-11-03:AMZN, openai-aws-2025-11-03:GOOGL,");
    // What the night ends with says what was not the deal.
    assertThat(answers.newestDeals())
        .contains(
            "day -1 AR +9.08 %, most of CAR[-1,+1]; in CAR[-1,+1] also earnings of 2025-10-30",
            "its record names other news: convertible note offering announced the same day",
            "(announced, 455.0 bn remaining performance obligations)")
        .containsPattern("ORCL +provider +2025-01-22 .*; day -1 AR \\+5\\.50 %");
  }

  /** What a person reads at the end of a night: one screen, no p that is 0, no line too long. */
  @Test
  void theNightEndsWithOneScreen() {
    ReadCommands answers = new ReadCommands(SPARK, configuration, ReadCommands.Night.PUBLISHED);

    String screen = answers.nightInShort(Optional.of("lake/report.html"));

    assertThat(screen.lines()).hasSizeLessThanOrEqualTo(30);
    assertThat(screen.lines()).allMatch(line -> line.length() <= 80);
    assertThat(screen).contains("audits passed", "Report: lake/report.html", "The newest deals");
    assertThat(screen).doesNotContain("p 0.000");
  }

  @Test
  void theReportIsSmallAndStatesTheNightTheSplitAndTheVerdict() {
    ReadCommands answers = new ReadCommands(SPARK, configuration, ReadCommands.Night.PUBLISHED);

    String page = answers.report();

    assertThat(page.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(1_500_000);
    assertThat(page)
        .contains("audits passed", "Close = market + sector + own + rest", "stands out alone, q");
    assertThat(page).doesNotContain(">0.0000<");
  }

  /** The sector's rise of 4.43 % on 2025-10-13 is no part of what the deal did to Broadcom. */
  @Test
  void theHeadlineIsNetOfMarketAndSector() {
    Row broadcom =
        table(Tables.EVENT_IMPACT)
            .where("event_id = 'openai-broadcom-2025-10-13:AVGO' and is_headline")
            .where("window_start = 0 and window_end = 0")
            .first();
    Row deal =
        table(Tables.DEAL_IMPACT)
            .where("deal_id = 'openai-broadcom-2025-10-13' and is_headline")
            .where("window_start = 0 and window_end = 0")
            .first();

    assertThat(broadcom.<String>getAs("model")).isEqualTo("market-sector");
    assertThat(number(broadcom, "own_usd") / 1e9).isCloseTo(65.4, within(0.05));
    assertThat(number(broadcom, "abnormal_usd_low") / 1e9).isCloseTo(-5.6, within(0.05));
    assertThat(number(broadcom, "abnormal_usd_high") / 1e9).isCloseTo(136.5, within(0.05));
    assertThat(number(deal, "net_abnormal_usd"))
        .isCloseTo(number(broadcom, "own_usd"), within(1.0));
    assertThat(
            texts(
                Tables.CLAIM_AUDIT,
                "reading like 'net-of-%' and metric = 'one-day-gain-usd' and subject = 'AMZN'",
                "concat(reading, ' ', round(measured_low / 1e9, 1), ' ', round(measured_high /"
                    + " 1e9, 1))"))
        .containsExactlyInAnyOrder(
            "net-of-market 28.5 169.6", "net-of-market-and-sector 24.0 158.4");
  }

  /** Summed and compounded returns can disagree over a month; then the page on horizon has why. */
  @Test
  void aRowWhoseReturnsHaveDifferentSignsSaysSo() {
    String flagged = "array_contains(split(coalesce(data_flags, ''), ', '), 'signs-differ')";

    assertThat(
            texts(
                Tables.EVENT_IMPACT,
                flagged,
                "concat(deal_id, ' ', instrument_id, ' ', model, ' ', window_start, ' ',"
                    + " window_end, ' ', round(100 * car, 1), ' ', round(100 * bhar, 1))"))
        .contains("amazon-cipher-2025-11-03 CIFR market-adjusted 0 20 2.5 -5.3");
    assertThat(
            table(Tables.EVENT_IMPACT)
                .where("status = 'OK' and (car * bhar < 0) <> " + flagged)
                .collectAsList())
        .isEmpty();
  }

  /** Each deal has one headline a window: of several models the sum over the parties' own. */
  @Test
  void aDealHasOneHeadlineInEachWindow() {
    assertThat(
            table(Tables.DEAL_IMPACT)
                .groupBy("deal_id", "window_start", "window_end")
                .agg(count_if(col("is_headline")).as("headlines"))
                .where("headlines <> 1")
                .collectAsList())
        .isEmpty();
    Row sum =
        table(Tables.EVENT_IMPACT)
            .where("deal_id = 'nvidia-coreweave-2026-01-26' and is_headline")
            .where("window_start = 0 and window_end = 0")
            .selectExpr("sum(own_usd) as own_usd")
            .first();
    Row deal =
        table(Tables.DEAL_IMPACT)
            .where("deal_id = 'nvidia-coreweave-2026-01-26' and is_headline")
            .where("window_start = 0 and window_end = 0")
            .first();
    assertThat(deal.<String>getAs("model"))
        .as("NVIDIA has its fund, CoreWeave the peers whose shares are known")
        .isEqualTo("market-sector");
    assertThat(number(deal, "net_abnormal_usd")).isCloseTo(number(sum, "own_usd"), within(1.0));
    // CoreWeave was too young for any model then: its own is the market model, without a result.
    Row young =
        table(Tables.DEAL_IMPACT)
            .where("deal_id = 'meta-coreweave-2025-09-30' and is_headline")
            .where("window_start = 0 and window_end = 0")
            .first();
    assertThat(young.<String>getAs("model")).isEqualTo("headline");
    assertThat(young.<String>getAs("status")).isEqualTo("PARTIAL");
  }

  /** Nebius rose 49 % on 13 billion dollars; Microsoft's small move weighs as much in dollars. */
  @Test
  void microsoftAndNebiusAreBothInDollars() {
    Row deal =
        table(Tables.DEAL_IMPACT)
            .where("deal_id = 'microsoft-nebius-2025-09-08' and is_headline")
            .where("window_start = 0 and window_end = 0")
            .first();
    assertThat(deal.<String>getAs("status")).isEqualTo("OK");
    assertThat(deal.<Integer>getAs("parties_measured")).isEqualTo(2);
    assertThat(deal.<String>getAs("gained")).contains("NBIS").doesNotContain("%");
    // 202,410,157 shares of class A, 64.06 dollars before.
    Row nebius = event("microsoft-nebius-2025-09-08:NBIS", 0, 0);
    assertThat(number(nebius, "market_cap_before_usd"))
        .isCloseTo(202_410_157 * 64.06, within(202_410_157 * 0.005));
  }

  @Test
  void anEventThatCannotBeMeasuredHasItsRowAndItsReason() {
    Row early = event("openai-coreweave-2025-03-10:CRWV", 0, 0);
    Row young = event("openai-coreweave-2025-05-15:CRWV", 0, 0);

    assertThat(early.<String>getAs("status_reason")).contains("before the first bar, 2025-03-28");
    assertThat(young.<String>getAs("status_reason")).contains("INSUFFICIENT_HISTORY n=22 need=120");
  }

  @Test
  void goldHasNoNotANumberAndUniqueKeys() {
    for (TableSpec table : Tables.all()) {
      if (!table.layer().equals("gold") && !table.layer().equals("silver")) {
        continue;
      }
      Column keys = struct(table.keys().stream().map(key -> col(key)).toArray(Column[]::new));
      List<String> doubles =
          table.columns().stream()
              .filter(column -> column.type().typeName().equals("double"))
              .map(TableSpec.Column::name)
              .toList();
      List<Column> sums = new ArrayList<>();
      sums.add(count(lit(1)).minus(count_distinct(keys)).as("repeated keys"));
      doubles.forEach(name -> sums.add(count_if(isnan(col(name))).as("NaN in " + name)));
      Row counts = table(table).agg(lit(0L), sums.toArray(Column[]::new)).first();
      for (int i = 1; i < counts.length(); i++) {
        assertThat(counts.getLong(i))
            .as(table.fullName() + ": " + counts.schema().fields()[i].name())
            .isZero();
      }
    }
  }

  @Test
  void theDealsNetUsesItsPartiesCovariance() {
    Row deal =
        table(Tables.DEAL_IMPACT)
            .where("deal_id = 'openai-aws-2025-11-03' and model = 'market-model'")
            .where("window_start = 0 and window_end = 0")
            .first();
    double sum =
        table(Tables.EVENT_IMPACT)
            .where("deal_id = 'openai-aws-2025-11-03' and model = 'market-model'")
            .where("window_start = 0 and window_end = 0")
            .selectExpr("sum(abnormal_usd)")
            .first()
            .getDouble(0);

    assertThat(number(deal, "net_abnormal_usd")).isCloseTo(sum, within(1.0));
    assertThat(number(deal, "net_abnormal_usd_low")).isLessThan(number(deal, "net_abnormal_usd"));
    assertThat(deal.<Integer>getAs("parties_measured")).isEqualTo(5);
    assertThat(deal.<String>getAs("gained")).startsWith("AMZN");
    assertThat(deal.<String>getAs("lost")).contains("ORCL");
  }

  @Test
  void theRunLogSaysWhatTheTasksOfEachStageCost() {
    Dataset<Row> stages = table(Tables.RUN_LOG).where("stage <> '(run)'");

    assertThat(
            stages
                .where("cpu_seconds is null or shuffle_bytes is null or spill_bytes is null")
                .count())
        .isZero();
    // The stage that measures every event has tasks, and brings instruments together by a shuffle.
    Row measuring = stages.where("stage = 'fit-models'").first();
    assertThat(measuring.<Double>getAs("cpu_seconds")).isPositive();
    assertThat(stages.agg(sum("shuffle_bytes")).first().getLong(0)).isPositive();
    double run =
        table(Tables.RUN_LOG).where("stage = '(run)'").select("cpu_seconds").first().getDouble(0);
    double sum = stages.agg(sum("cpu_seconds")).first().getDouble(0);
    // The same numbers, added in another order.
    assertThat(run).isCloseTo(sum, withinPercentage(1e-6));
  }

  @Test
  void theOperatorsPageShowsTheFlowAsItIs() throws IOException {
    Path page =
        Path.of(System.getProperty("project.root", "..")).resolve("jobs/docs/operations.md");

    assertThat(Files.readString(page)).contains(Runs.flow().strip());
  }

  /** The data dictionary lists them. */
  @Test
  void everyStoredValueIsOneThatTheDictionaryAllows() {
    List<String> others = new ArrayList<>();
    DataDictionary.allowedValues()
        .forEach(
            (name, allowed) -> {
              int dot = name.lastIndexOf('.');
              TableSpec spec =
                  Tables.all().stream()
                      .filter(table -> table.fullName().equals(name.substring(0, dot)))
                      .findFirst()
                      .orElseThrow();
              String column = name.substring(dot + 1);
              table(spec).select(column).distinct().as(Encoders.STRING()).collectAsList().stream()
                  .filter(value -> value != null && !allowed.contains(value))
                  .forEach(value -> others.add(name + ": " + value));
            });

    assertThat(others).isEmpty();
  }
}
