package io.dealimpact.source.landing;

import static io.dealimpact.source.landing.ReadFile.errors;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.source.RawRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrenchReaderTest {
  private static final String PATH = "factors/french/x.csv";

  @Test
  void readsHisOwnLayout() {
    List<RawRecord> rows =
        ReadFile.of(
            PATH,
            String.join(
                "\r\n",
                "This file was created by using the 202601 CRSP database.",
                "The Tbill return is the simple daily rate, that, over",
                "",
                ",Mkt-RF,SMB,HML,RMW,CMA,RF",
                "19630701,   -0.67,    0.00,   -0.34,   -0.01,    0.16,    0.01",
                "19630702,  -99.99, -999,   -0.34,   -0.01,    0.16,    0.01",
                "",
                "Copyright 2026 Eugene F. Fama and Kenneth R. French",
                ""));
    assertThat(errors(rows)).isEmpty();
    assertThat(rows).extracting(RawRecord::line).containsExactly(5L, 6L);
    assertThat(rows.get(0).values())
        .containsExactly(
            "french-daily",
            "19630701",
            "-0.67",
            "0.00",
            "-0.34",
            "-0.01",
            "0.16",
            null,
            "0.01",
            "percent");
    assertThat(rows.get(1).values()).contains("-99.99", "-999");
  }

  @Test
  void readsTheMomentumFileAndIsoDates() {
    List<RawRecord> rows =
        ReadFile.of(PATH, "prose\n\nDate,Mom   \n1926-11-03,   0.54\n1926-11-04,  -0.51\n");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).values())
        .containsExactly(
            "french-daily", "1926-11-03", null, null, null, null, null, "0.54", null, "percent");
  }

  @Test
  void stopsAtTheNextTable() {
    List<RawRecord> rows =
        ReadFile.of(
            PATH,
            """
            ,Mkt-RF,SMB,HML,RF
            20250102,1,2,3,4

             Annual Factors: January-December
            ,Mkt-RF,SMB,HML,RF
            1927,1,2,3,4
            20250103,9,9,9,9
            """);
    assertThat(rows).singleElement().matches(row -> row.line() == 2);
  }

  @Test
  void aDamagedRowWithinTheTableDoesNotEndIt() {
    List<RawRecord> rows =
        ReadFile.of(
            PATH,
            ",Mkt-RF,RF\n20250102,1,2\n2025#103,1,2\n\n20250106,1\n20250107,1,2\n\nCopyright\n");
    assertThat(errors(rows)).containsExactly("3:malformed-record", "5:malformed-record");
    assertThat(rows.get(1).detail()).isEqualTo("it does not start with a day (yyyymmdd)");
    assertThat(rows).extracting(RawRecord::line).containsExactly(2L, 3L, 5L, 6L);
  }

  @Test
  void everyDamagedDayIsCountedWhereverItStands() {
    StringBuilder file = new StringBuilder(",Mkt-RF,RF\n2025010,1,2\n20250102,1,2\n");
    for (int i = 0; i < 26; i++) {
      file.append("2025#1").append(i).append(",1,2\n");
    }
    file.append(
        "20250303,1,2\n2025-3-4,1,2\n2025\n\nCopyright 2026, Eugene F. Fama, Kenneth R. French\n");
    List<RawRecord> rows = ReadFile.of(PATH, file.toString());
    // One before the first day, 26 in the middle, two after the last; the prose is no row.
    assertThat(errors(rows)).hasSize(29).allMatch(error -> error.endsWith(":malformed-record"));
    assertThat(rows).hasSize(31);
    assertThat(rows).extracting(RawRecord::line).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aRowThatTheEndOfTheFileCutsOffIsCounted() {
    String whole = ",Mkt-RF,RF\n20250102,1,2\n20250103,1,2.25\n";
    for (int cut = 1; cut <= "20250103,1,2.25\n".length() - 1; cut++) {
      List<RawRecord> rows = ReadFile.of(PATH, whole.substring(0, whole.length() - cut));
      assertThat(rows).as("cut by %d", cut).hasSize(2);
      assertThat(errors(rows)).containsExactly("3:malformed-record");
    }
    assertThat(errors(ReadFile.of(PATH, whole))).isEmpty();
  }

  @Test
  void saysWhenThereIsNothingDaily() {
    assertThat(ReadFile.of(PATH, "prose, only\nprose\n").get(0).detail())
        .isEqualTo("no header line with factors (,Mkt-RF,SMB,HML,RF) was found");
    assertThat(ReadFile.of(PATH, ",Mkt-RF,RF\n192607,1,2\n192608,1,2\n"))
        .singleElement()
        .extracting(RawRecord::detail)
        .isEqualTo("no day (yyyymmdd) follows the header; is it a monthly file?");
    assertThat(errors(ReadFile.of(PATH, ""))).containsExactly("1:empty-file");
  }
}
