package io.dealimpact.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The order of stages that run at the same time. */
final class SideBySideTest {
  private static TableSpec table(String name) {
    return new TableSpec("silver", name, "rows", List.of(), List.of(), Map.of(), List.of());
  }

  /** A stage that is named as its table. */
  private record Step(String name, List<TableSpec> inputs) implements Stage {
    @Override
    public String summary() {
      return "";
    }

    @Override
    public TableSpec output() {
      return table(name);
    }

    @Override
    public Map<String, Object> settings(Configuration configuration) {
      return Map.of();
    }

    @Override
    public StageResult run(StageContext context) {
      return StageResult.computed("");
    }
  }

  private static final List<Stage> FLOW =
      List.of(
          new Step("a", List.of()),
          new Step("b", List.of()),
          new Step("c", List.of(table("a"), table("b"))),
          new Step("d", List.of(table("b"))),
          new Step("e", List.of(table("c"), table("d"))));

  private final List<String> ended = Collections.synchronizedList(new ArrayList<>());

  @Test
  void aStageWaitsForWhatWritesItsInputs() {
    for (int atOnce : new int[] {1, 2, 5}) {
      ended.clear();
      new SideBySide(FLOW, stage -> ended.add(stage.name())).run(atOnce);

      assertThat(ended).containsExactlyInAnyOrder("a", "b", "c", "d", "e").endsWith("e");
      assertThat(ended.indexOf("c")).isGreaterThan(ended.indexOf("a"));
      assertThat(ended.indexOf("c")).isGreaterThan(ended.indexOf("b"));
      assertThat(ended.indexOf("d")).isGreaterThan(ended.indexOf("b"));
    }
  }

  /** Each of the first two waits for the other: one after the other they would never end. */
  @Test
  void stagesThatNeedNothingOfEachOtherRunAtTheSameTime() {
    CyclicBarrier both = new CyclicBarrier(2);
    new SideBySide(
            FLOW.subList(0, 2),
            stage -> {
              try {
                both.await(1, TimeUnit.MINUTES);
              } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
                throw new IllegalStateException(alone);
              }
              ended.add(stage.name());
            })
        .run(2);
    assertThat(ended).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void afterAFailureNothingFurtherBegins() {
    SideBySide flow =
        new SideBySide(
            FLOW,
            stage -> {
              ended.add(stage.name());
              if (stage.name().equals("b")) {
                throw new IllegalStateException("b failed");
              }
            });
    assertThatThrownBy(() -> flow.run(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("b failed");
    assertThat(ended).containsExactly("a", "b");
  }

  @Test
  void anErrorIsThrownAsItIs() {
    SideBySide flow =
        new SideBySide(
            FLOW,
            stage -> {
              throw new NoClassDefFoundError("gone");
            });
    assertThatThrownBy(() -> flow.run(2)).isInstanceOf(NoClassDefFoundError.class);
  }
}
