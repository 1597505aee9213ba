package io.dealimpact.stage.study;

import static java.util.Map.entry;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.signum;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.codec.GroupStates;
import io.dealimpact.config.Configuration;
import io.dealimpact.config.Configuration.StudySettings;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import io.dealimpact.study.event.EventP;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * The robustness matrix: every event and every group under every choice of benchmark, sector,
 * estimation window, model, window and test, and beside each figure how far the choice matters.
 *
 * <p>All choices are measured in the pass of the study's own, a further benchmark under those
 * models alone that use one; bootstraps of the others are left out. A benchmark without bars is
 * passed over, and the run's log says so.
 */
public final class CompareChoices implements Stage {
  private static final String FUND = "fund";
  private static final Column YES = lit(true);
  private static final Column NO = lit(false);
  private static final Column NONE = lit(null).cast("double");

  private final MeasuredEvents study;
  private final EventGroups groups;

  public CompareChoices(MeasuredEvents study, EventGroups groups) {
    this.study = study;
    this.groups = groups;
  }

  @Override
  public String name() {
    return "compare-choices";
  }

  @Override
  public String summary() {
    return "how far each result depends on benchmark, model, window and test";
  }

  @Override
  public List<TableSpec> inputs() {
    return MeasuredEvents.inputs();
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return StudyReads.comparing(configuration.study());
  }

  @Override
  public TableSpec output() {
    return Tables.ROBUSTNESS;
  }

  @Override
  public StageResult run(StageContext context) {
    StudySettings settings = context.configuration().study();
    StudyChoices choices = study.choices(context);
    boolean isOwnMeasured = StudyChoices.isOwnMeasured(settings);
    Column isOther = col("choice").gt(0);
    Dataset<Row> events = ofEvents(study.ofChoices(context));
    Dataset<Row> states = groups.bothStatesOfChoices(context);
    if (isOwnMeasured) {
      Column isCompared = StudyChoices.isCompared(settings);
      events =
          ofEvents(study.measured(context).where(isCompared).withColumn("choice", lit(0)))
              .unionByName(events);
      states = states.where(isOther.or(isCompared));
    } else {
      states = states.where(isOther);
    }
    List<MeasuredEvents.Choice> numbered = new ArrayList<>(List.of(StudyChoices.own(settings)));
    numbered.addAll(choices.beside());
    Dataset<Row> rows =
        events
            .unionByName(ofGroups(states))
            .withColumns(
                Map.of(
                    "benchmark",
                    of(numbered, MeasuredEvents.Choice::benchmark),
                    "sector",
                    of(
                        numbered,
                        choice ->
                            choice.sectors() == SectorChoice.FUND ? FUND : StudyChoices.PEERS),
                    "estimation_length",
                    of(numbered, choice -> choice.plan().estimation().length())));
    context.lake().replaceAll(output(), summarised(rows, settings), context.note());
    return StageResult.computed(
        choices.passedOver().isEmpty()
            ? ""
            : "no bars of " + String.join(", ", choices.passedOver()));
  }

  /** The study's headline model where it is compared, else its first. */
  private static String baseline(StudySettings settings) {
    return settings.models().contains(settings.headlineModel())
        ? settings.headlineModel()
        : settings.models().get(0);
  }

  /** What is said of the choice of a row. */
  private static Column of(
      List<MeasuredEvents.Choice> choices, Function<MeasuredEvents.Choice, Object> said) {
    Column label = lit(said.apply(choices.get(0)));
    for (int i = 1; i < choices.size(); i++) {
      label = when(col("choice").equalTo(i), lit(said.apply(choices.get(i)))).otherwise(label);
    }
    return label;
  }

  /**
   * A row for each event, choice and window: what counts for the span of the choices, and the tests
   * of the window as an array.
   */
  private static Dataset<Row> ofEvents(Dataset<Row> measured) {
    Column ownHistory = col("w.history_n").geq(EventP.LEAST);
    return measured
        .select(col("choice"), col("event_id"), col("model"), explode(col("windows")).as("w"))
        .select(
            col("choice"),
            lit("event").as("level"),
            col("event_id").as("subject"),
            col("model"),
            col("w.window_start"),
            col("w.window_end"),
            col("w.status").as("window_status"),
            col("w.car").as("window_car"),
            // The event's own history decides where it is long enough, else its t.
            when(ownHistory, col("w.history_p")).otherwise(col("w.car_p")).as("deciding_p"),
            array(
                    test("car-t", col("w.car_t"), col("w.car_p"), coalesce(not(ownHistory), YES)),
                    test("placebo", NONE, col("w.placebo_p"), NO),
                    test("own-history", NONE, col("w.history_p"), coalesce(ownHistory, NO)),
                    test("sample-quantile", NONE, col("w.sample_quantile_p"), NO))
                .as("tests"));
  }

  private static Column test(String name, Column statistic, Column p, Column decides) {
    return struct(
        lit(name).as("test"),
        when(col("w.car").isNull(), lit(0L)).otherwise(lit(1L)).as("n"),
        col("w.car").as("car"),
        statistic.as("statistic"),
        p.as("p_value"),
        decides.as("decides"),
        col("w.status").as("status"));
  }

  private static Dataset<Row> ofGroups(Dataset<Row> states) {
    return states
        .flatMap(GroupStates.choices(states.schema()), GroupStates.choiceEncoder())
        .select(
            col("choice"),
            lit("group").as("level"),
            concat(col("group_name"), lit("="), col("group_value")).as("subject"),
            col("model"),
            col("window_start"),
            col("window_end"),
            col("status").as("window_status"),
            col("car").as("window_car"),
            when(col("decides"), col("p_value")).as("deciding_p"),
            array(
                    struct(
                        col("test"),
                        col("n"),
                        col("car"),
                        col("statistic"),
                        col("p_value"),
                        col("decides"),
                        col("status")))
                .as("tests"));
  }

  /** A row for each test, with the span of the choices of its subject and window. */
  private static Dataset<Row> summarised(Dataset<Row> rows, StudySettings settings) {
    WindowSpec choices = Window.partitionBy("level", "subject", "window_start", "window_end");
    Column ok = col("window_status").equalTo("OK").and(col("deciding_p").isNotNull());
    Column car = when(ok, col("window_car"));
    Column p = when(ok, col("deciding_p"));
    // All at once where they can be: Spark goes through the plan of every pass for each step.
    return rows.withColumns(
            Map.ofEntries(
                entry("study", lit(settings.name())),
                entry(
                    "is_baseline",
                    col("benchmark")
                        .equalTo(settings.benchmark())
                        .and(col("model").equalTo(baseline(settings)))
                        .and(col("sector").equalTo(FUND))
                        .and(col("estimation_length").equalTo(settings.estimation().length()))),
                entry("car_low", min(car).over(choices)),
                entry("car_high", max(car).over(choices)),
                entry("p_low", min(p).over(choices)),
                entry("p_high", max(p).over(choices)),
                entry("choices", count(when(ok, lit(1))).over(choices)),
                entry("positive_share", avg(car.gt(0).cast("double")).over(choices)),
                entry(
                    "significant_share",
                    avg(p.lt(1 - settings.confidence()).cast("double")).over(choices))))
        .withColumns(
            Map.of(
                "range",
                when(
                    col("choices").gt(0),
                    format_string(
                        "%+.2f %% to %+.2f %%, p %s to %s",
                        col("car_low").multiply(100),
                        col("car_high").multiply(100),
                        pText(col("p_low")),
                        pText(col("p_high")))),
                "verdict",
                verdict(),
                "t",
                explode(col("tests"))))
        .select(col("*"), col("t.*"), signum(col("t.car")).cast("int").as("sign"));
  }

  /** Never 0.0000. */
  private static Column pText(Column p) {
    return when(p.lt(0.0001), lit("< 0.0001")).otherwise(format_string("%.4f", p));
  }

  private static Column verdict() {
    Column positive = col("positive_share");
    Column significant = col("significant_share");
    return coalesce(
        when(col("choices").equalTo(0), lit("no figure under any choice")),
        when(positive.gt(0).and(positive.lt(1)), lit("the sign depends on the choice")),
        when(significant.equalTo(1), lit("significant under every choice")),
        when(significant.equalTo(0), lit("significant under no choice")),
        lit("the sign holds, significance depends on the choice"));
  }
}
