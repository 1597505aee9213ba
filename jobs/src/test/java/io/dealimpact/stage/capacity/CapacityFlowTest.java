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
import io.dealimpact.capacity.Forecast;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
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
@Tag("slow")
class CapacityFlowTest {
  private static final String AWS = "openai-aws-2025-11-03";

  /** Closing value before the deal: 244.22 x 10,690,216,011 shares known. */
  private static final double AMAZON_USD = 244.22 * 10_690_216_011.0;

  private static final String[] PARTY = {"organisation", "role", "instrument_id"};

  private static final List<String> STORY =
      List.of(
          "not measurable: “Amazon, a main investor in Anthropic” cannot be measured: it is in words; its parts are held against sources.",
          "not measurable: “AWS, behind in AI” cannot be measured: it is an opinion, which no quantity could contradict.",
          "supported: “250 billion dollars more of Azure planned” (Microsoft) holds: announced or signed by then it was 250 billion USD. But: signed since 2025-10-28, not planned.",
          "supported under a reading: “40-50 billion dollars to build 1 GW” (OpenAI) holds only by the model of NVIDIA, where it was 50 to 60 billion USD; by estimates of 12 sites in operation (Epoch AI) it was 27.4 to 32.6 billion USD.",
          "supported: “signed one week after Microsoft's exclusivity ended” (Microsoft) holds: between the announcements it was 6 days. But: “exclusivity”: by Microsoft's blog of 2025-10-28 it is “the right of first refusal”.",
          "not measurable: “more after 2027” (OpenAI) cannot be measured: what the same parties added later states no day (openai-amazon-2026-02 of 2026-02-27). But: “after 2027”: by the announcement (theaitrack, TechSpot) it is “into 2027 and beyond”.",
          "supported: “the first big external deal after the renewal with Microsoft” (Microsoft) holds: between the two, by the commitments known, it was 0 deals.",
          "supported: “use begins at once” (OpenAI) agrees with the announcement, which says 2025-11-03; nothing independent measures it.",
          "supported: “full capacity by the end of 2026” (OpenAI) agrees with the announcement, which says 2026-12-31; nothing independent measures it.",
          "supported: “GB200 and GB300” (NVIDIA) agrees with the announcement, which says GB200 and GB300; nothing independent measures it.",
          "supported under a reading: “60-70 % of it GPUs” (NVIDIA) holds only for all computing hardware (Bernstein, Epoch AI, NVIDIA), where it was 57.63 to 70 %; for GPUs alone (Bernstein) it was 39 %.",
          "supported: “hundreds of thousands of GPUs” (OpenAI) agrees with the announcement, which says 200,000 to 999,999 GPUs; by the power stated and that of one GPU it was 474,383 GPUs (377,675 to 600,109 GPUs).",
          "supported: “jumped 6 % to an intra-day record” (AMZN) holds: at the day's high it was 5.89 %.",
          "supported under a reading: “300 billion dollars with Google and Oracle together” (Google+Oracle) holds only for the amounts that are known, where it was 300 billion USD; no amount is known of Google. But: misattributed: the amount is of Oracle alone; none is known of Google.",
          "supported under a reading: “up about 140 billion dollars in one day” (AMZN) holds only within the day, where it was 92.8 to 153.7 billion USD; at the close it was 104.6 billion USD.",
          "supported under a reading: “about 1 GW” (OpenAI) holds only in the announcement, where it was 0.9 to 1.1 GW; by the GPUs announced and the power of one it was 1.26 GW (0.37 to 2.38 GW).",
          "contradicted: “a quantity without precedent” (OpenAI) does not hold: beside the largest power before, that of openai-broadcom-2025-10, it was 0.1 (0.09 to 0.11), beside the largest value before, that of stargate-2025, it was 0.076.",
          "supported: “to a record” (AMZN) holds: at the close it was 4 % above every close since 2025-10-30.",
          "supported: “7 years” (OpenAI) agrees with the announcement, which says 7 years; nothing independent measures it.",
          "supported: “38 billion dollars” (OpenAI) agrees with the announcement, which says 38 billion USD; nothing independent measures it.");

  private static final String PROMISED =
      """

      What compute was promised, as known on 2026-04-09; GW, smallest to largest. What is signed, announced and planned is never added.
      Online is by stated dates alone, without options. "Without GW" is the share of the dollars whose power nobody stated.

        status     count  no power  billion USD  without GW  no date  promised     GPUs, million  online end 2025  online end 2026  online end 2027  online end 2028  online end 2030
      ───────────  ─────  ────────  ───────────  ──────────  ───────  ───────────  ─────────────  ───────────────  ───────────────  ───────────────  ───────────────  ───────────────
        signed        22        10  864–964      38–40 %          11  25.68–25.99  8.17–22.16     0.13–0.15        3.57–3.77        3.57–3.77        4.32–4.52        4.32–4.52
        announced      3         1  50           100 %             0  2.09         2.00           0.75             2.09             2.09             2.09             2.09
        planned        5         1  500          100 %             1  30.00        9.83–31.18     0.00             2.44             5.29             8.15             21.00
        rumoured       2         2  30           100 %             2  0.00                        0.00             0.00             0.00             0.00             0.00

      The biggest, GW promised. Chips (by AMD, Broadcom, NVIDIA) may stand in data centers that are promised by others here.

        status     by                                                                        for
      ───────────  ────────────────────────────────────────────────────────────────────────  ──────────────────────────────────────────────────────────────────────────
        signed     AMD 12.00, Oracle 4.50, Broadcom + Google 3.50, Amazon 2.90–3.10, 5 more  OpenAI 14.15–14.35, Meta 6.00, Anthropic 4.50, Microsoft 0.57–0.68, 2 more
        announced  Amazon 1.09, Google 1.00                                                  Anthropic 2.09
        planned    Broadcom 10.00, NVIDIA 10.00, CoreWeave 5.00, Nebius 5.00                 OpenAI 20.00, undisclosed 10.00

      GW in operation by Epoch AI, Data on Frontier AI Data Centers (CC BY 4.0),
      beside what the commitments here would have online at the end of that quarter. Its sites serve other customers too, and most
      commitments here do not state a power: the two need not agree.

        whose                 sites  as of       in operation  ours signed  ours announced
      ──────────────────────  ─────  ──────────  ────────────  ───────────  ──────────────
        Amazon                    2  2026-06-01          1.43         0.57            1.09
        Amazon for Anthropic      1  2026-06-01          1.09                         1.09
        Fluidstack                1  2026-06-01          0.07                         0.00
        Google                    5  2026-06-01          0.96                         0.50
        Microsoft                 3  2026-06-01          1.25         0.00
        Oracle                    1  2026-06-01          0.59         0.00
        Oracle for OpenAI         1  2026-06-01          0.59         0.00
      """;

  private static final String SAMPLES =
      Path.of(System.getProperty("project.root", "..")).resolve("data-samples").toString();

  private static final String MILESTONES =
      "transform(milestones, m -> struct(cast(m.date as date) as date, cast(m.gw as double) as gw,"
          + " m.kind as kind))";

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
               date'2025-11-03' event_date, 'AMZN:2025-11-03' company_day, model,
               model = 'market-sector' is_headline, true is_primary, 0 window_start, 0 window_end,
               'OK' status, %2$s market_cap_before_usd, car, car_se, abnormal_usd,
               abnormal_usd_low, abnormal_usd_high
        from values
          ('market-model', 0.0379357, 0.0137, 99.0e9, 28.5e9, 169.6e9),
          ('market-sector', 0.0349243, 0.0131, 91.2e9, 24.0e9, 158.4e9)
          as t(model, car, car_se, abnormal_usd, abnormal_usd_low, abnormal_usd_high)
        """
            .formatted(AWS, AMAZON_USD));
    others();
    for (Stage stage :
        List.of(
            new RollUpCapacity(),
            new MeasureCapacityEconomics(),
            new MeasureCommitmentShares(),
            new SummariseConcentration(),
            new MeasureMarketPerGw(),
            new AuditClaims(),
            new CheckArticle())) {
      lake.run(stage, "capacity.replicates=20", "capacity.quarters=24");
    }
  }

  /** Events whose figures the night measures on the sample; values at the quarter's end by hand. */
  private static void others() {
    lake.append(
        Tables.EVENT_IMPACT,
        """
        select deal_id || ':' || instrument_id event_id, *, 'market-sector' model,
               true is_headline, true is_primary, instrument_id || ':' || event_date company_day,
               0 window_start, 0 window_end, 'OK' status, true is_confounded
        from values
          ('openai-amazon-2026-02-27', 'AMZN', 'provider', date'2026-02-27',
           38.6e9, -30e9, 107e9, array('NVDA results', 'deal other')),
          ('anthropic-google-broadcom-2026-04-06', 'GOOGL', 'provider', date'2026-04-07',
           61.2e9, -60e9, 182.4e9, null),
          ('anthropic-google-broadcom-2026-04-06', 'AVGO', 'supplier', date'2026-04-07',
           86.1e9, 31.1e9, 141.1e9, null)
          as t(deal_id, instrument_id, role, event_date, abnormal_usd, abnormal_usd_low,
               abnormal_usd_high, confounder_list)
        """);
    lake.append(
        Tables.DEAL_IMPACT,
        """
        select 'anthropic-google-broadcom-2026-04-06' deal_id, 'market-sector' model,
               true is_headline, 0 window_start, 0 window_end, 'OK' status, 2 parties_listed, 2 parties_measured,
               147.3e9 net_abnormal_usd, 13.1e9 net_abnormal_usd_low, 281.5e9 net_abnormal_usd_high
        """);
    lake.append(
        Tables.EVENTS_FLAT,
        """
        select 'study' study, *, 'e' event_id, 'd' deal_id, 'provider' role,
               'market-sector' model, 'OK' status
        from values
          ('AMZN:2025-11-03', date'2025-11-03', 'AMZN', 0.019, 0.094),
          ('AMZN:2026-02-27', date'2026-02-27', 'AMZN', 0.252, 0.387),
          ('GOOGL:2026-04-07', date'2026-04-07', 'GOOGL', 0.109, 0.226),
          ('AVGO:2026-04-07', date'2026-04-07', 'AVGO', 0.019, 0.094)
          as t(company_day, event_date, instrument_id, p_value, q_value)
        """);
    lake.append(
        Tables.DAILY_MOVES,
        """
        select 'AMZN' instrument_id, date'2025-12-30' trade_date, 1 market_cap_usd,
               false is_record_close
        union all select 'AMZN', date'2025-12-31', 2.4e12, false
        """);
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
            "deal_type",
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
                "price_usd.high price_usd_high",
                "h100_equivalents"));
    lake.append(
        Tables.CAPACITY_COMMITMENTS,
        json("capacity/commitments.json")
            .selectExpr(
                "* except (milestones)",
                MILESTONES + " milestones",
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

  /** Oracle's 4.5 GW: announced, amended with dollars, signed. */
  @Test
  void severalDaysStandSideBySide() {
    try {
      lake.run(
          new RollUpCapacity(),
          "capacity.replicates=0",
          "capacity.quarters=4",
          "capacity.as_of=[2025-09-09, 2025-09-10, 2025-09-23]");
      assertThat(
              lake.table(Tables.CAPACITY_BY_QUARTER)
                  .where("grain = 'leaf' and provider = 'Oracle' and customer = 'OpenAI'")
                  .where("quarter = '2025Q4'")
                  .orderBy("as_of")
                  .selectExpr(
                      "concat_ws(' ', as_of, commitment_status, power_committed_gw_mid,"
                          + " value_usd_mid / 1e9)")
                  .as(Encoders.STRING())
                  .collectAsList())
          .containsExactly(
              "2025-09-09 announced 4.5 0.0",
              "2025-09-10 announced 4.5 300.0",
              "2025-09-23 signed 4.5 300.0");
    } finally {
      lake.run(new RollUpCapacity(), "capacity.replicates=20", "capacity.quarters=24");
    }
  }

  /** Nscale's 200,000 GB300 have power only since the accelerator's power is known. */
  @Test
  void anAcceleratorCountsFromItsKnownDate(@TempDir Path other) {
    CapacityLake late = new CapacityLake(other);
    late.append(
        Tables.CAPACITY_COMMITMENTS,
        """
        select 'a' commitment_id, 'd' deal_id, 'P' provider, 'C' customer, 'GB300' gpu_model,
               200000 gpus_low, 'signed' status, date'2025-10-15' known_date
        """);
    late.append(
        Tables.GPU_MODELS,
        """
        select 'GB300' gpu_model, 2 kw_per_gpu_low, 2 kw_per_gpu_high, date'2025-11-01' known_date
        """);
    late.run(
        new RollUpCapacity(), "capacity.quarters=1", "capacity.as_of=[2025-10-31, 2025-11-01]");
    assertThat(
            late.table(Tables.CAPACITY_BY_QUARTER)
                .where("grain = 'leaf'")
                .orderBy("as_of")
                .selectExpr("concat_ws(' ', as_of, without_power, power_committed_gw_mid)")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly("2025-10-31 1 0.0", "2025-11-01 0 0.4");
  }

  /** A cost that somebody published later was not known on the day that is asked for. */
  @Test
  void whatASiteCostCountsFromItsKnownDate(@TempDir Path other) {
    CapacityLake late = new CapacityLake(other);
    late.append(
        Tables.DEALS,
        "select 'd' deal_id, date'2025-10-15' announced_date, 'signed' status, 38e9 value_low_usd,"
            + " 38e9 value_high_usd, 'compute-contract' deal_type, 'contract_value' value_type");
    late.append(
        Tables.CAPACITY_COMMITMENTS,
        """
        select 'a' commitment_id, 'd' deal_id, 'P' provider, 'C' customer, 1 power_gw_low,
               'signed' status, date'2025-10-15' known_date
        """);
    late.append(
        Tables.SITES,
        """
        select 'E' publisher, 'one' site, date'2025-09-30' as_of, 'built' basis, 1 power_gw,
               40e9 capex_usd, 20e9 compute_usd, cast(null as date) known_date
        union all select 'E', 'two', date'2025-09-30', 'built', 1, 60e9, 30e9, date'2025-12-01'
        """);
    Map<String, String> most = new TreeMap<>();
    for (String day : List.of("2025-11-30", "2025-12-01")) {
      late.run(new MeasureCapacityEconomics(), "capacity.as_of=" + day);
      most.put(
          day,
          late.table(Tables.CAPACITY_ECONOMICS)
              .selectExpr("concat_ws(' ', capex_usd_per_gw_low, capex_usd_per_gw_high)")
              .as(Encoders.STRING())
              .head());
    }
    assertThat(most)
        .containsExactly(
            Map.entry("2025-11-30", "4.0E10 4.0E10"), Map.entry("2025-12-01", "4.0E10 6.0E10"));
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
        new RollupConfig(Quarter.parse("2025Q1"), 24, 20, 20251103, asOf, Forecast.defaults()));
  }

  private static String text(CapacityRow row) {
    List<Object> cells = new ArrayList<>();
    cells.add(row.key().provider());
    cells.add(row.key().customer());
    cells.add(row.key().gpuModel());
    cells.add(row.key().status().code());
    cells.add(row.quarter());
    cells.add(row.quarter().lastDay());
    cells.add(row.key().layer());
    cells.add(row.key().region());
    cells.add(row.key().isLeaf() ? "leaf" : "total");
    cells.add(row.counts().commitments());
    cells.add(row.counts().withoutPower());
    cells.add(row.counts().withoutGpus());
    cells.add(row.counts().withoutH100());
    cells.add(row.counts().withoutDates());
    add(cells, row.coverage().valueUsd().toRange(1));
    add(cells, row.coverage().withoutPowerUsd().toRange(1));
    add(cells, row.coverage().ofComputersAlone().toRange(ExactRangeSum.WATTS_PER_GW));
    for (ExactRangeSum watts :
        List.of(
            row.power().committed(),
            row.power().option(),
            row.power().online(),
            row.power().average(),
            row.power().outstanding())) {
      add(cells, watts.toRange(ExactRangeSum.WATTS_PER_GW));
    }
    for (ExactRangeSum millis :
        List.of(row.gpus().committed(), row.gpus().online(), row.gpus().outstanding())) {
      add(cells, millis.toRange(ExactRangeSum.MILLIS_PER_GPU));
    }
    add(cells, row.power().assumed().toRange(ExactRangeSum.WATTS_PER_GW));
    cells.add(row.power().expectedWatts() / ExactRangeSum.WATTS_PER_GW);
    cells.add(row.gpus().assumedMillis() / ExactRangeSum.MILLIS_PER_GPU);
    add(cells, row.gpus().h100Online().toRange(ExactRangeSum.MILLIS_PER_GPU));
    cells.add(row.gpus().h100Committed().mid() / ExactRangeSum.MILLIS_PER_GPU);
    Percentiles power = row.power().onSchedule().orElseThrow();
    Percentiles gpus = row.gpus().onSchedule().orElseThrow();
    Percentiles forecast = row.power().forecast().orElseThrow();
    cells.add(power.p05() / ExactRangeSum.WATTS_PER_GW);
    cells.add(power.p50() / ExactRangeSum.WATTS_PER_GW);
    cells.add(power.p95() / ExactRangeSum.WATTS_PER_GW);
    cells.add(gpus.p05() / ExactRangeSum.MILLIS_PER_GPU);
    cells.add(gpus.p50() / ExactRangeSum.MILLIS_PER_GPU);
    cells.add(gpus.p95() / ExactRangeSum.MILLIS_PER_GPU);
    cells.add(forecast.p05() / ExactRangeSum.WATTS_PER_GW);
    cells.add(forecast.p50() / ExactRangeSum.WATTS_PER_GW);
    cells.add(forecast.p95() / ExactRangeSum.WATTS_PER_GW);
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
            "layer",
            "region",
            "grain",
            "commitments",
            "without_power",
            "without_gpus",
            "without_h100",
            "without_dates")) {
      cells.add(row.getAs(column));
    }
    for (String range :
        List.of(
            "value_usd",
            "value_without_power_usd",
            "power_it_gw",
            "power_committed_gw",
            "power_option_gw",
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
    for (String number :
        List.of(
            "assumed_gw_low",
            "assumed_gw",
            "assumed_gw_high",
            "expected_gw",
            "assumed_gpus",
            "h100_equivalents_low",
            "h100_equivalents",
            "h100_equivalents_high",
            "h100_equivalents_committed")) {
      cells.add(row.getAs(number));
    }
    for (String measure : List.of("power_online_gw", "gpus_online", "forecast_gw")) {
      for (String percentile : List.of("_p05", "_p50", "_p95")) {
        cells.add(row.getAs(measure + percentile));
      }
    }
    return joined(cells);
  }

  private static String joined(List<Object> cells) {
    return cells.stream().map(String::valueOf).collect(Collectors.joining("|"));
  }

  /** Without draws the sums come about in another way: they are the same. */
  @Test
  void withoutDrawsTheSumsAreTheSame() {
    List<String> withDraws = sums();
    try {
      lake.run(new RollUpCapacity(), "capacity.replicates=0", "capacity.quarters=24");
      assertThat(sums()).isEqualTo(withDraws);
    } finally {
      lake.run(new RollUpCapacity(), "capacity.replicates=20", "capacity.quarters=24");
    }
  }

  private static List<String> sums() {
    Dataset<Row> rows = lake.table(Tables.CAPACITY_BY_QUARTER);
    return rows
        .select(
            Arrays.stream(rows.columns())
                .filter(name -> !name.matches(".*_p(05|50|95)"))
                .map(name -> col(name))
                .toArray(Column[]::new))
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
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
    assertRange(row, "gpus", 0.9e6 / 2.383, 1e6 / 2.108, 1.1e6 / 1.833);
    assertRange(row, "usd_per_gw_year", 38e9 / 7 / 1.1, 5.428571428571428e9, 38e9 / 7 / 0.9);
    assertThat(row.<Double>getAs("usd_per_ramped_gw_year_mid")).isCloseTo(5.92e9, within(0.005e9));
    assertThat(row.<Double>getAs("value_per_article_capex_low")).isCloseTo(0.69, within(0.005));
    assertThat(row.<Double>getAs("value_per_article_capex_high")).isCloseTo(1.06, within(0.005));
    assertThat(row.<String>getAs("costs_source"))
        .isEqualTo(
            "16 published estimates (Bernstein, Epoch AI, NVIDIA); of it all computing hardware");
    assertThat(row.<Double>getAs("capex_usd_per_gw_high")).isEqualTo(60e9);
    assertThat(row.<Double>getAs("capex_usd_per_gw_low")).isCloseTo(27.4e9, within(0.1e9));
    assertThat(row.<String>getAs("power_by")).isEqualTo("the article of November 2025");
    assertRange(row, "implied_kw_per_gpu", 0.9e6 / 999_999, 1e6 / 599_999.5, 5.5);
    assertRange(
        row,
        "usd_per_gpu_hour",
        38e9 / 7 / 8766 / (1.1e6 / 1.833),
        38e9 / 7 / 8766 / (1e6 / 2.108),
        38e9 / 7 / 8766 / (0.9e6 / 2.383));
    assertThat(row.<Long>getAs("peers")).as("Oracle and IREN").isEqualTo(2);
    assertThat(row.<Double>getAs("gw_at_peer_price_low")).isCloseTo(0.41, within(0.005));
    assertThat(row.<Double>getAs("gw_at_peer_price_high")).isCloseTo(0.56, within(0.005));
    assertThat(row.<String>getAs("gained_by")).isEqualTo("AMZN");
    assertRange(row, "gained_usd_per_gw", 24.0e9 / 1.1, 91.2e9, 158.4e9 / 0.9);
    assertRange(row, "gained_usd_per_deal_usd", 24.0 / 38, 91.2 / 38, 158.4 / 38);
    assertThat(row.<String>getAs("flags")).isNull();
  }

  /** 62 to 100 billion more for 2 GW: 38.6 / 2 and 38.6 / 81; and the deal's own interval. */
  @Test
  void amendmentsByTheirIncrementAndTheGainOfTheDeal() {
    Row amazon = one(Tables.CAPACITY_ECONOMICS, "deal_id = 'openai-amazon-2026-02-27'");
    assertRange(amazon, "power_gw", 2, 2, 2);
    assertThat(amazon.<Double>getAs("gained_usd_per_gw_mid")).isCloseTo(19.3e9, within(1.0));
    assertThat(amazon.<Double>getAs("gained_usd_per_deal_usd_mid")).isCloseTo(0.477, within(5e-4));
    assertThat(amazon.<String>getAs("confounders")).isEqualTo("NVDA results; deal other");
    assertThat(amazon.getList(amazon.fieldIndex("confounder_list")))
        .isEqualTo(List.of("NVDA results", "deal other"));
    assertThat(amazon.<Boolean>getAs("is_confounded")).isTrue();
    assertThat(amazon.<Double>getAs("gained_p")).isEqualTo(0.252);
    Row tpus = one(Tables.CAPACITY_ECONOMICS, "deal_id = 'anthropic-google-broadcom-2026-04-06'");
    assertThat(tpus.<String>getAs("gained_by")).isEqualTo("AVGO, GOOGL");
    assertRange(tpus, "gained_usd", 13.1e9, 147.3e9, 281.5e9);
    assertThat(tpus.<String>getAs("gain_basis")).startsWith("the deal's net");
    Row chips = one(Tables.CAPACITY_ECONOMICS, "deal_id = 'meta-amd-2026-02-24'");
    assertThat(chips.<String>getAs("charge")).isEqualTo("chips");
    assertThat(chips.<Double>getAs("usd_per_gpu_hour_mid")).isNull();
    Row space = one(Tables.CAPACITY_ECONOMICS, "deal_id = 'fluidstack-cipher-2025-09-25'");
    assertThat(space.<String>getAs("charge")).isEqualTo("space-and-power");
    assertThat(space.<Double>getAs("usd_per_gpu_hour_mid")).isNull();
  }

  private static double[] online(String provider, String customer, String quarter) {
    Row row =
        one(
            Tables.CAPACITY_BY_QUARTER,
            "provider = '%s' and customer = '%s' and gpu_model = 'ALL' and quarter = '%s'"
                .formatted(provider, customer, quarter));
    return new double[] {row.<Double>getAs("power_online_gw_mid"), row.<Double>getAs("assumed_gw")};
  }

  /** Milestones of the sample: what is stated for a day, and what is an option or assumed. */
  @Test
  void milestonesOfTheSample() {
    assertThat(online("AMD", "OpenAI", "2026Q4")).containsExactly(1, 0);
    assertThat(online("AMD", "OpenAI", "2030Q4")).containsExactly(1, 0);
    assertThat(online("AMD", "Meta", "2026Q4")).containsExactly(1, 0);
    assertThat(online("Cipher Mining", "Amazon", "2026Q2")).containsExactly(0, 0);
    assertThat(online("Cipher Mining", "Amazon", "2026Q3"))
        .as("two phases from July, half of the days by the end of September")
        .containsExactly(0.15, 0);
    assertThat(online("Cipher Mining", "Amazon", "2026Q4")).containsExactly(0.3, 0);
    assertThat(online("Cipher Mining", "Fluidstack", "2026Q3")).containsExactly(0.168, 0);
    assertThat(online("Amazon", "Anthropic", "2025Q1")).containsExactly(0, 0);
    assertThat(online("Amazon", "Anthropic", "2025Q2")).containsExactly(0.478, 0);
    assertThat(online("Amazon", "Anthropic", "2025Q4")).containsExactly(0.751, 0);
    assertThat(online("Amazon", "Anthropic", "2026Q1")).containsExactly(1.092, 0);
    double u = (1 + 886) / 1801.0; // 2026-01-26 to 2028-06-30, of 2026-01-26 to 2030-12-31
    double[] coreweave = online("CoreWeave", "undisclosed", "2028Q2");
    assertThat(coreweave[0]).isZero();
    assertThat(coreweave[1]).isCloseTo(5 * u * u * (3 - 2 * u), within(1e-9));
    assertThat(online("CoreWeave", "undisclosed", "2030Q4")).containsExactly(5, 0);
    Row options =
        one(
            Tables.CAPACITY_BY_QUARTER,
            "provider = 'AMD' and customer = 'Meta' and gpu_model = 'ALL' and quarter = '2026Q4'");
    assertThat(options.<Double>getAs("power_option_gw_mid")).isEqualTo(5);
  }

  /** The answers to the article, each with what it asserts. */
  @Test
  void theArticlePieceByPiece() {
    assertPiece("openai-aws-one-day-gain: amount", "supported under a reading", 0.34);
    assertPiece("openai-aws-joint: attribution", "contradicted", null);
    assertThat(explanation("openai-aws-joint: attribution"))
        .isEqualTo("misattributed: the amount is of Oracle alone; none is known of Google.");
    assertPiece("openai-aws-azure: amount", "supported", 0.0);
    assertPiece("openai-aws-azure: modality", "contradicted", null);
    assertThat(explanation("openai-aws-azure: modality"))
        .isEqualTo("signed since 2025-10-28, not planned.");
    assertPiece("openai-aws-expansion: date 2", "contradicted", null);
    assertThat(explanation("openai-aws-capex: amount"))
        .endsWith("Its low end is above 14 of 16 published estimates.");
    assertPiece("oracle-backlog-return: rank-since", "not measurable", null);
    assertPiece("openai-aws-days: date", "supported", 0.17);
    assertPiece("openai-aws-days: event", "contradicted", null);
    assertThat(explanation("openai-aws-days: event")).contains("the right of first refusal");
    assertPiece("openai-aws-first: order", "supported", null);
    assertPiece("amazon-anthropic-investor: event", "supported", null);
    assertPiece("aws-behind-in-ai: statement", "not measurable", null);
    assertPiece("openai-aws-precedent: record", "contradicted", null);
    assertThat(piece("openai-aws-value: amount").<Boolean>getAs("could_have_failed"))
        .as("the announcement is the print")
        .isFalse();
    assertThat(piece("openai-aws-one-day-gain: amount").<Boolean>getAs("could_have_failed"))
        .isTrue();
  }

  private static Row piece(String statement) {
    return one(Tables.ARTICLE_CHECK, "statement = '" + statement + "'");
  }

  private static String explanation(String statement) {
    return piece(statement).getAs("explanation");
  }

  private static void assertPiece(String statement, String verdict, Double offBy) {
    Row row = piece(statement);
    assertThat(row.<String>getAs("verdict")).as(statement).isEqualTo(verdict);
    if (offBy == null) {
      assertThat(row.<Double>getAs("off_by")).as(statement).isNull();
    } else {
      // To the percent.
      assertThat(row.<Double>getAs("off_by")).as(statement).isCloseTo(offBy, within(0.005));
    }
  }

  /** One row a customer; OpenAI's dollars as of the last change. */
  @Test
  void concentrationNow() {
    assertThat(lake.table(Tables.CONCENTRATION_NOW).groupBy("focal").count().where("count > 1"))
        .satisfies(many -> assertThat(many.count()).isZero());
    Row openAi = one(Tables.CONCENTRATION_NOW, "focal = 'OpenAI'");
    assertThat(openAi.<String>getAs("top")).isEqualTo("Oracle");
    // Amazon 100 to 138, Microsoft 250, Oracle 300, CoreWeave 22.4, Cerebras 10; billion.
    double[] usd = {119, 250, 300, 22.4, 10};
    double total = 701.4;
    double hhi = 0;
    for (double amount : usd) {
      hhi += amount / total * (amount / total);
    }
    assertThat(openAi.<Double>getAs("hhi")).isCloseTo(hhi, within(1e-9));
    assertThat(openAi.<Double>getAs("effective_number")).isCloseTo(1 / hhi, within(1e-6));
    assertThat(openAi.<Double>getAs("top_share")).isCloseTo(300 / total, within(1e-9));
  }

  /** Amazon at the end of 2025: OpenAI's 1 GW, Anthropic's are announced. */
  @Test
  void marketValueAGw() {
    Row amazon = one(Tables.MARKET_PER_GW, "organisation = 'Amazon' and quarter = '2025Q4'");
    assertThat(amazon.<Double>getAs("contracted_gw")).isEqualTo(1);
    assertThat(amazon.<Double>getAs("abnormal_usd_per_gw")).isEqualTo(91.2e9);
    assertThat(amazon.<Double>getAs("market_cap_usd_per_gw")).isEqualTo(2.4e12);
    assertThat(amazon.<Long>getAs("company_days")).isEqualTo(1);
    Row google = one(Tables.MARKET_PER_GW, "organisation = 'Google' and quarter = '2026Q2'");
    assertThat(google.<Double>getAs("joint_gw")).isEqualTo(3.5);
    assertThat(google.<Double>getAs("abnormal_usd_per_gw")).as("no GW of its own").isNull();
  }

  @Test
  void contradictingFiguresAreFlagged() {
    assertThat(
            one(Tables.CAPACITY_ECONOMICS, "deal_id = 'anthropic-google-2025-10-23'")
                .<String>getAs("flags"))
        .isEqualTo(
            "does-not-fit: power_gw is stated as 1, but the other statements need 1.467 to 2.273;"
                + " does-not-fit: kw_per_gpu is stated as 1.467 to 2.273, but the other statements"
                + " need 1; does-not-fit: gpus is stated as 1000000, but the other statements need"
                + " 439900 to 681700");
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
                .where("as_of < date'2025-09-23' or as_of = date'2025-09-23' and moment = 'before'")
                .count())
        .as("Oracle's are signed since 2025-09-23: before, they do not slip in among the signed")
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
    double rest = 1 + 1 + 1.092;
    Row joint = one(Tables.COMMITMENT_SHARES, anthropic + "kind = 'joint'");
    assertThat(joint.<String>getAs("counterparty")).isEqualTo("Broadcom + Google");
    assertThat(joint.getList(joint.fieldIndex("counterparties")))
        .isEqualTo(List.of("Broadcom", "Google"));
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
    assertThat(close.<Double>getAs("allowed_low")).isEqualTo(126e9);
    assertThat(close.<String>getAs("precision")).isEqualTo("about");
    assertThat(close.<Double>getAs("off_by")).isCloseTo(0.34, within(0.005));
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
    for (String draws : List.of("capacity.replicates=0", "capacity.replicates=20")) {
      assertThat(twice.run(new RollUpCapacity(), "capacity.quarters=2", draws).message())
          .as(draws)
          .isEqualTo(
              "possible-duplicate: a, b have the same deal, parties, model and dates; each is"
                  + " counted");
    }
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
