package io.dealimpact.stage.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.codec.MarketRows;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.conform.ConformFixture;
import io.dealimpact.stage.conform.ConformSeries;
import io.dealimpact.study.market.TradingCalendar;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which days a study trades on. */
@Tag("spark")
class StudyMarketsTest {
  private static final String BARS = "instrument_id|trade_date|close|trade_year";

  private static ConformFixture instruments(Path folder) {
    return new ConformFixture(folder)
        .silver(
            Tables.INSTRUMENTS,
            "instrument_id|ticker|exchange|currency",
            "SPY|SPY|NYSEARCA|USD",
            "AMZN|AMZN|NASDAQ|USD",
            "SAP|SAP|XETRA|EUR");
  }

  private static List<String> days(ConformFixture lake) {
    lake.run(new ConformSeries());
    List<Row> bars = MeasuredEvents.bars(lake.context(), "SPY");
    TradingCalendar calendar =
        MarketRows.calendar(bars, StudyMarkets.sessionsOfInstrument(lake.context(), "SPY"));
    return IntStream.range(0, calendar.size()).mapToObj(i -> calendar.date(i).toString()).toList();
  }

  @Test
  void aDayThatTheBenchmarkLacksIsThereIfOthersOfItsExchangeTraded(@TempDir Path folder) {
    ConformFixture lake =
        instruments(folder)
            .silver(
                Tables.BARS,
                BARS,
                "SPY|2025-11-03|680|2025",
                "SPY|2025-11-05|677|2025",
                "AMZN|2025-11-03|254|2025",
                "AMZN|2025-11-04|249|2025",
                "AMZN|2025-11-05|250|2025",
                // After the benchmark's last bar nothing says that it will have a day.
                "AMZN|2025-11-06|243|2025");

    assertThat(days(lake)).containsExactly("2025-11-03", "2025-11-04", "2025-11-05");
  }

  @Test
  void aDayOfAnotherExchangeIsNone(@TempDir Path folder) {
    ConformFixture lake =
        instruments(folder)
            .silver(
                Tables.BARS,
                BARS,
                "SPY|2025-11-26|680|2025",
                "SPY|2025-11-28|683|2025",
                // Thanksgiving: Frankfurt trades.
                "SAP|2025-11-27|208|2025");

    assertThat(days(lake)).containsExactly("2025-11-26", "2025-11-28");
  }

  @Test
  void aSessionThatTheCalendarListsIsThere(@TempDir Path folder) {
    ConformFixture lake =
        instruments(folder)
            .silver(
                Tables.CALENDAR,
                "exchange|trade_date|open_time|close_time",
                "NYSE|2025-11-04|09:30|16:00",
                "XETRA|2025-11-04|09:00|17:30",
                "XETRA|2025-11-06|09:00|17:30")
            .silver(Tables.BARS, BARS, "SPY|2025-11-03|680|2025", "SPY|2025-11-07|677|2025");

    assertThat(days(lake)).containsExactly("2025-11-03", "2025-11-04", "2025-11-07");
  }
}
