package io.dealimpact.source.landing;

import static io.dealimpact.source.landing.ReadFile.errors;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.source.Feed;
import io.dealimpact.source.RawRecord;
import io.dealimpact.source.RecordReader;
import io.dealimpact.source.text.CharInput;
import io.dealimpact.source.text.Compression;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecReaderTest {
  private static final String SHARES =
      """
      "dei": {"EntityPublicFloat": {"units": {"USD": [{"end": "x", "val": 1}]}},
      "EntityCommonStockSharesOutstanding": {"label": "l", "units": {"shares": [
      {"end": "2020-10-21", "val": 501751183, "accn": "0001", "form": "10-Q", "filed": "2020-10-30"},
      {"end": "2021-01-20", "val": 5.03e8, "form": "10-K", "filed": "2021-02-03"}]}}}\
      """;
  private static final String GAAP =
      "\"us-gaap\": {\"Assets\": {\"units\": {\"shares\": [{\"val\": 9}]}}}";
  private static final String FACTS =
      "{\"cik\": 1018724, \"entityName\": \"AMAZON.COM, INC.\", \"facts\": {"
          + GAAP
          + ","
          + SHARES
          + ","
          + GAAP
          + "}}";

  private static List<RawRecord> read(String content) {
    return ReadFile.of("shares/sec/CIK0001018724.json", content);
  }

  @Test
  void findsTheShareCountsAndNothingElse() {
    List<RawRecord> rows = read(FACTS);
    assertThat(errors(rows)).isEmpty();
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).values())
        .containsExactly(
            null,
            "1018724",
            "AMAZON.COM, INC.",
            "2020-10-21",
            "501751183",
            "2020-10-30",
            "SEC dei:EntityCommonStockSharesOutstanding 10-Q",
            null,
            null);
    assertThat(rows.get(0).extraFields()).isEqualTo("{\"accn\":\"0001\",\"form\":\"10-Q\"}");
    assertThat(rows.get(0).line()).isEqualTo(3);
    assertThat(rows.get(1).raw()).startsWith("{\"end\": \"2021-01-20\"").endsWith("}");
  }

  @Test
  void theFileNameGivesTheCikWhenTheFactsComeFirst() {
    assertThat(read("{\"facts\": {" + SHARES + "}}").get(0).values()[1]).isEqualTo("0001018724");
  }

  @Test
  void aFileWithoutSharesSaysSo() {
    List<RawRecord> rows =
        read("{\"cik\": 1326801, \"entityName\": \"Meta\", \"facts\": {" + GAAP + "}}");
    assertThat(errors(rows)).containsExactly("0:no-rows");
    assertThat(rows.get(0).detail())
        .isEqualTo("Meta has no facts.dei.EntityCommonStockSharesOutstanding.units.shares");
    assertThat(errors(read("[1]"))).containsExactly("1:malformed-json");
    assertThat(errors(read("\n"))).containsExactly("1:empty-file");
  }

  @Test
  void aBreakKeepsWhatCameBefore() {
    List<RawRecord> rows = read(FACTS.substring(0, FACTS.indexOf("5.03e8")));
    assertThat(rows).hasSize(2);
    assertThat(errors(rows)).containsExactly("4:malformed-json");
    assertThat(errors(read(FACTS.substring(0, FACTS.length() - 1))))
        .containsExactly("4:malformed-json");
  }

  @Test
  void aHundredMegabytesAreStreamed() throws IOException {
    CharInput input =
        CharInput.open(
            ReadFile.repeated(
                "{\"cik\": 1, \"facts\": {\"us-gaap\": {\"x\": [{\"val\": 1}",
                ", {\"end\": \"2020-01-01\", \"val\": 123, \"form\": \"10-K\"}",
                2_000_000,
                "]}," + SHARES + "}}"),
            Compression.NONE);
    RecordReader reader =
        ReadFile.format("shares/sec/x.json").open(Feed.SHARES, "shares/sec/x.json", input);
    assertThat(reader.read().values()[4]).isEqualTo("501751183");
  }
}
