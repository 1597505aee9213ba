package io.dealimpact.stage.capacity;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.ask.ReadCommands;
import io.dealimpact.capacity.CapacityRollup;
import io.dealimpact.capacity.CapacityRow;
import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.ExactRangeSum;
import io.dealimpact.capacity.Percentiles;
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.Quarter;
import io.dealimpact.capacity.RollupConfig;
import io.dealimpact.capacity.ScheduleDefaults;
import io.dealimpact.codec.CommitmentRows;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample's deals, commitments and claims through the real stages and tables; Amazon's prices of
 * 2025-11-03 by hand.
 */
@Tag("spark")
class CapacityFlowTest {
  private static final String AWS = "openai-aws-2025-11-03";

  /** Closing value before the deal: 244.22 x 10,690,216,011 shares known. */
  private static final double AMAZON_USD = 244.22 * 10_690_216_011.0;

  private static final String[] PARTY = {"organisation", "role", "instrument_id"};

  private static final List<String> STORY =
      List.of(
          "supported: “250 billion dollars more of Azure planned” (Microsoft) holds: announced or signed by then it was 250 billion USD.",
          "supported under a reading: “40-50 billion dollars to build 1 GW” (OpenAI) holds only by models of 1 GW (Bernstein, Epoch AI, NVIDIA), where it was 35 to 60 billion USD; by estimates of 12 sites in operation (Epoch AI) it was 27.4 to 32.6 billion USD.",
          "supported: “signed one week after Microsoft's exclusivity ended” (Microsoft) holds: between the announcements it was 6 days.",
          "not measurable: “more after 2027” (OpenAI) cannot be measured: what the same parties added later states no day (openai-amazon-2026-02 of 2026-02-27).",
          "supported: “use begins at once” (OpenAI) agrees with the announcement, which says 2025-11-03; nothing independent measures it.",
          "supported: “full capacity by the end of 2026” (OpenAI) agrees with the announcement, which says 2026-12-31; nothing independent measures it.",
          "supported: “GB200 and GB300” (NVIDIA) agrees with the announcement, which says GB200 and GB300; nothing independent measures it.",
          "supported under a reading: “60-70 % of it GPUs” (NVIDIA) holds only for all computing hardware (Bernstein, Epoch AI, NVIDIA), where it was 57.63 to 70 %; for GPUs alone (Bernstein) it was 39 %.",
          "supported: “hundreds of thousands of GPUs” (OpenAI) agrees with the announcement, which says 200,000 to 999,999 GPUs; by the power stated and that of one GPU it was 474,383 GPUs (377,675 to 600,109 GPUs).",
          "supported: “jumped 6 % to an intra-day record” (AMZN) holds: at the day's high it was 5.89 %.",
          "supported under a reading: “300 billion dollars with Google and Oracle together” (Google+Oracle) holds only for the amounts that are known, where it was 300 billion USD; no amount is known of Google.",
          "supported under a reading: “up about 140 billion dollars in one day” (AMZN) holds only within the day, where it was 92.8 to 153.7 billion USD; at the close it was 104.6 billion USD.",
          "supported: “about 1 GW” (OpenAI) fits: by the GPUs announced and the power of one it was 1.26 GW (0.37 to 2.38 GW).",
          "supported: “to a record” (AMZN) holds: at the close it was 4 % above every close since 2025-10-30.",
          "supported: “7 years” (OpenAI) agrees with the announcement, which says 7 years; nothing independent measures it.",
          "supported: “38 billion dollars” (OpenAI) agrees with the announcement, which says 38 billion USD; nothing independent measures it.");

  private static final String PROMISED =
      """

      What compute was promised, as known on 2026-04-09; GW, smallest to largest. What is signed, announced and planned is never added.

        status     count  no power  no date  promised     GPUs, million  online end 2025  online end 2026  online end 2027  online end 2028  online end 2030
      ───────────  ─────  ────────  ───────  ───────────  ─────────────  ───────────────  ───────────────  ───────────────  ───────────────  ───────────────
        signed        21        10       12  21.18–21.49  6.86–16.27     0.13–0.15        4.12–4.32        11.86–12.06      17.65–17.85      17.65–17.85
        announced      4         1        0  6.46–6.59    3.31–7.89      0.96–1.09        1.96–2.09        4.20–4.34        6.46–6.59        6.46–6.59
        planned        5         1        1  30.00        9.83–31.18     0.00             3.95             11.80            17.15            30.00
        rumoured       2         2        2  0.00                        0.00             0.00             0.00             0.00             0.00

      The biggest, GW promised. Chips (by AMD, Broadcom, NVIDIA) may stand in data centers that are promised by others here.

        status     by                                                                           for
      ───────────  ───────────────────────────────────────────────────────────────────────────  ────────────────────────────────────────────────────────────────────────
        signed     AMD 12.00, Broadcom + Google 3.50, Amazon 2.90–3.10, Microsoft 1.00, 4 more  OpenAI 9.65–9.85, Meta 6.00, Anthropic 4.50, Microsoft 0.57–0.68, 2 more
        announced  Oracle 4.50, Amazon 0.96–1.09, Google 1.00                                   OpenAI 4.50, Anthropic 1.96–2.09
        planned    Broadcom 10.00, NVIDIA 10.00, CoreWeave 5.00, Nebius 5.00                    OpenAI 20.00, undisclosed 10.00

      GW in operation by Epoch AI, Data on Frontier AI Data Centers (CC BY 4.0),
      beside what the commitments here would have online at the end of that quarter. Its sites serve other customers too, and most
      commitments here do not state a power: the two need not agree.

        whose                 sites  as of       in operation  ours signed  ours announced
      ──────────────────────  ─────  ──────────  ────────────  ───────────  ──────────────
        Amazon                    2  2026-06-01          1.43         0.57            1.02
        Amazon for Anthropic      1  2026-06-01          1.09                         1.02
        Fluidstack                1  2026-06-01          0.07                         0.00
        Google                    5  2026-06-01          0.96                         0.50
        Microsoft                 3  2026-06-01          1.25         0.00
        Oracle                    1  2026-06-01          0.59                         0.00
        Oracle for OpenAI         1  2026-06-01          0.59                         0.00
      """;

  private static final String SAMPLES =
      Path.of(System.getProperty("project.root", "..")).resolve("data-samples").toString();

  @TempDir static Path folder;

  private static CapacityLake lake;

  @BeforeAll
  static void buildTheLake() {
    lake = new CapacityLake(folder);
    silver();
    lake.append(
        Tables.BARS,
        """
        select 'AMZN' instrument_id, date'2025-10-30' trade_date, 2025 trade_year,
               227.06 open, 228.44 high, 222.75 low, 222.86 close
        union all select 'AMZN', date'2025-10-31', 2025, 250.10, 250.50, 243.98, 244.22
        union all select 'AMZN', date'2025-11-03', 2025, 255.36, 258.60, 252.90, 254.00
        """);
    lake.append(
        Tables.EVENT_IMPACT,
        """
        select '%1$s:AMZN' event_id, '%1$s' deal_id, 'AMZN' instrument_id, 'provider' role,
               date'2025-11-03' event_date, 'market-model' model, 0 window_start, 0 window_end,
               'OK' status, %2$s market_cap_before_usd, 0.0376172 car, 0.0137 car_se,
               98.2e9 abnormal_usd, 27.6e9 abnormal_usd_low, 168.8e9 abnormal_usd_high
        """
            .formatted(AWS, AMAZON_USD));
    for (Stage stage :
        List.of(
            new RollUpCapacity(),
            new MeasureCapacityEconomics(),
            new MeasureCommitmentShares(),
            new AuditClaims())) {
      lake.run(stage, "capacity.replicates=20", "capacity.quarters=24");
    }
  }

  /**
   * The sample's files, as the Conform stages would have them; two claims that nobody can check.
   */
  private static void silver() {
    Dataset<Row> deals =
        lake.spark()
            .read()
            .json(SAMPLES + "/deals/2024-2025.jsonl")
            .unionByName(json("deals/2026.json"), true);
    lake.append(
        Tables.DEALS,
        deals.selectExpr(
            "deal_id",
            "substr(announced_at, 1, 10) announced_date",
            "status",
            "value_usd.low value_low_usd",
            "value_usd.high value_high_usd",
            "value_type",
            "term_years"));
    lake.append(
        Tables.DEAL_PARTIES,
        deals.selectExpr("deal_id", "inline(parties)").select("deal_id", PARTY).distinct());
    lake.append(
        Tables.GPU_MODELS,
        json("gpus/gpus.json")
            .selectExpr(
                "gpu_model",
                "kw_per_gpu.low kw_per_gpu_low",
                "kw_per_gpu.high kw_per_gpu_high",
                "price_usd.low price_usd_low",
                "price_usd.high price_usd_high"));
    lake.append(
        Tables.CAPACITY_COMMITMENTS,
        json("capacity/commitments.json")
            .selectExpr(
                "*",
                "gpus.low gpus_low",
                "gpus.high gpus_high",
                "power_gw.low power_gw_low",
                "power_gw.high power_gw_high",
                "value_usd.low value_usd_low",
                "value_usd.high value_usd_high"));
    lake.append(
        Tables.CLAIMS,
        json("claims/claims.json")
            .selectExpr("*", claimed("low") + " claimed_low", claimed("high") + " claimed_high"));
    lake.append(
        Tables.CLAIMS,
        """
        select 'c2' claim_id, '%1$s' deal_id, 'AMZN' subject, 'moon-phase' metric,
               1 claimed_low, 'days' unit, 'at full moon' as_printed
        union all
        select 'c3', 'no-such-deal', 'AMZN', 'one-day-gain-usd', 1e9, 'usd', '1 billion dollars'
        """
            .formatted(AWS));
    lake.append(
        Tables.SITES,
        sites("epoch-ai.csv")
            .unionByName(sites("cost-of-1-gw.csv"), true)
            .withColumn("basis", coalesce(col("basis"), lit("built"))));
  }

  private static Dataset<Row> json(String file) {
    return lake.spark().read().option("multiLine", "true").json(SAMPLES + "/" + file);
  }

  private static Dataset<Row> sites(String file) {
    return lake.spark().read().option("header", "true").csv(SAMPLES + "/sites/" + file);
  }

  private static String claimed(String end) {
    return "case when unit = 'date' then cast(unix_date(try_to_date(claimed.%1$s)) as double) else"
            .formatted(end)
        + " try_cast(claimed.%1$s as double) end".formatted(end);
  }

  private static Row one(TableSpec table, String condition) {
    List<Row> rows = lake.table(table).where(condition).collectAsList();
    assertThat(rows).as(condition).hasSize(1);
    return rows.get(0);
  }

  private static void assertRange(Row row, String name, double low, double mid, double high) {
    assertThat(row.<Double>getAs(name + "_low")).as(name).isCloseTo(low, within(1e-9 * low));
    assertThat(row.<Double>getAs(name + "_mid")).as(name).isCloseTo(mid, within(1e-9 * mid));
    assertThat(row.<Double>getAs(name + "_high")).as(name).isCloseTo(high, within(1e-9 * high));
  }

  @Test
  void theTableIsTheCubeInMemoryAndItsPartsAddUp() {
    assertStored(LocalDate.of(2026, 4, 9));
  }

  /** Oracle's 4.5 GW has no date yet, Amazon's 38 billion are not known yet. */
  @Test
  void asOfAnswersWhatWasKnownOnTheDay() {
    try {
      lake.run(
          new RollUpCapacity(),
          "capacity.replicates=20",
          "capacity.quarters=24",
          "capacity.as_of=2025-09-09");
      assertStored(LocalDate.of(2025, 9, 9));
    } finally {
      lake.run(new RollUpCapacity(), "capacity.replicates=20", "capacity.quarters=24");
    }
  }

  private static void assertStored(LocalDate asOf) {
    List<CapacityRow> cube = cubeInMemory(asOf);
    assertThat(CapacityRollup.conservation(cube)).isEmpty();
    List<String> expected = cube.stream().map(CapacityFlowTest::text).sorted().toList();
    List<String> stored =
        lake.table(Tables.CAPACITY_BY_QUARTER).collectAsList().stream()
            .map(CapacityFlowTest::text)
            .sorted()
            .toList();
    assertThat(stored).isEqualTo(expected);
  }

  private static List<CapacityRow> cubeInMemory(LocalDate asOf) {
    List<Commitment> versions =
        CommitmentRows.all(
            lake.table(Tables.CAPACITY_COMMITMENTS)
                .select(CommitmentRows.columns())
                .toLocalIterator());
    return CapacityRollup.cube(
        CapacityRollup.sized(
            CommitmentHistory.group(versions),
            asOf,
            CapacityInputs.catalogue(lake.context()),
            ScheduleDefaults.defaults()),
        new RollupConfig(Quarter.parse("2025Q1"), 24, 20, 20251103));
  }

  private static String text(CapacityRow row) {
    List<Object> cells = new ArrayList<>();
    cells.add(row.key().provider());
    cells.add(row.key().customer());
    cells.add(row.key().gpuModel());
    cells.add(row.key().status().code());
    cells.add(row.quarter());
    cells.add(row.quarter().lastDay());
    cells.add(row.counts().commitments());
    cells.add(row.counts().withoutPower());
    cells.add(row.counts().withoutGpus());
    cells.add(row.counts().withoutDates());
    for (ExactRangeSum watts :
        List.of(
            row.power().committed(),
            row.power().online(),
            row.power().average(),
            row.power().outstanding())) {
      add(cells, watts.toRange(ExactRangeSum.WATTS_PER_GW));
    }
    for (ExactRangeSum millis :
        List.of(row.gpus().committed(), row.gpus().online(), row.gpus().outstanding())) {
      add(cells, millis.toRange(ExactRangeSum.MILLIS_PER_GPU));
    }
    Percentiles power = row.power().percentiles().orElseThrow();
    Percentiles gpus = row.gpus().percentiles().orElseThrow();
    cells.add(power.p05() / ExactRangeSum.WATTS_PER_GW);
    cells.add(power.p50() / ExactRangeSum.WATTS_PER_GW);
    cells.add(power.p95() / ExactRangeSum.WATTS_PER_GW);
    cells.add(gpus.p05() / ExactRangeSum.MILLIS_PER_GPU);
    cells.add(gpus.p50() / ExactRangeSum.MILLIS_PER_GPU);
    cells.add(gpus.p95() / ExactRangeSum.MILLIS_PER_GPU);
    return joined(cells);
  }

  private static void add(List<Object> cells, QuantityRange range) {
    cells.add(range.low());
    cells.add(range.mid());
    cells.add(range.high());
  }

  private static String text(Row row) {
    List<Object> cells = new ArrayList<>();
    for (String column :
        List.of(
            "provider",
            "customer",
            "gpu_model",
            "commitment_status",
            "quarter",
            "quarter_end",
            "commitments",
            "without_power",
            "without_gpus",
            "without_dates")) {
      cells.add(row.getAs(column));
    }
    for (String range :
        List.of(
            "power_committed_gw",
            "power_online_gw",
            "power_average_gw",
            "power_outstanding_gw",
            "gpus_committed",
            "gpus_online",
            "gpus_outstanding")) {
      for (String end : List.of("_low", "_mid", "_high")) {
        cells.add(row.getAs(range + end));
      }
    }
    for (String measure : List.of("power_online_gw", "gpus_online")) {
      for (String percentile : List.of("_p05", "_p50", "_p95")) {
        cells.add(row.getAs(measure + percentile));
      }
    }
    return joined(cells);
  }

  private static String joined(List<Object> cells) {
    return cells.stream().map(String::valueOf).collect(Collectors.joining("|"));
  }

  /** BenchmarksTest holds 1, 4 and 64 against each other, on many more commitments. */
  @Test
  void theRowsDoNotDependOnPartitions() {
    List<String> one = rolledUp("1");
    assertThat(one).hasSizeGreaterThan(1000);
    assertThat(rolledUp("7")).isEqualTo(one);
  }

  private static List<String> rolledUp(String partitions) {
    String before = lake.spark().conf().get("spark.sql.shuffle.partitions");
    lake.spark().conf().set("spark.sql.shuffle.partitions", partitions);
    lake.spark().conf().set("spark.sql.adaptive.coalescePartitions.enabled", "false");
    try {
      lake.run(new RollUpCapacity(), "capacity.replicates=20", "capacity.quarters=24");
      return lake.text(Tables.CAPACITY_BY_QUARTER);
    } finally {
      lake.spark().conf().set("spark.sql.shuffle.partitions", before);
      lake.spark().conf().unset("spark.sql.adaptive.coalescePartitions.enabled");
    }
  }

  /** 38e9 / 7 / 1 GW = 5.43 billion a GW-year; 40 to 50 billion x 60 to 70 % = 24 to 35 billion. */
  @Test
  void openAiAndAwsByHand() {
    Row row = one(Tables.CAPACITY_ECONOMICS, "deal_id = '" + AWS + "'");
    assertThat(row.<String>getAs("status")).isEqualTo("OK");
    assertRange(row, "power_gw", 0.9, 1.0, 1.1);
    assertRange(row, "gpus", 200_000, 599_999.5, 999_999);
    assertRange(row, "usd_per_gw_year", 38e9 / 7 / 1.1, 5.428571428571428e9, 38e9 / 7 / 0.9);
    assertRange(row, "gpu_capex_usd_per_gw", 24e9, 29.25e9, 35e9);
    assertRange(row, "capex_usd", 36e9, 45e9, 55e9);
    assertRange(row, "implied_kw_per_gpu", 0.9e6 / 999_999, 1e6 / 599_999.5, 5.5);
    assertRange(
        row,
        "usd_per_gpu_hour",
        38e9 / 7 / 8766 / 999_999,
        38e9 / 7 / 8766 / 599_999.5,
        38e9 / 7 / 8766 / 200_000);
    assertThat(row.<String>getAs("gained_by")).isEqualTo("AMZN");
    assertRange(row, "gained_usd_per_gw", 27.6e9 / 1.1, 98.2e9, 168.8e9 / 0.9);
    assertRange(row, "gained_usd_per_deal_usd", 27.6 / 38, 98.2 / 38, 168.8 / 38);
    assertThat(row.<String>getAs("flags")).isNull();
  }

  @Test
  void contradictingFiguresAreFlagged() {
    assertThat(
            one(Tables.CAPACITY_ECONOMICS, "deal_id = 'anthropic-google-2025-10-23'")
                .<String>getAs("flags"))
        .isEqualTo(
            "kw-per-gpu-contradicts-model: power and GPUs imply 1 kW per GPU, but a TPU-v7 takes"
                + " 1.467 to 2.273");
  }

  /** A lease of a building is no price of a GPU-hour; an intention to invest is no price at all. */
  @Test
  void onlyPricesOfComputeArePriced() {
    Row lease = one(Tables.CAPACITY_ECONOMICS, "deal_id = 'amazon-cipher-2025-11-03'");
    assertThat(lease.<Double>getAs("usd_per_gw_year_mid"))
        .isCloseTo(5.5e9 / 15 / 0.3, within(1e-3));
    assertThat(lease.<Double>getAs("usd_per_gpu_hour_mid")).isNull();
    assertThat(lease.<String>getAs("flags")).startsWith("space-and-power-only: ");
    Row intention = one(Tables.CAPACITY_ECONOMICS, "deal_id = 'stargate-2025-01-21'");
    assertThat(intention.<String>getAs("value_type")).isEqualTo("intended_investment");
    assertThat(intention.<Double>getAs("value_usd_mid")).isNull();
    assertThat(intention.<Double>getAs("gpus_per_gw_mid"))
        .as("it states neither power nor GPUs")
        .isNull();
  }

  @Test
  void everyDealHasItsRowAndSaysWhatIsMissing() {
    assertThat(lake.table(Tables.CAPACITY_ECONOMICS).count())
        .isEqualTo(lake.table(Tables.DEALS).count());
    Row equity = one(Tables.CAPACITY_ECONOMICS, "deal_id = 'nvidia-intel-2025-09-18'");
    assertThat(equity.<String>getAs("status")).isEqualTo("NO_COMMITMENT");
    assertThat(equity.<Double>getAs("value_usd_mid")).as("equity is no price of compute").isNull();
  }

  /**
   * After the deal OpenAI's announced or signed dollars are 38 : 300 : 250, and CoreWeave's 22.4.
   */
  @Test
  void sharesOfOpenAi() {
    List<String> shares =
        lake
            .table(Tables.COMMITMENT_SHARES)
            .where(
                "view = 'customer' and focal = 'OpenAI' and measure = 'usd' and moment = 'after'"
                    + " and status_floor = 'announced' and as_of = date'2025-11-03'")
            .orderBy("counterparty")
            .collectAsList()
            .stream()
            .map(
                row ->
                    row.<String>getAs("counterparty")
                        + " "
                        + Math.round(row.<Double>getAs("amount_mid") / 1e8) / 10.0
                        + " "
                        + Math.round(1000 * row.<Double>getAs("share_mid")) / 1000.0)
            .toList();
    assertThat(shares)
        .containsExactly(
            "Amazon 38.0 0.062",
            "CoreWeave 22.4 0.037",
            "Microsoft 250.0 0.41",
            "Oracle 300.0 0.491");
    Row amazon =
        one(
            Tables.COMMITMENT_SHARES,
            "view = 'customer' and focal = 'OpenAI' and measure = 'usd' and moment = 'after'"
                + " and status_floor = 'announced' and as_of = date'2025-11-03'"
                + " and counterparty = 'Amazon'");
    double total = 38 + 300 + 250 + 22.4;
    assertThat(amazon.<Double>getAs("hhi_mid"))
        .isCloseTo((38 * 38 + 300 * 300 + 250 * 250 + 22.4 * 22.4) / (total * total), within(1e-9));
    assertThat(
            lake.table(Tables.COMMITMENT_SHARES)
                .where("focal = 'OpenAI' and status_floor = 'signed' and counterparty = 'Oracle'")
                .count())
        .as("Oracle's are announced: they do not slip in among the signed")
        .isZero();
  }

  /**
   * Broadcom and Google promise 3.5 GW together; Google 1 GW alone, Amazon about 1, Microsoft 1.
   */
  @Test
  void whatIsPromisedJointlyStaysJointWithTheRangeOfItsSplits() {
    String anthropic =
        "view = 'customer' and focal = 'Anthropic' and measure = 'gw' and moment = 'after'"
            + " and status_floor = 'announced' and as_of = date'2026-04-06' and ";
    double rest = 1 + 1 + 0.956;
    Row joint = one(Tables.COMMITMENT_SHARES, anthropic + "kind = 'joint'");
    assertThat(joint.<String>getAs("counterparty")).isEqualTo("Broadcom + Google");
    assertRange(joint, "amount", 3.5, 3.5, 3.5);
    Row google =
        one(Tables.COMMITMENT_SHARES, anthropic + "kind = 'single' and counterparty = 'Google'");
    assertRange(google, "amount", 1, 2.75, 4.5);
    assertThat(google.<Double>getAs("share_low"))
        .as("nothing of the joint amount, all others at their most")
        .isCloseTo(1 / (1 + 1 + 1.092 + 3.5), within(1e-12));
    assertThat(google.<Double>getAs("share_high"))
        .as("all of it, all others at their least")
        .isCloseTo(4.5 / (rest + 3.5), within(1e-12));
  }

  @Test
  void theGainOfAbout140BillionFitsOnlyWithinTheDay() {
    Row deciding = one(Tables.CLAIM_AUDIT, "claim_id = 'openai-aws-one-day-gain' and is_deciding");
    assertThat(deciding.<String>getAs("verdict")).isEqualTo("supported under a reading");
    assertThat(deciding.<String>getAs("reading")).isEqualTo("intraday");
    Row close =
        one(Tables.CLAIM_AUDIT, "claim_id = 'openai-aws-one-day-gain' and reading = 'at-close'");
    assertThat(close.<Double>getAs("measured_low")).isCloseTo(104.55e9, within(0.005e9));
    assertThat(close.<String>getAs("reading_verdict")).isEqualTo("contradicted");
    assertThat(close.<Double>getAs("allowed_low")).isEqualTo(135e9);
    Row record = one(Tables.CLAIM_AUDIT, "claim_id = 'openai-aws-record' and is_deciding");
    assertThat(record.<String>getAs("verdict")).isEqualTo("supported");
    assertThat(record.<Double>getAs("measured_low")).isCloseTo(254.00 / 244.22, within(1e-12));
  }

  @Test
  void everyClaimHasOneDecidingRow() {
    assertThat(
            lake.table(Tables.CLAIM_AUDIT)
                .groupBy("claim_id")
                .agg(sum(col("is_deciding").cast("int")).as("n"))
                .where("n <> 1")
                .count())
        .isZero();
    assertThat(lake.table(Tables.CLAIM_AUDIT).select("claim_id").distinct().count())
        .isEqualTo(lake.table(Tables.CLAIMS).count());
  }

  @Test
  void whatNobodyCanMeasureSaysWhy() {
    Row moon = one(Tables.CLAIM_AUDIT, "claim_id = 'c2'");
    assertThat(moon.<String>getAs("verdict")).isEqualTo("not measurable");
    assertThat(moon.<String>getAs("reading")).isEqualTo("none");
    assertThat(moon.<String>getAs("explanation"))
        .isEqualTo("“at full moon” cannot be measured: 'moon-phase' is no metric that we know.");
    Row orphan = one(Tables.CLAIM_AUDIT, "claim_id = 'c3'");
    assertThat(orphan.<String>getAs("verdict")).isEqualTo("not measurable");
    assertThat(orphan.<String>getAs("explanation"))
        .contains("AMZN is no listed party of the deal with prices that day");
  }

  /** The sample's story as people read it: every sentence, as the night prints it. */
  @Test
  void everyClaimOfTheStoryHasASentenceToQuote() {
    List<String> story =
        lake
            .table(Tables.CLAIM_AUDIT)
            .where("deal_id = '" + AWS + "' and is_deciding and claim_id <> 'c2'")
            .orderBy("claim_id")
            .collectAsList()
            .stream()
            .map(row -> row.<String>getAs("verdict") + ": " + row.<String>getAs("explanation"))
            .toList();
    assertThat(story).containsExactlyElementsOf(STORY);
  }

  @Test
  void aPrintOfExtendedTradingIsNotJudgedByTheRegularSession() {
    assertThat(
            one(Tables.CLAIM_AUDIT, "claim_id = 'microsoft-nebius-return'")
                .<String>getAs("verdict"))
        .isEqualTo("not measurable");
  }

  @Test
  void noNightComplainsOfACleanSample() {
    assertThat(
            lake.run(new RollUpCapacity(), "capacity.replicates=20", "capacity.quarters=24")
                .message())
        .isEmpty();
  }

  /**
   * Two feeds report one deal under ids of their own: nothing is merged on a guess; the row says
   * so.
   */
  @Test
  void whatMayBeReportedTwiceIsTold(@TempDir Path other) {
    CapacityLake twice = new CapacityLake(other);
    twice.append(
        Tables.CAPACITY_COMMITMENTS,
        """
        select 'a' commitment_id, 'd' deal_id, 'P' provider, 'C' customer, 1 power_gw_low,
               date'2026-01-01' full_power_date, 'signed' status, 'step' ramp,
               date'2025-11-03' known_date
        union all select 'b', 'd', 'P', 'C', 1, date'2026-01-01', 'signed', 'step',
               date'2025-11-04'
        """);
    assertThat(twice.run(new RollUpCapacity(), "capacity.quarters=2").message())
        .isEqualTo(
            "possible-duplicate: a, b have the same deal, parties, model and dates; each is"
                + " counted");
  }

  @Test
  void peopleReadWhatWasPromisedAndPrinted() {
    ReadCommands answers =
        new ReadCommands(lake.spark(), lake.context().configuration(), ReadCommands.Night.NEWEST);
    assertThat(answers.promisedCapacity()).isEqualTo(PROMISED);
    assertThat(answers.auditedClaims().lines())
        .as("fits a terminal")
        .allMatch(line -> line.length() <= 160);
    assertThat(answers.auditedClaims())
        .contains("supported under a reading", "2025-11-03", "“38 billion dollars”");
  }
}
