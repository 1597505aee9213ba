package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.signum;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.codec.ComparedGroups;
import io.dealimpact.codec.ComparedWindows;
import io.dealimpact.codec.GroupStates;
import io.dealimpact.config.Configuration;
import io.dealimpact.config.Configuration.StudySettings;
import io.dealimpact.lake.Lake;
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
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
    Column isCompared = col("choice").gt(0).or(col("model").isin(choices.ofOwn().toArray()));
    List<MeasuredEvents.Choice> numbered = new ArrayList<>(List.of(StudyChoices.own(settings)));
    numbered.addAll(choices.beside());
    Dataset<Row> rows =
        ofEvents(study.compared(context))
            .unionByName(
                ofGroups(
                    groups.bothStatesOfChoices(context).where(isCompared),
                    1 - settings.confidence()))
            .withColumns(
                Map.of(
                    "study",
                    lit(settings.name()),
                    "sign",
                    signum(col("car")).cast("int"),
                    "benchmark",
                    of(numbered, MeasuredEvents.Choice::benchmark),
                    "sector",
                    of(
                        numbered,
                        choice ->
                            choice.sectors() == SectorChoice.FUND ? FUND : StudyChoices.PEERS),
                    "estimation_length",
                    of(numbered, choice -> choice.plan().estimation().length())))
            .withColumn("is_baseline", isBaseline(settings));
    context.lake().replaceAll(output(), rows, context.note());
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

  private static Column isBaseline(StudySettings settings) {
    return col("benchmark")
        .equalTo(settings.benchmark())
        .and(col("model").equalTo(baseline(settings)))
        .and(col("sector").equalTo(FUND))
        .and(col("estimation_length").equalTo(settings.estimation().length()));
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

  /** A row for each event, window, choice and test. */
  private static Dataset<Row> ofEvents(Dataset<Row> compared) {
    Column ownHistory = col("w.history_n").geq(EventP.LEAST);
    return compared
        .withColumn("level", lit("event"))
        .withColumn("subject", col("event_id"))
        .select(with(explode(col("figures")).as("w")))
        .select(
            with(
                col("w.choice"),
                col("w.model"),
                explode(
                        array(
                            test(
                                "car-t",
                                col("w.car_t"),
                                col("w.car_p"),
                                coalesce(not(ownHistory), YES)),
                            test("placebo", NONE, col("w.placebo_p"), NO),
                            test("own-history", NONE, col("w.history_p"), coalesce(ownHistory, NO)),
                            test("sample-quantile", NONE, col("w.sample_quantile_p"), NO)))
                    .as("t")))
        .select(with(col("choice"), col("model"), col("t.*")));
  }

  /** The columns of a subject's window, with others behind them. */
  private static Column[] with(Column... others) {
    return Stream.of(
            Stream.of(col("level"), col("subject")),
            ComparedWindows.columns().stream().map(name -> col(name)),
            Stream.of(others))
        .flatMap(columns -> columns)
        .toArray(Column[]::new);
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

  /** A row for each group, window, choice and test. */
  private static Dataset<Row> ofGroups(Dataset<Row> states, double level) {
    Dataset<Row> windows =
        states
            .flatMap(GroupStates.choices(states.schema()), GroupStates.choiceEncoder())
            .groupBy(ComparedGroups.key())
            .as(ComparedGroups.keyEncoder(), GroupStates.choiceEncoder())
            .flatMapGroups(ComparedGroups.spanning(level), ComparedGroups.encoder())
            .withColumn("level", lit("group"))
            .withColumn("subject", concat(col("group_name"), lit("="), col("group_value")));
    // Two groups may have one subject: names and values with "=" in them.
    return Lake.withUniqueKey(windows, "subject", "window_start", "window_end")
        .select(with(explode(col("figures")).as("t")))
        .select(
            with(
                col("t.choice"),
                col("t.model"),
                col("t.test"),
                col("t.n"),
                col("t.car"),
                col("t.statistic"),
                col("t.p_value"),
                col("t.decides"),
                col("t.status")));
  }
}
