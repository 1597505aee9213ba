package io.dealimpact.flow;

import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.integration.EmbeddedLake;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.RunContext;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.capacity.MeasureCapacityEconomics;
import io.dealimpact.stage.study.FlattenEvents;
import io.dealimpact.stage.study.MeasureDeals;
import io.dealimpact.stage.study.MeasureEvents;
import io.dealimpact.stage.study.MeasuredEvents;
import io.dealimpact.testing.SparkForTests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was promised, what it costs and what was printed, in the lake of a night. The figures are
 * those of {@code src/test/py/promises_by_hand.py}, which reads the sample's files and nothing of
 * the program; they are written as it prints them, and compared to the last digit written.
 */
@Tag("program")
final class PromisesIT {
  private static final SparkSession SPARK = SparkForTests.session();

  /** GW are whole watts, and the script prints six decimals. */
  private static final double GW_PRINTED = 1e-6;

  private static final String ALL =
      "provider = 'ALL' and customer = 'ALL' and gpu_model = 'ALL' and commitment_status = 'signed'";

  private static Lake lake(Path path) {
    return new Lake(SPARK, path.toString(), Lake.Writes.ALLOWED);
  }

  private static Dataset<Row> table(TableSpec table) {
    return lake(EmbeddedLake.path()).read(table);
  }

  private static Row one(Dataset<Row> table, String where) {
    List<Row> rows = table.where(where).collectAsList();
    assertThat(rows).as(where).hasSize(1);
    return rows.get(0);
  }

  private static double number(Row row, String column) {
    return row.<Double>getAs(column);
  }

  private static List<String> texts(TableSpec table, String where, String text) {
    return table(table).where(where).selectExpr(text).as(Encoders.STRING()).collectAsList();
  }

  /**
   * Since Oracle's 300 billion for 4.5 GW are signed, 38 to 40 % of the dollars have no GW; of all
   * others 55 to 61 % have none.
   */
  @Test
  void dollarsUnderContractAndThoseWithoutPower() {
    Row all = one(table(Tables.CAPACITY_BY_QUARTER), ALL + " and quarter = '2026Q4'");
    Row oracle =
        one(
            table(Tables.CAPACITY_BY_QUARTER),
            "provider = 'Oracle' and customer = 'ALL' and gpu_model = 'ALL'"
                + " and commitment_status = 'signed' and quarter = '2026Q4'");

    assertThat(all.<Long>getAs("commitments")).isEqualTo(22);
    assertThat(number(all, "value_usd_low")).isEqualTo(864.4e9);
    assertThat(number(all, "value_usd_high")).isEqualTo(963.5e9);
    assertThat(number(all, "value_without_power_usd_low")).isEqualTo(346.2e9);
    assertThat(number(all, "value_without_power_usd_high")).isEqualTo(363.3e9);
    assertThat(number(oracle, "value_without_power_usd_high")).isZero();
    assertThat(346.2e9 / (864.4e9 - number(oracle, "value_usd_low"))).isCloseTo(0.61, within(.005));
    assertThat(363.3e9 / (963.5e9 - number(oracle, "value_usd_high")))
        .isCloseTo(0.55, within(.005));
  }

  private static List<Double> online(String provider, String customer, String... quarters) {
    List<Double> gw = new ArrayList<>();
    for (String quarter : quarters) {
      Row row =
          one(
              table(Tables.CAPACITY_BY_QUARTER),
              "grain = 'leaf' and provider = '%s' and customer = '%s' and quarter = '%s'"
                  .formatted(provider, customer, quarter));
      gw.add(number(row, "power_online_gw_mid"));
      assertThat(number(row, "assumed_gw")).as(provider + " " + quarter).isZero();
    }
    return gw;
  }

  @Test
  void whatIsOnlineByStatedDates() {
    assertThat(online("AMD", "OpenAI", "2026Q3", "2026Q4", "2030Q4")).containsExactly(0.5, 1., 1.);
    assertThat(online("AMD", "Meta", "2026Q3", "2026Q4", "2030Q4")).containsExactly(0.5, 1., 1.);
    assertThat(online("Cipher Mining", "Amazon", "2026Q2", "2026Q3", "2026Q4"))
        .containsExactly(0., 0.15, 0.3);
    assertThat(online("Amazon", "Anthropic", "2025Q1", "2025Q2", "2025Q4", "2026Q1"))
        .containsExactly(0., 0.478, 0.751, 1.092);
    Row all = one(table(Tables.CAPACITY_BY_QUARTER), ALL + " and quarter = '2026Q4'");
    assertThat(number(all, "power_online_gw_mid")).isCloseTo(3.668, within(GW_PRINTED));
    assertThat(number(all, "power_option_gw_mid")).as("AMD's two times 5").isEqualTo(10);
  }

  /** Only the end is stated: what comes before it is assumed, along the curve. */
  @Test
  void curvesToAStatedEnd() {
    assertCurve("CoreWeave", 0.46731, 1.69866, 3.201538, 4.467143);
    assertCurve("Nebius", 0.377912, 1.590541, 3.127855, 4.442311);
  }

  private static void assertCurve(String provider, double... assumed) {
    String leaf =
        "grain = 'leaf' and provider = '%s' and customer = 'undisclosed'".formatted(provider);
    for (int i = 0; i < assumed.length; i++) {
      Row row =
          one(table(Tables.CAPACITY_BY_QUARTER), leaf + " and quarter = '" + (2026 + i) + "Q4'");
      assertThat(number(row, "assumed_gw")).isCloseTo(assumed[i], within(GW_PRINTED));
      assertThat(number(row, "power_online_gw_mid")).as(provider + " in " + (2026 + i)).isZero();
    }
    Row end = one(table(Tables.CAPACITY_BY_QUARTER), leaf + " and quarter = '2030Q4'");
    assertThat(number(end, "power_online_gw_mid")).isEqualTo(5);
    assertThat(number(end, "assumed_gw")).isZero();
  }

  /** One GW of a layer stands in a GW of another, so a total is taken within a layer. */
  @Test
  void powerByLayerCountsNothingTwice() {
    assertThat(
            table(Tables.CAPACITY_BY_QUARTER)
                .where("grain = 'leaf' and commitment_status = 'signed' and quarter = '2026Q4'")
                .groupBy("layer")
                .sum("power_committed_gw_mid")
                .selectExpr("concat(layer, ' ', round(`sum(power_committed_gw_mid)`, 3))")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactlyInAnyOrder("chips 15.5", "cloud 8.5", "neocloud 1.372", "shell 0.468");
    assertThat(
            texts(
                Tables.CAPACITY_BY_QUARTER,
                ALL + " and quarter = '2026Q4'",
                "cast(power_it_gw_mid as string)"))
        .as("IREN's 200 MW and Fluidstack's 168 MW are of computers alone")
        .containsExactly("0.368");
  }

  @Test
  void theEconomicsOfOpenAiAndAwsAgreeWithThemselves() {
    Row aws = one(table(Tables.CAPACITY_ECONOMICS), "deal_id = 'openai-aws-2025-11-03'");

    assertThat(number(aws, "gpus_low")).isCloseTo(377_675, within(0.5));
    assertThat(number(aws, "gpus_mid")).isCloseTo(474_383, within(0.5));
    assertThat(number(aws, "gpus_high")).isCloseTo(600_109, within(0.5));
    assertThat(number(aws, "usd_per_gpu_hour_low")).isCloseTo(1.0319, within(5e-5));
    assertThat(number(aws, "usd_per_gpu_hour_mid")).isCloseTo(1.3054, within(5e-5));
    assertThat(number(aws, "usd_per_gpu_hour_high")).isCloseTo(1.6397, within(5e-5));
    assertThat(number(aws, "usd_per_gw_year_mid") / 1e9).isCloseTo(5.428571428571429, within(1e-9));
    assertThat(number(aws, "usd_per_ramped_gw_year_mid") / 1e9)
        .isCloseTo(5.918080214392301, within(1e-9));
    assertThat(number(aws, "value_per_article_capex_low")).isCloseTo(38 / 55., within(1e-12));
    assertThat(number(aws, "value_per_article_capex_high")).isCloseTo(38 / 36., within(1e-12));
    assertThat(number(aws, "gw_at_peer_price_low")).isCloseTo(0.4071428571428571, within(1e-12));
    assertThat(number(aws, "gw_at_peer_price_high")).isCloseTo(0.5596465390279824, within(1e-12));
    assertThat(aws.<String>getAs("power_by")).isEqualTo("the article of November 2025");
    assertThat(aws.<String>getAs("deal_status")).isEqualTo("signed");
    assertThat(aws.<java.sql.Date>getAs("event_date")).hasToString("2025-11-03");
    assertThat(aws.<Boolean>getAs("is_confounded")).isTrue();
    assertThat(number(aws, "gained_q")).isBetween(0., 1.);
    Row amazon = one(table(Tables.CAPACITY_ECONOMICS), "deal_id = 'openai-amazon-2026-02-27'");
    assertThat(number(amazon, "value_usd_low")).isEqualTo(62e9);
    assertThat(number(amazon, "value_usd_high")).isEqualTo(100e9);
    assertThat(number(amazon, "power_gw_mid")).isEqualTo(2);
    assertThat(
            texts(
                Tables.CAPACITY_ECONOMICS,
                "usd_per_gpu_hour_mid is not null",
                "concat(charge, ' ', deal_id)"))
        .as("only rents of compute have a price of a GPU-hour")
        .isNotEmpty()
        .allMatch(priced -> priced.startsWith("compute "));
  }

  /** Whatever the study makes of a deal's net, economics repeats it and its interval. */
  @Test
  void theGainIsThatOfTheDeal() {
    assertGainIsTheDeals(lake(EmbeddedLake.path()));
  }

  private static Row assertGainIsTheDeals(Lake lake) {
    String deal = "deal_id = 'anthropic-google-broadcom-2026-04-06'";
    Row gained = one(lake.read(Tables.CAPACITY_ECONOMICS), deal);
    Row net =
        one(
            lake.read(Tables.DEAL_IMPACT),
            deal + " and is_headline and window_start = 0 and window_end = 0");
    assertThat(gained.<String>getAs("gained_by")).isEqualTo("AVGO, GOOGL");
    assertThat(number(gained, "gained_usd_low")).isEqualTo(number(net, "net_abnormal_usd_low"));
    assertThat(number(gained, "gained_usd_mid")).isEqualTo(number(net, "net_abnormal_usd"));
    assertThat(number(gained, "gained_usd_high")).isEqualTo(number(net, "net_abnormal_usd_high"));
    return gained;
  }

  /**
   * With the market alone, and the days of other events kept in the estimation: 13.5 to 280.0
   * billion for Broadcom and Google (numpy's least squares on the sample's closes gives the same),
   * 19.3 billion a GW and 0.477 a dollar for Amazon's increment.
   */
  @Tag("slow")
  @Test
  void underTheMarketModelWithOtherEventsKept(@TempDir Path folder) throws IOException {
    Path copy = EmbeddedLake.copy(folder.resolve("lake"));
    Configuration configuration =
        new ConfigurationReader()
            .read(
                Optional.empty(),
                List.of(
                    "lake=" + copy,
                    "study.models=[market-model]",
                    "study.headline_model=market-model",
                    "study.other_events=keep"));
    RunContext run =
        RunContext.begin(
            Clock.systemUTC(), "test", RunContext.Effect.WRITE, RunContext.DateRange.ALWAYS);
    try (MeasuredEvents study = new MeasuredEvents()) {
      for (Stage stage :
          List.of(
              new MeasureEvents(study),
              new FlattenEvents(),
              new MeasureDeals(study),
              new MeasureCapacityEconomics())) {
        stage.run(new StageContext(lake(copy), configuration, run, "test"));
      }
    }

    Row tpus = assertGainIsTheDeals(lake(copy));
    assertThat(number(tpus, "gained_usd_low") / 1e9).isCloseTo(13.505, within(5e-4));
    assertThat(number(tpus, "gained_usd_mid") / 1e9).isCloseTo(146.765, within(5e-4));
    assertThat(number(tpus, "gained_usd_high") / 1e9).isCloseTo(280.025, within(5e-4));
    Row amazon =
        one(lake(copy).read(Tables.CAPACITY_ECONOMICS), "deal_id = 'openai-amazon-2026-02-27'");
    assertThat(number(amazon, "gained_usd_per_gw_mid") / 1e9).isCloseTo(19.3205, within(5e-5));
    assertThat(number(amazon, "gained_usd_per_deal_usd_mid")).isCloseTo(0.47705, within(5e-6));
  }

  @Test
  void marketValueAGwByCompanyAndQuarter() {
    Row amazon = one(table(Tables.MARKET_PER_GW), "organisation = 'Amazon' and quarter = '2025Q4'");

    assertThat(number(amazon, "contracted_gw")).as("OpenAI's; Anthropic's is announced").isOne();
    assertThat(number(amazon, "market_cap_usd_per_gw")).isCloseTo(2467515659659.02, within(0.01));
    assertThat(amazon.<java.sql.Date>getAs("valued_on")).hasToString("2025-12-31");
    assertThat(number(amazon, "abnormal_usd_per_gw"))
        .as("of the two company-days of the quarter")
        .isCloseTo(
            table(Tables.EVENTS_FLAT)
                .where(
                    "organisation = 'Amazon' and event_date between '2025-10-01' and '2025-12-31'")
                .agg(sum("own_usd"))
                .first()
                .getDouble(0),
            within(1.0));
    assertThat(texts(Tables.MARKET_PER_GW, "organisation = 'Google'", "quarter || ' ' || joint_gw"))
        .as("Broadcom's and Google's 3.5 GW are joint: a GW of neither alone")
        .containsExactly("2026Q2 3.5");
  }

  /** Epoch's timeline: 478 MW by June 2025, 751 by 2025-11-23, 1,092 by 2026-01-09. */
  @Test
  void whatWasPromisedByVintageAndWhatWasBuilt() {
    assertThat(
            texts(
                Tables.DELIVERY,
                "provider = 'Amazon' and customer = 'Anthropic'",
                "concat_ws(' ', quarter_end, as_of, promised_gw, built_gw, round(slip_months, 2))"))
        .containsExactlyInAnyOrder(
            "2025-06-30 2025-10-29 0.478 0.478 0.0",
            "2025-06-30 2026-01-09 0.478 0.478 0.0",
            "2025-09-30 2025-10-29 0.478 0.478 0.0",
            "2025-09-30 2026-01-09 0.478 0.478 0.0",
            "2025-12-31 2025-10-29 1.024 0.751 0.3",
            "2025-12-31 2026-01-09 0.751 0.751 0.0",
            "2026-03-31 2025-10-29 1.024 1.092 0.3",
            "2026-03-31 2026-01-09 1.092 1.092 0.0");
  }

  /** Each question of the analyst is one SELECT without a filter: one row for each thing asked. */
  @Test
  void oneRowForEachThingThatAnAnalystAsksFor() {
    for (List<Object> asked :
        List.of(
            List.<Object>of(Tables.EVENTS_FLAT, "company_day"),
            List.<Object>of(Tables.CONCENTRATION_NOW, "focal"),
            List.<Object>of(Tables.ARTICLE_CHECK, "statement"))) {
      Dataset<Row> rows = table((TableSpec) asked.get(0));
      assertThat(rows.select((String) asked.get(1)).distinct().count())
          .as(asked.get(0).toString())
          .isEqualTo(rows.count())
          .isPositive();
    }
    assertThat(
            texts(
                Tables.EVENTS_FLAT,
                "company_day = 'AMZN:2025-11-03'",
                "concat_ws('|', title, deal_type, deal_status, value_low_usd / 1e9, value_high_usd"
                    + " / 1e9, power_gw_low, power_gw_high, power_by, round(own_usd / 1e9, 1),"
                    + " verdict)"))
        .containsExactly(
            "OpenAI and AWS announce a multi-year partnership|cloud-compute|signed|38.0|38.0|0.9|1.1"
                + "|the article of November 2025|91.2|stands-out-alone");
    assertThat(
            texts(
                Tables.EVENTS_FLAT,
                "instrument_id = 'AMD' and power_gw_mid is not null",
                "concat_ws(' ', deal_id, power_gw_mid)"))
        .containsExactlyInAnyOrder("openai-amd-2025-10-06 6.0", "meta-amd-2026-02-24 6.0");
    Row openAi = one(table(Tables.CONCENTRATION_NOW), "focal = 'OpenAI'");
    assertThat(number(openAi, "effective_number"))
        .isCloseTo(1 / number(openAi, "hhi"), within(1e-12));
  }

  /** The sample states the rule: the first report that names both parties and a figure. */
  @Test
  void theDayOfAnEventIsThatOfItsFirstReport() {
    assertThat(
            texts(
                Tables.EVENT_IMPACT,
                "is_headline and window_start = 0 and window_end = 0 and role <> 'customer' and"
                    + " deal_id in ('openai-oracle-2025-07-22', 'openai-oracle-2025-09-10',"
                    + " 'anthropic-google-2025-10-23', 'openai-broadcom-2025-10-13')",
                "concat_ws(' ', deal_id, instrument_id, event_date)"))
        .containsExactlyInAnyOrder(
            "openai-oracle-2025-07-22 ORCL 2025-07-02",
            "openai-oracle-2025-09-10 ORCL 2025-09-10",
            "anthropic-google-2025-10-23 GOOGL 2025-10-22",
            "openai-broadcom-2025-10-13 AVGO 2025-10-13");
  }

  @Test
  void whatThePrintAssertsPieceByPiece() {
    assertThat(piece("openai-aws-one-day-gain: amount"))
        .startsWith("supported under a reading 0.34 true ")
        .contains("only within the day", "at the close it was 104.6 billion USD");
    assertThat(piece("openai-aws-joint: attribution"))
        .isEqualTo(
            "contradicted true misattributed: the amount is of Oracle alone; none is known of"
                + " Google.");
    assertThat(piece("openai-aws-azure: amount")).startsWith("supported 0.00 true ");
    assertThat(piece("openai-aws-azure: modality"))
        .isEqualTo("contradicted true signed since 2025-10-28, not planned.");
    assertThat(piece("openai-aws-expansion: date 2"))
        .startsWith("contradicted true ")
        .contains("into 2027 and beyond");
    assertThat(piece("openai-aws-capex: amount"))
        .endsWith("Its low end is above 14 of 16 published estimates.");
    assertThat(piece("oracle-backlog-return: rank-since"))
        .isEqualTo(
            "not measurable false “the best day since 1992” is not testable before the first bar,"
                + " 2024-01-02.");
    assertThat(piece("oracle-backlog-return: amount"))
        .isEqualTo("supported 0.00 true “a 36 % surge” (ORCL) holds: at the close it was 35.95 %.");
    assertThat(piece("openai-aws-days: event"))
        .startsWith("contradicted true ")
        .contains("the right of first refusal");
    assertThat(piece("openai-aws-first: order")).startsWith("supported true ");
    assertThat(piece("amazon-anthropic-investor: event")).startsWith("supported true ");
    assertThat(piece("aws-behind-in-ai: statement")).startsWith("not measurable false ");
    assertThat(piece("openai-aws-precedent: record")).startsWith("contradicted true ");
    assertThat(piece("openai-aws-value: amount"))
        .as("the announcement is the print")
        .startsWith("supported 0.00 false ");
    assertThat(texts(Tables.CLAIM_AUDIT, "explanation like '%since 1992%'", "explanation"))
        .as("no sentence says that a rank since 1992 holds")
        .isNotEmpty()
        .allMatch(sentence -> sentence.contains("not testable before the first bar, 2024-01-02"));
    assertThat(
            texts(
                Tables.CLAIM_AUDIT,
                "metric = 'capex-usd-per-gw' and reading like 'by-model-of-%'",
                "concat_ws(' ', reading, measured_low / 1e9, measured_high / 1e9)"))
        .as("each source is a reading of its own")
        .containsExactlyInAnyOrder(
            "by-model-of-bernstein 35.0 35.0",
            "by-model-of-epoch-ai 38.0 38.0",
            "by-model-of-nvidia 50.0 60.0");
  }

  private static String piece(String statement) {
    List<String> found =
        texts(
            Tables.ARTICLE_CHECK,
            "statement = '" + statement + "'",
            "concat_ws(' ', verdict, cast(off_by as decimal(9, 2)), could_have_failed, explanation)");
    assertThat(found).as(statement).hasSize(1);
    return found.get(0);
  }

  @Test
  void whatWasSentAgainIsInQuarantineAsWhatItIs() {
    assertThat(
            texts(
                Tables.QUARANTINE,
                "source_file in ('capacity/2026-04-vendor-fix.jsonl',"
                    + " 'deals/incoming-2025-12.jsonl')",
                "concat_ws(' ', source_file, source_line, rule)"))
        .hasSize(9)
        .contains(
            "deals/incoming-2025-12.jsonl 4 repeated-under-another-id",
            "capacity/2026-04-vendor-fix.jsonl 5 unknown-deal");
  }
}
