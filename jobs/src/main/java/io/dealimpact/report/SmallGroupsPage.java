package io.dealimpact.report;

import io.dealimpact.study.calibration.Calibration;
import io.dealimpact.study.calibration.SmallGroups;
import io.dealimpact.study.calibration.SmallGroups.Size;
import io.dealimpact.study.group.Statistic;
import io.dealimpact.study.market.EventWindow;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sizes of the tests in groups of few events: a section of the calibration page, and a CSV. */
public final class SmallGroupsPage {
  /** The section's heading; what follows it up to the next section is the section. */
  public static final String HEADING = "## Few events";

  private final List<Size> all;

  public SmallGroupsPage(List<Size> all) {
    this.all = List.copyOf(all);
  }

  /** Counts by setting, returns, window, events and test. */
  public String csv() {
    StringBuilder text =
        new StringBuilder(
            "setting,returns,window_start,window_end,events,test,samples,rejected,rate\n");
    for (Size size : all) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%d,%d,%d,%s,%d,%d,%.4f%n",
              size.setting(),
              size.returns().name().toLowerCase(Locale.ROOT),
              size.window().start(),
              size.window().end(),
              size.events(),
              size.test(),
              size.samples(),
              size.rejected(),
              size.rate()));
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


            Made by `deal-impact calibrate --measure FEW_EVENTS` (%d samples of each kind). The default
            study: 250 days of estimation that end on day −21, windows [0,0], [−1,1] and [−5,5], the
            market model. Returns are simulated, nothing happens, every event has a date of its own,
            residuals are normal or Student's t(5), returns simple or logarithmic. Each figure is the
            **largest** rate over those four kinds (a test that needs normal returns for windows: over
            the normal ones), in %%; by chance alone the largest of four is up to 6.3 (99 of 100 times).
            Of a group of fewer events than `least` the test's status is `TOO_FEW_EVENTS` (here in brackets):
            its figures stay, but no verdict and no adjusted p rests on them. From there on it rejects at
            most %.1f %% in every window (signs by 1.8 %% more than their steps allow). Each kind:
            [few-events.csv](few-events.csv).
            """,
            all.stream().mapToInt(Size::samples).max().orElse(0),
            100 * (Calibration.LEVEL + SmallGroups.TOLERANCE)));
    for (EventWindow window : windows()) {
      table(text, window);
    }
    text.append(
        """

        ### One event

        | test | returns | [0,0] | [-1,1] | [-5,5] |
        |---|---|---:|---:|---:|
        """);
    for (String test : SmallGroups.OF_ONE_EVENT) {
      for (SmallGroups.Kind kind : SmallGroups.KINDS) {
        text.append(String.format(Locale.ROOT, "| %s | %s |", test, kind.label()));
        for (EventWindow window : windows()) {
          all.stream()
              .filter(s -> s.test().equals(test) && s.events() == 1 && s.window().equals(window))
              .filter(s -> s.setting().equals(kind.setting().label()))
              .filter(s -> s.returns() == kind.returns())
              .forEach(s -> text.append(String.format(Locale.ROOT, " %.1f |", 100 * s.rate())));
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private List<EventWindow> windows() {
    return all.stream().map(Size::window).distinct().toList();
  }

  private void table(StringBuilder text, EventWindow window) {
    text.append("\n### ").append(window).append("\n\n| test | least |");
    SmallGroups.SIZES.forEach(n -> text.append(" N=").append(n).append(" |"));
    text.append("\n|---|---:|").append("---:|".repeat(SmallGroups.SIZES.size())).append('\n');
    for (Statistic test :
        Arrays.stream(Statistic.values())
            .filter(Statistic::isCalibrated)
            .sorted(Comparator.comparing(Statistic::code))
            .toList()) {
      text.append(String.format(Locale.ROOT, "| %s | %d |", test.code(), test.leastEvents()));
      for (int n : SmallGroups.SIZES) {
        text.append(' ').append(cell(test, window, n)).append(" |");
      }
      text.append('\n');
    }
  }

  private String cell(Statistic test, EventWindow window, int n) {
    Optional<Double> largest =
        all.stream()
            .filter(s -> s.test().equals(test.code()) && s.window().equals(window))
            .filter(s -> s.events() == n && SmallGroups.holds(test, s))
            .map(Size::rate)
            .max(Comparator.naturalOrder());
    return largest
        .map(
            rate -> {
              String shown = String.format(Locale.ROOT, "%.1f", 100 * rate);
              return n < test.leastEvents() ? "(" + shown + ")" : shown;
            })
        .orElse("–");
  }
}
