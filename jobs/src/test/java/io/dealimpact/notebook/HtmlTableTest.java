package io.dealimpact.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.testing.SparkForTests;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class HtmlTableTest {
  @Test
  void aColumnSharesItsDecimals() {
    assertThat(HtmlTable.numbers(List.of("104.55031257", "-22.0", "", "0.0", "NaN", "0.0061")))
        .containsExactly("104.55", "−22.00", "", "0.00", "NaN", "6.10E-3");
    assertThat(HtmlTable.numbers(List.of("0.6093314", "0.0066315", "2.622169087674393E-7")))
        .containsExactly("0.60933", "0.00663", "2.62E-7");
    assertThat(HtmlTable.numbers(List.of("2.61076455420642E12", "-0.5")))
        .containsExactly("2,610,764,554,206", "−0");
    assertThat(HtmlTable.numbers(List.of("21.0", "9.0", "1.0E2")))
        .containsExactly("21", "9", "100");
  }

  @Test
  void rowsBecomeATable() {
    assertThat(
            HtmlTable.of(
                SparkForTests.session()
                    .sql("select 'R&D <x>' as what, 1.5D as share, cast(null as double) as none"),
                10))
        .contains("<th style=\"text-align:left\">what</th>")
        .contains("<td style=\"text-align:left\">R&amp;D &lt;x&gt;</td>")
        .contains("<td style=\"text-align:right\">1.5</td>")
        .contains("<td style=\"text-align:right\"></td>")
        .doesNotContain("only the first");
  }

  @Test
  void moreRowsThanShownAreSaid() {
    assertThat(HtmlTable.of(SparkForTests.session().range(3).toDF(), 2))
        .contains("<p>… only the first 2 rows.</p>");
  }
}
