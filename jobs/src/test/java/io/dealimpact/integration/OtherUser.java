package io.dealimpact.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A user of this machine who is not the one that runs the tests, with an empty home. Only root can
 * become one.
 *
 * @param home empty at first, and no other folder is theirs
 */
record OtherUser(Path home) {
  /** Debian's "nobody". Spark asks the machine for the name of its user, so it must have one. */
  private static final String NAME = "nobody";

  /** Why there is none, for the line of a test that skips. */
  static final String MISSING =
      "SKIPPED: the tests are not run as root, or setpriv, the user nobody or a JDK that it may run"
          + " is missing, so that nobody else could be asked to run the archive";

  /**
   * One with a home of its own.
   *
   * @param beside a folder that all users can enter
   */
  static Optional<OtherUser> of(Path beside) throws IOException {
    Path home = Files.createDirectories(beside.resolve("home-of-" + NAME));
    OtherUser user = new OtherUser(home);
    boolean isThere =
        succeeds(List.of("setpriv", "--version"))
            && succeeds(List.of("chown", NAME, home.toString()))
            && succeeds(user.command(home, Map.of(), List.of(java(), "-version")));
    return isThere ? Optional.of(user) : Optional.empty();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static boolean succeeds(List<String> command) {
    List<String> quiet = new ArrayList<>(List.of("sh", "-c", "\"$@\" 2>/dev/null", "sh"));
    quiet.addAll(command);
    return Commands.run(Duration.ofMinutes(1), Map.of(), quiet).status() == 0;
  }

  /**
   * What runs a command as this user, who knows nothing of the environment of the tests.
   *
   * @param folder to run it in
   */
  List<String> command(Path folder, Map<String, String> environment, List<String> command) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "setpriv",
                "--reuid=" + NAME,
                "--regid=nogroup",
                "--clear-groups",
                "env",
                "-i",
                "--chdir=" + folder,
                "HOME=" + home,
                "PATH=/usr/local/bin:/usr/bin:/bin",
                "JAVA_HOME=" + System.getProperty("java.home")));
    environment.forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(command);
    return words;
  }

  /** Lets every user enter a folder that the tests made for themselves. */
  static void open(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
