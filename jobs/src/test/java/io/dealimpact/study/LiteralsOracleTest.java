package io.dealimpact.study;

import static io.dealimpact.study.group.TestEvents.find;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.group.GroupSpec;
import io.dealimpact.study.group.GroupState;
import io.dealimpact.study.group.GroupStudy;
import io.dealimpact.study.group.TestEvents;
import io.dealimpact.study.group.TestResult;
import io.dealimpact.study.group.TestVariant;
import io.dealimpact.study.market.EventWindow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published literals of three events, and their textbook forms; needs nothing outside. */
class LiteralsOracleTest {
  private static final double TOLERANCE = 1e-10;

  @TempDir private Path folder;

  @Test
  void everyLiteral() throws IOException {
    List<EventSample> events = events();
    List<EventWindow> windows = new ArrayList<>();
    for (int day = 0; day < 3; day++) {
      windows.add(new EventWindow(day, day));
    }
    windows.add(new EventWindow(0, 1));
    windows.add(new EventWindow(0, 2));
    GroupSpec spec =
        GroupSpec.of(new EventWindow(0, 2), new EventWindow(-8, -1), windows)
            .with(TestVariant.UNCORRECTED)
            .bootstrap(0, 1)
            .build();
    GroupState state = GroupState.empty(spec);
    events.forEach(state::add);
    List<TestResult> results = GroupStudy.results(spec, events);
    Agreement agreement = new Agreement();
    for (Map<String, String> row : Oracles.csv(copy("golden-multi-event-expected.csv"))) {
      String statistic = row.get("statistic");
      int day = row.get("event_day").isEmpty() ? 0 : Integer.parseInt(row.get("event_day"));
      double ours =
          switch (statistic) {
            case "aar" -> state.path().get(day).aar().mean();
            case "caar" -> state.path().get(day).caar().mean();
            case "kp_rbar" -> state.meanCorrelation();
            case "gsign_p_hat", "mean_rank" -> Double.NaN;
            default ->
                statistic.startsWith("ar_E")
                    ? events.get(statistic.charAt(4) - '1').returns().abnormal()[day]
                    : statistic(results, statistic, day);
          };
      if (!Double.isNaN(ours)) {
        agreement.compare("golden-literals", statistic, Oracles.number(row.get("value")), ours);
      }
    }
    agreement.save("golden-literals");
    assertThat(agreement.largest()).as(agreement.table()).isLessThan(TOLERANCE);
  }

  private static double statistic(List<TestResult> results, String name, int day) {
    EventWindow single = new EventWindow(day, day);
    EventWindow sum = new EventWindow(0, day);
    return switch (name) {
      case "aar_t" -> of(results, "cross-sectional-t", "textbook", single);
      case "caar_t" -> of(results, "cross-sectional-t", "textbook", sum);
      case "patell_aar_z" -> of(results, "patell", "textbook", single);
      case "patell_caar_z" -> of(results, "patell-csar", "textbook", sum);
      case "bmp_t" -> of(results, "bmp", "uncorrected", single);
      case "cbmp_t" -> of(results, "bmp", "uncorrected", sum);
      case "bmp_t_textbook" -> of(results, "bmp", "textbook", single);
      case "cbmp_t_textbook" -> of(results, "bmp", "textbook", sum);
      case "sign_z" -> of(results, "sign", "textbook", single);
      case "csign_z" -> of(results, "sign", "textbook", sum);
      case "gsign_z" -> of(results, "generalized-sign", "textbook", single);
      case "cgsign_z" -> of(results, "generalized-sign", "textbook", sum);
      case "rank_z" -> of(results, "corrado-rank", "uncorrected", single);
      case "rank_z_textbook" -> of(results, "corrado-rank", "textbook", single);
      case "caltime_t" -> of(results, "cda-t", "textbook", single);
      case "ccaltime_t" -> of(results, "cda-t", "textbook", sum);
      case "kp_t" -> of(results, "adjusted-bmp", "uncorrected", single);
      case "ckp_t" -> of(results, "adjusted-bmp", "uncorrected", sum);
      default -> throw new AssertionError("unknown literal " + name);
    };
  }

  private static double of(
      List<TestResult> results, String test, String variant, EventWindow window) {
    return find(results, test, variant, window).value().statistic();
  }

  private List<EventSample> events() throws IOException {
    Map<String, List<Map<String, String>>> rows = new TreeMap<>();
    for (Map<String, String> row : Oracles.csv(copy("golden-multi-event-returns.csv"))) {
      rows.computeIfAbsent(row.get("event"), k -> new ArrayList<>()).add(row);
    }
    List<EventSample> events = new ArrayList<>();
    rows.forEach(
        (id, days) ->
            events.add(
                TestEvents.sample(
                    id,
                    20_000,
                    TestEvents.Model.MARKET,
                    returns(-8, days.subList(0, 8)),
                    returns(0, days.subList(8, 11)))));
    return events;
  }

  private static TestEvents.Returns returns(int start, List<Map<String, String>> days) {
    return new TestEvents.Returns(
        start,
        days.stream().mapToDouble(day -> Oracles.number(day.get("firm"))).toArray(),
        days.stream().mapToDouble(day -> Oracles.number(day.get("market"))).toArray());
  }

  /** The resource without its comments, as a file. */
  private Path copy(String resource) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/oracles/" + resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Path file = folder.resolve(resource);
      Files.write(file, text.lines().filter(line -> !line.startsWith("#")).toList());
      return file;
    }
  }
}
