package io.dealimpact.flow;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.dealimpact.config.Configuration;
import io.dealimpact.config.Configuration.Freshness;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.row.RowReader;
import java.sql.Date;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How old the daily feeds are: trading days of the benchmark after a feed's newest day, up to a day
 * whose rows should be there. Up to the benchmark's own newest day its bars say which days these
 * are; after it every weekday counts, as no table says which days an exchange will be closed.
 */
final class FeedAges {
  private final Lake lake;
  private final Configuration configuration;
  private final LocalDate asOf;
  private final List<String> warnings = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  /**
   * Looks at the feeds that quality.freshness names.
   *
   * @param asOf last day whose rows should be there
   */
  FeedAges(Lake lake, Configuration configuration, LocalDate asOf) {
    this.lake = lake;
    this.configuration = configuration;
    this.asOf = asOf;
    configuration.quality().freshness().forEach(this::look);
  }

  /** Feeds older than a run should say, in words. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Feeds that are too old for a night to be published, in words. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  private void look(String feed, Freshness limits) {
    TableSpec table =
        Map.of("bars", Tables.BARS, "fx", Tables.FX, "factors", Tables.FACTORS).get(feed);
    Optional<LocalDate> newest = newest(lake.readOrEmpty(table));
    if (newest.isEmpty()) {
      // An optional feed that never came is not late; bars that are missing end the run before.
      return;
    }
    long age = age(newest.get());
    if (age > limits.warn()) {
      (age > limits.error() ? errors : warnings)
          .add(
              String.format(
                  Locale.ROOT,
                  "the feed %s is %d trading days old on %s (its newest day is %s), more than the %d of quality.freshness.%s.%s",
                  feed,
                  age,
                  asOf,
                  newest.get(),
                  age > limits.error() ? limits.error() : limits.warn(),
                  feed,
                  age > limits.error() ? "error" : "warn"));
    }
  }

  private long age(LocalDate newest) {
    Dataset<Row> benchmark =
        lake.readOrEmpty(Tables.BARS)
            .where(col("instrument_id").equalTo(configuration.study().benchmark()));
    LocalDate known = newest(benchmark).orElse(newest);
    Row row =
        benchmark
            .where(col("trade_date").gt(day(newest)).and(col("trade_date").leq(day(asOf))))
            .agg(countDistinct(col("trade_date")).as("days"))
            .first();
    long days = RowReader.of(row.schema()).at(row).count("days");
    LocalDate from = known.isAfter(newest) ? known : newest;
    for (LocalDate each = from.plusDays(1); !each.isAfter(asOf); each = each.plusDays(1)) {
      if (each.getDayOfWeek() != DayOfWeek.SATURDAY && each.getDayOfWeek() != DayOfWeek.SUNDAY) {
        days++;
      }
    }
    return days;
  }

  private static Optional<LocalDate> newest(Dataset<Row> rows) {
    Row row = rows.agg(max(col("trade_date").cast("date")).as("newest")).first();
    RowReader.Cells cells = RowReader.of(row.schema()).at(row);
    return cells.date("newest");
  }

  private static Column day(LocalDate day) {
    return lit(Date.valueOf(day));
  }
}
