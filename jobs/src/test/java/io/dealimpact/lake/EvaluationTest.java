package io.dealimpact.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which folders are small enough for plans that are interpreted. */
final class EvaluationTest {
  private static final Configuration STORAGE = new Configuration();

  @TempDir private Path folder;

  private boolean areSmall(String... folders) {
    return Evaluation.areSmall(
        List.of(folders).stream().map(f -> folder.resolve(f).toString()).toList(),
        64L << 20,
        STORAGE);
  }

  private void file(String name, long bytes) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
      file.setLength(bytes);
    }
  }

  @Test
  void aLakeThatIsNotThereYetIsSmall() {
    assertThat(areSmall("lake")).isTrue();
  }

  @Test
  void allFoldersCountTogether() throws IOException {
    file("landing/bars/a.csv", 40L << 20);
    file("lake/bronze/b.parquet", 40L << 20);

    assertThat(areSmall("landing")).isTrue();
    assertThat(areSmall("lake")).isTrue();
    assertThat(areSmall("landing", "lake")).isFalse();
  }

  @Test
  void aFolderThatCannotBeListedIsNotSmall() {
    assertThat(Evaluation.areSmall(List.of("no-such-scheme://a/b"), 1, STORAGE)).isFalse();
  }

  @Test
  void aLinkToTheFolderAboveEnds() throws IOException {
    file("landing/bars/a.csv", 10);
    Files.createSymbolicLink(folder.resolve("landing/bars/up"), folder.resolve("landing"));

    assertThat(areSmall("landing")).isTrue();
  }
}
