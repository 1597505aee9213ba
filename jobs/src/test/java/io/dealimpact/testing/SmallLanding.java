package io.dealimpact.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A landing zone of two shares and a benchmark, for runs of the whole program: prices of 120 days
 * by a seeded walk, and deals as a test delivers them.
 */
public final class SmallLanding {
  private static final List<String> INSTRUMENTS = List.of("BENCH", "AAA", "BBB");
  private static final LocalDate FIRST_DAY = LocalDate.parse("2025-07-01");
  private static final int DAYS = 120;

  private final Path folder;

  /** A landing zone with instruments and prices, and no deals yet. */
  public SmallLanding(Path folder) throws IOException {
    this.folder = folder;
    write(
        "instruments/instruments.csv",
        List.of(
            "instrument_id,ticker,name,organisation,exchange,currency,kind",
            "BENCH,BENCH,Bench,Bench,NYSE,USD,index",
            "AAA,AAA,Alpha,Alpha,NYSE,USD,equity",
            "BBB,BBB,Beta,Beta,NYSE,USD,equity"));
    deliverPrices("", "", 0);
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  /** Settings of a study that fits the prices once, with no simulations. */
  public static List<String> settings() {
    return List.of(
        "study.benchmark=BENCH",
        "study.event_window=[-2, 2]",
        "study.windows=[[0, 0], [-1, 1]]",
        "study.estimation.end=-3",
        "study.estimation.length=40",
        "study.estimation.minimum=20",
        "study.models=[market-model]",
        "study.groups=[all]",
        "study.robustness.benchmarks=[]",
        "study.robustness.models=[market-model]",
        "study.robustness.sectors=[fund]",
        "study.robustness.estimation_lengths=[]",
        "study.bootstrap.replicates=0",
        "capacity.replicates=0");
  }

  /**
   * Delivers all prices, with the close of one instrument and day moved: a restatement.
   *
   * @param instrument empty for none
   * @param by fraction of the price
   */
  public void deliverPrices(String instrument, String day, double by) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("instrument_id,trade_date,open,high,low,close,adjusted_close,volume");
    for (String id : INSTRUMENTS) {
      Random random = new Random(id.hashCode());
      double price = 100;
      LocalDate date = FIRST_DAY;
      for (int i = 0; i < DAYS; date = date.plusDays(1)) {
        if (date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY) {
          continue;
        }
        price *= 1 + 0.01 * random.nextGaussian();
        boolean isRestated = id.equals(instrument) && date.toString().equals(day);
        lines.add(
            String.format(
                Locale.ROOT,
                "%s,%s,,,,%.4f,,1000",
                id,
                date,
                isRestated ? price * (1 + by) : price));
        i++;
      }
    }
    write("bars/prices.csv", lines);
  }

  /**
   * Delivers the deals, each {@code instrument day}; those of the delivery before are withdrawn.
   */
  public void deliverDeals(String... deals) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String deal : deals) {
      String[] of = deal.split(" ", -1);
      lines.add(
          String.format(
              Locale.ROOT,
              "{\"deal_id\": \"%1$s-%2$s\", \"announced_at\": \"%2$s\", \"title\": \"a deal\","
                  + " \"deal_type\": \"cloud-compute\", \"status\": \"announced\", \"parties\":"
                  + " [{\"organisation\": \"%1$s\", \"role\": \"provider\","
                  + " \"instrument_id\": \"%1$s\"}]}",
              of[0],
              of[1]));
    }
    write("deals/deals.jsonl", lines);
  }

  private void write(String file, List<String> lines) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, lines);
  }
}
