package io.dealimpact.stage.conform;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_date;

import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.lake.ValueRange;
import io.dealimpact.quality.CheckedRows;
import io.dealimpact.quality.DeliveredVersions;
import io.dealimpact.quality.FeedAccount;
import io.dealimpact.row.KeptRows;
import io.dealimpact.row.RowReader;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Goes on from what the last run left of the bars, so that the cost is that of what was delivered
 * since. What comes out is what a run that judges all bars would make.
 *
 * <ul>
 *   <li>Bars that are later than all that their instrument had are judged alone, and then held
 *       against those that it had, as they were delivered: these are neither read from bronze nor
 *       typed again.
 *   <li>All bars of an instrument are judged again where one came that is not later, where a file
 *       that counted no longer does, and where the later bars change what the review makes of the
 *       earlier ones.
 *   <li>Where that is much, or where bars of one instrument decide over those of others in a new
 *       way, nothing is gone on from.
 * </ul>
 */
final class BarChanges {
  /** Instruments that are judged again at most, unless a tenth of all is more. */
  private static final int MOST_AGAIN = 100;

  private static final int MOST_AGAIN_SHARE = 10;

  private final StageContext context;
  private final DeliveredVersions versions;
  private final BarBase base;
  private final String benchmark;

  /** Instruments all of whose bars are judged again. */
  private final Set<String> again = new TreeSet<>();

  private Map<String, Integer> lastDays = Map.of();
  private int extended;

  private BarChanges(StageContext context, DeliveredVersions versions, BarBase base) {
    this.context = context;
    this.versions = versions;
    this.base = base;
    benchmark = context.configuration().study().benchmark();
  }

  /**
   * Judges what changed, and writes it.
   *
   * @return what the stage reports; empty where all bars have to be judged
   */
  static Optional<StageResult> judge(
      StageContext context, DeliveredVersions versions, BarBase base) {
    return versions
        .since(base.delivery(), base.digest())
        .flatMap(changes -> new BarChanges(context, versions, base).judge(changes));
  }

  private Optional<StageResult> judge(DeliveredVersions.Changes changes) {
    Dataset<Row> added = KeptRows.of(BarChecks.typed(context, changes.added(), Set.of()));
    Optional<Dataset<Row>> removed =
        changes.gone().map(gone -> KeptRows.of(BarChecks.typed(context, gone.rows(), Set.of())));
    try {
      lastDays = lastDays();
      removed.ifPresent(rows -> again.addAll(ids(rows)));
      Set<String> later = split(added);
      // The benchmark's bars decide over all others.
      if (again.contains(benchmark) || isMuch()) {
        return Optional.empty();
      }
      List<MarketDay> days =
          MarketDay.changed(
              base.days(),
              MarketDay.of(BarChecks.marketDays(added, benchmark)),
              removed
                  .map(rows -> MarketDay.of(BarChecks.marketDays(rows, benchmark)))
                  .orElse(List.of()));
      BenchmarkDays market = BenchmarkDays.of(days);
      return isAsBefore(market) ? judge(changes, added, later, days, market) : Optional.empty();
    } finally {
      added.unpersist();
      removed.ifPresent(Dataset::unpersist);
    }
  }

  /** The last day of the bars of each instrument. */
  private Map<String, Integer> lastDays() {
    return days(DeliveredBars.lastDays(context.read(Tables.DELIVERED_BARS)));
  }

  private static Map<String, Integer> days(Dataset<Row> rows) {
    RowReader reader = RowReader.of(rows.schema(), "instrument_id", "day");
    Map<String, Integer> days = new HashMap<>();
    for (Row row : rows.collectAsList()) {
      days.put(reader.at(row).text("instrument_id"), reader.at(row).whole("day"));
    }
    return days;
  }

  /**
   * Finds the instruments that are judged again.
   *
   * @return those that have later bars alone
   */
  private Set<String> split(Dataset<Row> added) {
    Set<String> later = new TreeSet<>();
    Column isBar =
        col("instrument_id")
            .isNotNull()
            .and(col("trade_date").isNotNull())
            .and(col("close").isNotNull());
    days(added
            .where(isBar)
            .groupBy("instrument_id")
            .agg(min(unix_date(col("trade_date"))).as("day")))
        .forEach(
            (id, first) ->
                (first > lastDays.getOrDefault(id, Integer.MIN_VALUE) ? later : again).add(id));
    later.removeAll(again);
    return later;
  }

  private static Set<String> ids(Dataset<Row> rows) {
    return new TreeSet<>(
        rows.where(col("instrument_id").isNotNull())
            .select("instrument_id")
            .distinct()
            .as(Encoders.STRING())
            .collectAsList());
  }

  /** Whether to judge all bars is not much more. */
  private boolean isMuch() {
    return again.size() > Math.max(MOST_AGAIN, lastDays.size() / MOST_AGAIN_SHARE);
  }

  /** Whether the benchmark says of all days that had bars what it said before. */
  private boolean isAsBefore(BenchmarkDays market) {
    BenchmarkDays before = BenchmarkDays.of(base.days());
    return base.days().stream()
        .map(MarketDay::market)
        .allMatch(
            day ->
                before.refuses(day) == market.refuses(day)
                    && before
                        .closes()
                        .getOrDefault(day.date(), Double.NaN)
                        .equals(market.closes().getOrDefault(day.date(), Double.NaN)));
  }

  private Optional<StageResult> judge(
      DeliveredVersions.Changes changes,
      Dataset<Row> added,
      Set<String> later,
      List<MarketDay> days,
      BenchmarkDays market) {
    KnownDays known = new KnownDays(market, context.read(Tables.SPLITS));
    Dataset<Row> history = ofOneOf(context.read(Tables.DELIVERED_BARS), later);
    try (CheckedRows ofLater =
        BarChecks.check(
            added.where(isOfOthers()),
            market,
            benchmark,
            rows -> BarSeries.review(rows, history, known))) {
      extended = later.size();
      again.addAll(ids(ofLater.acceptedBefore(BarSeries.rules()).where(col(BarSeries.IS_STALE))));
      if (isMuch()) {
        return Optional.empty();
      }
      if (again.isEmpty()) {
        return write(changes, ofLater, Optional.empty(), days);
      }
      return judgeAgain(changes, ofLater, days, market, known);
    }
  }

  private Optional<StageResult> judgeAgain(
      DeliveredVersions.Changes changes,
      CheckedRows ofLater,
      List<MarketDay> days,
      BenchmarkDays market,
      KnownDays known) {
    Dataset<Row> rows = KeptRows.of(BarChecks.typed(context, versions.rows(), Set.copyOf(again)));
    try (CheckedRows ofAgain =
        BarChecks.check(rows, market, benchmark, reviewed -> BarSeries.review(reviewed, known))) {
      return write(changes, ofLater, Optional.of(ofAgain), days);
    } finally {
      rows.unpersist();
    }
  }

  private Dataset<Row> ofOneOf(Dataset<Row> rows, Set<String> instruments) {
    Dataset<Row> wanted =
        context
            .spark()
            .createDataset(List.copyOf(instruments), Encoders.STRING())
            .toDF("wanted_instrument");
    return rows.join(
        broadcast(wanted), col("instrument_id").equalTo(col("wanted_instrument")), "left_semi");
  }

  /** Whether a row is of no instrument that is judged again. */
  private Column isOfOthers() {
    return col("instrument_id").isNull().or(not(isOfAgain()));
  }

  private Column isOfAgain() {
    return again.isEmpty() ? lit(false) : col("instrument_id").isin(again.toArray());
  }

  private Optional<StageResult> write(
      DeliveredVersions.Changes changes,
      CheckedRows ofLater,
      Optional<CheckedRows> ofAgain,
      List<MarketDay> days) {
    Dataset<Row> quarantined = KeptRows.ifFew(quarantined(changes, ofLater, ofAgain));
    Dataset<Row> stored = context.read(Tables.BARS);
    Part bars =
        new Part(
            Tables.BARS,
            "trade_date",
            stored,
            BarChecks.named(ofLater.accepted().where(isOfOthers())),
            ofAgain.map(checked -> BarChecks.named(checked.accepted())));
    long accepted =
        stored.where(isOfOthers()).count()
            + bars.later.count()
            + ofAgain.map(checked -> checked.account().accepted()).orElse(0L);
    Optional<FeedAccount> account =
        FeedAccount.of(Feed.BARS.folder(), versions, accepted, quarantined);
    if (account.isEmpty()) {
      return Optional.empty();
    }
    ConformOutput.passGates(context, account.get(), quarantined, Tables.BARS);
    Optional<Runnable> change = change(bars, stored);
    Dataset<Row> history = context.read(Tables.DELIVERED_BARS);
    Dataset<Row> laterYears = KeptRows.ifFew(DeliveredBars.of(ofLater).where(isOfOthers()));
    Dataset<Row> before =
        range(laterYears, "trade_year")
            .map(of -> history.where(ValueRange.isInOneOf(col("trade_year"), List.of(of))))
            .orElse(history.limit(0));
    Dataset<Row> years = DeliveredBars.joined(laterYears, before);
    String[] keys = Tables.DELIVERED_BARS.keys().toArray(String[]::new);
    change(
            new Part(
                Tables.DELIVERED_BARS,
                "trade_year",
                history,
                years,
                ofAgain.map(DeliveredBars::of)),
            history.join(
                broadcast(laterYears.select("instrument_id", "trade_year")), keys, "left_anti"))
        .ifPresent(Runnable::run);
    BarBase.write(context, days, versions, account.get().quarantined(), change);
    return Optional.of(
        ConformOutput.result(
            account.get(),
            ConformBars.flags(context.read(Tables.BARS)),
            RestatedCloses.message(context.read(ConformInput.table(Feed.BARS)), versions),
            extended + again.size() == 0
                ? ""
                : String.format(
                    Locale.ROOT,
                    "later bars of %d instruments, %d instruments judged again",
                    extended,
                    again.size())));
  }

  /** What is in quarantine of the feed now. */
  private Dataset<Row> quarantined(
      DeliveredVersions.Changes changes, CheckedRows ofLater, Optional<CheckedRows> ofAgain) {
    Dataset<Row> before =
        BarBase.quarantined(context)
            .where(isOfOthers().and(CheckedRows.isNotHeldBack(col("rule"))))
            .drop("run_id");
    Dataset<Row> staying =
        changes
            .gone()
            .map(
                gone ->
                    before.join(
                        broadcast(gone.versions()),
                        new String[] {"source_file", "source_sha256"},
                        "left_anti"))
            .orElse(before);
    Dataset<Row> all = staying.unionByName(ofLater.quarantined().where(isOfOthers()));
    return ofAgain.map(checked -> all.unionByName(checked.quarantined())).orElse(all);
  }

  /**
   * What changes of a table.
   *
   * @param column by whose ranges it is replaced
   * @param stored its rows
   * @param later rows that are added, or take the place of those of their keys
   * @param again all rows of the instruments that are judged again
   */
  private record Part(
      TableSpec table,
      String column,
      Dataset<Row> stored,
      Dataset<Row> later,
      Optional<Dataset<Row>> again) {}

  /**
   * What writes the ranges in which a table changes; empty where it does in none.
   *
   * @param staying its rows without those in whose place later ones come
   */
  private Optional<Runnable> change(Part part, Dataset<Row> staying) {
    List<ValueRange> ranges = new ArrayList<>();
    range(part.later, part.column).ifPresent(ranges::add);
    part.again
        .flatMap(
            rows ->
                ConformOutput.changed(
                    part.stored.where(isOfAgain()), rows, part.table, col(part.column)))
        .ifPresent(ranges::add);
    if (ranges.isEmpty()) {
      return Optional.empty();
    }
    Column isInRange = ValueRange.isInOneOf(col(part.column), ranges);
    Column[] columns =
        part.table.columnNames().stream().map(name -> col(name)).toArray(Column[]::new);
    Dataset<Row> others =
        staying
            .where(isInRange.and(isOfOthers()))
            .select(columns)
            .unionByName(part.later.select(columns));
    Dataset<Row> rows =
        part.again
            .map(all -> others.unionByName(all.where(isInRange).select(columns)))
            .orElse(others);
    return Optional.of(
        () -> context.lake().replaceRanges(part.table, rows, part.column, ranges, context.note()));
  }

  private static Optional<ValueRange> range(Dataset<Row> rows, String column) {
    Row row =
        rows.agg(min(column).cast("string").as("first"), max(column).cast("string").as("last"))
            .first();
    RowReader.Cells cells = RowReader.of(row.schema()).at(row);
    return Optional.ofNullable(cells.text("first"))
        .map(first -> new ValueRange(first, cells.text("last")));
  }
}
