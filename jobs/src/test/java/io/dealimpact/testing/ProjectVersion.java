package io.dealimpact.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version that the pom gives the program. */
public final class ProjectVersion {
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>deal-impact-parent</artifactId>\\s*<version>([^<]+)</version>");

  private ProjectVersion() {}

  public static String read() throws IOException {
    Matcher pom =
        VERSION.matcher(
            Files.readString(Path.of(System.getProperty("project.root", "..")).resolve("pom.xml")));
    assertThat(pom.find()).isTrue();
    return pom.group(1);
  }
}
