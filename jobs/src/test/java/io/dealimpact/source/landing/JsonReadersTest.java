package io.dealimpact.source.landing;

import static io.dealimpact.source.landing.ReadFile.errors;
import static io.dealimpact.source.landing.ReadFile.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.source.Feed;
import io.dealimpact.source.RawRecord;
import io.dealimpact.source.ReadRule;
import io.dealimpact.source.RecordReader;
import io.dealimpact.source.json.JsonReaders;
import io.dealimpact.source.text.CharInput;
import io.dealimpact.source.text.Compression;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReadersTest {
  private static final String DEAL =
      """
      {"deal_id": "openai-aws", "announced_at": "2025-11-03T09:00:00-05:00", "title": "OpenAI, \\u00c4WS",
       "deal_type": "cloud-compute", "status": "signed", "value_usd": {"low": 38e9, "high": 38000000000.00}, "term_years": 7,
       "parties": [{"organisation": "OpenAI", "role": "customer"}, {"organisation": "Amazon", "share": 1.50}],
       "source": {"title": "AWS", "url": "https://x", "page": 3}, "mood": ["good"]}""";

  private static List<RawRecord> deals(String content) {
    return ReadFile.of("deals/x.json", content);
  }

  private static String deal(RawRecord record, String column) {
    return value(Feed.DEALS, record, column);
  }

  private static List<String> ids(List<RawRecord> records) {
    return records.stream().map(record -> record.values()[0]).toList();
  }

  @Test
  void aDealKeepsItsNumbersAsWritten() {
    RawRecord row = deals(DEAL).get(0);
    assertThat(row.values())
        .containsExactly(
            "openai-aws",
            "2025-11-03T09:00:00-05:00",
            "OpenAI, \u00c4WS",
            "cloud-compute",
            "signed",
            "38e9",
            "38000000000.00",
            "7",
            "[{\"organisation\":\"OpenAI\",\"role\":\"customer\"},"
                + "{\"organisation\":\"Amazon\",\"share\":1.50}]",
            "AWS",
            "https://x",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    assertThat(row.extraFields()).isEqualTo("{\"source.page\":3,\"mood\":[\"good\"]}");
    assertThat(row.raw()).isEqualTo(DEAL);
    assertThat(row.line()).isEqualTo(1);
  }

  @Test
  void otherNewsOfADealIsATextOrAListOfThem() {
    assertThat(
            deals(
                    """
                    {"deal_id": "a", "confounders": ["results", "a convertible"]}
                    {"deal_id": "b", "confounders": "results"}
                    {"deal_id": "c", "confounders": []}
                    {"deal_id": "d", "confounders": [1]}
                    """)
                .stream()
                .map(r -> r.error() == null ? value(Feed.DEALS, r, "confounders") : r.detail()))
        .containsExactly(
            "results; a convertible",
            "results",
            null,
            "'confounders' is an array where a single value is expected");
  }

  @Test
  void arraysObjectsAndLinesAreToldApartByContent() {
    String oneLine = DEAL.replace("\n", " ");
    assertThat(deals("\uFEFF\n [" + DEAL + ",\n" + DEAL + "]\n"))
        .extracting(RawRecord::line)
        .containsExactly(2L, 6L);
    assertThat(deals(DEAL + "\n" + DEAL)).hasSize(2);
    assertThat(deals(oneLine)).hasSize(1);
    assertThat(deals("\n" + oneLine + "\r\n\r\n" + oneLine + "\r\n"))
        .extracting(RawRecord::line)
        .containsExactly(2L, 4L);
    assertThat(deals("[" + oneLine + "," + oneLine + "]"))
        .allMatch(row -> row.raw().equals(oneLine))
        .hasSize(2);
    assertThat(errors(deals("[]"))).containsExactly("0:no-rows");
    assertThat(errors(deals(" \n"))).containsExactly("1:empty-file");
    assertThat(ReadFile.of("deals/x.jsonl.zst", ReadFile.zstd(oneLine))).hasSize(1);
  }

  @Test
  void aBrokenLineDoesNotHarmTheNext() {
    List<RawRecord> rows =
        deals(
            "{\"deal_id\": \"a\"}\n{\"deal_id\": \"b\", \"tit\n{\"deal_id\": \"c\"} x\nnonsense\n[1]\n{\"deal_id\": \"d\"}\n");
    assertThat(errors(rows))
        .containsExactly(
            "2:malformed-json", "3:malformed-json", "4:malformed-json", "5:malformed-record");
    assertThat(rows.get(1).detail()).contains("line 2 column");
    assertThat(ids(rows)).containsExactly("a", null, null, null, null, "d");
    assertThat(errors(deals("{\"deal_id\": \"b\", \"tit\n{\"deal_id\": \"c\"}\n")))
        .containsExactly("1:malformed-json");
    assertThat(ids(deals("rubbish\n{\"deal_id\": \"c\"}\n"))).containsExactly(null, "c");
  }

  @Test
  void aBrokenDocumentKeepsWhatCameBefore() {
    List<RawRecord> rows = deals("[\n{\"deal_id\": \"a\"},\n{\"deal_id\": \"b\", \"title\": \"x");
    assertThat(ids(rows)).containsExactly("a", null);
    assertThat(errors(rows)).containsExactly("3:malformed-json");
    assertThat(rows.get(1).detail())
        .contains("line 3 column")
        .contains("what came before was read");
    assertThat(rows.get(1).raw()).isEqualTo("{\"deal_id\": \"b\", \"title\": \"x");
    assertThat(errors(deals("[{\"deal_id\": \"a\"}] tail"))).containsExactly("1:malformed-json");
    // Data frames write NaN where there is no value.
    assertThat(ids(deals("[{\"deal_id\": NaN}]"))).containsExactly((String) null);
    assertThat(errors(deals("[{\"deal_id\": NaN}]"))).isEmpty();
    assertThat(errors(deals("[{\"deal_id\": \"a\"},\n 7, {\"deal_id\": \"b\"}]")))
        .containsExactly("2:malformed-record");
  }

  @Test
  void aTruncatedFileIsNotCalledMalformed() {
    StringBuilder array = new StringBuilder("[");
    Random random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      array
          .append(i == 0 ? "" : ",\n")
          .append("{\"deal_id\": \"")
          .append(random.nextLong())
          .append("\"}");
    }
    byte[] whole = ReadFile.gzip(array.append("]").toString());
    List<RawRecord> rows = ReadFile.of("deals/x.json.gz", Arrays.copyOf(whole, whole.length / 2));
    assertThat(rows).hasSizeBetween(2_000, 3_000);
    assertThat(errors(rows)).containsExactly(rows.size() + ":truncated-file");
  }

  @Test
  void duplicateFieldsAreAnErrorOfTheirRecordOnly() {
    List<RawRecord> rows =
        deals("[{\"deal_id\": \"a\", \"deal_id\": \"b\"}, {\"deal_id\": \"c\"}]");
    assertThat(ids(rows)).containsExactly(null, "c");
    assertThat(rows.get(0).error()).isEqualTo(ReadRule.MALFORMED_JSON);
    assertThat(rows.get(0).detail())
        .startsWith("the field 'deal_id' appears twice, line 1 column ");
  }

  @Test
  void aWrongTypeIsMalformed() {
    assertThat(deals("{\"title\": {\"en\": \"x\"}}").get(0).detail())
        .isEqualTo("'title' is an object where a single value is expected");
    assertThat(deals("{\"value_usd\": [1, 2]}").get(0).detail())
        .isEqualTo("'value_usd' is an array where a single value is expected");
    assertThat(deals("{\"parties\": \"OpenAI\"}").get(0).detail())
        .isEqualTo("'parties' is a single value where an array is expected");
    assertThat(deals("{\"parties\": [\"OpenAI\"]}").get(0).detail())
        .isEqualTo("'parties' holds something that is not an object");
    assertThat(deals("{\"value_usd\": 1, \"value_usd_low\": 2}").get(0).detail())
        .isEqualTo("'value_usd_low' is given twice, the second time as 'value_usd_low'");
  }

  @Test
  void rangesComeInThreeForms() {
    for (String form :
        List.of(
            "\"gpus\": {\"low\": 5, \"high\": 5}",
            "\"gpus\": 5",
            "\"gpus_low\": 5, \"gpus_high\": \"5\"")) {
      RawRecord row = ReadFile.of("capacity/x.json", "{" + form + ", \"power_gw\": null}").get(0);
      assertThat(value(Feed.CAPACITY, row, "gpus_low")).isEqualTo("5");
      assertThat(value(Feed.CAPACITY, row, "gpus_high")).isEqualTo("5");
      assertThat(value(Feed.CAPACITY, row, "power_gw_low")).isNull();
    }
    RawRecord gpu = ReadFile.of("gpus/x.json", "{\"price_usd\": {\"low\": 1e4}}").get(0);
    assertThat(value(Feed.GPUS, gpu, "price_usd_low")).isEqualTo("1e4");
    assertThat(value(Feed.GPUS, gpu, "price_usd_high")).isNull();
    RawRecord claim =
        ReadFile.of("claims/x.json", "{\"claimed\": 140, \"source\": \"https://y\"}").get(0);
    assertThat(value(Feed.CLAIMS, claim, "claimed_high")).isEqualTo("140");
    assertThat(value(Feed.CLAIMS, claim, "source_url")).isEqualTo("https://y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"deal_id\": %NEST%}]",
        "[{\"deal_id\": %DIGITS%}]",
        "[{\"deal_id\": \"%LONG%\"}]"
      })
  void hostileValuesAreRefused(String template) {
    String content =
        template
            .replace("%NEST%", "[".repeat(100_000))
            .replace("%DIGITS%", "9".repeat(3_000_000))
            .replace("%LONG%", "x".repeat(3_000_000));
    assertThat(errors(deals(content))).containsExactly("1:malformed-json");
  }

  @Test
  void recordsTooLargeAreSkippedAndReadingGoesOn() throws IOException {
    long megabytes = 200;
    CharInput input =
        CharInput.open(
            ReadFile.repeated(
                "[{\"deal_id\": \"a\", \"x\": [1",
                ",\"" + "y".repeat(1020) + "\"",
                megabytes << 10,
                "]},{\"deal_id\": \"b\"}]"),
            Compression.NONE);
    RecordReader reader = JsonReaders.open(Feed.DEALS, input);
    RawRecord large = reader.read();
    assertThat(large.error()).isEqualTo(ReadRule.LINE_TOO_LONG);
    assertThat(large.raw()).hasSize(4_000).startsWith("{\"deal_id\": \"a\"");
    assertThat(deal(reader.read(), "deal_id")).isEqualTo("b");
    assertThat(reader.read()).isNull();

    List<RawRecord> lines =
        deals("{\"deal_id\": \"" + "x".repeat(1_000_000) + "\"}\n{\"deal_id\": \"b\"}\n");
    assertThat(errors(lines)).containsExactly("1:line-too-long");
    assertThat(lines).hasSize(2);
  }

  @Test
  void anExponentTakesNoMemory() {
    assertThat(deal(deals("{\"value_usd\": 1e999999999}").get(0), "value_usd_low"))
        .isEqualTo("1e999999999");
  }
}
