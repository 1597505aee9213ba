package io.dealimpact.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.testing.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the benchmarks check of themselves; how long they take is no test. */
@Tag("spark")
@Tag("slow")
public class BenchmarksTest {
  @TempDir Path out;

  @Test
  void aSmallBenchmarkAgreesWithItsPeerAndItself() throws IOException {
    assertThat(bench(1_000, "capacity.replicates=10", "capacity.quarters=4"))
        .contains("100 commitments give the same rows, all columns, on 1, 4 and 64 partitions")
        .contains("the parts add up to the whole over provider, customer and model")
        .containsPattern("\n- 1,000 commitments: all [0-9]+ cells and quarters are those of DuckDB")
        .containsPattern("\\| DuckDB v[0-9.]+ \\| 1,000 \\| ")
        .doesNotContain("there is no peer in this run");
  }

  /** In the settings that the program has by default, so that a new default cannot break it. */
  @Test
  void aSmallStudyAgreesWithItsPeerAndWithTheMarketItCameFrom() {
    Benchmarks.Market market = new Benchmarks.Market(30, 400, 150, Benchmarks.On.ALL, 7);
    String page =
        benchmarks()
            .study(
                market, Benchmarks.Study.FULL, Benchmarks.Sizes.GIVEN, 1, "deal-impact bench", out);
    assertThat(page)
        .contains("the program and DuckDB, range join: 150 fits agree")
        .contains("the program and DuckDB, running sums: 150 fits agree")
        .contains("the program: mean CAR by the effect is")
        .contains("the program in its default settings: mean CAR by the effect is")
        .containsPattern(
            "\\| all tables of the study, default settings \\| [0-9.]+ \\| [0-9.]+ \\| [0-9.]+ \\| ")
        .doesNotContain("there is no peer in this run");
  }

  /** That DuckDB has the same bars is checked by the benchmark itself. */
  @Test
  void theNightsOfASmallMarketEndWell() throws IOException {
    PrintStream err = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    List<String> settings =
        List.of(
            "study.models=[market-model]",
            "study.headline_model=market-model",
            "study.windows=[[0, 0]]",
            "study.measures=[returns]",
            "study.placebo=none",
            "study.robustness.benchmarks=[]",
            "study.bootstrap.replicates=0");
    SyntheticMarket market =
        new SyntheticMarket(8, 330, 12, SyntheticMarket.Placement.ALL_INSTRUMENTS, 7);
    NightsBenchmark benchmark =
        new NightsBenchmark(
            SparkForTests.session(), out, settings, DuckDb.open(1, out.resolve("peer")), err);
    benchmark.nights(market, Benchmarks.Bars.CSV, "small");
    assertThat(benchmark.figures("Machine: one.", "deal-impact bench").section().text())
        .containsPattern("8 × 330 days, 12 deals \\| DuckDB, bars typed and checked ")
        .containsPattern("\\| nothing new \\| [0-9.]+ \\| [0-9.]+ \\|  \\|  \\|")
        .containsPattern("an old bar corrected .* conform-bars")
        .containsPattern("a day backfilled \\| [0-9.]+ \\| [0-9.]+ \\|  \\|  \\|");
  }

  private static Benchmarks benchmarks(String... settings) {
    PrintStream err = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    return new Benchmarks(SparkForTests.session(), List.of(settings), err);
  }

  private String bench(long rows, String... settings) throws IOException {
    String page = benchmarks(settings).rollUp(rows, "deal-impact bench", out);
    assertThat(Files.readString(out.resolve("benchmark.md"))).isEqualTo(page);
    return page;
  }
}
