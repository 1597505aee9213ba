package io.dealimpact.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder on this machine for what is needed for a while; closing it removes all of it. */
public record ScratchFolder(Path path) implements AutoCloseable {

  /**
   * Makes one.
   *
   * @param prefix of its name
   * @throws DealImpactException if that cannot be
   */
  public static ScratchFolder make(String prefix) {
    try {
      return new ScratchFolder(Files.createTempDirectory(prefix));
    } catch (IOException error) {
      throw Failures.storage("making a folder for temporary files", error);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> inside = Files.walk(path)) {
      for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException error) {
      throw Failures.storage("removing the folder " + path, error);
    }
  }
}
