package io.dealimpact.stage.study;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import io.dealimpact.codec.DealMeasurer;
import io.dealimpact.config.Configuration;
import io.dealimpact.config.Configuration.StudySettings;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.run.RunContext.DateRange;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import io.dealimpact.study.event.StudyPlan;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** What each deal did to all its listed parties together. */
public final class MeasureDeals implements Stage {
  private static final String[] DEAL = {"deal_id"};

  private final MeasuredEvents study;

  public MeasureDeals(MeasuredEvents study) {
    this.study = study;
  }

  @Override
  public String name() {
    return "measure-deals";
  }

  @Override
  public String summary() {
    return "who gained, who lost, and the net over a deal's listed parties with its interval";
  }

  @Override
  public List<TableSpec> inputs() {
    return MeasuredEvents.inputs();
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return StudyReads.measuring(configuration.study());
  }

  @Override
  public boolean computesRanges() {
    return true;
  }

  @Override
  public TableSpec output() {
    return Tables.DEAL_IMPACT;
  }

  @Override
  public StageResult run(StageContext context) {
    StudyPlan plan = StudyPlans.of(context.configuration().study());
    Dataset<Row> measured =
        study
            .measured(context)
            // An event of a study without deals has no net over parties.
            .join(context.read(Tables.DEALS).select("deal_id"), DEAL, "left_semi")
            // Of a window of the deal's own nobody knows how its parties' days hang together.
            .withColumn(
                "windows",
                filter(
                    col("windows"),
                    window -> StudyPlans.isOfStudy(context.configuration().study(), window)));
    Dataset<Row> touched = GoldWriter.inRange(context, measured).select("deal_id").distinct();
    Dataset<Row> unlisted = withoutListedParty(context);
    Dataset<Row> net =
        ofDeals(context, measured, touched)
            .select(DealMeasurer.columns())
            .groupBy(col("deal_id"))
            .as(Encoders.STRING(), DealMeasurer.eventEncoder())
            .flatMapSortedGroups(
                new Column[] {col("model"), col("event_id")},
                new DealMeasurer(plan.confidence(), plan.returns()),
                DealMeasurer.encoder())
            .withColumn("event_date", date_from_unix_date(col("event_day")));
    Dataset<Row> untouched =
        context
            .read(Tables.DEALS)
            .select("deal_id")
            .join(touched.union(unlisted.select("deal_id")), DEAL, "left_anti");
    GoldWriter.write(context, output(), net.unionByName(unlisted, true), "deal_id", untouched);
    return StageResult.computed("");
  }

  /** All events of a deal, also those out of the range: its net is over all its parties. */
  private static Dataset<Row> ofDeals(
      StageContext context, Dataset<Row> measured, Dataset<Row> touched) {
    return context.run().range().equals(DateRange.ALWAYS)
        ? measured
        : measured.join(touched, DEAL, "left_semi");
  }

  /** A deal among private companies has its rows too, which say so. */
  private static Dataset<Row> withoutListedParty(StageContext context) {
    StudySettings study = context.configuration().study();
    String headline =
        study.models().contains(study.headlineModel())
            ? study.headlineModel()
            : study.models().get(0);
    Dataset<Row> models =
        context.spark().createDataset(study.models(), Encoders.STRING()).toDF("model");
    Dataset<Row> windows =
        context
            .spark()
            .createDataset(
                study.windows().stream().map(w -> w.get(0) + "," + w.get(1)).toList(),
                Encoders.STRING())
            .selectExpr(
                "cast(split(value, ',')[0] as int) as window_start",
                "cast(split(value, ',')[1] as int) as window_end");
    Dataset<Row> listed =
        context
            .read(Tables.DEAL_PARTIES)
            .where(col("instrument_id").isNotNull())
            .select("deal_id")
            .distinct();
    return context
        .read(Tables.DEALS)
        .where(
            coalesce(unix_date(EventDates.day(study)), lit(0))
                .between(
                    context.run().range().from().toEpochDay(),
                    context.run().range().to().toEpochDay()))
        .join(listed, DEAL, "left_anti")
        .select("deal_id")
        .crossJoin(models)
        .crossJoin(windows)
        .withColumn("is_headline", col("model").equalTo(headline))
        .withColumn("status", lit("NO_LISTED_PARTY"))
        .withColumn(
            "status_reason", lit("NO_LISTED_PARTY: none of the deal's parties has a listed share"))
        .withColumn("parties_listed", lit(0))
        .withColumn("parties_measured", lit(0));
  }
}
