package io.dealimpact.flow;

import io.dealimpact.lake.TableSpec;
import io.dealimpact.stage.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Runs stages whose inputs are ready at the same time. A stage waits for the stages before it in
 * the flow that write what it reads. After a failure no further stage begins; those that are
 * running end first.
 */
final class SideBySide {
  private final List<Stage> stages;
  private final Consumer<Stage> run;
  private final Map<String, Throwable> failures = new ConcurrentHashMap<>();

  /**
   * Prepares a run.
   *
   * @param stages in the order of the flow
   * @param run runs one; called on other threads
   */
  SideBySide(List<Stage> stages, Consumer<Stage> run) {
    this.stages = stages;
    this.run = run;
  }

  /**
   * Runs all stages.
   *
   * @param atOnce largest number of stages at a time
   * @throws RuntimeException or an Error: the failure of the stage that comes first in the flow
   */
  void run(int atOnce) {
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try {
      Map<String, CompletableFuture<Void>> writers = new HashMap<>();
      for (Stage stage : stages) {
        CompletableFuture<?>[] before =
            stage.inputs().stream()
                .map(TableSpec::fullName)
                .filter(writers::containsKey)
                .map(writers::get)
                .toArray(CompletableFuture[]::new);
        writers.put(
            stage.output().fullName(),
            CompletableFuture.allOf(before).thenRunAsync(() -> runUnlessFailed(stage), threads));
      }
      CompletableFuture.allOf(writers.values().toArray(CompletableFuture[]::new)).join();
    } finally {
      threads.shutdown();
    }
    for (Stage stage : stages) {
      Throwable failure = failures.get(stage.name());
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure != null) {
        throw new CompletionException(failure);
      }
    }
  }

  private void runUnlessFailed(Stage stage) {
    if (!failures.isEmpty()) {
      return;
    }
    try {
      run.accept(stage);
    } catch (Throwable failure) {
      failures.put(stage.name(), failure);
    }
  }
}
