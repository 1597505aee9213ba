package io.dealimpact.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.dealimpact.run.ExitCode;
import io.dealimpact.testing.ProjectVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files of {@code jobs/deploy} say what the program says. {@link ManifestsTest} holds their
 * fields against the schemas.
 */
class DeploymentsTest {
  private static final Path JOBS =
      Path.of(System.getProperty("project.root", "..")).resolve("jobs");
  private static final Path KUBERNETES = JOBS.resolve("deploy/kubernetes");

  /** What no second attempt can change. */
  private static final List<ExitCode> FINAL =
      List.of(
          ExitCode.UNEXPECTED,
          ExitCode.USAGE,
          ExitCode.CONFIGURATION,
          ExitCode.QUALITY_GATE,
          ExitCode.STORAGE);

  private static List<Integer> statuses() {
    return FINAL.stream().map(ExitCode::status).toList();
  }

  /** The documents of a file; a key that is there twice is an error. */
  private static List<JsonNode> documents(Path file) throws IOException {
    YAMLMapper mapper =
        new YAMLMapper(
            YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
    try (MappingIterator<JsonNode> documents =
        mapper.readerFor(JsonNode.class).readValues(file.toFile())) {
      return documents.readAll();
    }
  }

  private static JsonNode one(Path file) throws IOException {
    List<JsonNode> documents = documents(file);
    assertThat(documents).hasSize(1);
    return documents.get(0);
  }

  private static Set<String> fields(JsonNode node) {
    Set<String> fields = new TreeSet<>();
    node.fieldNames().forEachRemaining(fields::add);
    return fields;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(
        text -> {
          assertThat(text.isTextual()).as("a text, not a number: " + text).isTrue();
          texts.add(text.asText());
        });
    return texts;
  }

  private static Map<String, String> sparkDefaults() throws IOException {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(JOBS.resolve("conf/spark-defaults.conf"), UTF_8)) {
      properties.load(reader);
    }
    Map<String, String> defaults = new TreeMap<>();
    properties.forEach((key, value) -> defaults.put(key.toString(), value.toString()));
    return defaults;
  }

  private static Map<String, String> textMap(JsonNode node) {
    Map<String, String> map = new TreeMap<>();
    node.properties()
        .forEach(
            entry -> {
              assertThat(entry.getValue().isTextual()).as(entry.getKey() + " is a text").isTrue();
              map.put(entry.getKey(), entry.getValue().asText());
            });
    return map;
  }

  @Test
  void everyFileThatNamesAReleaseNamesThisOne() throws IOException {
    Pattern release = Pattern.compile("deal-impact[-:](\\d+\\.\\d+\\.\\d+)");
    List<String> named = new ArrayList<>();
    try (Stream<Path> files = Files.walk(JOBS.resolve("deploy"))) {
      for (Path file :
          Stream.concat(files, Stream.of(JOBS.resolve("docs/operations.md")))
              .filter(Files::isRegularFile)
              .toList()) {
        release.matcher(Files.readString(file)).results().forEach(it -> named.add(it.group(1)));
      }
    }

    assertThat(named).hasSizeGreaterThan(8).containsOnly(ProjectVersion.read());
    assertThat(Files.readString(JOBS.resolve("docs/contract.odcs.yaml")))
        .contains("\nversion: " + ProjectVersion.read() + "\n");
  }

  @Test
  void theNamespaceHasWhatTheOthersName() throws IOException {
    Map<String, JsonNode> kinds =
        documents(KUBERNETES.resolve("namespace.yaml")).stream()
            .collect(Collectors.toMap(node -> node.path("kind").asText(), node -> node));

    assertThat(kinds)
        .containsOnlyKeys("Namespace", "ServiceAccount", "Role", "RoleBinding", "ConfigMap");
    kinds.forEach(
        (kind, node) ->
            assertThat(node.path("metadata").path(kind.equals("Namespace") ? "name" : "namespace"))
                .hasToString("\"deal-impact\""));
    JsonNode binding = kinds.get("RoleBinding");
    assertThat(binding.path("roleRef").path("name"))
        .isEqualTo(kinds.get("Role").path("metadata").path("name"));
    assertThat(binding.path("subjects").path(0).path("name"))
        .isEqualTo(kinds.get("ServiceAccount").path("metadata").path("name"));
    JsonNode rule = kinds.get("Role").path("rules").path(0);
    assertThat(texts(rule.path("resources"))).contains("pods", "services", "configmaps");
    assertThat(texts(rule.path("verbs"))).contains("create", "watch", "deletecollection");
    assertThat(fields(kinds.get("ConfigMap").path("data"))).containsExactly("deal-impact.yaml");
  }

  @Test
  void theCronJobFailsAndRepeatsByTheStatus() throws IOException {
    JsonNode cron = one(KUBERNETES.resolve("cron-job.yaml"));
    assertThat(cron.path("apiVersion").asText()).isEqualTo("batch/v1");
    JsonNode job = cron.path("spec").path("jobTemplate").path("spec");
    JsonNode pod = job.path("template").path("spec");
    JsonNode driver = pod.path("containers").path(0);
    // Kubernetes refuses the policy with any other restart policy.
    assertThat(pod.path("restartPolicy").asText()).isEqualTo("Never");
    JsonNode rule = job.path("podFailurePolicy").path("rules").path(0);
    assertThat(rule.path("action").asText()).isEqualTo("FailJob");
    assertThat(rule.path("onExitCodes").path("containerName")).isEqualTo(driver.path("name"));
    assertThat(rule.path("onExitCodes").path("operator").asText()).isEqualTo("In");
    List<Integer> values = new ArrayList<>();
    rule.path("onExitCodes").path("values").forEach(value -> values.add(value.asInt()));
    assertThat(values).containsExactlyElementsOf(statuses());
    assertThat(job.path("backoffLimit").asInt()).isPositive();

    List<String> args = texts(driver.path("args"));
    assertThat(args).containsSequence("--deploy-mode", "client");
    sparkDefaults()
        .forEach((key, value) -> assertThat(args).containsSequence("--conf", key + "=" + value));
    assertThat(args).containsSequence("local:///opt/deal-impact/deal-impact.jar", "nightly");
    assertReadsTheConfigMap(pod, driver.path("volumeMounts"), args);
  }

  private static void assertReadsTheConfigMap(
      JsonNode pod, JsonNode mounts, List<String> arguments) {
    JsonNode volume = pod.path("volumes").path(0);
    assertThat(volume.path("configMap").path("name").asText()).isEqualTo("deal-impact");
    assertThat(mounts.path(0).path("name")).isEqualTo(volume.path("name"));
    assertThat(arguments)
        .containsSequence(
            "--config", mounts.path(0).path("mountPath").asText() + "/deal-impact.yaml");
  }

  @Test
  void apachesOperatorRunsTheSame() throws IOException {
    JsonNode application = one(KUBERNETES.resolve("spark-application.yaml"));
    assertThat(application.path("apiVersion").asText()).isEqualTo("spark.apache.org/v1");
    assertThat(application.path("kind").asText()).isEqualTo("SparkApplication");
    JsonNode spec = application.path("spec");
    assertThat(textMap(spec.path("sparkConf"))).containsAllEntriesOf(sparkDefaults());
    JsonNode pod = spec.path("driverSpec").path("podTemplateSpec").path("spec");
    assertReadsTheConfigMap(
        pod, pod.path("containers").path(0).path("volumeMounts"), texts(spec.path("driverArgs")));
  }

  @Test
  void kubeflowsOperatorRunsTheSame() throws IOException {
    JsonNode application = one(KUBERNETES.resolve("scheduled-spark-application.yaml"));
    assertThat(application.path("apiVersion").asText()).isEqualTo("sparkoperator.k8s.io/v1beta2");
    JsonNode template = application.path("spec").path("template");
    assertThat(textMap(template.path("sparkConf"))).containsAllEntriesOf(sparkDefaults());
    assertReadsTheConfigMap(
        template, template.path("driver").path("volumeMounts"), texts(template.path("arguments")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"emr-serverless", "dataproc-batch", "databricks-bundle"})
  void cloudsThatWereNotTriedSayThatTheyWereNot(String name) throws IOException {
    Path file = JOBS.resolve("deploy/cloud/" + name + ".yaml");

    assertThat(Files.readString(file)).startsWith("# NOT RUN: ");
    assertThat(one(file).toString())
        .contains("io.dealimpact.cli.Main", "nightly", "snapshotPartitions");
  }

  @Test
  void everyScheduleIsOfTheSameNights() throws IOException {
    String cron = one(KUBERNETES.resolve("cron-job.yaml")).path("spec").path("schedule").asText();

    assertThat(cron).isEqualTo("30 1 * * 2-6");
    assertThat(
            one(KUBERNETES.resolve("scheduled-spark-application.yaml"))
                .path("spec")
                .path("schedule")
                .asText())
        .isEqualTo(cron);
    assertThat(Files.readString(JOBS.resolve("deploy/systemd/deal-impact.timer")))
        .contains("OnCalendar=Tue..Sat 01:30 America/New_York");
  }

  @Test
  void systemdDoesNotRepeatWhatCannotPass() throws IOException {
    List<String> lines = Files.readAllLines(JOBS.resolve("deploy/systemd/deal-impact.service"));

    assertThat(lines)
        .contains(
            "RestartPreventExitStatus="
                + statuses().stream().map(String::valueOf).collect(Collectors.joining(" ")),
            "OnFailure=deal-impact-failed.service",
            "ProtectSystem=strict",
            "NoNewPrivileges=yes");
    assertThat(JOBS.resolve("deploy/systemd/deal-impact-failed.service")).exists();
  }

  /** The exposure that systemd sees, of 10; below 4 is what it calls OK. */
  @Test
  void systemdFindsTheServiceConfined() throws Exception {
    Path analyze = Path.of("/usr/bin/systemd-analyze");
    assumeTrue(Files.isExecutable(analyze), "there is no systemd-analyze here");

    Process security =
        new ProcessBuilder(
                analyze.toString(),
                "security",
                "--no-pager",
                "--offline=yes",
                "--threshold=40",
                JOBS.resolve("deploy/systemd/deal-impact.service").toString())
            .redirectErrorStream(true)
            .start();
    String found = new String(security.getInputStream().readAllBytes(), UTF_8);

    assertThat(security.waitFor()).as(found).isZero();
  }

  @Test
  void theImageHasTheFilesThatTheBuildLeaves() throws IOException {
    List<String> copied =
        Files.readAllLines(KUBERNETES.resolve("Dockerfile")).stream()
            .filter(line -> line.startsWith("COPY jobs/") && !line.contains("target/"))
            .map(line -> line.split(" ", -1)[1])
            .toList();

    assertThat(copied).isNotEmpty();
    assertThat(copied).allSatisfy(file -> assertThat(JOBS.resolveSibling(file)).exists());
  }

  /** In that mode spark-submit may answer 0 for a night that failed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--deploy-mode cluster",
        "--deploy-mode=cluster",
        "--conf spark.submit.deployMode=cluster"
      })
  void submitRefusesAModeThatLosesTheStatus(String mode) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", JOBS.resolve("bin/submit").toString()));
    command.addAll(List.of(mode.split(" ", -1)));
    command.addAll(List.of("--", "version"));

    Process submit = new ProcessBuilder(command).redirectErrorStream(true).start();

    assertThat(new String(submit.getInputStream().readAllBytes(), UTF_8))
        .startsWith("submit: In cluster mode spark-submit may answer 0");
    assertThat(submit.waitFor()).isEqualTo(ExitCode.USAGE.status());
  }

  @Test
  void everyFileIsOnThePage() throws IOException {
    String page = Files.readString(JOBS.resolve("deploy/README.md"));
    try (Stream<Path> files = Files.list(KUBERNETES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }
    Arrays.stream(ExitCode.values())
        .filter(code -> code != ExitCode.INTERRUPTED)
        .forEach(code -> assertThat(page).containsPattern("\\b" + code.status() + "\\b"));
  }
}
