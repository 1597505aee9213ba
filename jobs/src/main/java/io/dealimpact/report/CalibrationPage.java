package io.dealimpact.report;

import io.dealimpact.study.calibration.Calibration;
import io.dealimpact.study.calibration.Calibration.Rejections;
import io.dealimpact.study.group.Assumption;
import io.dealimpact.study.group.Statistic;
import io.dealimpact.study.market.EventWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

  /**
   * The counts that {@link #csv} wrote, of the settings that are not measured anew.
   *
   * @param lines of the file
   * @param measured settings to leave out
   */
  public static List<Rejections> kept(List<String> lines, Set<String> measured) {
    List<Rejections> kept = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] f = line.split(",", -1);
      if (!measured.contains(f[0])) {
        kept.add(
            new Rejections(
                f[0],
                f[1],
                new EventWindow(Integer.parseInt(f[2]), Integer.parseInt(f[3])),
                Double.parseDouble(f[4]),
                Statistic.of(f[5]),
                Integer.parseInt(f[6]),
                Integer.parseInt(f[7]),
                Integer.parseInt(f[8]),
                Integer.parseInt(f[9])));
      }
    }
    return kept;
  }

  /** Every rate with the interval of a test that rejects 5 %. */
  public String csv() {
    StringBuilder text =
        new StringBuilder(
            "setting,model,window_start,window_end,effect,test,samples,units,rejected,rejected_above,rate,"
                + "rate_above,assumptions_hold,size,low_99,high_99\n");
    for (Rejections r : all) {
      double size = r.test().size(Calibration.EVENTS, Calibration.LEVEL);
      double[] interval = Calibration.interval(size, r.units());
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%d,%d,%s,%s,%d,%d,%d,%d,%.4f,%.4f,%b,%.4f,%.4f,%.4f%n",
              r.setting(),
              r.model(),
              r.window().start(),
              r.window().end(),
              r.effect(),
              r.test().code(),
              r.samples(),
              r.units(),
              r.rejected(),
              r.rejectedAbove(),
              r.rate(),
              r.rateAbove(),
              holds(r),
              size,
              interval[0],
              interval[1]));
    }
    return text.toString();
  }

  /** The tables for people. */
  public String markdown() {
    double[] interval = Calibration.interval(Calibration.LEVEL, samples);
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            """
            # Size and power of the tests

            Made by `deal-impact calibrate` (%d samples of %d events, seed %d), in the design of Brown &
            Warner 1985: 239 estimation days ending on day −6, days −5 to 5; every test under the market
            model, rejection at 5 %%, two-sided unless said. A test whose assumptions hold rejects
            between %.1f %% and %.1f %% of samples without an effect (99 %% binomial interval): **bold** is
            outside. (In brackets): one of its assumptions fails in that setting. Samples of real returns
            share the lake's dates, so that their interval is that of as many draws as there are dates,
            fewer for windows that overlap. The figures with their counts:
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

            Residual deviations are drawn evenly between 1 %% and 3 %% a day for each share. Real returns
            break what tests assume in ways a simulation does not: volatility comes in spells, so
            that an event in a wild month has more variance than its estimation window, and random
            dates within a few years overlap, so that events are not independent.

            ![Size of the tests](calibration.svg)
            """,
            samples,
            Calibration.EVENTS,
            seed,
            100 * interval[0],
            100 * interval[1]));
    brownWarner(text);
    kolariPynnonen(text);
    assumptions(text);
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

  /** Their table 3: 50 securities, 250 samples, one-sided 5 %, at 0, 0.5, 1 and 2 %. */
  private static final Map<String, double[]> BROWN_WARNER_1985 = new LinkedHashMap<>();

  static {
    BROWN_WARNER_1985.put("mean-adjusted", new double[] {6.4, 25.2, 75.6, 99.6});
    BROWN_WARNER_1985.put("market-adjusted", new double[] {4.8, 26.0, 79.6, 99.6});
    BROWN_WARNER_1985.put("market-model", new double[] {4.4, 27.2, 80.4, 99.6});
  }

  private void brownWarner(StringBuilder text) {
    text.append(
        """

        ## Beside Brown & Warner 1985

        Their test (`cda-t`), one-sided at 5 %, day 0. Their rows are of their table 3 (50 securities,
        250 samples, NYSE and AMEX 1962 to 1979) as the literature repeats it; the paper itself was
        not at hand to read them from. Size is to be compared, power only in its order: it
        depends on the volatility of the shares, which differs.

        | returns | model | 0 % | 0.5 % | 1 % | 2 % |
        |---|---|---:|---:|---:|---:|
        """);
    BROWN_WARNER_1985.forEach(
        (model, rates) -> {
          text.append("| Brown & Warner 1985 | ").append(model).append(" |");
          for (double rate : rates) {
            text.append(String.format(Locale.ROOT, " %.1f |", rate));
          }
          text.append('\n');
        });
    for (String setting :
        List.of("independent", "fat-tails", "real-random-dates", "real-one-date")) {
      for (String model : BROWN_WARNER_1985.keySet()) {
        List<Rejections> row =
            all.stream()
                .filter(r -> r.setting().equals(setting) && r.model().equals(model))
                .filter(r -> r.window().equals(DAY) && r.test() == Calibration.THEIR_TEST)
                .toList();
        if (!row.isEmpty()) {
          text.append("| ").append(setting).append(" | ").append(model).append(" |");
          for (double effect : Calibration.EFFECTS) {
            row.stream()
                .filter(r -> r.effect() == effect)
                .forEach(
                    r -> text.append(String.format(Locale.ROOT, " %.1f |", 100 * r.rateAbove())));
          }
          text.append('\n');
        }
      }
    }
  }

  private void kolariPynnonen(StringBuilder text) {
    text.append(
        """

        ## Beside Kolari & Pynnönen 2010

        What they derive: a z test that takes N events of one day for independent, while their
        residuals are correlated r, rejects 2Φ(−1.96/√(1+(N−1)r)) instead of 5 %. Their simulated
        tables were not at hand and are not repeated.

        | N | r | by their formula | patell, day 0 | bmp | adjusted-patell | adjusted-bmp |
        |---:|---:|---:|---:|---:|---:|---:|
        """);
    for (Calibration.Simulated setting : Calibration.Simulated.values()) {
      boolean sameVariance = !setting.broken().contains(Assumption.SAME_VARIANCE);
      Map<String, Map<String, Rejections>> rows = rows(DAY, 0);
      if (setting.correlation() > 0 && sameVariance && settings().contains(setting.label())) {
        text.append(
            String.format(
                Locale.ROOT,
                "| %d | %.2f | %.1f |",
                Calibration.EVENTS,
                setting.correlation(),
                100
                    * Calibration.sizeIgnoringCorrelation(
                        Calibration.EVENTS, setting.correlation())));
        for (Statistic test :
            List.of(
                Statistic.PATELL,
                Statistic.BMP,
                Statistic.ADJUSTED_PATELL,
                Statistic.ADJUSTED_BMP)) {
          text.append(
              String.format(
                  Locale.ROOT, " %.1f |", 100 * rows.get(test.code()).get(setting.label()).rate()));
        }
        text.append('\n');
      }
    }
  }

  private static void assumptions(StringBuilder text) {
    text.append("\n## What each test assumes\n\n| test |");
    for (Assumption assumption : Assumption.values()) {
      text.append(' ').append(assumption.label()).append(" |");
    }
    text.append("\n|---|").append(":---:|".repeat(Assumption.values().length));
    text.append('\n');
    for (Statistic test :
        Arrays.stream(Statistic.values())
            .filter(Statistic::isCalibrated)
            .sorted(Comparator.comparing(Statistic::code))
            .toList()) {
      text.append("| ").append(test.code()).append(" |");
      for (Assumption assumption : Assumption.values()) {
        boolean windows = test.assumptionsOfWindows().contains(assumption);
        text.append(
            test.assumptions().contains(assumption)
                ? " needs |"
                : windows ? " for windows |" : " |");
      }
      text.append('\n');
    }
    text.append("\nWhere an assumption fails, what happens was shown by others:\n\n");
    for (Assumption assumption : Assumption.values()) {
      text.append("- ").append(assumption.label()).append(": ").append(assumption.reference());
      text.append(".\n");
    }
    text.append(
        String.format(
            Locale.ROOT,
            """

            Real returns are not normal, and their variance comes in spells; events of one date move
            together, and windows of several days of random dates overlap.

            `sign` and `binomial-sign` count, and cannot reject just 5 %% of 50 events: by the binomial
            they reject %.1f %% and %.1f %%, and are held to that.
            """,
            100 * Statistic.SIGN.size(Calibration.EVENTS, Calibration.LEVEL),
            100 * Statistic.BINOMIAL_SIGN.size(Calibration.EVENTS, Calibration.LEVEL)));
  }

  private static boolean holds(Rejections r) {
    return r.test().holds(r.window(), Calibration.broken(r.setting(), r.window()));
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
    if (effect > 0) {
      return rate;
    }
    if (!holds(rejections)) {
      return "(" + rate + ")";
    }
    double size = rejections.test().size(Calibration.EVENTS, Calibration.LEVEL);
    double[] interval = Calibration.interval(size, rejections.units());
    boolean outside = rejections.rate() < interval[0] || rejections.rate() > interval[1];
    return outside ? "**" + rate + "**" : rate;
  }

  private Map<String, Map<String, Rejections>> rows(EventWindow window, double effect) {
    Map<String, Map<String, Rejections>> rows = new LinkedHashMap<>();
    for (Rejections r : all) {
      if (r.model().equals(Calibration.MODEL.code())
          && r.window().equals(window)
          && r.effect() == effect) {
        rows.computeIfAbsent(r.test().code(), test -> new LinkedHashMap<>()).put(r.setting(), r);
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
    double[] interval = Calibration.interval(Calibration.LEVEL, samples);
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
