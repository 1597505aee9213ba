package io.dealimpact.cli;

import io.dealimpact.flow.Program;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Versions of the program and of what it runs on. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Versions of the program, its commit, Spark, Delta, Java.")
final class Version implements Callable<Integer> {
  private final Console console;

  Version(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.out().println("deal-impact " + Program.version());
    console.out().println("commit      " + Program.commit());
    console.out().println("spark       " + org.apache.spark.package$.MODULE$.SPARK_VERSION());
    console.out().println("delta       " + io.delta.package$.MODULE$.VERSION());
    console.out().println("java        " + Runtime.version());
    return 0;
  }
}
