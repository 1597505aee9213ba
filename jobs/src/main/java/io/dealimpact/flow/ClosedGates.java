package io.dealimpact.flow;

import io.dealimpact.lake.TableSpec;
import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.ExitCode;
import io.dealimpact.stage.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The quality gates that closed in a run. A gate closes the table of its stage and the stages that
 * read it; all others run, and the run ends with the gate's exit code.
 */
final class ClosedGates {
  private final List<DealImpactException> gates = new ArrayList<>();
  private final Set<String> tables = new HashSet<>();

  static boolean isGate(Throwable error) {
    return error instanceof DealImpactException known && known.exitCode() == ExitCode.QUALITY_GATE;
  }

  /** Closes the table of a stage, whose gate refused it. */
  synchronized void close(Stage stage, Throwable gate) {
    gates.add((DealImpactException) gate);
    tables.add(stage.output().fullName());
  }

  /**
   * Why a stage cannot run, and its table is closed too; empty if no table that it reads is closed.
   */
  synchronized Optional<String> closing(Stage stage) {
    List<String> closed =
        stage.inputs().stream()
            .map(TableSpec::fullName)
            .filter(tables::contains)
            .distinct()
            .sorted()
            .toList();
    if (closed.isEmpty()) {
      return Optional.empty();
    }
    tables.add(stage.output().fullName());
    return Optional.of("not run: a quality gate closed " + String.join(", ", closed));
  }

  /** The first gate that closed. */
  synchronized Optional<DealImpactException> first() {
    return gates.stream().findFirst();
  }
}
