package io.dealimpact.stage.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.lake.Tables;
import io.dealimpact.stage.conform.ConformFixture;
import io.dealimpact.testing.SparkForTests;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rows of events say of the data that they are from. */
@Tag("spark")
class EventFlagsTest {
  private static final String SHARES =
      "instrument_id|effective_date|known_date|shares|shares_reported|split_factor|data_flags";

  /**
   * Three shares with an event on 3 November 2025, and an estimation window from 1 November 2024.
   */
  private static final Dataset<Row> EVENTS =
      SparkForTests.session()
          .sql(
              """
              select concat('deal:', id) event_id, id instrument_id,
                     unix_date(date'2025-11-03') event_day,
                     unix_date(date'2024-11-01') estimation_start_day
              from values ('OLD'), ('NEW'), ('LATE') as t(id)
              """);

  private static List<String> flags(ConformFixture lake) {
    return flags(EventFlags.of(lake.context(), EVENTS));
  }

  private static List<String> flags(EventFlags flags) {
    try (flags) {
      return flags.rows().collectAsList().stream()
          .map(
              row ->
                  "["
                      + row.getString(0)
                      + ","
                      + String.join(", ", row.<String>getList(row.fieldIndex("input_flags")))
                      + "]")
          .sorted()
          .toList();
    }
  }

  @Test
  void aCountOfMoreThanTwoYearsBeforeTheEventIsTooOld(@TempDir Path folder) {
    ConformFixture lake =
        new ConformFixture(folder)
            .silver(
                Tables.SHARES_OUTSTANDING,
                SHARES,
                // 731 days before day 0 is 3 November 2023.
                "OLD|2023-11-02|2023-11-05|1000|1000|1|",
                "NEW|2023-11-03|2023-11-05|1000|1000|1|company-shares",
                // Two counts, of which the newer one was not known before the event.
                "LATE|2023-06-30|2023-07-30|1000|1000|1|",
                "LATE|2025-09-30|2025-11-03|1000|1000|1|");

    assertThat(flags(lake))
        .containsExactly(
            "[deal:LATE,share-count-too-old]",
            "[deal:NEW,company-shares]",
            "[deal:OLD,share-count-too-old]");
  }

  @Test
  void aVendorsValueThatDiffersFromSharesTimesCloseIsSaid(@TempDir Path folder) {
    ConformFixture lake =
        new ConformFixture(folder)
            .silver(
                Tables.MARKET_CAPS,
                "instrument_id|trade_date|market_cap_ccy|source|vendor_difference",
                // More than 2 % apart within the five days before day 0, in either direction.
                "OLD|2025-10-29|100|vendor|-0.021",
                // No more than 2 %; and the day of the event values nothing.
                "NEW|2025-10-31|100|vendor|0.02",
                "NEW|2025-11-03|100|vendor|0.5",
                // Before those five days.
                "LATE|2025-10-28|100|vendor|0.5");

    assertThat(flags(lake)).containsExactly("[deal:OLD,market-cap-differs]");
  }

  @Test
  void repairsCountFromTheEstimationWindowOnAndWhatWasLeftOutNearTheEvent(@TempDir Path folder) {
    ConformFixture lake =
        new ConformFixture(folder)
            .silver(
                Tables.BARS,
                "instrument_id|trade_date|close|trade_year|data_flags",
                "OLD|2024-11-01|10|2024|level-changed by 0.25, high-left-out",
                "NEW|2024-10-31|10|2024|level-changed",
                "NEW|2025-11-20|10|2025|high-left-out",
                "LATE|2026-01-05|10|2026|level-changed");

    assertThat(flags(lake)).containsExactly("[deal:NEW,high-left-out]", "[deal:OLD,level-changed]");
  }

  /**
   * Few events are sent to the bars; of many, the days on which a bar may matter, if they are few.
   */
  @Test
  void barsAreMetAlikeByFewEventsAndByMany(@TempDir Path folder) {
    ConformFixture lake =
        new ConformFixture(folder)
            .silver(
                Tables.MARKET_CAPS,
                "instrument_id|trade_date|market_cap_ccy|shares|source|vendor_difference",
                // More shares were traded than there are.
                "OLD|2025-11-04|20000000|2000000|shares|",
                // A day of another volume; and one without a bar.
                "OLD|2025-11-05|20000000|2000000|shares|",
                "OLD|2025-11-06|20000000|2000000|shares|",
                // Fewer than a million shares within the five days before day 0.
                "NEW|2025-10-31|9000000|900000|shares|",
                // On day 0 itself nothing is valued.
                "LATE|2025-11-03|9000000|900000|shares|")
            .silver(
                Tables.BARS,
                "instrument_id|trade_date|close|volume_shares|trade_year|data_flags",
                "OLD|2025-11-04|10|2000001|2025|",
                "OLD|2025-11-05|10|2000000|2025|",
                "NEW|2025-10-31|10|1000|2025|",
                "LATE|2025-11-03|10|1000|2025|");

    for (int mostSent : List.of(10_000, 2, 0)) {
      assertThat(flags(EventFlags.of(lake.context(), EVENTS, mostSent)))
          .as("at most %d are sent", mostSent)
          .containsExactly("[deal:NEW,few-shares]", "[deal:OLD,volume-above-shares]");
    }
  }

  /** Events of 900 days in a row meet one flagged day, wherever it lies in the calendar. */
  @Test
  void eachDayBelongsToTheEventsThatReachIt(@TempDir Path folder) {
    LocalDate flagged = LocalDate.parse("2025-02-14");
    ConformFixture lake =
        new ConformFixture(folder)
            .silver(
                Tables.BARS,
                "instrument_id|trade_date|close|trade_year|data_flags",
                "A|" + flagged + "|10|2025|high-left-out, level-changed");
    long first = flagged.toEpochDay() - 300;
    Dataset<Row> events =
        SparkForTests.session()
            .range(first, first + 900)
            .selectExpr(
                "cast(id as string) event_id",
                "'A' instrument_id",
                "cast(id as int) event_day",
                "cast(id - 400 as int) estimation_start_day");

    Map<Long, List<String>> found = new TreeMap<>();
    try (EventFlags flags = EventFlags.of(lake.context(), events)) {
      flags
          .rows()
          .collectAsList()
          .forEach(
              row ->
                  found.put(
                      Long.valueOf(row.getString(0)), row.getList(row.fieldIndex("input_flags"))));
    }

    Map<Long, List<String>> expected = new TreeMap<>();
    for (long day = first; day < first + 900; day++) {
      long after = flagged.toEpochDay() - day;
      List<String> flags = new ArrayList<>();
      if (after >= -15 && after <= 35) {
        flags.add("high-left-out");
      }
      if (after >= -400 && after <= 35) {
        flags.add("level-changed");
      }
      if (!flags.isEmpty()) {
        expected.put(day, flags);
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void aDayOnWhichMoreSharesAreTradedThanThereAreIsSaid(@TempDir Path folder) {
    ConformFixture lake =
        new ConformFixture(folder)
            .silver(
                Tables.BARS,
                "instrument_id|trade_date|close|trade_year|volume_shares",
                "OLD|2025-11-04|10|2025|1001",
                "NEW|2025-11-04|10|2025|1000",
                // Too long before the event.
                "LATE|2025-06-04|10|2025|1001")
            .silver(
                Tables.MARKET_CAPS,
                "instrument_id|trade_date|market_cap_ccy|source|shares",
                "OLD|2025-11-04|10000|shares x close|1000",
                "NEW|2025-11-04|10000|shares x close|1000",
                "LATE|2025-06-04|10000|shares x close|1000");

    assertThat(flags(lake)).containsExactly("[deal:OLD,volume-above-shares]");
  }
}
