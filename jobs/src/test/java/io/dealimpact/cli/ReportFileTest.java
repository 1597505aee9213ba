package io.dealimpact.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportFileTest {

  @TempDir Path folder;

  @Test
  void knowsWhatItIsMadeOf() throws IOException {
    Path file = folder.resolve("lake/report.html");
    assertThat(ReportFile.isMadeOf(file, "night 1")).as("no file").isFalse();

    ReportFile.write(file, "<html>page</html>\n", Optional.of("night 1"));

    assertThat(ReportFile.isMadeOf(file, "night 1")).isTrue();
    assertThat(ReportFile.isMadeOf(file, "night 2")).isFalse();
    assertThat(Files.readString(file)).startsWith("<html>page</html>\n<!-- ");

    Files.writeString(file, Files.readString(file) + "edited");
    assertThat(ReportFile.isMadeOf(file, "night 1")).as("edited").isFalse();
  }

  @Test
  void pageOfTheMomentIsMadeOfNoNight() throws IOException {
    Path file = folder.resolve("report.html");

    ReportFile.write(file, "<html>page</html>\n", Optional.empty());

    assertThat(Files.readString(file)).isEqualTo("<html>page</html>\n");
    assertThat(ReportFile.isMadeOf(file, "night 1")).isFalse();
  }

  @Test
  void liesInTheLakeWhereThatIsAFolder() {
    assertThat(ReportFile.place("/data/lake")).isEqualTo(Path.of("/data/lake/report.html"));
    assertThat(ReportFile.place("file:///data/lake")).isEqualTo(Path.of("/data/lake/report.html"));
    assertThat(ReportFile.place("s3a://bucket/lake")).isEqualTo(Path.of("deal-impact-report.html"));
  }
}
