package io.dealimpact.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Trino of one node that reads Delta tables on this disk. */
final class TrinoServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(5);
  private static final int JDK = 24;

  private final Process process;
  private final int port;
  private final Path log;

  private TrinoServer(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** The archive of the server that the profile {@code trino} fetches. */
  static Optional<Path> archive() {
    Path archive = Commands.project().resolve("jobs/target/trino/trino-server.tar.gz");
    return Files.isRegularFile(archive) ? Optional.of(archive) : Optional.empty();
  }

  /** The home of a JDK that Trino runs on, of those under {@code /usr/lib/jvm}. */
  static Optional<Path> java() throws IOException {
    Path all = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(all)) {
      return homes.filter(TrinoServer::isNewEnough).sorted().findFirst();
    }
  }

  private static boolean isNewEnough(Path home) {
    Properties release = new Properties();
    try (var reader = Files.newBufferedReader(home.resolve("release"), UTF_8)) {
      release.load(reader);
    } catch (IOException none) {
      return false;
    }
    String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
    return Runtime.Version.parse(version).feature() >= JDK;
  }

  static TrinoServer start(Path archive, Path java, Path folder)
      throws IOException, InterruptedException {
    Path server = Files.createDirectories(folder.resolve("server"));
    // Its jars are links to one another, which Java's readers of archives leave out.
    Process tar =
        new ProcessBuilder(
                "tar", "xzf", archive.toString(), "--strip-components=1", "-C", server.toString())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).as("tar of " + archive).isZero();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path etc = Files.createDirectories(folder.resolve("etc/catalog")).getParent();
    Files.writeString(
        etc.resolve("node.properties"),
        "node.environment=test\nnode.id=one\nnode.data-dir=" + folder.resolve("data") + "\n");
    Files.writeString(
        etc.resolve("jvm.config"), "-Xmx2G\n-XX:+UseSerialGC\n-XX:TieredStopAtLevel=1\n");
    Files.writeString(
        etc.resolve("config.properties"),
        "coordinator=true\nnode-scheduler.include-coordinator=true\nhttp-server.http.port="
            + port
            + "\ndiscovery.uri=http://localhost:"
            + port
            // The only node is not lost when a busy machine keeps it from saying that it is there.
            + "\nfailure-detector.enabled=false\ndiscovery.max-age=1h\n");
    Files.writeString(
        etc.resolve("catalog/delta.properties"),
        "connector.name=delta_lake\nhive.metastore=file\nhive.metastore.catalog.dir=local://"
            + folder.resolve("metastore")
            + "\nfs.native-local.enabled=true\nlocal.location=/\n"
            + "delta.register-table-procedure.enabled=true\n");
    Path log = folder.resolve("trino.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                server.resolve("bin/launcher").toString(), "--etc-dir", etc.toString(), "run")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", java.toString());
    builder.environment().merge("PATH", "", (path, none) -> java.resolve("bin") + ":" + path);
    TrinoServer started = new TrinoServer(builder.start(), port, log);
    started.await();
    return started;
  }

  private void await() throws IOException, InterruptedException {
    long until = System.nanoTime() + START.toNanos();
    while (!Files.readString(log, UTF_8).contains("SERVER STARTED")) {
      if (!process.isAlive() || System.nanoTime() > until) {
        close();
        assertThat(Files.readString(log, UTF_8)).contains("SERVER STARTED");
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:trino://localhost:" + port, "test", null);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
