package io.dealimpact.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FileOrderTest {
  private static List<String> sorted(FileOrder order, String... files) {
    return List.of(files).stream().sorted(order).toList();
  }

  @Test
  void aCorrectionFollowsWhatItCorrects() {
    FileOrder order = new FileOrder(List.of());
    assertThat(sorted(order, "bars/a-corrected.csv", "bars/a.csv"))
        .containsExactly("bars/a.csv", "bars/a-corrected.csv");
    assertThat(sorted(order, "bars/yahoo/A (1).csv", "bars/yahoo/A.csv.gz"))
        .containsExactly("bars/yahoo/A.csv.gz", "bars/yahoo/A (1).csv");
    assertThat(sorted(order, "bars/part-10.csv", "bars/part-9.csv", "bars/part-09b.csv"))
        .containsExactly("bars/part-9.csv", "bars/part-09b.csv", "bars/part-10.csv");
    assertThat(sorted(order, "bars/d_v2.csv", "bars/D.parquet"))
        .containsExactly("bars/D.parquet", "bars/d_v2.csv");
  }

  @Test
  void filesOfOneNameKeepAnOrder() {
    FileOrder order = new FileOrder(List.of());
    assertThat(sorted(order, "bars/a.csv.gz", "bars/a.csv", "bars/A.csv"))
        .containsExactly("bars/A.csv", "bars/a.csv", "bars/a.csv.gz");
  }

  @Test
  void whatIsListedWinsInTheOrderOfTheList() {
    FileOrder order = new FileOrder(List.of("bars/2025-12-fix.csv", "bars/own/*"));
    assertThat(sorted(order, "bars/own/x.csv", "bars/2025-12-fix.csv", "bars/yahoo/A.csv"))
        .containsExactly("bars/yahoo/A.csv", "bars/2025-12-fix.csv", "bars/own/x.csv");
  }

  @Test
  void whatIsReplacedComesBeforeAndAMarkInFrontComesAfter() {
    FileOrder order = new FileOrder(List.of());
    assertThat(
            sorted(
                order,
                "bars/a.csv",
                "bars/a_old.csv",
                "bars/a (2).csv",
                "bars/a (10).csv",
                "bars/a-backup.csv.gz",
                "bars/Copy of a.csv",
                "bars/new_a.csv",
                "bars/b.csv"))
        .containsExactly(
            "bars/a-backup.csv.gz",
            "bars/a_old.csv",
            "bars/a.csv",
            "bars/Copy of a.csv",
            "bars/new_a.csv",
            "bars/a (2).csv",
            "bars/a (10).csv",
            "bars/b.csv");
    assertThat(sorted(order, "bars/2025-12.csv", "bars/2025-9.csv", "bars/corrected-2025-9.csv"))
        .containsExactly("bars/2025-9.csv", "bars/corrected-2025-9.csv", "bars/2025-12.csv");
  }

  @Test
  void whatIsPreliminaryOrPutAsideComesBefore() {
    FileOrder order = new FileOrder(List.of());
    assertThat(sorted(order, "bars/new/a.csv", "bars/old/a.csv", "bars/Archive/b.csv"))
        .containsExactly("bars/Archive/b.csv", "bars/old/a.csv", "bars/new/a.csv");
    for (String before :
        List.of(
            "a_prelim",
            "a-preliminary",
            "a.draft",
            "a_tmp",
            "a (provisional)",
            "draft_a",
            "old a",
            "old/a",
            "backup/2025/z")) {
      assertThat(sorted(order, "bars/a.csv", "bars/" + before + ".csv"))
          .containsExactly("bars/" + before + ".csv", "bars/a.csv");
      assertThat(sorted(order, "bars/" + before + ".csv", "bars/a_final.csv"))
          .containsExactly("bars/" + before + ".csv", "bars/a_final.csv");
    }
    for (String after : List.of("revised_b", "final-b", "updated b", "Kopie von b", "Amended_b")) {
      assertThat(sorted(order, "bars/" + after + ".csv", "bars/b.csv", "bars/c.csv"))
          .containsExactly("bars/b.csv", "bars/" + after + ".csv", "bars/c.csv");
    }
    // A word within a name says nothing.
    assertThat(sorted(order, "bars/bold.csv", "bars/b.csv"))
        .containsExactly("bars/b.csv", "bars/bold.csv");
  }
}
