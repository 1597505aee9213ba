package io.dealimpact.cli;

import java.util.List;
import picocli.CommandLine.Parameters;

/** {@code [TABLE …]}, for the commands that show whole tables. */
final class TableNames {
  @Parameters(
      arity = "0..*",
      paramLabel = "TABLE",
      description = "Full names, for instance gold.events_flat. None: all of gold.")
  private List<String> names = List.of();

  List<String> names() {
    return names;
  }
}
