package io.dealimpact.flow;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the vendors of a small market know: three shares and a benchmark, 120 days, and a few deals.
 * Vendors deliver parts of it, and not always as it is.
 */
final class HistoryMarket {
  static final List<String> SHARES = List.of("AAA", "BBB", "CCC");
  static final String BENCHMARK = "bars/BENCH.csv";
  static final List<LocalDate> DAYS = days();

  private static final int DEALS = 12;

  private HistoryMarket() {}

  private static List<LocalDate> days() {
    List<LocalDate> days = new ArrayList<>();
    for (LocalDate day = LocalDate.parse("2025-07-01"); days.size() < 120; day = day.plusDays(1)) {
      if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
        days.add(day);
      }
    }
    return List.copyOf(days);
  }

  /** All files in full, by path; a CSV file begins with its header, JSON lines have none. */
  static Map<String, List<String>> files() {
    Map<String, List<String>> files = new TreeMap<>();
    files.put(
        "instruments/instruments.csv",
        List.of(
            "instrument_id,ticker,name,organisation,exchange,currency,kind",
            "BENCH,BENCH,Bench,Bench,NYSE,USD,index",
            "AAA,AAA,Alpha,Alpha,NYSE,USD,equity",
            "BBB,BBB,Beta,Beta,NYSE,USD,equity",
            "CCC,CCC,Gamma,Gamma,NYSE,EUR,equity"));
    files.put(BENCHMARK, bars("BENCH"));
    SHARES.forEach(share -> files.put("bars/" + share + ".csv", bars(share)));
    files.put("deals/deals.jsonl", deals());
    files.put(
        "shares/shares.csv",
        List.of(
            "instrument_id,effective_date,shares",
            "AAA,2025-06-02,1000000",
            "AAA,2025-09-01,1100000",
            "BBB,2025-06-02,2000000",
            "BBB,2025-10-01,2100000",
            "CCC,2025-06-02,3000000"));
    files.put(
        "splits/splits.csv",
        List.of("instrument_id,effective_date,ratio", "AAA,2025-08-15,2", "BBB,2025-10-20,3"));
    files.put(
        "earnings/earnings.csv",
        List.of(
            "instrument_id,announced_at",
            "AAA,2025-10-15",
            "AAA,2025-11-03",
            "BBB,2025-10-16",
            "CCC,2025-11-20"));
    files.put("fx/fx.csv", rates());
    files.put("capacity/capacity.jsonl", commitments());
    return files;
  }

  private static List<String> bars(String id) {
    List<String> lines = new ArrayList<>();
    lines.add("instrument_id,trade_date,open,high,low,close,adjusted_close,volume");
    Random random = new Random(id.hashCode());
    double price = 100;
    for (LocalDate day : DAYS) {
      price *= 1 + 0.01 * random.nextGaussian();
      lines.add(
          String.format(
              Locale.ROOT, "%s,%s,,,,%.4f,,%d", id, day, price, 9000 + random.nextInt(2000)));
    }
    return lines;
  }

  private static List<String> rates() {
    List<String> lines = new ArrayList<>(List.of("currency,trade_date,usd_per_unit"));
    Random random = new Random(7);
    DAYS.forEach(
        day ->
            lines.add(
                String.format(Locale.ROOT, "EUR,%s,%.4f", day, 1.1 + 0.05 * random.nextDouble())));
    return lines;
  }

  /** Several fall on one day, and some near one another. */
  private static List<String> deals() {
    Random random = new Random(11);
    return IntStream.range(0, DEALS)
        .mapToObj(
            i -> {
              String share = SHARES.get(random.nextInt(SHARES.size()));
              LocalDate day = DAYS.get(45 + random.nextInt(70));
              return String.format(
                  Locale.ROOT,
                  "{\"deal_id\": \"deal-%1$d\", \"announced_at\": \"%2$s\", \"title\": \"deal %1$d\","
                      + " \"deal_type\": \"%3$s\", \"status\": \"signed\", \"value_usd\": %4$d,"
                      + " \"parties\": [{\"organisation\": \"%5$s\", \"role\": \"provider\","
                      + " \"instrument_id\": \"%6$s\"}, {\"organisation\": \"Customer %7$d\","
                      + " \"role\": \"customer\"}]}",
                  i,
                  day,
                  i % 2 == 0 ? "cloud-compute" : "chips",
                  1_000_000_000L * (1 + i),
                  organisation(share),
                  share,
                  i % 3);
            })
        .toList();
  }

  private static List<String> commitments() {
    return IntStream.range(0, DEALS / 2)
        .mapToObj(
            i ->
                String.format(
                    Locale.ROOT,
                    "{\"commitment_id\": \"commitment-%1$d\", \"deal_id\": \"deal-%1$d\","
                        + " \"provider\": \"%2$s\", \"customer\": \"Customer %3$d\","
                        + " \"status\": \"signed\", \"power_gw\": %4$d, \"known_date\":"
                        + " \"2025-10-0%4$d\", \"first_power_date\": \"2026-0%4$d-01\"}",
                    i,
                    organisation(SHARES.get(i % SHARES.size())),
                    i % 3,
                    1 + i))
        .toList();
  }

  private static String organisation(String share) {
    return switch (share) {
      case "AAA" -> "Alpha";
      case "BBB" -> "Beta";
      default -> "Gamma";
    };
  }
}
