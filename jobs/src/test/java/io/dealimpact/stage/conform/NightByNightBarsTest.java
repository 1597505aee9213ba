package io.dealimpact.stage.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.source.Feed;
import io.dealimpact.stage.StageResult;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bars that are judged night by night, going on from what the last night left, are those that one
 * night makes of all deliveries.
 *
 * <p>{@code -Dbars.seed=N} plays another history, {@code -Dbars.nights=N} a longer one.
 */
@Tag("spark")
@Tag("slow")
final class NightByNightBarsTest {
  private static final String HEADER =
      "instrument_id|trade_date|open|high|low|close|adjusted_close|volume|split_ratio|dividend"
          + "|price_basis|read_error";
  private static final List<String> INSTRUMENTS =
      List.of("SPY", "AMZN", "MSFT", "NVDA", "SAP", "ORCL");
  private static final List<TableSpec> MADE =
      List.of(
          Tables.BARS,
          Tables.DELIVERED_BARS,
          Tables.MARKET_DAYS,
          Tables.REFUSED_BARS,
          Tables.QUARANTINE);

  @TempDir private Path folder;
  private final Random random = new Random(Long.getLong("bars.seed", 1));
  private final Map<String, Double> closes = new TreeMap<>();
  private final Map<String, List<String>> files = new TreeMap<>();
  private LocalDate day = LocalDate.of(2025, 10, 1);
  private int number;

  private ConformFixture lake() {
    return new ConformFixture(folder.resolve("lake"), "quality.max_quarantined_share=1.0")
        .silver(
            Tables.INSTRUMENTS,
            "instrument_id|ticker|exchange|currency",
            "SPY|SPY|NYSEARCA|USD",
            "AMZN|AMZN|NASDAQ|USD",
            "MSFT|MSFT|NASDAQ|USD",
            "NVDA|NVDA|NASDAQ|USD",
            "SAP|SAP|XETRA|EUR",
            "ORCL|ORCL|NYSE|USD")
        .silver(Tables.SPLITS, "instrument_id|effective_date|ratio", "NVDA|2025-11-20|10");
  }

  private void nextDay() {
    do {
      day = day.plusDays(1);
    } while (day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0);
  }

  /** A bar of the day; one in six has something odd. */
  private String bar(String instrument, LocalDate of) {
    double close = closes.merge(instrument, 100.0, (was, first) -> was * move());
    String adjusted = number(close * 0.98);
    String volume = "1000";
    String split = "";
    String dividend = "";
    switch (random.nextInt(24)) {
      case 0 -> close *= 10;
      case 1 -> close /= 100;
      case 2 -> volume = "0";
      case 3 -> adjusted = "";
      case 4 -> adjusted = "n/a";
      case 5 -> dividend = "0.5";
      case 6 -> split = "2";
      case 7 -> closes.merge(instrument, 10.0, (was, factor) -> was / factor);
      case 8 -> closes.merge(instrument, 1.3, (was, factor) -> was * factor);
      default -> {
        // An ordinary day.
      }
    }
    boolean isFlat = volume.equals("0");
    return String.join(
        "|",
        instrument,
        of.toString(),
        number(close),
        number(isFlat ? close : close * 1.01),
        number(isFlat ? close : close * 0.99),
        random.nextInt(40) == 0 ? "n/a" : number(close),
        adjusted,
        volume,
        split,
        dividend,
        random.nextInt(60) == 0 ? "less-dividends" : "",
        random.nextInt(60) == 0 ? "malformed-record" : "");
  }

  private double move() {
    return Math.exp(random.nextGaussian() * 0.02);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private String someInstrument() {
    return INSTRUMENTS.get(random.nextInt(INSTRUMENTS.size()));
  }

  private LocalDate someDay() {
    return day.minusDays(random.nextInt(50));
  }

  private void deliver(ConformFixture lake, String file, List<String> rows) {
    files.put(file, rows);
    List<String> lines = new ArrayList<>(rows);
    lines.add(0, HEADER);
    if (rows.isEmpty()) {
      lines.add("|||||||||||no-rows");
    }
    lake.file(Feed.BARS, file, lines.toArray(String[]::new));
  }

  private String nextFile(String what) {
    return "bars/" + what + "-" + String.format(Locale.ROOT, "%03d", number++) + ".csv";
  }

  private void history(ConformFixture lake) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++, nextDay()) {
      for (String instrument : INSTRUMENTS) {
        rows.add(bar(instrument, day));
      }
    }
    deliver(lake, nextFile("history"), rows);
  }

  private String nextDelivery(ConformFixture lake) {
    int kind = random.nextInt(12);
    String what;
    switch (kind) {
      case 0 -> {
        what = "a correction of an old bar";
        deliver(lake, nextFile("fix"), List.of(bar(someInstrument(), someDay())));
      }
      case 1, 2 -> {
        what = "an earlier file with another bar";
        String file = List.copyOf(files.keySet()).get(random.nextInt(files.size()));
        List<String> rows = new ArrayList<>(files.get(file));
        if (!rows.isEmpty()) {
          int at = random.nextInt(rows.size());
          String[] fields = rows.get(at).split("\\|", -1);
          rows.set(at, bar(fields[0], LocalDate.parse(fields[1])));
        }
        deliver(lake, file, rows);
      }
      case 3 -> {
        what = "a file that is withdrawn";
        String file = List.copyOf(files.keySet()).get(random.nextInt(files.size()));
        deliver(lake, file.contains("history") ? nextFile("empty") : file, List.of());
      }
      case 4 -> {
        what = "bars of nobody, and of no day";
        deliver(
            lake,
            nextFile("odd"),
            List.of(bar("ZZZZ", day), "AMZN|2025-02-30|1|1|1|1||||||", bar("SAP", day)));
      }
      case 5 -> {
        what = "a late bar";
        deliver(lake, nextFile("late"), List.of(bar(someInstrument(), day.minusDays(1))));
      }
      default -> {
        what = "the bars of a day";
        nextDay();
        List<String> rows = new ArrayList<>();
        for (String instrument : INSTRUMENTS) {
          if (random.nextInt(10) > 0) {
            rows.add(bar(instrument, day));
          }
        }
        deliver(lake, nextFile("day"), rows);
      }
    }
    return what;
  }

  @Test
  void barsOfManyNightsAreThoseOfOne() {
    ConformFixture lake = lake();
    history(lake);
    lake.night(new ConformBars());
    lake.night(new ConformRefusedBars());
    int wentOn = 0;
    int nights = Integer.getInteger("bars.nights", 6);
    StringBuilder played = new StringBuilder();
    for (int night = 0; night < nights; night++) {
      played.append(night).append(": ").append(nextDelivery(lake)).append('\n');
      StageResult result = lake.night(new ConformBars());
      lake.night(new ConformRefusedBars());
      Path fresh = folder.resolve("fresh-" + night);
      StageResult afresh = lake.afresh(new ConformBars(), fresh);
      lake.afresh(new ConformRefusedBars(), fresh);
      String goesOn = "later bars of ";
      wentOn += result.message().contains(goesOn) ? 1 : 0;
      for (TableSpec table : MADE) {
        assertThat(lake.all(table))
            .as("%s after%n%s", table.fullName(), played)
            .isEqualTo(lake.all(table, fresh));
      }
      assertThat(
              new StageResult(
                  result.rowsIn(),
                  result.accepted(),
                  result.duplicate(),
                  result.quarantined(),
                  result.message().replaceAll("(; )?" + goesOn + "[^;]*", "")))
          .as("the account after%n%s", played)
          .isEqualTo(afresh);
    }
    assertThat(wentOn).as("nights that went on from the last").isPositive();
  }
}
