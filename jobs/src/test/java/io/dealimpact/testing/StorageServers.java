package io.dealimpact.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Storage that is reached over the network, in processes of its own on this machine: HDFS with a
 * name node and three data nodes, or an emulator of S3. The Maven profile {@code storage} brings
 * the programs.
 */
public final class StorageServers implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int DATA_NODES = 3;
  private static final String LOOPBACK = "127.0.0.1";

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final int port;

  private StorageServers(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.port = freePort();
  }

  /** The jar of a program that the profile brings; empty without the profile. */
  public static Optional<Path> jar(String name) {
    Path jars = Path.of(System.getProperty("project.root", "..")).resolve("jobs/target/storage");
    try (Stream<Path> all = Files.exists(jars) ? Files.list(jars) : Stream.empty()) {
      return all.filter(jar -> jar.getFileName().toString().startsWith(name)).findFirst();
    } catch (IOException error) {
      return Optional.empty();
    }
  }

  /** Starts HDFS. Every block lies on all three data nodes. */
  public static StorageServers hdfs(Path minicluster, Path folder)
      throws IOException, InterruptedException {
    StorageServers servers = new StorageServers(folder);
    Files.writeString(
        folder.resolve("core-site.xml"), site("fs.defaultFS", servers.hdfsUri()), UTF_8);
    Files.writeString(
        folder.resolve("hdfs-site.xml"),
        site(
            "dfs.namenode.name.dir",
            folder.resolve("name").toUri().toString(),
            "dfs.namenode.http-address",
            LOOPBACK + ":0",
            "dfs.replication",
            Integer.toString(DATA_NODES),
            "dfs.permissions.enabled",
            "false"),
        UTF_8);
    String name = "org.apache.hadoop.hdfs.server.namenode.NameNode";
    Process format = servers.java("format", minicluster, name, "-format", "-nonInteractive");
    servers.processes.remove(format);
    if (!format.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || format.exitValue() != 0) {
      throw new AssertionError(servers.said("format"));
    }
    servers.java("name-node", minicluster, name);
    servers.awaitPort();
    for (int node = 1; node <= DATA_NODES; node++) {
      servers.java(
          "data-node-" + node,
          minicluster,
          "org.apache.hadoop.hdfs.server.datanode.DataNode",
          "-Ddfs.datanode.data.dir=" + folder.resolve("data-" + node).toUri(),
          "-Ddfs.datanode.address=" + LOOPBACK + ":0",
          "-Ddfs.datanode.http.address=" + LOOPBACK + ":0",
          "-Ddfs.datanode.ipc.address=" + LOOPBACK + ":0");
    }
    for (int node = 1; node <= DATA_NODES; node++) {
      // A data node makes the folder of its blocks when the name node has accepted it.
      servers.awaitFolder(folder.resolve("data-" + node + "/current"), "BP-");
    }
    return servers;
  }

  /** Starts the emulator of S3, with one bucket. */
  public static StorageServers s3(Path jar, Path folder, String bucket)
      throws IOException, InterruptedException {
    StorageServers servers = new StorageServers(folder);
    servers.start(
        "s3",
        List.of(
            "-Xmx512m",
            "-jar",
            jar.toString(),
            "--http.port=" + servers.port,
            "--server.port=0",
            "--server.address=" + LOOPBACK,
            "--com.adobe.testing.s3mock.store.initial-buckets=" + bucket,
            "--com.adobe.testing.s3mock.store.root="
                + Files.createDirectories(folder.resolve("s3")),
            "--com.adobe.testing.s3mock.max-payload-size=100MB"));
    servers.awaitPort();
    return servers;
  }

  /** Where HDFS is reached. */
  public String hdfsUri() {
    return "hdfs://" + LOOPBACK + ":" + port;
  }

  /** Where the emulator of S3 is reached. */
  public String s3Endpoint() {
    return "http://" + LOOPBACK + ":" + port;
  }

  /** Sends SIGKILL to the process that was started last. */
  public void killLast() {
    processes.get(processes.size() - 1).destroyForcibly();
  }

  /** The number of processes that live. */
  public long living() {
    return processes.stream().filter(Process::isAlive).count();
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String site(String... keysAndValues) {
    StringBuilder xml = new StringBuilder("<configuration>\n");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      xml.append("<property><name>")
          .append(keysAndValues[i])
          .append("</name><value>")
          .append(keysAndValues[i + 1])
          .append("</value></property>\n");
    }
    return xml.append("</configuration>\n").toString();
  }

  /** A server of Hadoop: its classes, the client's, and the folder of its configuration. */
  private Process java(String name, Path minicluster, String main, String... words)
      throws IOException {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> classPath = new ArrayList<>(List.of(folder.toString(), minicluster.toString()));
    Arrays.stream(all.split(File.pathSeparator, -1))
        .filter(entry -> entry.matches(".*/(hadoop-client|slf4j-api|commons-logging|snappy)[^/]*"))
        .forEach(classPath::add);
    List<String> command = new ArrayList<>(List.of("-Xmx256m", "-cp"));
    command.add(String.join(File.pathSeparator, classPath));
    command.add(main);
    command.addAll(List.of(words));
    return start(name, command);
  }

  private Process start(String name, List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(words);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    processes.add(process);
    return process;
  }

  private String said(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".log"), UTF_8);
  }

  private void awaitPort() throws IOException, InterruptedException {
    for (long until = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < until; ) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
    throw new AssertionError("nothing answers on port " + port + ", see " + folder);
  }

  private void awaitFolder(Path parent, String prefix) throws IOException, InterruptedException {
    for (long until = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < until; ) {
      String[] names = parent.toFile().list((of, name) -> name.startsWith(prefix));
      if (names != null && names.length > 0) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new AssertionError("there is no " + parent + "/" + prefix + "*, see " + folder);
  }
}
