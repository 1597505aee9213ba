package io.dealimpact.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dealimpact.testing.ProjectVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built jar, the release archive and the launchers, without running Spark. */
@Tag("program")
class ReleaseIT {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{12}(-dirty)?|unknown");
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  @Test
  void theManifestNamesMainClassVersionAndCommit() throws IOException {
    try (JarFile jar = new JarFile(Release.jar().toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();

      assertThat(manifest.getValue("Main-Class")).isEqualTo("io.dealimpact.cli.Main");
      assertThat(manifest.getValue("Implementation-Version")).isEqualTo(ProjectVersion.read());
      assertThat(manifest.getValue("Implementation-Build")).matches(COMMIT);
    }
  }

  @Test
  void theJarHasTheLicencesOfWhatIsInIt() throws IOException {
    Path root = Commands.project();
    try (JarFile jar = new JarFile(Release.jar().toFile())) {
      assertThat(text(jar, "META-INF/LICENSE"))
          .isEqualTo(Files.readString(root.resolve("LICENSE")));
      assertThat(text(jar, "META-INF/NOTICE")).isEqualTo(Files.readString(root.resolve("NOTICE")));
      for (String file : List.of("LICENSE", "NOTICE")) {
        try (JarFile hipparchus = new JarFile(onClassPath("hipparchus-core"))) {
          assertThat(text(jar, "META-INF/licenses/hipparchus-" + file + ".txt"))
              .as("jobs/src/main/resources/META-INF/licenses: of the version that is bundled")
              .isEqualTo(text(hipparchus, "META-INF/" + file + ".txt"));
        }
      }
    }
  }

  @Test
  void theJarHoldsOurClassesAndTheTwoBundledLibrariesAlone() throws IOException {
    try (JarFile jar = new JarFile(Release.jar().toFile())) {
      TreeSet<String> roots = new TreeSet<>();
      jar.stream()
          .filter(entry -> entry.getName().endsWith(".class"))
          .forEach(entry -> roots.add(String.join("/", parts(entry.getName()).subList(0, 2))));

      assertThat(roots)
          .allMatch(root -> root.matches("io/dealimpact|org/hipparchus|picocli/.*"))
          .contains("io/dealimpact", "org/hipparchus", "picocli/CommandLine.class");
    }
  }

  /** Hipparchus, picocli and ECharts, each with its licence; no serial number and no time. */
  @Test
  void theBillOfMaterialsNamesWhatTheJarHolds(@TempDir Path folder) throws IOException {
    Path file =
        Release.unpack(folder).resolve("lib/deal-impact-" + ProjectVersion.read() + ".cdx.json");
    assumeTrue(
        Files.exists(file), "skipped: Maven was offline, where no bill of materials is made");
    JsonNode bill = new ObjectMapper().readTree(file.toFile());

    Map<String, String> licences = new TreeMap<>();
    bill.get("components")
        .forEach(
            part ->
                licences.put(
                    part.get("name").asText(), part.at("/licenses/0/license/id").asText()));
    assertThat(licences)
        .containsOnlyKeys("echarts", "hipparchus-core", "hipparchus-stat", "picocli")
        .containsValue("Apache-2.0")
        .doesNotContainValue("");
    assertThat(bill.at("/metadata/component/version").asText()).isEqualTo(ProjectVersion.read());
    assertThat(bill.has("serialNumber")).isFalse();
  }

  @Test
  void theJarAloneSaysWhatItIsAndHowToRunIt() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    Commands.Ended ended =
        Commands.run(LIMIT, Map.of(), List.of(java, "-jar", Release.jar().toString()));

    assertThat(ended.status()).as(ended.failureText()).isEqualTo(10);
    assertThat(ended.out())
        .singleElement()
        .asString()
        .matches("deal-impact " + ProjectVersion.read() + ", commit (" + COMMIT + ")");
    assertThat(ended.lastLine())
        .startsWith("Spark is not on the class path, so this jar cannot run by itself.")
        .contains("SPARK_HOME", "spark-submit --class io.dealimpact.cli.Main");
  }

  @Test
  void theVersionCommandNamesTheCommitOfTheManifest() throws IOException {
    String commit;
    try (JarFile jar = new JarFile(Release.jar().toFile())) {
      commit = jar.getManifest().getMainAttributes().getValue("Implementation-Build");
    }

    Commands.Ended ended =
        Commands.run(LIMIT, Map.of(), List.of("jobs/bin/deal-impact", "version"));

    assertThat(ended.status()).as(ended.failureText()).isZero();
    assertThat(ended.out())
        .contains("deal-impact " + ProjectVersion.read(), "commit      " + commit)
        .anyMatch(line -> line.startsWith("spark       4."));
  }

  @Test
  void theArchiveHoldsWhatAUserWithoutTheRepositoryNeeds(@TempDir Path folder) throws IOException {
    Path release = Release.unpack(folder);

    try (Stream<Path> top = Files.list(release)) {
      assertThat(top.map(path -> path.getFileName().toString()))
          .contains(
              "LICENSE", "NOTICE", "README.md", "bin", "conf", "data-samples", "deploy", "docs")
          .contains("jobs", "lib", "notebooks");
    }
    assertThat(release.resolve("lib/deal-impact-" + ProjectVersion.read() + ".jar"))
        .hasSameBinaryContentAs(Release.jar());
    for (String program : List.of("deal-impact", "submit", "notebook")) {
      assertThat(release.resolve("bin").resolve(program)).isExecutable();
    }
    assertThat(brokenLinks(release, "README.md")).isEmpty();
  }

  /** The links of a page to files that are not there. */
  private static List<String> brokenLinks(Path root, String page) throws IOException {
    Matcher links = LINK.matcher(Files.readString(root.resolve(page)));
    return links
        .results()
        .map(link -> link.group(1))
        .filter(link -> !Files.exists(root.resolve(link)))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deal-impact version", "submit -- version", "notebook --install"})
  void anUnpackedReleaseWithoutSparkSaysThatItNeedsOne(String command, @TempDir Path folder)
      throws IOException {
    Path release = Release.unpack(folder);

    Commands.Ended unset = Commands.run(LIMIT, withSparkHome(""), inBin(release, command));
    Commands.Ended wrong = Commands.run(LIMIT, withSparkHome("/nowhere"), inBin(release, command));

    assertThat(unset.status()).as(unset.failureText()).isEqualTo(10);
    assertThat(unset.lastLine())
        .contains("SPARK_HOME is not set", "Set SPARK_HOME to the folder of a Spark");
    assertThat(wrong.status()).as(wrong.failureText()).isEqualTo(10);
    assertThat(wrong.lastLine())
        .contains("SPARK_HOME is '/nowhere', which has no bin/spark-submit");
    assertThat(release.resolve("target")).doesNotExist();
  }

  @Test
  void aReleaseRefusesAnotherSpark(@TempDir Path folder) throws IOException {
    Path release = Release.unpack(folder);
    Path spark = Release.sparkHome(Files.createDirectories(folder.resolve("spark")));
    try (Stream<Path> jars = Files.list(spark.resolve("jars"))) {
      for (Path core :
          jars.filter(jar -> jar.getFileName().toString().startsWith("spark-core_")).toList()) {
        Files.move(core, core.resolveSibling("spark-core_2.13-3.5.7.jar"));
      }
    }

    Commands.Ended ended =
        Commands.run(LIMIT, withSparkHome(spark.toString()), inBin(release, "deal-impact version"));

    assertThat(ended.status()).as(ended.failureText()).isEqualTo(10);
    assertThat(ended.lastLine())
        .contains("SPARK_HOME has spark-core_2.13-3.5.7.jar", "was built for Spark");
  }

  /** An older jar beside it is not taken, and neither is a newer one of another version. */
  @Test
  void theLaunchersTakeTheJarOfThePomsVersion(@TempDir Path tree) throws IOException {
    Path bin = Files.createDirectories(tree.resolve("jobs/bin"));
    Files.createDirectories(tree.resolve("jobs/target"));
    Files.copy(Commands.project().resolve("jobs/bin/launcher.sh"), bin.resolve("launcher.sh"));
    String pom = Files.readString(Commands.project().resolve("pom.xml"));
    Files.writeString(
        tree.resolve("pom.xml"),
        pom.replaceFirst(
            "(deal-impact-parent</artifactId>\\s*<version>)[^<]+", "$17.8.9-SNAPSHOT"));
    for (String version : List.of(ProjectVersion.read(), "7.8.10")) {
      Files.createFile(tree.resolve("jobs/target/deal-impact-" + version + ".jar"));
    }

    Commands.Ended ended =
        Commands.run(
            LIMIT,
            Map.of(),
            List.of(
                "bash",
                "-euc",
                "command=test; . '" + bin.resolve("launcher.sh") + "'; printf %s \"$jar\""));

    assertThat(ended.out()).as(ended.failureText()).hasSize(1);
    assertThat(ended.out().get(0)).endsWith("/jobs/target/deal-impact-7.8.9-SNAPSHOT.jar");
  }

  private static Map<String, String> withSparkHome(String folder) {
    Map<String, String> environment = new HashMap<>();
    environment.put("SPARK_HOME", folder);
    return environment;
  }

  private static List<String> inBin(Path release, String command) {
    List<String> words = parts(command.replace(' ', '/'));
    return Stream.concat(
            Stream.of(release.resolve("bin").resolve(words.get(0)).toString()),
            words.stream().skip(1))
        .toList();
  }

  private static List<String> parts(String path) {
    return Arrays.asList(path.split("/", -1));
  }

  private static String text(JarFile jar, String entry) throws IOException {
    assertThat(jar.getEntry(entry)).as(entry).isNotNull();
    try (InputStream stream = jar.getInputStream(jar.getEntry(entry))) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }

  private static java.io.File onClassPath(String library) throws IOException {
    String classPath =
        Files.readString(Commands.project().resolve("jobs/target/classpath.txt")).strip();
    return Stream.of(classPath.split(":", -1))
        .map(java.io.File::new)
        .filter(file -> file.getName().startsWith(library + "-"))
        .findFirst()
        .orElseThrow();
  }
}
