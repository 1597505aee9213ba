package io.dealimpact.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.stage.conform.ConformFixture;
import io.dealimpact.testing.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code sql} prints is read by programs, and what it is given is typed by people. */
@Tag("spark")
class SqlAnswerTest {
  private static final String HOSTILE_ROW =
      "select 'a,b' as `x,y`, 'say \"hi\"' as q, '  pad ' as p, cast(null as string) as n, '' as e,"
          + " 'two\\nlines' as l, array(1, 2) as a, date'2025-11-03' as d, 1/3D as x,"
          + " timestamp'2025-11-03 14:00:00.5' as `t``s`, 2 as x";

  private static String answer(Path lake, ReadCommands.Format format, String sql) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ReadCommands(
            SparkForTests.session(),
            new ConfigurationReader().read(Optional.empty(), List.of("lake=" + lake)),
            ReadCommands.Night.PUBLISHED)
        .query(sql, format, new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }

  @Test
  void printsWhatProgramsReadBack(@TempDir Path lake, @TempDir Path other) {
    new ConformFixture(lake)
        .silver(Tables.FX, "currency|trade_date|usd_per_unit", "EUR|2025-11-03|1.15");
    new ConformFixture(other)
        .silver(Tables.FX, "currency|trade_date|usd_per_unit", "GBP|2025-11-03|1.3");

    assertThat(answer(lake, ReadCommands.Format.CSV, HOSTILE_ROW))
        .isEqualTo(
            "\"x,y\",q,p,n,e,l,a,d,x,t`s,x\n"
                + "\"a,b\",\"say \"\"hi\"\"\",  pad ,,\"\",\"two\nlines\",\"[1,2]\",2025-11-03,"
                + "0.3333333333333333,2025-11-03T14:00:00.5Z,2\n");
    assertThat(answer(lake, ReadCommands.Format.JSON, HOSTILE_ROW))
        .isEqualTo(
            "[\n{\"x,y\":\"a,b\",\"q\":\"say \\\"hi\\\"\",\"p\":\"  pad \",\"n\":null,\"e\":\"\","
                + "\"l\":\"two\\nlines\",\"a\":[1,2],\"d\":\"2025-11-03\",\"x\":0.3333333333333333,"
                + "\"t`s\":\"2025-11-03T14:00:00.500000Z\",\"x\":2}\n]\n");
    assertThat(answer(lake, ReadCommands.Format.TABLE, HOSTILE_ROW).lines().skip(2))
        .singleElement()
        .asString()
        .contains("two\\nlines", "0.333333 ", "2025-11-03 14:00:00.5");
    assertThat(answer(lake, ReadCommands.Format.CSV, "select currency from silver.fx where false"))
        .isEqualTo("currency\n");
    // A name means the lake that was asked, also where another one had it before.
    assertThat(answer(lake, ReadCommands.Format.CSV, "select currency from silver.fx"))
        .isEqualTo("currency\nEUR\n");
    assertThat(answer(other, ReadCommands.Format.CSV, "select currency from silver.fx"))
        .isEqualTo("currency\nGBP\n");
  }

  @Test
  void spreadsheetsGetTextsAndNoFormulas(@TempDir Path lake) {
    withRates(lake);
    String query =
        "select '=cmd|x' as a, '+1' as b, '-1' as c, '@x' as d, 'x=1' as e, -1.5D as f,"
            + " cast(null as string) as g, '' as `=h`";

    assertThat(answer(lake, ReadCommands.Format.SPREADSHEET, query))
        .isEqualTo("a,b,c,d,e,f,g,'=h\n'=cmd|x,'+1,'-1,'@x,x=1,-1.5,,\"\"\n");
    assertThat(answer(lake, ReadCommands.Format.CSV, query))
        .isEqualTo("a,b,c,d,e,f,g,=h\n=cmd|x,+1,-1,@x,x=1,-1.5,,\"\"\n");
  }

  private static ConformFixture withRates(Path lake) {
    return new ConformFixture(lake)
        .silver(
            Tables.FX,
            "currency|trade_date|usd_per_unit",
            "EUR|2025-11-03|1.15",
            "EUR|2025-11-04|1.16",
            "GBP|2025-11-03|1.3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from silver.fx",
        "update silver.fx set usd_per_unit = 1",
        "merge into silver.fx a using silver.fx b on a.currency = b.currency when matched then"
            + " delete",
        "truncate table silver.fx",
        "drop table silver.fx",
        "drop view `silver.fx`",
        "alter table silver.fx add columns (x int)",
        "alter table silver.fx rename to silver.fy",
        "insert into silver.fx values ('X', current_date(), 1)",
        "insert overwrite silver.fx select * from silver.fx",
        "insert overwrite directory '/tmp/deal-impact-never' using csv select 1",
        "insert overwrite local directory '/tmp/deal-impact-never' select 1",
        "with a as (select * from silver.fx) insert into silver.fx select * from a",
        "from silver.fx insert into silver.fx select *",
        "from silver.fx insert overwrite directory '/tmp/deal-impact-never' using csv select *",
        "create table silver.more as select 1 as a",
        "create table delta.`/tmp/deal-impact-never` using delta as select 1 as a",
        "create or replace table silver.fx using delta as select 1 as a",
        "create table silver.copy shallow clone silver.fx location '/tmp/deal-impact-never'",
        "create view v as select 1",
        "create temporary view v as select 1",
        "create temporary view v using text options (path '/etc/passwd')",
        "create function f as 'java.lang.System'",
        "create temporary function f as 'java.lang.System' using jar '/tmp/x.jar'",
        "create database d",
        "create catalog c",
        "restore table silver.fx to version as of 0",
        "optimize silver.fx",
        "vacuum silver.fx retain 0 hours",
        "reorg table silver.fx apply (purge)",
        "convert to delta parquet.`/tmp`",
        "generate symlink_format_manifest for table silver.fx",
        "describe detail delta.`/tmp`",
        "describe history silver.fx",
        "describe function extended reflect",
        "set spark.sql.ansi.enabled=false",
        "set spark.sql.runSQLOnFiles=true",
        "set",
        "set time zone 'Europe/Paris'",
        "reset",
        "add jar '/tmp/x.jar'",
        "add file '/etc/passwd'",
        "list files",
        "cache table silver.fx",
        "uncache table silver.fx",
        "clear cache",
        "refresh table silver.fx",
        "refresh '/tmp'",
        "analyze table silver.fx compute statistics",
        "load data inpath '/etc/passwd' into table silver.fx",
        "msck repair table silver.fx",
        "use silver",
        "declare variable x int default 1",
        "set variable x = 1",
        "execute immediate 'select 1'",
        "execute immediate 'drop table silver.fx'",
        "begin select 1; end",
        "begin drop table silver.fx; end",
        "call system.anything()",
        "kill query 1",
        "explain delete from silver.fx",
        "explain extended insert into silver.fx values ('X', current_date(), 1)",
        "explain create table t as select 1",
        "explain explain select 1",
        "show create table silver.fx",
        "show functions",
        "show tblproperties silver.fx",
        "/* select */ drop table silver.fx",
        "-- select 1\ndrop table silver.fx",
        "/* /* nested */ select 1 */ drop table silver.fx",
        "/*+ hint */ drop table silver.fx",
        "drop/**/table/**/silver.fx",
        "(delete from silver.fx)",
        "select * from (delete from silver.fx)",
        "select 1 where exists (insert into silver.fx values ('X', current_date(), 1))",
        "with a as (delete from silver.fx) select * from a",
        "select 1; drop table silver.fx",
        "select 1;;drop table silver.fx",
        "select ';' ; delete from silver.fx",
        "select 1 -- ;\n; drop table silver.fx"
      })
  void refusesStatementsThatAreNoQueries(String statement) throws IOException {
    refusedAndUnchanged(statement);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select transform(currency) using 'sh -c id' as (x) from silver.fx",
        "select transform('a') using 'sh -c id'",
        "from silver.fx map currency using 'sh -c id' as (x)",
        "from silver.fx reduce currency using 'sh -c id' as (x)",
        "from silver.fx select transform(currency) using 'sh -c id' as (x)",
        "select * from (select transform(currency) using 'sh -c id' as (x) from silver.fx)",
        "with a as (select transform('a') using 'sh -c id') select * from a",
        "select java_method('java.lang.System', 'getProperty', 'user.home')",
        "select reflect('java.lang.System', 'getProperty', 'user.home')",
        "select try_reflect('java.lang.System', 'getProperty', 'user.home')",
        "select `reflect`('java.lang.System', 'getProperty', 'user.home')",
        "select REFLECT/**/('java.lang.System', 'exit', 3)",
        "select builtin.reflect('java.lang.System', 'getProperty', 'user.home')",
        "select system.builtin.reflect('java.lang.System', 'getProperty', 'user.home')",
        "select spark_catalog.default.reflect('java.lang.System', 'getProperty', 'user.home')",
        "select identifier('reflect')('java.lang.System', 'getProperty', 'user.home')",
        "select identifier('re' || 'flect')('java.lang.System', 'getProperty', 'user.home')",
        "select currency from silver.fx order by reflect('java.lang.System', 'lineSeparator')",
        "select currency from silver.fx where reflect('java.lang.System', 'lineSeparator') = 'x'",
        "select count(*) from silver.fx group by reflect('java.lang.System', 'lineSeparator')",
        "select sum(1) over w from silver.fx window w as (partition by"
            + " reflect('java.lang.System', 'lineSeparator'))",
        "select sum(1) over (order by reflect('java.lang.System', 'lineSeparator')) from silver.fx",
        "select * from silver.fx a join silver.fx b on reflect('java.lang.System', 'nanoTime') = ''",
        "select transform(array(1), x -> reflect('java.lang.System', 'lineSeparator'))",
        "select (select reflect('java.lang.System', 'lineSeparator'))",
        "select 1 where 'x' in (select reflect('java.lang.System', 'lineSeparator'))",
        "select * from explode(array(reflect('java.lang.System', 'lineSeparator')))",
        "select * from silver.fx lateral view explode(array(reflect('java.lang.System', 'x'))) t",
        "select * from values (reflect('java.lang.System', 'lineSeparator'))",
        "values (reflect('java.lang.System', 'lineSeparator'))",
        "select 1 limit int(reflect('java.lang.System', 'nanoTime'))",
        "select * from silver.fx pivot (sum(usd_per_unit) for"
            + " reflect('java.lang.System', 'lineSeparator') in ('x'))",
        "table silver.fx |> extend reflect('java.lang.System', 'lineSeparator') as x",
        "explain select reflect('java.lang.System', 'lineSeparator')",
        "select from_xml('<a/>', 'a int', map('rowValidationXSDPath', '/etc/passwd'))",
        "select from_protobuf(x'00', 'A', '/etc/passwd')",
        "select * from python_worker_logs()",
        "select * from table_changes('silver.fx', 0)",
        "select * from table_changes_by_path('/tmp/x', 0)",
        "select * from read_files('/etc/passwd')",
        "select * from cloud_files_state('x')",
        "select my_function(1)",
        "select http_request('GET', 'http://localhost')",
        "select secret('scope', 'key')"
      })
  void refusesFunctionsThatRunCodeOrReadElsewhere(String query) throws IOException {
    refusedAndUnchanged(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from text.`/etc/passwd`",
        "select * from csv.`/etc/passwd`",
        "select * from parquet.`/tmp`",
        "select * from delta.`/tmp`",
        "select * from DELTA . `/tmp`",
        "select * from binaryFile.`/etc`",
        "table text.`/etc/passwd`",
        "describe text.`/etc/passwd`",
        "explain select * from text.`/etc/passwd`",
        "select (select count(*) from text.`/etc/passwd`)",
        "select * from identifier('text.`/etc/passwd`')",
        "select * from identifier('silver.fx')",
        "select * from identifier('silver' || '.fx')",
        "with a as (select * from text.`/etc/passwd`) select * from a",
        "with a as (select 1), b as (select * from a) select * from text.`/etc/passwd`",
        "select * from (with c as (select 1) select * from c) join c",
        "select * from silver.fx union all select * from text.`/etc/passwd`",
        "select * from silver.fx where currency in (select value from text.`/etc/passwd`)",
        "select * from silver.fx, lateral (select * from text.`/etc/passwd`)",
        "select * from silver.fx@v0",
        "select * from silver.fx version as of 0",
        "select * from default.anything",
        "select * from spark_catalog.silver.fx",
        "select * from global_temp.anything",
        "select * from anything",
        "select * from stream(silver.fx)"
      })
  void refusesWhatIsNoTableOfTheLake(String query) throws IOException {
    refusedAndUnchanged(query);
  }

  @TempDir private static Path shared;

  /** Statements that must not change anything can share a lake. */
  private static void refusedAndUnchanged(String sql) throws IOException {
    if (!Files.exists(shared.resolve("silver/fx"))) {
      withRates(shared);
    }
    List<String> before = files();
    refused(shared, sql, "The query ");
    assertThat(files()).isEqualTo(before);
    assertThat(Path.of("/tmp/deal-impact-never")).doesNotExist();
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(shared)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  @Test
  void answersWhatPeopleAsk(@TempDir Path lake) {
    withRates(lake);
    answers(lake, "select count(*) from silver.fx", "3");
    answers(lake, "SELECT count(*) FROM Silver . `FX` -- how many\n;", "3");
    answers(lake, "/* a /* b */ c */ select max(silver.fx.currency) from silver.fx", "GBP");
    answers(lake, "select 'silver.fx -- /*' as t from silver.fx limit 1", "silver.fx -- /*");
    answers(lake, "select \"it's \\\" silver.fx\"", "\"it's \"\" silver.fx\"");
    answers(
        lake, "select f.currency from silver.fx f order by usd_per_unit limit 1 offset 1", "EUR");
    answers(
        lake,
        "with a as (select * from silver.fx), b as (select * from a where currency = 'EUR')"
            + " select count(*) from b join a using (currency)",
        "4");
    answers(
        lake,
        "with recursive r(n) as (values (1) union all select n + 1 from r where n < 4)"
            + " select sum(n) from r",
        "10");
    answers(
        lake,
        "select max(change) from (select usd_per_unit - lag(usd_per_unit) over (partition by"
            + " currency order by trade_date) > 0 as change from silver.fx)",
        "true");
    answers(
        lake,
        "select sum(s) from (select count(*) over w as s from silver.fx window w as (partition by"
            + " currency))",
        "5");
    answers(
        lake,
        "select sum(x.twice) from silver.fx f, lateral (select 2 as twice where f.currency = 'EUR')"
            + " x",
        "4");
    answers(lake, "select sum(y) from silver.fx lateral view explode(array(1, 2)) t as y", "9");
    answers(lake, "select sum(col) from explode(array(1, 2))", "3");
    answers(lake, "select sum(id) from range(4)", "6");
    answers(
        lake,
        "select EUR from (select currency, usd_per_unit from silver.fx) pivot"
            + " (count(usd_per_unit) for currency in ('EUR', 'GBP'))",
        "2");
    answers(lake, "select count(*) from (select 1 as a, 2 as b) unpivot (v for k in (a, b))", "2");
    answers(
        lake,
        "select count(*) from (select currency from silver.fx union all select 'X' except select"
            + " 'GBP' intersect select 'GBP')",
        "2");
    answers(
        lake,
        "select count(*) from silver.fx a where exists (select 1 from silver.fx b where b.currency"
            + " = a.currency and b.trade_date > a.trade_date) and a.usd_per_unit > (select 0)"
            + " and currency in (select currency from silver.fx)",
        "1");
    answers(
        lake,
        "select currency from silver.fx group by rollup(currency) having count(*) = 1",
        "GBP");
    answers(
        lake,
        "select count(distinct currency) filter (where usd_per_unit > 1.2D) from silver.fx",
        "1");
    answers(lake, "select percentile(usd_per_unit, 0.5) within_ from silver.fx", "1.16");
    answers(
        lake,
        "select percentile_cont(0.5) within group (order by usd_per_unit) from silver.fx",
        "1.16");
    answers(lake, "select transform(array(1, 2), x -> x + 1)[1]", "3");
    answers(lake, "select case when 1 < 2 then 'a' else 'b' end || 'c'", "ac");
    answers(lake, "select extract(year from date'2025-11-03')", "2025");
    answers(lake, "select cast('1' as int) + try_cast('x' as int) is null", "true");
    answers(lake, "select named_struct('a', 1).a", "1");
    answers(
        lake, "select /*+ broadcast(b) */ count(*) from silver.fx a cross join silver.fx b", "9");
    answers(lake, "select count(*) from silver.fx tablesample (100 percent)", "3");
    answers(
        lake,
        "select * except (currency, trade_date) from silver.fx where currency = 'GBP'",
        "1.3");
    answers(lake, "values (1)", "1");
    answers(lake, "select a from values (1), (2) as t(a) sort by a limit 1", "1");
    answers(lake, "from silver.fx select count(*)", "3");
    answers(lake, "table silver.fx |> where currency = 'GBP' |> select usd_per_unit", "1.3");
    answers(lake, "select 'a' like 'A' or 'a' ilike 'A' or 'a' rlike 'b'", "true");
    assertThat(answer(lake, ReadCommands.Format.CSV, "describe silver.fx"))
        .contains("usd_per_unit,double,");
    assertThat(answer(lake, ReadCommands.Format.CSV, "desc table extended silver.fx"))
        .contains("currency,string,");
    assertThat(answer(lake, ReadCommands.Format.CSV, "show columns in silver.fx"))
        .contains("currency\n");
    assertThat(answer(lake, ReadCommands.Format.CSV, "show tables in silver"))
        .isEqualTo("namespace,tableName,isTemporary\nsilver,fx,false\n");
    assertThat(answer(lake, ReadCommands.Format.CSV, "SHOW TABLES like 'f*';"))
        .contains("silver,fx,false");
    assertThat(answer(lake, ReadCommands.Format.CSV, "show schemas")).contains("silver\n");
    assertThat(answer(lake, ReadCommands.Format.CSV, "explain formatted select * from silver.fx"))
        .contains("Physical Plan");
  }

  private static void answers(Path lake, String sql, String value) {
    assertThat(answer(lake, ReadCommands.Format.CSV, sql).lines().skip(1).toList())
        .as(sql)
        .isEqualTo(value.isEmpty() ? List.of() : List.of(value));
  }

  @Test
  void saysWhatIsWrong(@TempDir Path lake) {
    withRates(lake);
    refused(lake, "drop table silver.fx", "it is a statement of kind DropTable");
    refused(
        lake, "select reflect('a', 'b')", "it calls the function reflect, which is not allowed");
    refused(lake, "select * from identifier('silver' || '.fx')", "it is a statement of kind");
    refused(
        lake,
        "selec 1",
        "The query cannot be run: Syntax error at or near 'selec' (line 1, pos 0). Tables");
    refused(lake, "select * from silver.fxx", "There is no table 'silver.fxx' in the lake");
    refused(lake, "select * from silver.fxx", "Did you mean 'silver.fx'?");
    refused(lake, "select * from fx", "Did you mean 'silver.fx'?");
    refused(lake, "describe fx", "There is no table 'fx' in the lake");
    refused(lake, "show columns in silver.fxx", "Did you mean 'silver.fx'?");
    refused(lake, "show tables in silber", "There is no table 'silber' in the lake");
    refused(lake, "select nope from silver.fx", "There is no column 'nope' in the tables");
    refused(lake, "select f.curency from silver.fx f", "Did you mean 'f.currency'?");
    refused(lake, "select 1/0", "The query cannot be run: Division by zero");
    assertThatThrownBy(() -> answer(lake.resolve("none"), ReadCommands.Format.CSV, "select 1"))
        .isInstanceOfSatisfying(
            DealImpactException.class, e -> assertThat(e.exitCode().status()).isEqualTo(20))
        .hasMessageContaining("Run 'deal-impact nightly' first, or check --lake");
  }

  @Test
  void everyFunctionOfSparkIsAllowedOrLeftOutOnPurpose() {
    List<String> leftOut =
        SparkForTests.session().sql("show system functions").collectAsList().stream()
            .map(row -> row.getString(0))
            .filter(name -> name.matches("[a-z]\\w*") && !SqlFunctions.isAllowed(name))
            .toList();

    assertThat(leftOut)
        .contains("java_method", "reflect", "try_reflect", "from_xml", "from_protobuf")
        .allMatch(
            name ->
                name.matches(
                    "java_method|(try_)?reflect|python_worker_logs|measure|current_path"
                        + "|(schema_of|from|to)_(avro|protobuf|xml)|xpath\\w*"));
  }

  private static void refused(Path lake, String sql, String message) {
    assertThatThrownBy(() -> answer(lake, ReadCommands.Format.CSV, sql))
        .as(sql)
        .isInstanceOfSatisfying(
            DealImpactException.class, e -> assertThat(e.exitCode().status()).isEqualTo(2))
        .hasMessageContaining(message);
  }
}
