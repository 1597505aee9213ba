package io.dealimpact.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.testing.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code sql} prints is read by programs, and what it is given is typed by people. */
@Tag("spark")
class SqlAnswerTest {
  private static final String HOSTILE_ROW =
      "select 'a,b' as `x,y`, 'say \"hi\"' as q, '  pad ' as p, cast(null as string) as n, '' as e,"
          + " 'two\\nlines' as l, array(1, 2) as a, date'2025-11-03' as d, 1/3D as x,"
          + " timestamp'2025-11-03 14:00:00.5' as `t``s`, 2 as x";

  private static String answer(Path lake, Answers.Format format, String sql) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Answers(
            SparkForTests.session(),
            new ConfigurationReader().read(Optional.empty(), List.of("lake=" + lake)))
        .query(sql, format, new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }

  @Test
  void printsWhatProgramsReadBack(@TempDir Path lake, @TempDir Path other) {
    new ConformFixture(lake)
        .silver(Tables.FX, "currency|trade_date|usd_per_unit", "EUR|2025-11-03|1.15");
    new ConformFixture(other)
        .silver(Tables.FX, "currency|trade_date|usd_per_unit", "GBP|2025-11-03|1.3");

    assertThat(answer(lake, Answers.Format.CSV, HOSTILE_ROW))
        .isEqualTo(
            "\"x,y\",q,p,n,e,l,a,d,x,t`s,x\n"
                + "\"a,b\",\"say \"\"hi\"\"\",  pad ,,\"\",\"two\nlines\",\"[1,2]\",2025-11-03,"
                + "0.3333333333333333,2025-11-03T14:00:00.5Z,2\n");
    assertThat(answer(lake, Answers.Format.JSON, HOSTILE_ROW))
        .isEqualTo(
            "[\n{\"x,y\":\"a,b\",\"q\":\"say \\\"hi\\\"\",\"p\":\"  pad \",\"n\":null,\"e\":\"\","
                + "\"l\":\"two\\nlines\",\"a\":[1,2],\"d\":\"2025-11-03\",\"x\":0.3333333333333333,"
                + "\"t`s\":\"2025-11-03T14:00:00.500000Z\",\"x\":2}\n]\n");
    assertThat(answer(lake, Answers.Format.TABLE, HOSTILE_ROW).lines().skip(2))
        .singleElement()
        .asString()
        .contains("two\\nlines", "0.3333333333333333", "2025-11-03 14:00:00.5");
    assertThat(answer(lake, Answers.Format.CSV, "select currency from silver.fx where false"))
        .isEqualTo("currency\n");
    // A name means the lake that was asked, also where another one had it before.
    assertThat(answer(lake, Answers.Format.CSV, "select currency from silver.fx"))
        .isEqualTo("currency\nEUR\n");
    assertThat(answer(other, Answers.Format.CSV, "select currency from silver.fx"))
        .isEqualTo("currency\nGBP\n");
  }

  @Test
  void refusesWhatWritesAndSaysWhatIsWrong(@TempDir Path lake) {
    ConformFixture fixture =
        new ConformFixture(lake)
            .silver(Tables.FX, "currency|trade_date|usd_per_unit", "EUR|2025-11-03|1.15");

    for (String statement :
        List.of(
            "delete from silver.fx",
            "drop table silver.fx",
            "insert into silver.fx values ('X', current_date(), 1)",
            "with a as (select * from silver.fx) insert into silver.fx select * from a",
            "create table silver.more as select 1 as a",
            "set spark.sql.ansi.enabled=false")) {
      refused(lake, statement, "The query was not run: it is a statement of kind");
    }
    assertThat(fixture.version(Tables.FX)).isZero();
    refused(
        lake,
        "selec 1",
        "The query cannot be run: [PARSE_SYNTAX_ERROR] Syntax error at or near 'selec'");
    refused(lake, "select * from silver.fxx", "The table or view `silver`.`fxx` cannot be found");
    refused(lake, "select nope from silver.fx", "with name `nope` cannot be resolved");
    refused(lake, "select 1/0", "The query cannot be run: [DIVIDE_BY_ZERO] Division by zero");
    assertThat(answer(lake, Answers.Format.CSV, "show tables in silver"))
        .contains("silver,fx,false");
    assertThatThrownBy(() -> answer(lake.resolve("none"), Answers.Format.CSV, "select 1"))
        .isInstanceOfSatisfying(
            DealImpactException.class, e -> assertThat(e.exitCode().status()).isEqualTo(20))
        .hasMessageContaining("Run 'deal-impact nightly' first, or check --lake");
  }

  private static void refused(Path lake, String sql, String message) {
    assertThatThrownBy(() -> answer(lake, Answers.Format.CSV, sql))
        .as(sql)
        .isInstanceOfSatisfying(
            DealImpactException.class, e -> assertThat(e.exitCode().status()).isEqualTo(2))
        .hasMessageContaining(message);
  }
}
