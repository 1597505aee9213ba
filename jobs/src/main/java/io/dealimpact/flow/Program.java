package io.dealimpact.flow;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.util.jar.Manifest;

/**
 * This program, as its jar's manifest knows it. The manifest is read itself: what {@link Package}
 * knows is that of the first class loaded in a package, which may lie in another place.
 */
public final class Program {
  private static final String UNPACKED = "development";

  private Program() {}

  /** The version, or {@code development} when it does not run from a jar. */
  public static String version() {
    return manifest("Implementation-Version");
  }

  /**
   * The git commit that it was built from, in twelve digits, with {@code -dirty} if the tree had
   * changes. {@code unknown} if the sources were no repository, {@code development} when it does
   * not run from a jar.
   */
  public static String commit() {
    return manifest("Implementation-Build");
  }

  /** Version and commit: identifies the build that made a result. */
  public static String identity() {
    return version() + "+" + commit();
  }

  private static String manifest(String entry) {
    URL self = Program.class.getResource("Program.class");
    if (self == null || !self.getProtocol().equals("jar")) {
      return UNPACKED;
    }
    String jar = self.toString().substring(0, self.toString().indexOf('!'));
    try (InputStream stream = URI.create(jar + "!/META-INF/MANIFEST.MF").toURL().openStream()) {
      String value = new Manifest(stream).getMainAttributes().getValue(entry);
      return value == null ? UNPACKED : value;
    } catch (IOException unreadable) {
      return UNPACKED;
    }
  }
}
