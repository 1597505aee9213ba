package io.dealimpact.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.testing.SparkForTests;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Hadoop's settings hold where all tasks run in one process. */
@Tag("spark")
final class ClusterDefaultsTest {
  private static final String OF_YARN = "yarn.resourcemanager.address";
  private static final String OF_MAPREDUCE = "mapreduce.map.memory.mb";

  private final SparkSession session = SparkForTests.session();
  private final Configuration settings = session.sparkContext().hadoopConfiguration();
  @TempDir private Path folder;

  @Test
  void defaultsOfAClusterAreGoneAndDoNotComeBackWithAWrite() {
    assertThat(new Configuration().get(OF_YARN)).isNotNull();

    session.range(3).write().format("delta").save(folder.resolve("table").toString());

    assertThat(settings.get(OF_YARN)).isNull();
    assertThat(settings.get(OF_MAPREDUCE)).isNull();
    assertThat(settings.get("io.file.buffer.size")).isNotNull();
  }

  @Test
  void howFilesAreCommittedToAStorageStays() {
    assertThat(settings.get("mapreduce.outputcommitter.factory.scheme.s3a"))
        .endsWith("S3ACommitterFactory");
  }

  @Test
  void whatSomebodySetStays() {
    settings.set(OF_MAPREDUCE, "512");
    try {
      Session.withoutClusterDefaults(session);

      assertThat(settings.get(OF_MAPREDUCE)).isEqualTo("512");
    } finally {
      settings.unset(OF_MAPREDUCE);
    }
  }
}
