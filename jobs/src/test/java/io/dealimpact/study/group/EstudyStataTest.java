package io.dealimpact.study.group;

import static io.dealimpact.study.group.TestEvents.find;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.Agreement;
import io.dealimpact.study.Fixtures;
import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.market.EventWindow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Output of Stata itself: {@code estudy} on twelve securities, four models, three windows. */
class EstudyStataTest {
  private static final EventWindow ESTIMATION = new EventWindow(-200, -11);
  private static final EventWindow AXIS = new EventWindow(-5, 5);
  private static final List<EventWindow> WINDOWS =
      List.of(new EventWindow(0, 0), new EventWindow(-1, 1), AXIS);

  /** Day 0 of each security, in the order of their names. */
  private static final int[] DAY_0 = {274, 259, 256, 250, 283, 289, 265, 271, 268, 280, 253, 262};

  /** Relative; estudy keeps abnormal returns in single precision, its CARs come to 1e-6. */
  private static final double FLOAT = 5e-6;

  /** Relative, of Norm and its p: logarithms of averages of exponentials in single precision. */
  private static final double FLOAT_EXP = 5e-5;

  private final Agreement agreement = new Agreement();

  @ParameterizedTest
  @CsvSource({"SIM, MARKET", "MAM, MARKET_ADJUSTED", "HMM, MEAN", "MFM, MARKET"})
  void everyFigureIsStatas(String theirModel, TestEvents.Model model) throws IOException {
    List<EventSample> events =
        events(model, theirModel.equals("MFM") ? List.of("smb", "hml") : List.of());
    GroupSpec spec =
        GroupSpec.of(AXIS, ESTIMATION, WINDOWS)
            .bootstrap(0, 1)
            .with(TestVariant.TEXTBOOK, TestVariant.PAIRWISE, TestVariant.ESTUDY)
            .build();
    List<TestResult> results = GroupStudy.results(spec, events);
    int compared = 0;
    for (Map<String, String> row : Fixtures.resource("estudy_stata.csv")) {
      if (row.get("model").equals(theirModel)) {
        EventWindow window = new EventWindow(integer(row, "start"), integer(row, "end"));
        if (row.get("subject").startsWith("s")) {
          event(row, window, events, theirModel);
        } else {
          group(row, window, results, theirModel);
        }
        compared++;
      }
    }
    assertThat(compared).isEqualTo(12 * 3 + 5 * 3);
    agreement.save("stata-estudy-" + theirModel.toLowerCase(Locale.ROOT));
    assertThat(agreement.largest("Norm")).as(agreement.table()).isLessThan(FLOAT);
    assertThat(agreement.largest()).as(agreement.table()).isLessThan(FLOAT_EXP);
  }

  /** CARs; and their deviation where it is the textbook's (market- and mean-adjusted). */
  private void event(
      Map<String, String> row, EventWindow window, List<EventSample> events, String theirModel) {
    EventSample event =
        events.stream()
            .filter(e -> e.key().instrumentId().equals(row.get("subject")))
            .findFirst()
            .orElseThrow();
    relative("car", number(row, "value"), event.car(window));
    if (theirModel.equals("MAM") || theirModel.equals("HMM")) {
      relative("sd", number(row, "deviation_or_p"), event.carStandardError(window));
    }
  }

  private void group(
      Map<String, String> row, EventWindow window, List<TestResult> results, String theirModel) {
    String test =
        switch (row.get("subject")) {
          case "Norm" -> "brown-warner-1980";
          case "Patell" -> "patell";
          case "ADJPatell" -> "adjusted-patell";
          case "BMP" -> "bmp";
          case "KP" -> "adjusted-bmp";
          default -> throw new AssertionError(row);
        };
    String name = row.get("subject") + " = " + test + "/estudy";
    TestResult ours = find(results, test, "estudy", window);
    assertThat(ours.n()).isEqualTo(12);
    relative(name, number(row, "value"), ours.value().statistic());
    relative(name + " p", number(row, "deviation_or_p"), ours.value().pValue());
    boolean deviationIsOurs = theirModel.equals("MAM") || theirModel.equals("HMM");
    if (deviationIsOurs && test.equals("bmp")) {
      TestResult textbook = find(results, "bmp", "textbook", window);
      relative("BMP = bmp/textbook", number(row, "value"), textbook.value().statistic());
    }
    if (deviationIsOurs && test.equals("adjusted-bmp")) {
      TestResult textbook = find(results, "adjusted-bmp", "pairwise", window);
      relative("KP = adjusted-bmp/pairwise", number(row, "value"), textbook.value().statistic());
    }
  }

  private void relative(String quantity, double theirs, double ours) {
    agreement.compare("Stata", quantity + " (relative)", 0, (ours - theirs) / theirs);
  }

  private static List<EventSample> events(TestEvents.Model model, List<String> factors) {
    List<Map<String, String>> rows = Fixtures.resource("estudy_stata_returns.csv");
    List<EventSample> events = new ArrayList<>();
    for (int i = 0; i < DAY_0.length; i++) {
      String id = "s%02d".formatted(i + 1);
      int day = DAY_0[i];
      events.add(
          TestEvents.sample(
              id,
              18_631 + day,
              model,
              part(rows, id, day, ESTIMATION, factors),
              part(rows, id, day, AXIS, factors)));
    }
    return events;
  }

  private static TestEvents.Returns part(
      List<Map<String, String>> rows, String id, int day, EventWindow axis, List<String> factors) {
    List<Map<String, String>> of = rows.subList(day + axis.start(), day + axis.end() + 1);
    double[][] more = factors.stream().map(name -> column(of, name)).toArray(double[][]::new);
    return new TestEvents.Returns(axis.start(), column(of, id), column(of, "mkt"), more);
  }

  private static double[] column(List<Map<String, String>> rows, String name) {
    return rows.stream()
        .map(row -> row.get(name))
        .mapToDouble(value -> value.isEmpty() ? Double.NaN : Double.parseDouble(value))
        .toArray();
  }

  private static int integer(Map<String, String> row, String column) {
    return Integer.parseInt(row.get(column));
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }
}
