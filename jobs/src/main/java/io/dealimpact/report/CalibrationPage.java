package io.dealimpact.report;

import io.dealimpact.study.Calibration;
import io.dealimpact.study.Calibration.Rejections;
import io.dealimpact.study.EventWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Size and power of the tests as a page, a CSV and a plot. */
public final class CalibrationPage {
  private static final EventWindow DAY = new EventWindow(0, 0);

  private final List<Rejections> all;
  private final int samples;
  private final long seed;

  public CalibrationPage(List<Rejections> rejections, int samples, long seed) {
    this.all = List.copyOf(rejections);
    this.samples = samples;
    this.seed = seed;
  }

  /** Every rate with the interval of a test that rejects 5 %. */
  public String csv() {
    StringBuilder text =
        new StringBuilder(
            "setting,window_start,window_end,effect,test,samples,rejected,rate,low_99,high_99\n");
    for (Rejections r : all) {
      double[] interval = Calibration.interval(r.samples());
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%d,%d,%s,%s,%d,%d,%.4f,%.4f,%.4f%n",
              r.setting(),
              r.window().start(),
              r.window().end(),
              r.effect(),
              r.test(),
              r.samples(),
              r.rejected(),
              r.rate(),
              interval[0],
              interval[1]));
    }
    return text.toString();
  }

  /** The tables for people. */
  public String markdown() {
    double[] interval = Calibration.interval(samples);
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            """
            # Size and power of the tests

            Made by `deal-impact calibrate` (%d samples of %d events, seed %d), after the design of
            Brown & Warner 1985: market model, 239 estimation days, rejection at 5 %% two-sided.
            A test whose assumptions hold rejects between %.1f %% and %.1f %% of samples without an
            effect (99 %% binomial interval); **bold** is above it. The figures with their counts:
            [calibration.csv](calibration.csv).

            | setting | what it is |
            |---|---|
            | independent | simulated normal returns, every event at a date of its own |
            | fat-tails | the same with residuals of Student's t(5) |
            | same-day | all events on one date, residuals correlated 0.05 |
            | event-variance | dates differ, the variance of day 0 is doubled |
            | same-day-and-variance | both: the setting of Kolari & Pynnönen 2010 |
            | thin-trading | a share trades on 60 of 100 days, on others its last price stands |
            | real-random-dates | real returns of the lake, random shares and dates |
            | real-one-date | real returns of the lake, one random date for all shares |

            Beside the papers: Brown & Warner 1985 find standard procedures well specified with daily
            returns, and tests that ignore cross-sectional dependence more powerful where there is
            none (compare patell and cda-t under independent). Kolari & Pynnönen 2010 find that even
            a low correlation among events of one date makes tests reject far too often, and that
            their adjusted test does not (compare patell and bmp with adjusted-bmp under same-day).
            Their printed percentages are not repeated here: no copy of their tables was at hand to
            check them against.

            ![Size of the tests](calibration.svg)
            """,
            samples,
            Calibration.EVENTS,
            seed,
            100 * interval[0],
            100 * interval[1]));
    table(text, "Size, day 0 (no effect)", DAY, 0);
    table(text, "Size, days −5 to 5 (no effect)", new EventWindow(-5, 5), 0);
    for (double effect : Calibration.EFFECTS) {
      if (effect > 0) {
        String title = String.format(Locale.ROOT, "Power, day 0, effect %.1f %%", 100 * effect);
        table(text, title, DAY, effect);
      }
    }
    return text.toString();
  }

  private void table(StringBuilder text, String title, EventWindow window, double effect) {
    Map<String, Map<String, Rejections>> rows = rows(window, effect);
    Set<String> settings = settings();
    text.append("\n## ").append(title).append("\n\n| test |");
    settings.forEach(setting -> text.append(' ').append(setting).append(" |"));
    text.append("\n|---|").append("---:|".repeat(settings.size())).append('\n');
    rows.forEach(
        (test, bySetting) -> {
          text.append("| ").append(test).append(" |");
          for (String setting : settings) {
            text.append(' ').append(cell(bySetting.get(setting), effect)).append(" |");
          }
          text.append('\n');
        });
  }

  private static String cell(Rejections rejections, double effect) {
    if (rejections == null) {
      return "–";
    }
    String rate = String.format(Locale.ROOT, "%.1f", 100 * rejections.rate());
    boolean tooMany = rejections.rate() > Calibration.interval(rejections.samples())[1];
    return effect == 0 && tooMany ? "**" + rate + "**" : rate;
  }

  private Map<String, Map<String, Rejections>> rows(EventWindow window, double effect) {
    Map<String, Map<String, Rejections>> rows = new LinkedHashMap<>();
    for (Rejections r : all) {
      if (r.window().equals(window) && r.effect() == effect) {
        rows.computeIfAbsent(r.test(), test -> new LinkedHashMap<>()).put(r.setting(), r);
      }
    }
    return rows;
  }

  private Set<String> settings() {
    Set<String> settings = new LinkedHashSet<>();
    all.forEach(r -> settings.add(r.setting()));
    return settings;
  }

  /** Size on day 0: a dot for each test and setting, the 99 % band of 5 % shaded. */
  public String svg() {
    Map<String, Map<String, Rejections>> rows = rows(DAY, 0);
    List<String> settings = new ArrayList<>(settings());
    String[] colours = {
      "#1b9e77", "#d95f02", "#7570b3", "#e7298a", "#66a61e", "#e6ab02", "#a6761d", "#666666"
    };
    int left = 210;
    int width = 560;
    int step = 20;
    int top = 40 + 16 * ((settings.size() + 3) / 4);
    int height = top + step * rows.size() + 50;
    double[] interval = Calibration.interval(samples);
    StringBuilder svg = new StringBuilder();
    line(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"12\">",
        left + width + 30,
        height);
    line(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    line(
        svg,
        "<text x=\"10\" y=\"18\" font-size=\"14\">Rejections at 5 %% without an effect, day 0</text>");
    for (int i = 0; i < settings.size(); i++) {
      double x = 10 + 195.0 * (i % 4);
      int y = 38 + 16 * (i / 4);
      line(
          svg, "<circle cx=\"%.0f\" cy=\"%d\" r=\"4\" fill=\"%s\"/>", x + 4, y - 4, colours[i % 8]);
      line(svg, "<text x=\"%.0f\" y=\"%d\">%s</text>", x + 13, y, settings.get(i));
    }
    line(
        svg,
        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#dddddd\"/>",
        left + x(interval[0], width),
        top,
        x(interval[1], width) - x(interval[0], width),
        step * rows.size());
    for (double tick : new double[] {0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5}) {
      double at = left + x(tick, width);
      line(
          svg,
          "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#bbbbbb\"/>",
          at,
          at,
          top,
          top + step * rows.size());
      line(
          svg,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f %%</text>",
          at,
          top + step * rows.size() + 16,
          100 * tick);
    }
    int y = top + step / 2;
    for (Map.Entry<String, Map<String, Rejections>> row : rows.entrySet()) {
      line(
          svg,
          "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
          left - 10,
          y + 4,
          row.getKey());
      for (int i = 0; i < settings.size(); i++) {
        Rejections r = row.getValue().get(settings.get(i));
        if (r != null) {
          line(
              svg,
              "<circle cx=\"%.1f\" cy=\"%d\" r=\"4\" fill=\"%s\" fill-opacity=\"0.8\"/>",
              left + x(r.rate(), width),
              y,
              colours[i % 8]);
        }
      }
      y += step;
    }
    line(
        svg,
        "<text x=\"%d\" y=\"%d\">Above 50 %% drawn at 50 %%. Grey: 99 %% interval of 5 %%.</text>",
        left,
        height - 10);
    return svg.append("</svg>\n").toString();
  }

  private static void line(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static double x(double rate, int width) {
    return Math.min(rate, 0.5) / 0.5 * width;
  }
}
