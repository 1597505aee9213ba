package io.dealimpact.ask;

import io.dealimpact.lake.Evaluation;
import io.dealimpact.lake.Lake;
import io.dealimpact.row.RowWriter;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A Spark session that can only read a lake: its tables are temporary views, files have no names,
 * and a statement runs when {@link QueryCheck} has found that it is a query, or when it is one of
 * the few of SHOW, DESCRIBE and EXPLAIN that are written out here.
 */
final class ReadingSession {
  private static final String END = "\\s*;?\\s*";
  private static final Pattern SHOW_LAYERS = statement("SHOW (?:DATABASES|SCHEMAS|NAMESPACES)");
  private static final Pattern SHOW_TABLES =
      statement(
          "SHOW TABLES(?: (?:IN|FROM) `?(?<layer>\\w+)`?)?(?: (?:LIKE )?'(?<like>[\\w*|]*)')?");
  private static final Pattern SHOW_COLUMNS =
      statement("SHOW COLUMNS (?:IN|FROM) `(?<view>[\\w.]+)`");
  private static final Pattern DESCRIBE =
      statement("DESC(?:RIBE)?(?: TABLE)?(?: EXTENDED)? `(?<view>[\\w.]+)`");
  private static final Pattern OF_UNKNOWN =
      statement(
          "(?:SHOW COLUMNS (?:IN|FROM)|DESC(?:RIBE)?(?: TABLE)?(?: EXTENDED)?) (?<name>[\\w.]+)");
  private static final Pattern EXPLAIN =
      statement("(?<explain>EXPLAIN(?: (?:EXTENDED|CODEGEN|COST|FORMATTED))?) (?<query>.+)");

  private final Lake lake;
  private final Set<String> tables;
  private final SparkSession spark;

  ReadingSession(Lake lake, List<String> tables) {
    this.lake = lake;
    this.tables = new TreeSet<>(tables);
    this.spark = lake.spark().newSession();
    String timeZone = "spark.sql.session.timeZone";
    spark.conf().set(timeZone, lake.spark().conf().get(timeZone));
    spark.conf().set("spark.sql.runSQLOnFiles", "false");
    Evaluation.same(lake.spark(), spark);
  }

  /** A pattern in which a blank stands for any white space. */
  private static Pattern statement(String pattern) {
    return Pattern.compile(
        pattern.replace(" ", "\\s+") + END, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  /**
   * The rows that a statement answers.
   *
   * @throws DealImpactException if it may not run
   */
  Dataset<Row> rows(String sql) {
    LakeNames.Rewritten query = new LakeNames(tables).rewrite(sql);
    for (String table : new TreeSet<>(query.named())) {
      DataFrameReader reader = spark.read().format("delta");
      lake.pinnedVersion(table).ifPresent(version -> reader.option("versionAsOf", version));
      reader.load(lake.path(table)).createOrReplaceTempView("`" + table + "`");
    }
    String text = query.text();
    Matcher showTables = SHOW_TABLES.matcher(text);
    if (showTables.matches()) {
      return tables(showTables.group("layer"), showTables.group("like"));
    }
    if (SHOW_LAYERS.matcher(text).matches()) {
      return layers();
    }
    Matcher unknown = OF_UNKNOWN.matcher(text);
    if (unknown.matches()) {
      throw Failures.unknownTable(unknown.group("name"), tables);
    }
    Matcher explain = EXPLAIN.matcher(text);
    if (explain.matches()) {
      QueryCheck.requireReading(spark, explain.group("query"), tables);
    } else if (!isAboutATable(SHOW_COLUMNS.matcher(text))
        && !isAboutATable(DESCRIBE.matcher(text))) {
      QueryCheck.requireReading(spark, text, tables);
    }
    return spark.sql(text);
  }

  private boolean isAboutATable(Matcher statement) {
    return statement.matches() && tables.contains(statement.group("view"));
  }

  private Dataset<Row> layers() {
    RowWriter writer = new RowWriter(new StructType().add("namespace", DataTypes.StringType));
    List<Row> rows =
        tables.stream()
            .map(table -> table.substring(0, table.indexOf('.')))
            .distinct()
            .map(layer -> writer.row().text("namespace", layer).build())
            .toList();
    return spark.createDataFrame(rows, writer.schema());
  }

  private Dataset<Row> tables(String layer, String like) {
    Pattern names =
        Pattern.compile(like == null ? ".*" : like.replace("*", ".*"), Pattern.CASE_INSENSITIVE);
    RowWriter writer =
        new RowWriter(
            new StructType()
                .add("namespace", DataTypes.StringType)
                .add("tableName", DataTypes.StringType)
                .add("isTemporary", DataTypes.BooleanType));
    List<Row> rows = new ArrayList<>();
    for (String table : tables) {
      String[] name = table.split("\\.", 2);
      if ((layer == null || layer.equalsIgnoreCase(name[0])) && names.matcher(name[1]).matches()) {
        rows.add(
            writer
                .row()
                .text("namespace", name[0])
                .text("tableName", name[1])
                .flag("isTemporary", false)
                .build());
      }
    }
    if (rows.isEmpty() && layer != null && like == null) {
      throw Failures.unknownTable(layer, List.of());
    }
    return spark.createDataFrame(rows, writer.schema());
  }
}
