package io.dealimpact.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dealimpact.ask.ReadCommands;
import io.dealimpact.config.Configuration;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.flow.ProgramRuns.Ended;
import io.dealimpact.run.ExitCode;
import io.dealimpact.testing.CompareLakes;
import io.dealimpact.testing.SmallLanding;
import io.dealimpact.testing.SparkForTests;
import io.dealimpact.testing.StorageServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole flow on storage that is reached over the network: two nights, of which the second has
 * other deals and prices, and {@code maintain}. The tables have the rows of a lake on the local
 * disk. {@code mvn -B verify -Pstorage -Dit.test=NetworkStorageTest} brings the servers and runs
 * it; without the profile it is skipped.
 */
@Tag("spark")
@Tag("slow")
final class NetworkStorageTest {
  private static final SparkSession SPARK = SparkForTests.session();

  /** Tasks of the second night before the data node dies: it has about a thousand. */
  private static final int TASKS_BEFORE = 200;

  @TempDir private Path folder;
  private SmallLanding landing;

  @BeforeEach
  void deliver() throws IOException {
    landing = new SmallLanding(folder.resolve("landing"));
    landing.deliverDeals("AAA 2025-09-10", "BBB 2025-11-03");
  }

  private static ProgramRuns runs(String landing, String lake) {
    List<String> settings = new ArrayList<>(SmallLanding.settings());
    settings.addAll(
        List.of(
            "publish.audits.rows_lost=1",
            "maintain.keep_nights=2",
            "maintain.keep_days=0",
            "maintain.readers_hours=0"));
    return new ProgramRuns(landing, lake, settings, "build", Instant.parse("2026-01-05T02:00:00Z"));
  }

  private static void assertWell(Ended ended) {
    assertThat(ended.exit()).as(ended.log()).isEqualTo(ExitCode.OK);
  }

  private void upload(String storage) throws IOException {
    org.apache.hadoop.conf.Configuration hadoop = SPARK.sparkContext().hadoopConfiguration();
    org.apache.hadoop.fs.Path to = new org.apache.hadoop.fs.Path(storage + "/landing");
    FileSystem there = to.getFileSystem(hadoop);
    there.delete(to, true);
    there.mkdirs(to.getParent());
    FileUtil.copy(folder.resolve("landing").toFile(), there, to, false, hadoop);
  }

  /** Both nights there and here. {@code midst} is called once in the second night there. */
  private void flow(String storage, Runnable midst) throws IOException {
    Path local = folder.resolve("local/lake");
    ProgramRuns here = runs(folder.resolve("landing").toString(), local.toString());
    ProgramRuns there = runs(storage + "/landing", storage + "/lake");
    upload(storage);
    assertWell(there.night());
    assertWell(here.night());
    landing.deliverDeals("AAA 2025-09-10", "BBB 2025-10-07");
    landing.deliverPrices("AAA", "2025-09-10", 0.05);
    upload(storage);
    AtomicInteger tasks = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            if (tasks.incrementAndGet() == TASKS_BEFORE) {
              midst.run();
            }
          }
        };
    SPARK.sparkContext().addSparkListener(listener);
    try {
      assertWell(there.night());
    } finally {
      SPARK.sparkContext().removeSparkListener(listener);
    }
    assertThat(tasks.get()).isGreaterThan(TASKS_BEFORE);
    assertWell(here.night());
    assertWell(there.maintain());
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    boolean isEqual =
        CompareLakes.compare(
            SPARK,
            new PrintStream(said, true, UTF_8),
            storage + "/lake",
            local.toString(),
            List.of("silver", "gold"));
    assertThat(isEqual).as(said.toString(UTF_8)).isTrue();
    assertWell(there.night());
    assertThat(deals(storage + "/lake")).isEqualTo(deals(local.toString())).contains("AAA");
  }

  private static String deals(String lake) {
    Configuration configuration =
        new ConfigurationReader().read(Optional.empty(), List.of("lake=" + lake));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    new ReadCommands(SPARK, configuration, ReadCommands.Night.PUBLISHED)
        .query(
            "select event_id, car from gold.event_impact order by all",
            ReadCommands.Format.CSV,
            new PrintStream(said, true, UTF_8));
    return said.toString(UTF_8);
  }

  @Test
  void hdfsOfThreeDataNodesOfWhichOneDies() throws IOException, InterruptedException {
    Optional<Path> jar = StorageServers.jar("hadoop-client-minicluster");
    assumeTrue(jar.isPresent(), "skipped: there is no HDFS; the profile storage fetches one");
    try (StorageServers hdfs = StorageServers.hdfs(jar.get(), folder.resolve("hdfs"))) {
      flow(hdfs.hdfsUri() + "/deal-impact", hdfs::killLast);
      assertThat(hdfs.living()).as("name node and two data nodes").isEqualTo(3);
    }
  }

  @Test
  void anEmulatorOfS3() throws IOException, InterruptedException {
    Optional<Path> jar = StorageServers.jar("s3mock");
    assumeTrue(jar.isPresent(), "skipped: there is no S3; the profile storage fetches an emulator");
    try (StorageServers s3 = StorageServers.s3(jar.get(), folder.resolve("emulator"), "bucket")) {
      Map.of(
              "fs.s3a.endpoint", s3.s3Endpoint(),
              "fs.s3a.endpoint.region", "us-east-1",
              "fs.s3a.path.style.access", "true",
              "fs.s3a.access.key", "test",
              "fs.s3a.secret.key", "test")
          .forEach(SPARK.sparkContext().hadoopConfiguration()::set);
      flow("s3a://bucket", () -> {});
    }
  }
}
