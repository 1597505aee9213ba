package io.dealimpact.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SheetTest {
  private static Sheet sheet(String... cells) {
    return new Sheet(
        "SELECT 1",
        List.of(
            new Sheet.Column("name", Sheet.Kind.TEXT), new Sheet.Column("usd", Sheet.Kind.NUMBER)),
        List.of(
            List.of(cells[0], cells[1]),
            List.of(cells[2], cells[3]),
            List.of(cells[4], cells[5]),
            List.of(cells[6], cells[7])));
  }

  private static String packed(Sheet sheet) {
    return Chart.inScript(sheet.packed(new HashMap<>()).get("cells"));
  }

  @Test
  void numbersHaveSevenDigitsAndNoneIsEmpty() {
    assertThat(packed(sheet("a", "9.123456789E10", "b", "", "c", "0.0", "d", "-0.1")))
        .isEqualTo("[[\"a\",\"b\",\"c\",\"d\"],[9.123457E+10,\"\",0,-0.1]]");
  }

  @Test
  void aColumnOfEqualCellsIsOneCell() {
    assertThat(packed(sheet("a", "1", "a", "1", "a", "1", "a", "1"))).isEqualTo("[\"a\",1]");
  }

  @Test
  void cellsThatOccurAgainAreStoredOnceWhereThatIsShorter() {
    List<?> cells =
        (List<?>)
            sheet("alpha", "0.0123", "beta", "0.0456", "alpha", "0.0123", "alpha", "0.0123")
                .packed(new HashMap<>())
                .get("cells");
    assertThat(cells.get(0))
        .isEqualTo(Map.of("of", List.of("alpha", "beta"), "at", List.of(0, 1, 0, 0)));
    assertThat(Chart.inScript(cells.get(1))).isEqualTo("{\"at\":[0,1,0,0],\"of\":[0.0123,0.0456]}");
    assertThat(packed(sheet("a", "1", "b", "2", "a", "3", "a", "4")))
        .isEqualTo("[[\"a\",\"b\",\"a\",\"a\"],[1,2,3,4]]");
  }

  @Test
  void theLinesThatQueriesShareAreStoredOnce() {
    Map<String, Integer> lines = new LinkedHashMap<>();
    List<Sheet.Column> columns = List.of(new Sheet.Column("name", Sheet.Kind.TEXT));
    Sheet first = new Sheet("SELECT name\nFROM a\nWHERE id = '1'", columns, List.of());
    Sheet second = new Sheet("SELECT name\nFROM a\nWHERE id = '2'", columns, List.of());

    assertThat(first.packed(lines)).containsEntry("sql", List.of(0, 1, 2));
    assertThat(second.packed(lines)).containsEntry("sql", List.of(0, 1, 3));
    assertThat(lines.keySet())
        .containsExactly("SELECT name", "FROM a", "WHERE id = '1'", "WHERE id = '2'");
  }
}
