package io.dealimpact.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The manifests hold what Kubernetes' own types have, with values of their types; and of the
 * operators' fields those alone that were looked up in the operators' own schemas, which are not
 * shipped. {@link DeploymentsTest} says what the fields are set to.
 */
class ManifestsTest {
  private static final Path KUBERNETES =
      Path.of(System.getProperty("project.root", "..")).resolve("jobs/deploy/kubernetes");

  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "v1 Namespace", Namespace.class,
          "v1 ServiceAccount", ServiceAccount.class,
          "v1 ConfigMap", ConfigMap.class,
          "rbac.authorization.k8s.io/v1 Role", Role.class,
          "rbac.authorization.k8s.io/v1 RoleBinding", RoleBinding.class,
          "batch/v1 CronJob", CronJob.class);

  /**
   * Fields of {@code scheduled-spark-application.yaml} that kubeflow's schema was found to have,
   * with these types. Look up a new one before it goes here: jobs/deploy/README.md says where.
   */
  private static final Set<String> KUBEFLOWS =
      Set.of(
          "spec.schedule: text",
          "spec.timeZone: text",
          "spec.concurrencyPolicy: text",
          "spec.successfulRunHistoryLimit: whole",
          "spec.failedRunHistoryLimit: whole",
          "spec.template.type: text",
          "spec.template.mode: text",
          "spec.template.image: text",
          "spec.template.imagePullPolicy: text",
          "spec.template.sparkVersion: text",
          "spec.template.mainClass: text",
          "spec.template.mainApplicationFile: text",
          "spec.template.arguments[]: text",
          "spec.template.timeToLiveSeconds: whole",
          "spec.template.restartPolicy.type: text",
          "spec.template.restartPolicy.onFailureRetries: whole",
          "spec.template.restartPolicy.onFailureRetryInterval: whole",
          "spec.template.restartPolicy.onSubmissionFailureRetries: whole",
          "spec.template.restartPolicy.onSubmissionFailureRetryInterval: whole",
          "spec.template.sparkConf.*: text",
          "spec.template.volumes[]: Volume",
          "spec.template.driver.cores: whole",
          "spec.template.driver.memory: text",
          "spec.template.driver.serviceAccount: text",
          "spec.template.driver.volumeMounts[]: VolumeMount",
          "spec.template.executor.instances: whole",
          "spec.template.executor.cores: whole",
          "spec.template.executor.memory: text");

  /** The same of {@code spark-application.yaml} and the schema of Apache's operator. */
  private static final Set<String> APACHES =
      Set.of(
          "spec.mainClass: text",
          "spec.jars: text",
          "spec.driverArgs[]: text",
          "spec.sparkConf.*: text",
          "spec.driverSpec.podTemplateSpec: PodTemplateSpec",
          "spec.applicationTolerations.resourceRetainPolicy: text",
          "spec.applicationTolerations.restartConfig.restartPolicy: text",
          "spec.applicationTolerations.restartConfig.maxRestartAttempts: whole",
          "spec.applicationTolerations.restartConfig.restartBackoffMillis: whole",
          "spec.runtimeVersions.sparkVersion: text",
          "spec.runtimeVersions.scalaVersion: text");

  /** Parts of the operators' objects that are Kubernetes' own. */
  private static final Map<String, Class<?>> PARTS =
      Map.of(
          "spec.template.volumes[]", Volume.class,
          "spec.template.driver.volumeMounts[]", VolumeMount.class,
          "spec.driverSpec.podTemplateSpec", PodTemplateSpec.class);

  private static List<JsonNode> documents(String file) throws IOException {
    YAMLMapper mapper =
        new YAMLMapper(
            YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
    try (MappingIterator<JsonNode> documents =
        mapper.readerFor(JsonNode.class).readValues(KUBERNETES.resolve(file).toFile())) {
      return documents.readAll();
    }
  }

  /**
   * Reads a number as a number and a text as a text, as the API server does. The types would keep
   * fields that they do not know beside their own; here such a field is an error.
   */
  private static JsonMapper strict() {
    JsonMapper mapper =
        JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .annotationIntrospector(
                new JacksonAnnotationIntrospector() {
                  private static final long serialVersionUID = 1L;

                  @Override
                  public Boolean hasAnySetter(Annotated member) {
                    return false;
                  }
                })
            .build();
    for (CoercionInputShape shape :
        List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
      mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
    }
    return mapper;
  }

  private static void assertIs(JsonNode node, Class<?> type) throws JsonProcessingException {
    assertThat(strict().treeToValue(node, type)).isNotNull();
  }

  /** The fields of an operator's object with the types of their values. */
  private static Set<String> fields(String path, JsonNode node) throws JsonProcessingException {
    Set<String> found = new TreeSet<>();
    if (PARTS.containsKey(path)) {
      assertIs(node, PARTS.get(path));
      found.add(path + ": " + PARTS.get(path).getSimpleName());
    } else if (node.isArray()) {
      for (JsonNode element : node) {
        found.addAll(fields(path + "[]", element));
      }
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        // The keys of this map are Spark's.
        String name = path.endsWith(".sparkConf") ? "*" : field.getKey();
        found.addAll(fields(path + "." + name, field.getValue()));
      }
    } else {
      found.add(path + ": " + scalar(node));
    }
    return found;
  }

  private static String scalar(JsonNode node) {
    if (node.isTextual()) {
      return "text";
    }
    return node.isIntegralNumber() ? "whole" : node.toString();
  }

  private static JsonNode spec(String file) throws IOException {
    List<JsonNode> documents = documents(file);
    assertThat(documents).hasSize(1);
    assertIs(documents.get(0).path("metadata"), ObjectMeta.class);
    return documents.get(0).path("spec");
  }

  @Test
  void whatKubernetesItselfReadsHasItsTypes() throws IOException {
    List<JsonNode> documents = new ArrayList<>(documents("namespace.yaml"));
    documents.addAll(documents("cron-job.yaml"));

    assertThat(documents).hasSize(KINDS.size());
    for (JsonNode document : documents) {
      String kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
      assertThat(KINDS).containsKey(kind);
      assertIs(document, KINDS.get(kind));
    }
  }

  @Test
  void kubeflowsSchemaWasLookedUpForEachField() throws IOException {
    assertThat(fields("spec", spec("scheduled-spark-application.yaml"))).isEqualTo(KUBEFLOWS);
  }

  @Test
  void apachesSchemaWasLookedUpForEachField() throws IOException {
    assertThat(fields("spec", spec("spark-application.yaml"))).isEqualTo(APACHES);
  }

  @Test
  void aFieldThatKubernetesDoesNotKnowIsAnErrorHoweverDeep() throws IOException {
    JsonNode cron = documents("cron-job.yaml").get(0);
    ObjectNode container =
        (ObjectNode) cron.at("/spec/jobTemplate/spec/template/spec/containers/0");

    container.put("imagePullPolice", "Always");

    assertThatThrownBy(() -> assertIs(cron, CronJob.class))
        .isInstanceOf(UnrecognizedPropertyException.class)
        .hasMessageContaining("imagePullPolice");
  }

  @Test
  void aValueOfAnotherTypeIsAnError() throws IOException {
    JsonNode cron = documents("cron-job.yaml").get(0);
    ((ObjectNode) cron.at("/spec/jobTemplate/spec")).put("backoffLimit", "60");

    assertThatThrownBy(() -> assertIs(cron, CronJob.class))
        .isInstanceOf(MismatchedInputException.class)
        .hasMessageContaining("backoffLimit");

    JsonNode namespace = documents("namespace.yaml").get(0);
    ((ObjectNode) namespace.path("metadata")).put("name", 1);

    assertThatThrownBy(() -> assertIs(namespace, Namespace.class))
        .isInstanceOf(MismatchedInputException.class)
        .hasMessageContaining("name");
  }
}
