package io.dealimpact.study;

import static io.dealimpact.study.group.TestEvents.find;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.group.GrankState;
import io.dealimpact.study.group.GroupSpec;
import io.dealimpact.study.group.GroupState;
import io.dealimpact.study.group.PathPoint;
import io.dealimpact.study.group.TestEvents;
import io.dealimpact.study.group.TestResult;
import io.dealimpact.study.group.TestVariant;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.numeric.PValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every statistic and p-value of sp500-additions and insider-2020 that is a test over events. */
class RequestedOraclesTest {
  /** Of differences and of p-values: the oracles' own precision. */
  private static final double TOLERANCE = 1e-10;

  /** What ties broken by rounding errors are worth in a statistic. */
  private static final double TIES = 2e-4;

  private static final String SERVICE = "insider-2020 service";

  private static final Map<String, String[]> NAMES = new HashMap<>();

  static {
    NAMES.put("csect_t", new String[] {"cross-sectional-t", "textbook"});
    NAMES.put("cda_t", new String[] {"cda-t", "textbook"});
    NAMES.put("patell_z", new String[] {"patell", "textbook"});
    NAMES.put("patell_z_csar", new String[] {"patell-csar", "textbook"});
    NAMES.put("patell_z_adj", new String[] {"adjusted-patell", "bmp-factor"});
    NAMES.put("patell_z_adj_nocsvar", new String[] {"adjusted-patell", "pairwise"});
    NAMES.put("bmp_t", new String[] {"bmp", "textbook"});
    NAMES.put("kp_t", new String[] {"adjusted-bmp", "pairwise"});
    NAMES.put("skewadj_t", new String[] {"skewness-t", "textbook"});
    NAMES.put("skewadj_t_johnson", new String[] {"johnson-t", "textbook"});
    NAMES.put("sign_z", new String[] {"sign", "textbook"});
    NAMES.put("gsign_z", new String[] {"generalized-sign", "textbook"});
    NAMES.put("wilcoxon_z", new String[] {"wilcoxon", "normal"});
    NAMES.put("wilcoxon_W", new String[] {"wilcoxon", "rank-sum"});
    NAMES.put("rank_z", new String[] {"corrado-rank", "textbook"});
    NAMES.put("cz_sign_z", new String[] {"corrado-zivney-sign", "textbook"});
    NAMES.put("grank_t", new String[] {"grank-t", "textbook"});
    NAMES.put("grank_z", new String[] {"grank-z", "textbook"});
  }

  @Test
  void additionsToTheIndex() throws IOException {
    Path folder = Oracles.folder("sp500-additions");
    check(
        folder,
        "tests_est_sp500.csv",
        new String[] {"01_RequestFile.csv", "02_FirmData.csv", "03_MarketData.csv"},
        new EventWindow(-2, 2),
        new EventWindow(-130, -11));
  }

  @Test
  void insidersOnOneDate() throws IOException {
    Path folder = Oracles.folder("insider-2020");
    check(
        folder,
        "tests_est2020.csv",
        new String[] {"01_requestFile.csv", "02_firmDataPrice.csv", "03_marketDataPrice.csv"},
        new EventWindow(-10, 30),
        new EventWindow(-260, -11));
  }

  /** The service's own output, at its four decimals, by the variant that rounds as it does. */
  @Test
  void theServicesFourDecimals() throws IOException {
    Path folder = Oracles.folder("insider-2020");
    List<EventWindow> windows = new ArrayList<>();
    for (int day = -10; day <= 30; day++) {
      windows.add(new EventWindow(day, day));
    }
    windows.add(new EventWindow(-10, 30));
    GroupSpec spec =
        GroupSpec.of(new EventWindow(-10, 30), new EventWindow(-260, -11), windows)
            .returns(ReturnKind.LOG)
            .bootstrap(0, 1)
            .with(TestVariant.EVENT_STUDY_TOOLS)
            .build();
    String[] files = {"01_requestFile.csv", "02_firmDataPrice.csv", "03_marketDataPrice.csv"};
    GroupState state = GroupState.empty(spec);
    Oracles.requested(folder, TestEvents.Model.MARKET, files).forEach(state::add);
    List<TestResult> results = state.results();
    List<PathPoint> path = state.path();
    Agreement agreement = new Agreement();
    for (String line : Oracles.lines(folder.resolve("aar_results.csv")).subList(1, 8)) {
      String[] f = line.replace("\"", "").split(";", -1);
      for (int t = 0; t < 41; t++) {
        EventWindow window = windows.get(t);
        String test =
            switch (f[0]) {
              case "Csect T" -> "cross-sectional-t";
              case "Patell Z" -> "patell";
              case "StdCSect Z" -> "bmp";
              default -> f[0].equals("ONE") ? "aar" : "";
            };
        if (!test.isEmpty()) {
          double ours =
              test.equals("aar")
                  ? path.get(t).aar().mean()
                  : find(results, test, "eventstudytools", window).value().statistic();
          agreement.compare(SERVICE, test, Oracles.number(f[t + 1]), ours);
        }
      }
    }
    String[] caar =
        Oracles.lines(folder.resolve("caar_results.csv")).get(1).replace("\"", "").split(";", -1);
    EventWindow all = windows.get(41);
    agreement.compare(
        SERVICE,
        "patell of CAAR",
        Oracles.number(caar[7]),
        find(results, "patell", "eventstudytools", all).value().statistic());
    agreement.compare(
        SERVICE,
        "cross-sectional-t of CAAR",
        Oracles.number(caar[8]),
        find(results, "cross-sectional-t", "eventstudytools", all).value().statistic());
    agreement.save("insider-2020-service");
    // Half a unit of the fourth decimal; of 12,751 rounded ARs a few sit on the half.
    assertThat(agreement.largest()).as(agreement.table()).isLessThan(0.51e-4);
  }

  private static void check(
      Path folder, String expected, String[] files, EventWindow axis, EventWindow estimation)
      throws IOException {
    List<Map<String, String>> rows = Oracles.csv(folder.resolve(expected));
    Set<EventWindow> windows = new LinkedHashSet<>();
    for (Map<String, String> row : rows) {
      if (!row.get("lo").isEmpty()) {
        windows.add(window(row));
      }
    }
    GroupSpec spec =
        GroupSpec.of(axis, estimation, new ArrayList<>(windows))
            .returns(ReturnKind.LOG)
            .bootstrap(0, 1)
            .with(
                TestVariant.BMP_FACTOR,
                TestVariant.NORMAL,
                TestVariant.RANK_SUM,
                TestVariant.PAIRWISE)
            .build();
    Agreement agreement = new Agreement();
    String oracle = folder.getFileName().toString();
    for (TestEvents.Model model : TestEvents.Model.values()) {
      String name =
          switch (model) {
            case MARKET -> "market";
            case MEAN -> "mean";
            case MARKET_ADJUSTED -> "mktadj";
          };
      List<EventSample> events = Oracles.requested(folder, model, files);
      GroupState state = GroupState.empty(spec);
      events.forEach(state::add);
      GrankState second = GrankState.empty(spec, state.scarSpread());
      events.forEach(second::add);
      Map<String, TestResult> ours = new HashMap<>();
      state.results().forEach(result -> ours.put(result.key(), result));
      second.results().forEach(result -> ours.put(result.key(), result));
      for (Map<String, String> row : rows) {
        if (row.get("model").equals(name)) {
          compare(agreement, oracle, row, ours, state);
        }
      }
    }
    agreement.save(oracle);
    assertThat(agreement.largest("(ties")).as(agreement.table()).isLessThan(TOLERANCE);
    assertThat(agreement.largest()).as(agreement.table()).isLessThan(TIES);
  }

  private static void compare(
      Agreement agreement,
      String oracle,
      Map<String, String> row,
      Map<String, TestResult> ours,
      GroupState state) {
    String statistic = row.get("statistic");
    double theirs = Oracles.number(row.get("value"));
    // The oracle's r is pair by pair; with one window of 201 days among 311 of 250 ours by pooled
    // days is another number, as it is where no window is short.
    double r = state.pairwiseCorrelation();
    if (statistic.startsWith("kp_rbar")) {
      agreement.compare(oracle, statistic, theirs, r);
      if (oracle.startsWith("sp500")) {
        agreement.compare(
            oracle, statistic + " (by relative day)", theirs, state.meanCorrelation());
      }
      return;
    }
    if (statistic.equals("kp_factor")) {
      agreement.compare(oracle, statistic, theirs, factor(r, state.events()));
      return;
    }
    EventWindow window = window(row);
    if (statistic.equals("mean")) {
      double mean =
          state.intervals().stream()
              .filter(interval -> interval.window().equals(window))
              .findFirst()
              .orElseThrow()
              .mean();
      agreement.compare(oracle, statistic, theirs, mean);
      return;
    }
    if (statistic.equals("sign_binom_p")) {
      TestResult result = ours.get("binomial-sign/textbook" + window);
      agreement.compare(oracle, statistic, theirs, result.value().pValue());
      return;
    }
    String[] name = NAMES.get(statistic);
    assertThat(name).as(statistic).isNotNull();
    TestResult result = ours.get(name[0] + "/" + name[1] + window);
    assertThat(result).as(statistic + window).isNotNull();
    double own = result.value().statistic();
    double p = result.value().pValue();
    if (statistic.equals("patell_z_adj")) {
      own = ours.get("patell/textbook" + window).value().statistic() * factor(r, state.events());
      p = PValues.normal(own);
    }
    String note = exempt(row) ? " (ties by rounding)" : "";
    agreement.compare(oracle, statistic + note, theirs, own);
    if (!row.get("p").isEmpty()) {
      agreement.compare(oracle, statistic + " p" + note, Oracles.number(row.get("p")), p);
    }
  }

  /**
   * Rows whose values tie in exact arithmetic (returns of zero, or of the same tick, under a model
   * that subtracts one number; sums that come back to where they were), where the oracle's ranks
   * are those of its rounding errors. Ours are mid-ranks.
   */
  private static boolean exempt(Map<String, String> row) {
    String statistic = row.get("statistic");
    boolean ranks = statistic.equals("rank_z") || statistic.equals("grank_t");
    boolean sums = statistic.equals("wilcoxon_z") && row.get("level").equals("caar");
    return (row.get("model").equals("mean") && ranks)
        || (row.get("model").equals("mktadj") && sums);
  }

  /** The factor of the adjusted BMP, which the oracle takes for patell_z_adj too. */
  private static double factor(double r, long n) {
    return Math.sqrt((1 - r) / (1 + (n - 1) * r));
  }

  private static EventWindow window(Map<String, String> row) {
    return new EventWindow(Integer.parseInt(row.get("lo")), Integer.parseInt(row.get("hi")));
  }
}
