package io.dealimpact.stage;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import java.util.List;
import java.util.Map;

/** One step of the flow: reads tables (or the landing zone), writes one table. */
public interface Stage {
  /** What the command line calls it: a verb and a noun in lower-kebab-case. */
  String name();

  /** One line for {@code explain} and the README. */
  String summary();

  /** Tables it reads; none for a stage that reads the landing zone. */
  List<TableSpec> inputs();

  /**
   * Tables without whose rows it makes none: where one of them never had a row, there is nothing to
   * do. None of them: that takes a look at its inputs.
   */
  default List<TableSpec> needs() {
    return List.of();
  }

  /**
   * The settings it reads, by name: where one of them changes, the stage runs again. A setting that
   * it does not read is not among them, so that no other stage's setting makes it run.
   */
  Map<String, Object> settings(Configuration configuration);

  /**
   * Whether a backfill has it compute its range again, and leave the other rows as they are. Any
   * other stage computes its whole table, and runs where an input or a setting changed.
   */
  default boolean computesRanges() {
    return false;
  }

  /** What it reads outside the lake, by name and version; the landing zone's files for instance. */
  default Map<String, String> outside(StageContext context) {
    return Map.of();
  }

  /** Tables that it keeps beside its output, for its own next run to go on from. */
  default List<TableSpec> keeps() {
    return List.of();
  }

  /** The one table it writes for others, quarantine aside. */
  TableSpec output();

  /** Reads, transforms, writes. */
  StageResult run(StageContext context);
}
