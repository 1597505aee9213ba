package io.dealimpact.cli;

import io.dealimpact.run.RunContext.Effect;
import picocli.CommandLine.Option;

/** {@code --dry-run}, for the commands that write. */
final class DryRun {
  @Option(names = "--dry-run", description = "Read and compute, but change no table.")
  private boolean dryRun;

  Effect effect() {
    return dryRun ? Effect.DRY_RUN : Effect.WRITE;
  }
}
