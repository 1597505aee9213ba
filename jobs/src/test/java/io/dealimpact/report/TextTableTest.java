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
}
