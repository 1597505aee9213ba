package io.dealimpact.ask;

import io.dealimpact.codec.Headlines;
import io.dealimpact.codec.RowsAsText;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.Evaluation;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.report.html.ReportInput;
import io.dealimpact.report.html.Sheet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/**
 * Reads what the report shows: each part by one query of {@link ReportQueries}, at the versions
 * that are pinned for the run. A query that is about several deals, organisations or groups runs
 * once; the query that is shown beside the rows of one of them asks for that one alone.
 */
public final class ReportReader {
  private static final String TIME_ZONE = "spark.sql.session.timeZone";

  /** Most rows of one query: a report is read by people. */
  private static final int MOST_ROWS = 50_000;

  private static final int ORGANISATIONS = 6;
  private static final int GROUPS = 16;

  /** What the queries read besides gold. */
  private static final List<TableSpec> BESIDE_GOLD =
      List.of(Tables.DEALS, Tables.DEAL_PARTIES, Tables.BARS);

  private final SparkSession spark;
  private final Lake lake;
  private final ReadCommands.Night night;
  private final Configuration configuration;
  private final LakeNames names;
  private boolean isPrepared;

  /**
   * Prepares it; nothing is read yet.
   *
   * @param lake the night that the report is about
   * @param night which state of the lake that is
   */
  public ReportReader(Lake lake, Configuration configuration, ReadCommands.Night night) {
    SparkSession session = lake.spark();
    this.lake = lake;
    this.night = night;
    this.spark = session.newSession();
    this.configuration = configuration;
    spark.conf().set(TIME_ZONE, session.conf().get(TIME_ZONE));
    Evaluation.same(session, spark);
    this.names = new LakeNames(Tables.all().stream().map(TableSpec::fullName).toList());
  }

  ReportInput read() {
    Sheet deals = newestDeals();
    List<String> ids = deals.lines().stream().map(line -> line.text("deal_id")).toList();
    return new ReportInput(
        new ReportInput.Plan(
            configuration.study().name(), groupModel(), configuration.study().confidence()),
        new NightReader(lake, night).facts(),
        deals,
        deals(ids),
        capacity(),
        shares(),
        groups());
  }

  /** Each query's tables become known by name before the first. */
  private void prepare() {
    if (isPrepared) {
      return;
    }
    Lake pinned = lake.in(spark);
    Tables.all().stream()
        .filter(table -> table.layer().equals("gold") || BESIDE_GOLD.contains(table))
        .forEach(
            table ->
                pinned.readOrEmpty(table).createOrReplaceTempView("`" + table.fullName() + "`"));
    isPrepared = true;
  }

  /** The newest deals and the biggest. */
  public Sheet newestDeals() {
    return ask(ReportQueries.DEALS, Map.of());
  }

  /** All that is known of one deal; sheets without rows if there is no such deal. */
  public ReportInput.Deal deal(String dealId) {
    return deals(List.of(dealId)).get(dealId);
  }

  /** Power online by quarter and status, all providers and customers. */
  public Sheet capacity() {
    return ask(ReportQueries.CAPACITY, Map.of());
  }

  private Map<String, ReportInput.Deal> deals(List<String> ids) {
    Map<String, Sheet> parties = each(ReportQueries.PARTIES, ":deals", "deal_id", ids);
    Map<String, Sheet> events = each(ReportQueries.EVENTS, ":deals", "deal_id", ids);
    Map<String, Sheet> paths = each(ReportQueries.PATHS, ":deals", "deal_id", ids);
    Map<String, Sheet> placebo = each(ReportQueries.PLACEBO, ":deals", "deal_id", ids);
    Map<String, Sheet> ranks = each(ReportQueries.RANKS, ":deals", "deal_id", ids);
    Map<String, Sheet> claims = each(ReportQueries.CLAIMS, ":deals", "deal_id", ids);
    Map<String, Sheet> choices = each(ReportQueries.CHOICES, ":deals", "deal_id", ids);
    Map<String, ReportInput.Deal> deals = new LinkedHashMap<>();
    for (String id : ids) {
      deals.put(
          id,
          new ReportInput.Deal(
              parties.get(id),
              events.get(id),
              paths.get(id),
              placebo.get(id),
              ranks.get(id),
              claims.get(id),
              choices.get(id)));
    }
    return deals;
  }

  /** How the commitments of the biggest customers are shared out. */
  public List<ReportInput.Named> shares() {
    Sheet all = ask(ReportQueries.SHARES, Map.of(":focal", "IS NOT NULL"));
    List<String> organisations =
        all.lines().stream()
            .map(line -> line.text("focal"))
            .distinct()
            .limit(ORGANISATIONS)
            .toList();
    return split(all, ReportQueries.SHARES, ":focal", "focal", organisations).entrySet().stream()
        .map(part -> new ReportInput.Named(part.getKey(), part.getValue()))
        .toList();
  }

  /** Groups of one event are no groups; the biggest come first. */
  private List<ReportInput.Group> groups() {
    Map<String, String> every = Map.of(":group", "IS NOT NULL");
    Sheet paths = ask(ReportQueries.STUDY_PATHS, every);
    Sheet tests = ask(ReportQueries.STUDY_TESTS, every);
    Map<String, Double> sizes = new LinkedHashMap<>();
    for (Sheet.Line line : paths.lines()) {
      sizes.merge(group(line), line.number("n"), Math::max);
    }
    return sizes.entrySet().stream()
        .filter(group -> group.getValue() > 1)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(GROUPS)
        .map(
            group ->
                new ReportInput.Group(
                    named(group.getKey()),
                    only(paths, ReportQueries.STUDY_PATHS, group.getKey()),
                    only(tests, ReportQueries.STUDY_TESTS, group.getKey())))
        .toList();
  }

  private static String group(Sheet.Line line) {
    return line.text("group_name") + " = " + line.text("group_value");
  }

  /** The group in words: {@code all = all} says nothing to people. */
  static String named(String group) {
    return switch (group) {
      case "all = all" -> "All company-days";
      case "unconfounded = all" -> "Without other news";
      default -> {
        String[] parts = group.split(" = ", 2);
        String name = parts[0].replaceFirst("^attributes[.]", "").replace('_', ' ');
        yield name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + ": " + parts[1];
      }
    };
  }

  private Sheet only(Sheet all, String query, String group) {
    List<Sheet.Line> lines =
        all.lines().stream().filter(line -> group(line).equals(group)).toList();
    String condition =
        lines.isEmpty()
            ? "IS NULL"
            : "= "
                + literal(lines.get(0).text("group_name"))
                + " AND group_value = "
                + literal(lines.get(0).text("group_value"));
    return new Sheet(
        filled(query, Map.of(":group", condition)),
        all.columns(),
        lines.stream().map(Sheet.Line::cells).toList());
  }

  /** The rows of a query by the value of a column, for each of the values. */
  private Map<String, Sheet> each(String query, String place, String column, List<String> values) {
    String among =
        values.isEmpty()
            ? "IS NULL"
            : values.stream()
                .map(ReportReader::literal)
                .collect(Collectors.joining(", ", "IN (", ")"));
    return split(ask(query, Map.of(place, among)), query, place, column, values);
  }

  private Map<String, Sheet> split(
      Sheet all, String query, String place, String column, List<String> values) {
    Map<String, List<List<String>>> rows = new LinkedHashMap<>();
    values.forEach(value -> rows.put(value, new ArrayList<>()));
    for (Sheet.Line line : all.lines()) {
      List<List<String>> of = rows.get(line.text(column));
      if (of != null) {
        of.add(line.cells());
      }
    }
    Map<String, Sheet> sheets = new LinkedHashMap<>();
    rows.forEach(
        (value, cells) ->
            sheets.put(
                value,
                new Sheet(
                    filled(query, Map.of(place, "= " + literal(value))), all.columns(), cells)));
    return sheets;
  }

  private Sheet ask(String query, Map<String, String> conditions) {
    prepare();
    String sql = filled(query, conditions);
    return sheet(sql, spark.sql(names.rewrite(sql).text()));
  }

  /**
   * Rows as a chart takes them.
   *
   * @param sql the query that they answer
   */
  public static Sheet sheet(String sql, Dataset<Row> rows) {
    List<Sheet.Column> columns =
        Arrays.stream(rows.schema().fields())
            .map(field -> new Sheet.Column(field.name(), kind(field)))
            .toList();
    return new Sheet(
        sql, columns, RowsAsText.asText(rows, MOST_ROWS).stream().map(List::of).toList());
  }

  /** The headline model where the study has it, else its first: a group has one for all events. */
  private String groupModel() {
    List<String> models = configuration.study().models();
    String headline = configuration.study().headlineModel();
    return models.contains(headline) ? headline : models.get(0);
  }

  /** Trading days of the event window. */
  private int eventDays() {
    List<Integer> window = configuration.study().eventWindow();
    return window.get(1) - window.get(0) + 1;
  }

  /** A return from the day before, as the study forms it. */
  private String returnSql() {
    String price = configuration.study().price();
    String ratio = price + " / lag(" + price + ") OVER in_order";
    return configuration.study().returns().equals("log") ? "ln(" + ratio + ")" : ratio + " - 1";
  }

  private static Sheet.Kind kind(StructField field) {
    return field.dataType() instanceof NumericType ? Sheet.Kind.NUMBER : Sheet.Kind.TEXT;
  }

  private String filled(String query, Map<String, String> conditions) {
    String sql =
        query
            .replace(":headline", Headlines.DAY_ZERO_SQL)
            .replace(":model", literal(groupModel()))
            .replace(":study", literal(configuration.study().name()))
            .replace(":first", Integer.toString(configuration.study().eventWindow().get(0)))
            .replace(":days", Integer.toString(eventDays()))
            .replace(":return", returnSql());
    for (Map.Entry<String, String> condition : conditions.entrySet()) {
      sql = sql.replace(condition.getKey(), condition.getValue());
    }
    return sql;
  }

  /** A text as Spark SQL reads it: two apostrophes would be the end of one text and another. */
  static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
