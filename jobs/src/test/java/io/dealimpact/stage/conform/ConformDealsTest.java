package io.dealimpact.stage.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.lake.Tables;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.StageResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deals and their parties, earnings, commitments, accelerators, claims. */
@Tag("spark")
@Tag("slow")
class ConformDealsTest {
  private static final String PARTIES =
      "[{\"organisation\":\"OpenAI\",\"role\":\"customer\"},"
          + "{\"organisation\":\"Amazon\",\"role\":\"Provider\",\"instrument_id\":\"AMZN\"}]";

  private static ConformFixture lake(Path folder) {
    return new ConformFixture(folder, "quality.max_quarantined_share=1.0");
  }

  /** Deals of every kind: right, wrong by themselves, wrong in their parties. */
  private static ConformFixture delivered(Path folder) {
    String header = "deal_id|announced_at|status|value_usd_low|value_usd_high|parties|extra_fields";
    return lake(folder)
        .file(
            Feed.DEALS,
            "deals/d.jsonl",
            header,
            "instant|2025-11-03T23:30:00-05:00|signed|38e9|38e9|" + PARTIES + "|",
            "day|2025-11-03|rumoured|||" + PARTIES + "|{\"ticket\":\"1\",\"note\":2}",
            "future|2099-01-01|planned|||" + PARTIES + "|{\"ticket\":\"2\"}",
            "no-time||signed|||" + PARTIES + "|",
            "no-day|2025-10-32|signed|||" + PARTIES + "|",
            "no-offset|2025-10-31T09:00:00|signed|||" + PARTIES + "|",
            "status|2025-10-31|maybe|||" + PARTIES + "|",
            "backwards|2025-10-31|signed|2|1|" + PARTIES + "|",
            "negative|2025-10-31|signed|-2|1|" + PARTIES + "|",
            "absent|2025-10-31|signed||||",
            "empty|2025-10-31|signed|||[]|",
            "parties|2025-10-31|signed|||[{\"organisation\":\"A\",\"role\":\"customer\"},"
                + "{\"organisation\":\"A\",\"role\":\"customer\"},"
                + "{\"organisation\":\"B\",\"role\":\"friend\"},"
                + "{\"role\":\"customer\"},\"OpenAI\",{\"organisation\":\"C\"},"
                + "{\"organisation\":\"D\",\"role\":\"provider\",\"instrument_id\":\"D\"},"
                + "{\"organisation\":\"D\",\"role\":\"provider\",\"instrument_id\":\"E\"}]|");
  }

  @Test
  void deals(@TempDir Path folder) {
    ConformFixture lake = delivered(folder);

    StageResult result;
    try (ConformDealRows rows = new ConformDealRows()) {
      result = lake.run(new ConformDeals(rows));
    }
    assertThat(result)
        .isEqualTo(
            new StageResult(12, 4, 0, 8, "unknown fields kept in bronze: note (1), ticket (2)"));
    assertThat(
            lake.rows(
                Tables.DEALS,
                "deal_id",
                "announced_at",
                "announced_date",
                "status",
                "value_low_usd"))
        .containsExactly(
            "day||2025-11-03|rumoured|",
            "future||2099-01-01|planned|",
            "instant|2025-11-04 04:30:00.0|2025-11-03|signed|3.8E10",
            "parties||2025-10-31|signed|");
    String instant =
        "it must be an ISO instant with offset, as 2025-11-03T09:00:00-05:00, or a day that exists,"
            + " as 2025-11-03";
    String noParties =
        "no-parties: the deal has no parties; at least one with organisation and role is needed";
    assertThat(lake.quarantine("deals"))
        .containsExactlyInAnyOrder(
            "deals/d.jsonl:5 missing-date: announced_at is missing; a day is needed",
            "deals/d.jsonl:6 invalid-date: announced_at is '2025-10-32'; " + instant,
            "deals/d.jsonl:7 invalid-date: announced_at is '2025-10-31T09:00:00'; " + instant,
            "deals/d.jsonl:8 unknown-status: status is 'maybe'; it must be one of rumoured, planned,"
                + " announced, signed, amended, cancelled",
            "deals/d.jsonl:9 low-above-high: value_usd_low 2 is above value_usd_high 1; the low end"
                + " must not exceed the high end",
            "deals/d.jsonl:10 negative-value: value_usd_low is '-2'; it must be 0 or above",
            "deals/d.jsonl:11 " + noParties,
            "deals/d.jsonl:12 " + noParties);
  }

  @Test
  void dealParties(@TempDir Path folder) {
    ConformFixture lake = delivered(folder);
    StageResult result;
    try (ConformDealRows rows = new ConformDealRows()) {
      lake.run(new ConformDeals(rows));
      result = lake.run(new ConformDealParties(rows));
    }
    assertThat(result).isEqualTo(new StageResult(14, 7, 1, 6, ""));
    assertThat(lake.rows(Tables.DEAL_PARTIES, "deal_id", "organisation", "role", "instrument_id"))
        .containsExactly(
            "day|Amazon|provider|AMZN",
            "day|OpenAI|customer|",
            "future|Amazon|provider|AMZN",
            "future|OpenAI|customer|",
            "instant|Amazon|provider|AMZN",
            "instant|OpenAI|customer|",
            "parties|A|customer|");
    String conflict =
        "deals/d.jsonl:13 conflicting-duplicate: the file has 2 rows for deal_id parties"
            + " organisation D role provider, and they differ; none is taken";
    assertThat(lake.quarantine("deal_parties"))
        .containsExactlyInAnyOrder(
            "deals/d.jsonl:13 unknown-role: role is 'friend'; it must be one of provider, customer,"
                + " supplier, investor, competitor",
            "deals/d.jsonl:13 missing-organisation: organisation is missing; every row needs it",
            "deals/d.jsonl:13 missing-organisation: organisation is missing; every row needs it",
            "deals/d.jsonl:13 missing-role: role is missing; every row needs it",
            conflict,
            conflict);
  }

  @Test
  void aDealHasSeveralDates(@TempDir Path folder) {
    String header = "deal_id|announced_at|status|parties|dates";
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.DEALS,
                "deals/d.jsonl",
                header,
                "dated|2025-07-22|announced|"
                    + PARTIES
                    + "|[{\"kind\":\"filing\",\"at\":\"2025-06-30T23:30:00-04:00\"},"
                    + "{\"kind\":\"Report\",\"at\":\"2025-07-02\"}]",
                "no-kind|2025-07-22|announced|" + PARTIES + "|[{\"at\":\"2025-07-02\"}]",
                "rumour|2025-07-22|announced|"
                    + PARTIES
                    + "|[{\"kind\":\"rumour\",\"at\":\"2025-07-02\"}]",
                "no-day|2025-07-22|announced|"
                    + PARTIES
                    + "|[{\"kind\":\"report\",\"at\":\"2025-07-32\"}]");
    lake.run(new ConformDeals(new ConformDealRows()));

    assertThat(lake.rows(Tables.DEALS, "deal_id", "dates"))
        .containsExactly(
            "dated|ArraySeq([filing,2025-07-01 03:30:00.0,2025-06-30],"
                + " [report,null,2025-07-02])");
    assertThat(lake.quarantine("deals"))
        .hasSize(3)
        .allMatch(
            problem ->
                problem.contains("invalid-dates: dates is '")
                    && problem.endsWith(
                        "it must be objects of kind (report, partial-report, announcement, filing,"
                            + " confirmation)"
                            + " and at (an ISO instant with offset, or a day)"));
  }

  @Test
  void anAnnouncementUnderAnotherIdIsARepetition(@TempDir Path folder) {
    String header = "deal_id|announced_at|status|title|source_url|parties";
    String other = "[{\"organisation\":\"Meta\",\"role\":\"customer\"}]";
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.DEALS,
                "deals/a.jsonl",
                header,
                "broken|2025-11-04|maybe|Another|https://a|" + PARTIES,
                "first|2025-11-03|signed|A deal|https://a|" + PARTIES)
            .file(
                Feed.DEALS,
                "deals/b.jsonl",
                header,
                "again|2025-11-03T09:00:00-05:00|announced|A deal|https://a|" + PARTIES,
                "first|2025-11-03|amended|A deal|https://a|" + PARTIES,
                "right|2025-11-04|signed|Another|https://a|" + PARTIES,
                "other-parties|2025-11-03|signed|A deal|https://a|" + other,
                "other-title|2025-11-03|signed|Their deal|https://a|" + PARTIES,
                "other-day|2025-11-05|signed|A deal|https://a|" + PARTIES,
                "no-source|2025-11-03|signed|A deal||" + PARTIES,
                "no-source-either|2025-11-03|signed|A deal||" + PARTIES);
    lake.run(new ConformDeals(new ConformDealRows()));

    assertThat(lake.rows(Tables.DEALS, "deal_id", "status"))
        .containsExactly(
            "first|amended",
            "no-source-either|signed",
            "no-source|signed",
            "other-day|signed",
            "other-parties|signed",
            "other-title|signed",
            "right|signed");
    assertThat(lake.quarantine("deals"))
        .contains(
            "deals/b.jsonl:2 repeated-under-another-id: day, title, source, provider and customer"
                + " are those of deal first, which was delivered first; deliver a correction under"
                + " that deal_id")
        .filteredOn(problem -> problem.contains("repeated"))
        .hasSize(1);
  }

  @Test
  void accelerators(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.GPUS,
                "gpus/g.json",
                "gpu_model|kw_per_gpu_low|kw_per_gpu_high",
                "GB200|1.8|2.4",
                "H100|1.7|1.4",
                "B200|0|1");

    assertThat(lake.run(new ConformGpus())).isEqualTo(new StageResult(3, 1, 0, 2, ""));
    assertThat(lake.quarantine("gpus"))
        .containsExactly(
            "gpus/g.json:3 low-above-high: kw_per_gpu_low 1.7 is above kw_per_gpu_high 1.4; the low"
                + " end must not exceed the high end",
            "gpus/g.json:4 zero-power: kw_per_gpu_low is '0'; it must be above 0 and below 1e+03");
  }

  @Test
  void commitments(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .silver(Tables.DEALS, "deal_id|announced_date|status", "deal|2025-11-03|signed")
            .file(
                Feed.GPUS,
                "gpus/g.json",
                "gpu_model|kw_per_gpu_low|kw_per_gpu_high",
                "GB200|1.8|2.4")
            .file(
                Feed.CAPACITY,
                "capacity/c.json",
                "commitment_id|deal_id|provider|customer|gpu_model|gpus_low|gpus_high|power_gw_low"
                    + "|power_gw_high|value_usd_high|first_power_date|full_power_date|status|ramp"
                    + "|known_date",
                "plain|deal|P|C|GB200|200000|999999|0.9|1.1||2025-11-03|2026-12-31|signed||",
                "amended|deal|P|C||||1|1||||signed|step|2025-12-01",
                "amended|deal|P|C||||2|2||||amended|step|2026-01-01",
                "twice|deal|P|C||||1|1||||signed|step|2025-12-01",
                "twice|deal|P|C||||2|2||||signed|step|2025-12-01",
                "orphan|other|P|C||||1|1||||signed||",
                "model|deal|P|C|X1|||1|1||||signed||",
                "power|deal|P|C||1000|1000|1|1||||signed||",
                "dates|deal|P|C||||1|||2026-01-01|2025-01-01|signed||",
                "ramp|deal|P|C||||1|1||||signed|cliff|",
                "range|deal|P|C||||2|1||||signed||",
                "mw|deal|P|C||||168|168||||signed||",
                "mw-by-value|deal|P|C||||60|60|1000000000|||signed||",
                "negative|deal|P|C||||-1|1||||signed||",
                "nobody|deal||C||||1|1||||signed||",
                "all|deal|ALL|C||||1|1||||signed||",
                "nothing|deal|P|C|||||||||signed||",
                "old|deal|P|C||||1|1||1926-01-01||signed||",
                "gpus|deal|P|C||2e9|2e9||||||signed||",
                "cancelled|deal|P|C|||||||||cancelled||2025-12-01");
    lake.run(new ConformGpus());

    assertThat(lake.run(new ConformCapacity())).isEqualTo(new StageResult(20, 4, 0, 16, ""));
    assertThat(
            lake.rows(
                Tables.CAPACITY_COMMITMENTS,
                "commitment_id",
                "known_date",
                "power_gw_high",
                "status",
                "ramp"))
        .containsExactly(
            "amended|2025-12-01|1.0|signed|step",
            "amended|2026-01-01|2.0|amended|step",
            "cancelled|2025-12-01||cancelled|",
            "plain|2025-11-03|1.1|signed|");
    String conflict =
        " conflicting-duplicate: the file has 2 rows for commitment_id twice known_date 2025-12-01,"
            + " and they differ; none is taken";
    assertThat(lake.quarantine("capacity"))
        .containsExactlyInAnyOrder(
            "capacity/c.json:5" + conflict,
            "capacity/c.json:6" + conflict,
            "capacity/c.json:7 unknown-deal: deal_id is 'other'; it must be the deal_id of a deal in"
                + " silver.deals",
            "capacity/c.json:8 unknown-gpu-model: gpu_model is 'X1'; it must be a gpu_model in"
                + " silver.gpu_models",
            "capacity/c.json:9 implausible-power-per-gpu: power and accelerators give 1000.000 to"
                + " 1000.000 kW for one; some of it must be within 0.3 to 20 kW: power is in GW, not"
                + " MW",
            "capacity/c.json:10 full-power-before-first-power: full_power_date 2025-01-01 is before"
                + " first_power_date 2026-01-01; it must be on it or after",
            "capacity/c.json:11 unknown-ramp: ramp is 'cliff'; it must be one of linear, step,"
                + " s-curve",
            "capacity/c.json:12 low-above-high: power_gw_low 2 is above power_gw_high 1; the low end"
                + " must not exceed the high end",
            "capacity/c.json:13 implausible-power: power_gw_high is '168'; it must be in GW and at"
                + " most 100, not in MW",
            "capacity/c.json:14 implausible-value-per-gw: value and power give 1.667e+07 to"
                + " 1.667e+07 USD for one GW; some of it must be within 1e+08 to 2e+12: power is in"
                + " GW, not MW",
            "capacity/c.json:15 negative-power: power_gw_low is '-1'; it must be 0 or above",
            "capacity/c.json:16 missing-provider: provider is missing; every row needs it",
            "capacity/c.json:17 reserved-name: provider is 'ALL'; it must be a name; ALL is kept for"
                + " sums",
            "capacity/c.json:18 nothing-committed: neither accelerators nor power nor value is"
                + " given; give one",
            "capacity/c.json:19 implausible-date: first_power_date is '1926-01-01'; it must be"
                + " between 2000-01-01 and 2100-01-01",
            "capacity/c.json:20 implausible-gpus: gpus_high is '2e9'; it must be at most a billion");
  }

  @Test
  void claims(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.CLAIMS,
                "claims/c.json",
                "claim_id|metric|claimed_low|claimed_high|unit|as_printed",
                "value|contract-value-usd|38000000000|38000000000|usd|38 billion",
                "date|full-power-date|2026-12-31|2026-12-31|date|end of 2026",
                "text|gpu-model|||text|GB200 and GB300",
                "odd|never-heard-of|-0.5|0.5|fraction|half",
                "bad-date|full-power-date|2026-13-31||date|",
                "bad-number|capex|38bn||usd|",
                "backwards|capex|2|1|usd|",
                "no-metric|||||");

    assertThat(lake.run(new ConformClaims())).isEqualTo(new StageResult(8, 4, 0, 4, ""));
    assertThat(lake.rows(Tables.CLAIMS, "claim_id", "claimed_low", "claimed_high"))
        .containsExactly("date|20818.0|20818.0", "odd|-0.5|0.5", "text||", "value|3.8E10|3.8E10");
    assertThat(lake.quarantine("claims"))
        .containsExactly(
            "claims/c.json:6 invalid-date: claimed_low is '2026-13-31'; it must be a day that"
                + " exists, as yyyy-MM-dd or yyyyMMdd",
            "claims/c.json:7 not-a-number: claimed_low is '38bn'; it must be a number such as 12.5,"
                + " without thousands separators or units",
            "claims/c.json:8 low-above-high: claimed_low 2 is above claimed_high 1; the low end must"
                + " not exceed the high end",
            "claims/c.json:9 missing-metric: metric is missing; every row needs it");
  }

  @Test
  void earnings(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .silver(Tables.INSTRUMENTS, "instrument_id|ticker|currency", "AMZN|AMZN|USD")
            .file(
                Feed.EARNINGS,
                "earnings/e.csv",
                "instrument_id|announced_at",
                "AMZN|2025-10-30T16:01:00-04:00",
                "AMZN|2025-07-31",
                "AMZN|soon",
                "AMZN|");
    assertThat(lake.run(new ConformEarnings())).isEqualTo(new StageResult(4, 2, 0, 2, ""));
    assertThat(lake.rows(Tables.EARNINGS, "announced_date", "announced_at"))
        .containsExactly("2025-07-31|", "2025-10-30|2025-10-30 20:01:00.0");
  }

  @Test
  void sites(@TempDir Path folder) {
    ConformFixture lake =
        lake(folder)
            .file(
                Feed.SITES,
                "sites/s.csv",
                "publisher|site|as_of|basis|provider|power_gw|capex_usd|compute_usd|gpu_usd",
                "Epoch AI|Abilene|2026-04-01||Oracle|0.59|16140000000|10970000000|",
                "Epoch AI|MW|2026-04-01||Oracle|590|||",
                "Epoch AI|parts|2026-04-01||Oracle|1|10|20|",
                "Epoch AI|undated|||Oracle|1|||",
                "|unsigned|2026-04-01||Oracle|1|||",
                "Bernstein|1 GW|2025-10-29|model||1|35000000000||13650000000",
                "Bernstein|2 GW|2025-10-29|guess||2|||",
                "Bernstein|3 GW|2025-10-29|model||3|10||11");
    assertThat(lake.run(new ConformSites())).isEqualTo(new StageResult(8, 2, 0, 6, ""));
    assertThat(
            lake.rows(Tables.SITES, "site", "as_of", "basis", "power_gw", "compute_usd", "gpu_usd"))
        .containsExactly(
            "1 GW|2025-10-29|model|1.0||1.365E10", "Abilene|2026-04-01|built|0.59|1.097E10|");
    assertThat(lake.quarantine("sites"))
        .containsExactly(
            "sites/s.csv:3 implausible-power: power_gw is '590'; it must be in GW and below 100, not"
                + " in MW",
            "sites/s.csv:4 part-above-whole: compute_usd 20 is above capex_usd 10, of which it is a"
                + " part",
            "sites/s.csv:5 missing-date: as_of is missing; a day is needed",
            "sites/s.csv:6 missing-publisher: publisher is missing; every row needs it",
            "sites/s.csv:8 unknown-basis: basis is 'guess'; it must be one of built, model",
            "sites/s.csv:9 part-above-whole: gpu_usd 11 is above capex_usd 10, of which it is a"
                + " part");
  }
}
