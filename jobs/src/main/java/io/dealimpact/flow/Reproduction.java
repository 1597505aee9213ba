package io.dealimpact.flow;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.to_json;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.Published;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.RowReader;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import io.dealimpact.run.RunContext;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * A published night made again: silver and gold from the night's versions of bronze, with the
 * settings of its run, in a lake of its own; and compared with what was published.
 */
public final class Reproduction {
  private final SparkSession spark;
  private final Configuration configuration;

  /**
   * Prepares it.
   *
   * @param configuration of which the lake is taken
   */
  public Reproduction(SparkSession spark, Configuration configuration) {
    this.spark = spark;
    this.configuration = configuration;
  }

  /**
   * A table beside the one that was made again. Values are compared as Spark prints them, which
   * tells every double from every other.
   *
   * @param rows of the night
   * @param onlyThen rows of the night that were not made again
   * @param onlyNow rows that were made and are not in the night
   */
  public record Compared(String table, long rows, long onlyThen, long onlyNow) {
    /** Whether every row is in both as often. */
    public boolean isEqual() {
      return onlyThen == 0 && onlyNow == 0;
    }
  }

  /**
   * Makes the night again and compares.
   *
   * @param given number of the night, or the id of the run that published it
   * @param scratch folder of the lake that is made, which is not there yet
   * @param report takes the comparison
   * @throws DealImpactException if the night is no longer kept, or differs
   */
  public void run(String given, String scratch, Consumer<List<Compared>> report) {
    Lake lake = new Lake(spark, configuration.lake(), Lake.Writes.SUPPRESSED);
    Published night = night(lake, given);
    RowReader.Cells run = logged(lake, night.runId());
    Configuration then =
        new ConfigurationReader()
            .reread(
                run.text("configuration"),
                List.of("lake='" + configuration.lake().replace("'", "''") + "'"));
    Lake published = lake.at(night.versions());
    Lake again = published.again(scratch);
    if (!again.tableNames().stream().allMatch(name -> name.startsWith("bronze."))) {
      throw Failures.folderIsThere(scratch);
    }
    make(again, then);
    List<Compared> compared = compare(night, published, again);
    report.accept(compared);
    int differing = (int) compared.stream().filter(table -> !table.isEqual()).count();
    if (differing > 0) {
      String made = run.textOrEmpty("program_version") + "+" + run.textOrEmpty("program_build");
      throw Failures.notReproduced(
          night.runId(),
          differing,
          compared.size(),
          made.equals(Program.identity())
              ? " This is a defect of the program; please report it."
              : " The night was published by the program "
                  + made
                  + ", this one is "
                  + Program.identity()
                  + ".");
    }
  }

  private static Published night(Lake lake, String given) {
    List<Published> all = Published.all(lake);
    if (all.isEmpty()) {
      throw Failures.nightNotKept(given, 0, 0);
    }
    return all.stream()
        .filter(night -> given.equals(Long.toString(night.night())) || given.equals(night.runId()))
        .findFirst()
        .orElseThrow(
            () ->
                Failures.nightNotKept(given, all.get(0).night(), all.get(all.size() - 1).night()));
  }

  private static RowReader.Cells logged(Lake lake, String runId) {
    return RunLog.ofRun(lake, runId)
        .orElseThrow(
            () ->
                Failures.notReproducible(
                    runId, "ops.run_log does not have the configuration of that run"));
  }

  private void make(Lake again, Configuration then) {
    RunContext run =
        RunContext.begin(
            Clock.systemUTC(), "reproduce", RunContext.Effect.WRITE, RunContext.DateRange.ALWAYS);
    try (Pipeline pipeline = new Pipeline()) {
      List<Stage> stages =
          pipeline.stages().stream()
              .filter(stage -> !stage.output().layer().equals("bronze"))
              .toList();
      pipeline.runs(stages::contains);
      new SideBySide(
              stages,
              stage -> {
                SparkSession.setActiveSession(spark);
                stage.run(new StageContext(again, then, run, "{}"));
              })
          .run(Math.max(1, spark.sparkContext().defaultParallelism()));
    }
  }

  private static List<Compared> compare(Published night, Lake published, Lake again) {
    List<Compared> compared = new ArrayList<>();
    for (TableSpec table : Tables.all()) {
      boolean wasThere = night.versions().containsKey(table.fullName());
      if (table.layer().equals("ops") || (!wasThere && !again.exists(table))) {
        continue;
      }
      Dataset<Row> then =
          text(wasThere ? published.read(table) : again.read(table).limit(0), table);
      Dataset<Row> now = text(again.readOrEmpty(table), table);
      compared.add(
          new Compared(
              table.fullName(),
              then.count(),
              then.exceptAll(now).count(),
              now.exceptAll(then).count()));
    }
    return compared;
  }

  private static Dataset<Row> text(Dataset<Row> rows, TableSpec table) {
    return rows.select(
        Arrays.stream(table.schema().fields())
            .map(field -> text(col(field.name()), field.dataType()).as(field.name()))
            .toArray(Column[]::new));
  }

  private static Column text(Column column, DataType type) {
    if (type instanceof BinaryType) {
      return hex(column);
    }
    return type instanceof ArrayType || type instanceof MapType || type instanceof StructType
        ? to_json(column)
        : column.cast("string");
  }
}
