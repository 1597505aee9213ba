package io.dealimpact.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A notebook: {@code jobs/bin/notebook} runs the notebook on the Java kernel, from the lake to
 * Amazon's answer. What it shows is kept in jobs/target/integration.
 */
@Tag("program")
@Tag("slow")
class NotebookIT {
  private static final Pattern PICTURE = Pattern.compile("data:image/png;base64,([A-Za-z0-9+/=]+)");

  @Test
  void firstLookComesToAmazonsAnswer() throws IOException {
    assumeTrue(
        onPath("jupyter-nbconvert"),
        "SKIPPED: jupyter-nbconvert is not on the PATH, so no notebook was executed"
            + " (Debian: apt-get install jupyter-nbconvert python3-ipykernel)");
    Path executed = Commands.fresh("01_first_look.ipynb");
    Commands.Ended ended =
        Commands.run(
            Duration.ofMinutes(16),
            EmbeddedLake.SETTINGS,
            List.of(
                "jobs/bin/notebook",
                "--execute",
                "notebooks/01_first_look.ipynb",
                "--lake",
                EmbeddedLake.path().toString(),
                "--output",
                executed.toString()));
    assertThat(ended.status()).as(ended.failureText()).isZero();
    assertThat(ended.out()).containsExactly(executed.toString());

    String shown = String.join("\n", htmlOf(new ObjectMapper().readTree(executed.toFile())));
    assertThat(withoutPictures(shown))
        .as("open, close, high, net of the market with its interval, in billions")
        .contains(">119.09<", ">104.55<", ">153.73<", ">99.03<", ">28.48<", ">169.58<")
        .as("CAR[-1,+1] and AR of day 0, percent, and what the row says about day -1")
        .contains(">12.724<", ">3.793<", "confounded by earnings of 2025-10-30 (day -1)");
    assertPictures(shown, executed);
  }

  private static void assertPictures(String shown, Path executed) throws IOException {
    int pictures = 0;
    Matcher found = PICTURE.matcher(shown);
    while (found.find()) {
      pictures++;
      byte[] png = Base64.getDecoder().decode(found.group(1));
      Files.write(executed.resolveSibling("01_first_look_" + pictures + ".png"), png);
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      int[] pixels =
          image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
      assertThat(Arrays.stream(pixels).distinct().limit(3).count())
          .as("colours of picture %d", pictures)
          .isEqualTo(3);
    }
    assertThat(pictures).as("charts").isEqualTo(4);
  }

  static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(Commands.project().resolve("notebooks"))) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void isCommittedWithoutOutputs(Path notebook) throws IOException {
    JsonNode cells = new ObjectMapper().readTree(notebook.toFile()).get("cells");
    assertThat(cells).isNotEmpty();
    assertThat(cells)
        .as("jupyter nbconvert --clear-output --inplace %s", notebook)
        .allSatisfy(cell -> assertThat(cell.path("outputs")).isEmpty());
  }

  /** What the cells displayed, one after the other. */
  private static List<String> htmlOf(JsonNode notebook) {
    List<String> html = new ArrayList<>();
    for (JsonNode cell : notebook.get("cells")) {
      for (JsonNode output : cell.path("outputs")) {
        assertThat(output.get("output_type").asText()).as(output.toString()).isNotEqualTo("error");
        StringBuilder text = new StringBuilder();
        output.path("data").path("text/html").forEach(line -> text.append(line.asText()));
        html.add(text.append(output.path("data").path("text/html").asText("")).toString());
      }
    }
    return html;
  }

  private static String withoutPictures(String html) {
    return PICTURE.matcher(html).replaceAll("");
  }

  private static boolean onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
