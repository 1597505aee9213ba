package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.TableVersion;
import io.dealimpact.lake.Tables;
import io.dealimpact.quality.DeliveredVersions;
import io.dealimpact.row.RowReader;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.StageContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the last run left of the bars, for the next one to go on from. It is written to
 * silver.market_days, last but for silver.bars, and its note names what belongs together: where one
 * of them is another now, or the program, a setting, an instrument, the calendar or a split,
 * nothing can be gone on from, and all bars are judged.
 *
 * @param days of all markets
 * @param delivery number of the newest delivery that was judged
 * @param digest of all versions of files up to there
 */
record BarBase(List<MarketDay> days, long delivery, String digest) {
  private static final String DELIVERY = "delivery";
  private static final String DIGEST = "deliveries";
  private static final String QUARANTINED = "quarantined";
  private static final TableSpec BRONZE = ConformInput.table(Feed.BARS);
  private static final List<TableSpec> CHECKED_WITH =
      List.of(Tables.INSTRUMENTS, Tables.CALENDAR, Tables.SPLITS, Tables.DELIVERED_BARS);

  /** The version of silver.bars, or that the run that wrote the note was to write it. */
  private static final String BARS = "bars";

  private static final String WRITTEN = "written";

  /** Finds it; empty where all bars have to be judged. */
  static Optional<BarBase> of(StageContext context) {
    Lake lake = context.lake();
    return version(context)
        .map(
            version ->
                new BarBase(
                    MarketDay.of(lake.read(Tables.MARKET_DAYS)),
                    Long.parseLong(noted(lake, version, DELIVERY)),
                    noted(lake, version, DIGEST)));
  }

  /** A text of the note; empty where it has none, as no note of this stage is. */
  private static String noted(Lake lake, long version, String name) {
    return lake.notedText(Tables.MARKET_DAYS, version, name).orElse("");
  }

  /** Whether the bars, and what is in quarantine of them, are those of the feed as it is now. */
  static boolean isOfNow(StageContext context) {
    Lake lake = context.lake();
    return version(context)
        .map(version -> lake.notedInputs(Tables.MARKET_DAYS, version).get(BRONZE.fullName()))
        .equals(lake.pin(BRONZE));
  }

  /** The version of silver.market_days, if all that belongs to it is as it was. */
  private static Optional<Long> version(StageContext context) {
    Lake lake = context.lake();
    Optional<TableVersion> newest = lake.pin(Tables.MARKET_DAYS);
    if (newest.isEmpty() || !lake.isMadeAlike(Tables.MARKET_DAYS, context.note())) {
      return Optional.empty();
    }
    long version = newest.get().version();
    Map<String, TableVersion> noted = lake.notedInputs(Tables.MARKET_DAYS, version);
    for (TableSpec table : CHECKED_WITH) {
      if (!Optional.ofNullable(noted.get(table.fullName())).equals(lake.pin(table))) {
        return Optional.empty();
      }
    }
    String run = noted(lake, version, "run_id");
    if (!areBars(lake, noted(lake, version, BARS), run)) {
      return Optional.empty();
    }
    String count = noted(lake, version, QUARANTINED);
    Row found =
        quarantined(context)
            .agg(
                count(lit(1)).as("rows"),
                count(when(col("run_id").notEqual(run), 1)).as("of_others"))
            .first();
    RowReader.Cells quarantined = RowReader.of(found.schema()).at(found);
    return quarantined.count("of_others") == 0
            && count.equals(String.valueOf(quarantined.count("rows")))
        ? Optional.of(version)
        : Optional.empty();
  }

  /** Whether silver.bars is as a run left it. */
  private static boolean areBars(Lake lake, String noted, String run) {
    Optional<TableVersion> bars = lake.pin(Tables.BARS);
    return bars.isPresent()
        && (noted.equals(WRITTEN)
            ? lake.notedText(Tables.BARS, bars.get().version(), "run_id").equals(Optional.of(run))
            : noted.equals(bars.get().identity()));
  }

  /** What is in quarantine of the feed. */
  static Dataset<Row> quarantined(StageContext context) {
    return context
        .lake()
        .readOrEmpty(Tables.QUARANTINE)
        .where(col("feed").equalTo(lit(Feed.BARS.folder())));
  }

  /**
   * Writes it, and then silver.bars: a stage is done when its output is written, and then all else
   * must be.
   *
   * @param quarantined rows of the feed in quarantine
   * @param change what writes silver.bars; empty where they stay as they are
   */
  static void write(
      StageContext context,
      List<MarketDay> days,
      DeliveredVersions versions,
      long quarantined,
      Optional<Runnable> change) {
    Lake lake = context.lake();
    Map<String, String> texts = new TreeMap<>();
    texts.put(DELIVERY, String.valueOf(versions.newest()));
    texts.put(DIGEST, versions.digest());
    texts.put(QUARANTINED, String.valueOf(quarantined));
    texts.put(
        BARS,
        change.isPresent()
            ? WRITTEN
            : lake.pin(Tables.BARS).map(TableVersion::identity).orElse(""));
    lake.pin(Tables.DELIVERED_BARS)
        .ifPresent(made -> texts.put(Tables.DELIVERED_BARS.fullName(), made.identity()));
    String note = context.note();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      note = Lake.noted(note, text.getKey(), text.getValue());
    }
    lake.replaceAll(
        Tables.MARKET_DAYS,
        context
            .spark()
            .createDataFrame(
                MarketDay.rows(days, Tables.MARKET_DAYS.schema()), Tables.MARKET_DAYS.schema()),
        note);
    change.ifPresent(Runnable::run);
  }
}
