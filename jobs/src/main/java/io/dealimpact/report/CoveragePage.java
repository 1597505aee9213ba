package io.dealimpact.report;

import io.dealimpact.study.calibration.Coverage;
import io.dealimpact.study.calibration.Coverage.Held;
import io.dealimpact.study.event.OwnHistory;
import io.dealimpact.study.market.EventWindow;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Coverage of the 95 % intervals of single events: a section of the calibration page, and a CSV.
 */
public final class CoveragePage {
  /** The section's heading; what follows it in the page is the section. */
  public static final String HEADING = "## Coverage of the intervals of one event";

  /** Days of a share below which its rate says little. */
  private static final int LEAST_DAYS = 500;

  /** Independent days of a regime below which its rate has a standard error above 0.5 %. */
  private static final int LEAST_INDEPENDENT_DAYS = 1900;

  private final List<Held> all;

  public CoveragePage(List<Held> all) {
    this.all = List.copyOf(all);
  }

  /** Counts by source, share, window and regime. */
  public String csv() {
    StringBuilder text =
        new StringBuilder(
            "source,share,window_start,window_end,regime,days,held_by_t,held_by_history\n");
    for (Held held : all) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%d,%d,%s,%d,%d,%d%n",
              held.source(),
              held.share(),
              held.window().start(),
              held.window().end(),
              held.regime().label(),
              held.days(),
              held.heldByT(),
              held.heldByHistory()));
    }
    return text.toString();
  }

  /** The section. */
  public String markdown() {
    StringBuilder text = new StringBuilder(HEADING);
    text.append(
        String.format(
            Locale.ROOT,
            """


            Made by `deal-impact calibrate --measure COVERAGE`. Every day of a share is held against the
            days before it, as an event of that day would be: the default study's market model and
            windows, at least %d days of history. An interval holds if it has 0 in it; it should in 95 %%.
            `t` is the model's interval, `own` the calibrated one ([own history](tests/placebo.md)).
            **Bold** is outside: 94 to 96 %% for a regime, 93 to 97 %% for a share. (In brackets): fewer
            than %d independent days' worth, a standard error above 0.5 %%. The regime is the largest
            move of the market on a day of the window. A share counts with %d days or more.
            Simulated: a market with GARCH(1,1) variance, residuals of Student's t(4) whose spread moves
            with the market's and with a slow state of the share's own. Real: the shares of the lake, all
            days; those of one date move together, so that their error is larger than that of as many
            independent ones. The counts by share: [coverage.csv](coverage.csv).

            | returns | window | regime | share-days | t | own |
            |---|---|---|---:|---:|---:|
            """,
            Coverage.LEAST_HISTORY,
            LEAST_INDEPENDENT_DAYS,
            LEAST_DAYS));
    Coverage.sums(all, h -> List.of(h.source(), h.window(), h.regime()))
        .forEach((key, held) -> regime(text, held));
    text.append(
        """

        | returns | window | shares | own, lowest | own, median | own, highest | within 93 to 97 % |
        |---|---|---:|---:|---:|---:|---:|
        """);
    Coverage.sums(all, h -> List.of(h.source(), h.window()))
        .forEach((key, held) -> shares(text, held.source(), held.window()));
    return text.toString();
  }

  private static void regime(StringBuilder text, Held held) {
    text.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | %s | %d | %.1f | %s |%n",
            held.source(),
            held.window(),
            held.regime().label(),
            held.days(),
            100.0 * held.heldByT() / held.days(),
            marked(held)));
  }

  private void shares(StringBuilder text, String source, EventWindow window) {
    Collection<Held> shares =
        Coverage.sums(
                all.stream()
                    .filter(h -> h.source().equals(source) && h.window().equals(window))
                    .toList(),
                Held::share)
            .values();
    double[] rates =
        shares.stream()
            .filter(h -> h.days() >= LEAST_DAYS)
            .mapToDouble(h -> 100.0 * h.heldByHistory() / h.days())
            .sorted()
            .toArray();
    if (rates.length > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %d | %.1f | %.1f | %.1f | %.1f %% |%n",
              source,
              window,
              rates.length,
              rates[0],
              rates[rates.length / 2],
              rates[rates.length - 1],
              100.0 * Arrays.stream(rates).filter(r -> r >= 93 && r <= 97).count() / rates.length));
    }
  }

  private static String marked(Held held) {
    double rate = 100.0 * held.heldByHistory() / held.days();
    String text = String.format(Locale.ROOT, "%.1f", rate);
    if (held.days() / OwnHistory.weight(held.window().length()) < LEAST_INDEPENDENT_DAYS) {
      return "(" + text + ")";
    }
    return rate < 94 || rate > 96 ? "**" + text + "**" : text;
  }
}
