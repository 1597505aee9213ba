package io.dealimpact.cli;

import io.dealimpact.flow.Runs;
import io.dealimpact.run.ExitCode;
import io.dealimpact.run.RunContext;
import io.dealimpact.run.Secrets;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;

/**
 * Where a command was given and where it answers.
 *
 * @param out results
 * @param err progress, logs and failures
 * @param given the command as typed, word by word
 */
record Console(PrintStream out, PrintStream err, List<String> given) {

  /** Ends the log of a command that failed outside a run of stages, as runs end theirs. */
  void close(ExitCode exit, String message) {
    String command = Secrets.mask(String.join(" ", given));
    err.println(Runs.closingLine(command, exit, Secrets.mask(message)));
  }

  RunContext begin(RunContext.Effect effect, RunContext.DateRange range) {
    return RunContext.begin(Clock.systemUTC(), String.join(" ", given), effect, range);
  }
}
