package io.dealimpact.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.testing.SparkForTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          104.55031257        | 104.55
          -2.5E-4             | −0.00025
          0.0                 | 0
          -6.3058123456E-5    | −0.000063058
          2.6107345E12        | 2,610,734,500,000
          0.12649999999       | 0.1265
          NaN                 | NaN
          """)
  void fractionalNumbersHaveFiveSignificantDigits(String stored, String shown) {
    assertThat(HtmlTable.number(stored)).isEqualTo(shown);
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
