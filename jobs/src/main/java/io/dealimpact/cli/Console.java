package io.dealimpact.cli;

import io.dealimpact.run.RunContext;
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

  RunContext begin(RunContext.Effect effect, RunContext.DateRange range) {
    return RunContext.begin(Clock.systemUTC(), String.join(" ", given), effect, range);
  }
}
