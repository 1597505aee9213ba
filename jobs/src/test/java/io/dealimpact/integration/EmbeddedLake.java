package io.dealimpact.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dealimpact.testing.HostileFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lake that {@code jobs/bin/deal-impact nightly} makes of data-samples and of files with every
 * fault we know, made once.
 */
public final class EmbeddedLake {
  /** Far more than a run takes on two busy cores. */
  static final Duration NIGHTLY_LIMIT = Duration.ofMinutes(20);

  private EmbeddedLake() {}

  /**
   * Where the lake lies. {@code -Dintegration.lake=DIR} takes one that is there already, and the
   * landing zone beside it that it was made from.
   */
  public static Path path() {
    return Holder.PATH;
  }

  /** The landing zone it is made from. */
  public static Path landing() {
    return Landing.PATH;
  }

  /** A copy of the lake, for a test that writes. */
  public static Path copy(Path to) throws IOException {
    Path from = path();
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  private static final class Holder {
    static final Path PATH = make();
  }

  private static final class Landing {
    static final Path PATH = deliver();
  }

  private static Optional<Path> given() {
    return Optional.of(System.getProperty("integration.lake", ""))
        .filter(lake -> !lake.isEmpty())
        .map(Path::of);
  }

  private static Path deliver() {
    Optional<Path> beside =
        given().map(lake -> lake.resolveSibling("landing")).filter(Files::exists);
    if (beside.isPresent()) {
      return beside.get();
    }
    try {
      return HostileFiles.beside(
          Commands.project().resolve("data-samples"), Commands.fresh("landing"));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static Path make() {
    if (given().isPresent()) {
      return given().get();
    }
    Path lake = Commands.fresh("embedded");
    Commands.Ended ended =
        Commands.run(
            NIGHTLY_LIMIT,
            Map.of(),
            List.of(
                "jobs/bin/deal-impact",
                "nightly",
                "--landing",
                landing().toString(),
                "--lake",
                lake.toString()));
    assertThat(ended.status()).as(ended.failureText()).isZero();
    assertThat(closingLine(ended).get("exit_code").asInt()).isZero();
    return lake;
  }

  /** The JSON object that ends a run's log. */
  static JsonNode closingLine(Commands.Ended ended) {
    assertThat(ended.lastLine()).as(ended.failureText()).startsWith("{").endsWith("}");
    try {
      return new ObjectMapper().readTree(ended.lastLine());
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
