package io.dealimpact.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void columnsOfNumbersAreAlignedToTheRight() {
    TextTable table = new TextTable(List.of("name", "bn USD", "share"));
    table.add(List.of("Amazon", "+98.2", "3.76 %"));
    table.add(List.of("Oracle", "−1,234.5", ""));

    assertThat(table.print())
        .isEqualTo(
            """
            name      bn USD   share
            ──────  ────────  ──────
            Amazon     +98.2  3.76 %
            Oracle  −1,234.5
            """);
  }

  @Test
  void oneTextMakesAColumnOfTexts() {
    TextTable table = new TextTable(List.of("x"));
    table.add(List.of("1"));
    table.add(List.of("n/a"));

    assertThat(table.print()).isEqualTo("x\n───\n1\nn/a\n");
  }

  @Test
  void aTableWithoutRowsIsItsHeader() {
    assertThat(new TextTable(List.of("a", "bc")).print()).isEqualTo("a  bc\n─  ──\n");
  }

  @Test
  void aRowHasOneCellForEachColumn() {
    TextTable table = new TextTable(List.of("a", "b"));

    assertThatThrownBy(() -> table.add(List.of("1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 cells for 2 columns");
  }

  private static TextTable verdicts() {
    TextTable table = new TextTable(List.of("claim", "x", "explanation"));
    table.add(List.of("first", "1.5", "It was touched within the day, and the close is lower."));
    table.add(List.of("second", "10", "As printed."));
    return table;
  }

  @Test
  void aTableThatFitsIsPrintedWhole() {
    assertThat(verdicts().print(68)).isEqualTo(verdicts().print());
  }

  @Test
  void theWidestTextIsBrokenAtBlanksToFit() {
    assertThat(verdicts().print(44))
        .isEqualTo(
            """
            claim      x  explanation
            ──────  ───  ───────────────────────────────
            first   1.5  It was touched within the day,
                         and the close is lower.
            second   10  As printed.
            """
                .replace("claim      x", "claim     x"));
  }

  @Test
  void rowsStandBelowOneAnotherWhereColumnsDoNotFit() {
    assertThat(verdicts().print(40))
        .isEqualTo(
            """
            ─ row 1 ───────────────────────
            claim        first
            x            1.5
            explanation  It was touched within the day, and the close is lower.
            ─ row 2 ───────────────────────
            claim        second
            x            10
            explanation  As printed.
            """);
  }

  @Test
  void aWordLongerThanTheLineIsBrokenWithin() {
    TextTable table = new TextTable(List.of("a", "b"));
    table.add(List.of("1", "x".repeat(40) + " y"));

    assertThat(table.print(33).lines().skip(2).toList())
        .containsExactly("1  " + "x".repeat(30), "   " + "x".repeat(10) + " y");
  }

  @Test
  void aHeaderWithoutRowsStaysAHeader() {
    TextTable table = new TextTable(List.of("a long name", "another long name"));

    assertThat(table.print(10)).isEqualTo(table.print());
  }
}
