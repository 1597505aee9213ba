package io.dealimpact.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.testing.ProjectVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What {@code mvn package} leaves: the jar, and the archive for users without the repository. */
final class Release {
  private Release() {}

  static Path jar() throws IOException {
    return target().resolve("deal-impact-" + ProjectVersion.read() + ".jar");
  }

  static Path archive() throws IOException {
    return target().resolve("deal-impact-" + ProjectVersion.read() + ".tar.gz");
  }

  private static Path target() {
    return Commands.project().resolve("jobs/target");
  }

  /** Unpacks the archive and returns its one folder. */
  static Path unpack(Path folder) throws IOException {
    Commands.Ended tar =
        Commands.run(
            Duration.ofMinutes(1),
            Map.of(),
            List.of("tar", "-xzf", archive().toString(), "-C", folder.toString()));
    assertThat(tar.status()).as(tar.failureText()).isZero();
    return folder.resolve("deal-impact-" + ProjectVersion.read());
  }

  /**
   * A Spark of somebody else's: a folder with the jars of Spark alone and a {@code
   * bin/spark-submit}, which starts the class that Spark's own script starts. Spark's distribution
   * is in no Maven repository. Every user of the machine can run it: no file of it is a link into a
   * home.
   */
  static Path sparkHome(Path folder) throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    for (String jar : Files.readString(target().resolve("classpath.txt")).strip().split(":", -1)) {
      Path file = Path.of(jar);
      String name = file.getFileName().toString();
      if (!name.matches("(hipparchus|picocli|rhino|delta|unitycatalog)-.*")) {
        linkOrCopy(file, jars.resolve(name));
      }
    }
    // The options that Spark's launcher adds are those of JavaModuleOptions, as in jvm.options.
    Files.copy(Commands.project().resolve("jobs/conf/jvm.options"), folder.resolve("jvm.options"));
    Path submit = Files.createDirectories(folder.resolve("bin")).resolve("spark-submit");
    Files.writeString(
        submit,
        """
        #!/usr/bin/env bash
        set -euo pipefail
        export SPARK_HOME=$(cd "$(dirname "$0")/.." && pwd) SPARK_SCALA_VERSION=2.13
        exec "%s" @"$SPARK_HOME/jvm.options" -Xmx2g -cp "$SPARK_HOME/jars/*" org.apache.spark.deploy.SparkSubmit "$@"
        """
            .formatted(Path.of(System.getProperty("java.home"), "bin", "java")),
        UTF_8);
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }

  private static void linkOrCopy(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (IOException | UnsupportedOperationException onAnotherDisk) {
      Files.copy(from, to);
    }
  }
}
