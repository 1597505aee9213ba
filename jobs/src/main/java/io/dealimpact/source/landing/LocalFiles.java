package io.dealimpact.source.landing;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * What a folder of a local disk may hold that is no file to read: links, pipes, sockets, devices.
 * Other storages have none of it.
 */
final class LocalFiles {
  private final java.nio.file.Path root;

  private LocalFiles(java.nio.file.Path root) {
    this.root = root;
  }

  /**
   * The rules for a landing zone, which may itself be a link.
   *
   * @param root its path, with a scheme
   */
  static LocalFiles under(Path root) throws IOException {
    return new LocalFiles(isLocal(root) ? local(root).toRealPath() : null);
  }

  static boolean isLocal(Path path) {
    return "file".equals(path.toUri().getScheme());
  }

  /** Why a file or folder is not read; empty if it is. */
  Optional<String> refusal(Path path) {
    if (path.getName().indexOf(':') >= 0) {
      return Optional.of("its name has a colon, which Hadoop takes for a part of an address");
    }
    if (root == null) {
      return Optional.empty();
    }
    try {
      java.nio.file.Path real = local(path).toRealPath();
      if (!real.startsWith(root)) {
        return Optional.of("it is a link out of the landing zone, and such links are not followed");
      }
      if (!Files.isRegularFile(real) && !Files.isDirectory(real)) {
        return Optional.of("it is no regular file but a pipe, a socket or a device");
      }
      return Files.isReadable(real)
          ? Optional.empty()
          : Optional.of("the user of this run has no right to read it");
    } catch (IOException unreachable) {
      return Optional.of("it cannot be reached: " + unreachable.getMessage());
    }
  }

  /** The names of links in a folder that lead nowhere: Hadoop does not list them. */
  List<String> deadLinks(Path folder) throws IOException {
    if (root == null) {
      return List.of();
    }
    try (Stream<java.nio.file.Path> names = Files.list(local(folder))) {
      return names
          .filter(path -> Files.isSymbolicLink(path) && !Files.exists(path))
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }
}
