package io.dealimpact.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dealimpact.ask.DataContract;
import io.dealimpact.flow.Program;
import io.dealimpact.run.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What readers of the tables may rely on, for a catalogue of data or a dbt project. */
@Command(
    name = "contract",
    mixinStandardHelpOptions = true,
    description =
        "What readers of the tables may rely on: columns, types, keys, meaning. It needs no lake.")
final class Contract implements Callable<Integer> {
  private final Console console;
  @Mixin private TableNames tables;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "ODCS",
      description = "odcs (Open Data Contract Standard 3.1) or dbt (a sources.yml); default: odcs.")
  private DataContract.Format format;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description =
          "A contract of an earlier version, odcs: prints what this version breaks of it, and ends"
              + " with 30 if there is anything.")
  private Path earlier;

  Contract(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    DataContract contract = DataContract.of(tables.names(), Program.version());
    if (earlier == null) {
      console.out().print(contract.print(format));
      return 0;
    }
    List<String> breaking = contract.breaks(read(earlier));
    if (!breaking.isEmpty()) {
      throw Failures.contractBroken(earlier, breaking);
    }
    console.out().println("Nothing that " + earlier + " promises is broken.");
    return 0;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException error) {
      throw Failures.noContract(file + " cannot be read: " + error.getMessage());
    }
  }
}
