package io.dealimpact.stage.study;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.flow.Runs;
import io.dealimpact.lake.Lake;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.RunContext.DateRange;
import io.dealimpact.run.RunContext.Effect;
import io.dealimpact.stage.StageContext;
import io.dealimpact.testing.SmallLanding;
import io.dealimpact.testing.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ExplainMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often an instrument's packed years are brought together: read from Spark's plan. */
@Tag("spark")
@Tag("slow")
final class OneShuffleTest {
  private static final SparkSession SPARK = SparkForTests.session();

  @TempDir private Path folder;

  private Configuration configuration() {
    List<String> settings = new ArrayList<>(SmallLanding.settings());
    settings.add("landing=" + folder.resolve("landing"));
    settings.add("lake=" + folder.resolve("lake"));
    settings.add("study.robustness.estimation_lengths=[30, 35]");
    settings.add("study.robustness.sectors=[fund, peers]");
    return new ConfigurationReader().read(Optional.empty(), settings);
  }

  /** The steps of a plan, each with what it reads. */
  private static List<String> steps(Dataset<?> rows) {
    return List.of(
        rows.queryExecution().explainString(ExplainMode.fromString("formatted")).split("\n\n", -1));
  }

  /** Two events, two windows, and four choices with the study's own. */
  private static long figures(Dataset<?> compared) {
    return compared.selectExpr("explode(figures)").count();
  }

  private StageContext afterANight() throws IOException {
    new SmallLanding(folder.resolve("landing")).deliverDeals("AAA 2025-09-10", "BBB 2025-11-03");
    RunContext run = RunContext.begin(Clock.systemUTC(), "test", Effect.WRITE, DateRange.ALWAYS);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ExitCode exit =
        new Runs(SPARK, configuration(), new PrintStream(err, true, UTF_8)).nightly(run, () -> {});
    assertThat(exit).as(err.toString(UTF_8)).isEqualTo(ExitCode.OK);
    Lake lake = new Lake(SPARK, configuration().lake(), Lake.Writes.SUPPRESSED);
    return new StageContext(lake, configuration(), run, "{}");
  }

  @Test
  void packedYearsAreShuffledOnceForAllChoices() throws IOException {
    StageContext context = afterANight();
    try (MeasuredEvents study = new MeasuredEvents()) {
      study.compareChoices(() -> true);
      MeasuredEvents.Pass pass = study.pass(context);
      assertThat(pass).isSameAs(study.passOfChoices(context));
      assertThat(study.choices(context).beside()).hasSize(3);
      List<String> withSeries =
          steps(pass.rows()).stream()
              .filter(step -> step.matches("(?s)\\(\\d+\\) Exchange\\b.*"))
              .filter(step -> step.contains("adjustedClose#") || step.contains("adjusted_close#"))
              .toList();
      assertThat(withSeries).singleElement().asString().contains("hashpartitioning(instrumentId#");
      assertThat(pass.events().count()).isEqualTo(2);
      assertThat(figures(pass.compared())).isEqualTo(2 * 2 * 4);
    }

    // The study alone, where nobody compares; who compares nevertheless has a pass for it.
    try (MeasuredEvents study = new MeasuredEvents()) {
      MeasuredEvents.Pass pass = study.pass(context);
      assertThat(pass.compared().count()).isZero();
      assertThat(figures(study.compared(context))).isEqualTo(2 * 2 * 4);
      assertThat(study.passOfChoices(context)).isNotSameAs(pass);
    }
  }
}
