package io.dealimpact.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dealimpact.report.LineageEvents.How;
import io.dealimpact.report.LineageEvents.Run;
import io.dealimpact.report.LineageEvents.Stage;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineageClientUtils;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The events are read by OpenLineage's own parser. */
class LineageEventsTest {
  private static final Instant BEGAN = Instant.parse("2025-11-04T02:00:00Z");
  private static final Stage WROTE =
      new Stage(
          "conform-bars",
          How.WROTE,
          "silver.bars",
          Optional.of(3L),
          Map.of("bronze.bars", 7L, "silver.calendar", 1L),
          48,
          BEGAN.plusSeconds(5),
          Duration.ofSeconds(2),
          "");
  private static final Stage FAILED =
      new Stage(
          "measure-events",
          How.FAILED,
          "gold.event_impact",
          Optional.of(2L),
          Map.of("silver.bars", 3L),
          0,
          BEGAN.plusSeconds(6),
          Duration.ofSeconds(9),
          "The disk is full.");

  private static Run run(Integer exitCode, String message) {
    return new Run(
        "20251104-a",
        "nightly --lake /data/lake",
        "0.1.0",
        BEGAN,
        Duration.ofMinutes(1),
        Optional.ofNullable(exitCode),
        message);
  }

  private static List<RunEvent> events(Run run, Stage... stages) {
    return LineageEvents.of("/data/lake", run, List.of(stages)).stream()
        .map(OpenLineageClientUtils::runEventFromJson)
        .toList();
  }

  @Test
  void theParserOfTheLibraryReadsAllThatIsWritten() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    for (String event :
        LineageEvents.of("/data/lake", run(50, "Failed."), List.of(WROTE, FAILED))) {
      String again = OpenLineageClientUtils.toJson(OpenLineageClientUtils.runEventFromJson(event));
      assertThat(mapper.readTree(again)).isEqualTo(mapper.readTree(event));
    }
  }

  @Test
  void aStageIsARunBelowTheCommands() {
    List<RunEvent> events = events(run(50, "The run failed."), WROTE, FAILED);

    assertThat(events)
        .extracting(event -> event.getJob().getName() + " " + event.getEventType())
        .containsExactly(
            "nightly START",
            "conform-bars START",
            "measure-events START",
            "conform-bars COMPLETE",
            "measure-events FAIL",
            "nightly FAIL");
    assertThat(events)
        .extracting(event -> event.getEventTime().toInstant())
        .isSorted()
        .startsWith(BEGAN)
        .endsWith(BEGAN.plusSeconds(60));
    RunEvent whole = events.get(0);
    RunEvent start = events.get(1);
    RunEvent complete = events.get(3);
    assertThat(start.getRun().getRunId()).isEqualTo(complete.getRun().getRunId());
    assertThat(start.getRun().getRunId()).isNotEqualTo(whole.getRun().getRunId());
    assertThat(complete.getRun().getFacets().getParent().getRun().getRunId())
        .isEqualTo(whole.getRun().getRunId());
    assertThat(complete.getRun().getFacets().getParent().getJob().getName()).isEqualTo("nightly");
    assertThat(events.get(4).getRun().getFacets().getErrorMessage().getMessage())
        .isEqualTo("The disk is full.");
    assertThat(events.get(5).getRun().getFacets().getErrorMessage().getMessage())
        .isEqualTo("The run failed.");
  }

  @Test
  void datasetsHaveTheVersionsThatWereReadAndWritten() {
    RunEvent complete = events(run(0, ""), WROTE).get(2);

    assertThat(complete.getInputs())
        .extracting(
            input ->
                input.getNamespace()
                    + " "
                    + input.getName()
                    + " "
                    + input.getFacets().getVersion().getDatasetVersion())
        .containsExactly("file /data/lake/bronze/bars 7", "file /data/lake/silver/calendar 1");
    assertThat(complete.getOutputs())
        .singleElement()
        .satisfies(
            output -> {
              assertThat(output.getFacets().getVersion().getDatasetVersion()).isEqualTo("3");
              assertThat(output.getFacets().getSymlinks().getIdentifiers().get(0).getName())
                  .isEqualTo("silver.bars");
              assertThat(output.getOutputFacets().getOutputStatistics().getRowCount())
                  .isEqualTo(48);
            });
    // What a failed stage left is no version of its table.
    assertThat(events(run(50, "x"), FAILED).get(2).getOutputs().get(0).getFacets().getVersion())
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({"0, COMPLETE", "50, FAIL", "143, ABORT"})
  void aRunEndsAsItsExitCodeSays(int exitCode, EventType type) {
    assertThat(events(run(exitCode, "x")))
        .extracting(RunEvent::getEventType)
        .containsExactly(EventType.START, type);
  }

  @Test
  void aRunThatGoesOnHasNoEnd() {
    assertThat(events(run(null, "")))
        .extracting(RunEvent::getEventType)
        .containsExactly(EventType.START);
  }

  @ParameterizedTest
  @CsvSource({
    "s3a://bucket/some/lake/, s3://bucket, some/lake/silver/bars",
    "gs://bucket/lake, gs://bucket, lake/silver/bars",
    "hdfs://name:8020/lake, hdfs://name:8020, lake/silver/bars",
    "abfss://c@a.dfs.core.windows.net/lake, abfss://c@a.dfs.core.windows.net, lake/silver/bars",
    "file:/data/lake, file, /data/lake/silver/bars",
    "file:///data/lake, file, /data/lake/silver/bars",
    "/data/lake, file, /data/lake/silver/bars"
  })
  void datasetsAreNamedByTheirStorage(String lake, String namespace, String name) {
    RunEvent start =
        OpenLineageClientUtils.runEventFromJson(
            LineageEvents.of(lake, run(0, ""), List.of(WROTE)).get(1));

    assertThat(start.getOutputs().get(0).getNamespace()).isEqualTo(namespace);
    assertThat(start.getOutputs().get(0).getName()).isEqualTo(name);
  }

  @Test
  void facetsNameTheSchemasOfTheLibrary() {
    OpenLineage library = new OpenLineage(URI.create("urn:test"));
    String text = String.join("\n", LineageEvents.of("/l", run(50, "x"), List.of(WROTE, FAILED)));

    assertThat(text)
        .contains(
            quoted(library.newRunEventBuilder().build().getSchemaURL()),
            quoted(library.newParentRunFacetBuilder().build().get_schemaURL()),
            quoted(library.newErrorMessageRunFacetBuilder().build().get_schemaURL()),
            quoted(library.newJobTypeJobFacetBuilder().build().get_schemaURL()),
            quoted(library.newSymlinksDatasetFacetBuilder().build().get_schemaURL()),
            quoted(library.newDatasetVersionDatasetFacetBuilder().build().get_schemaURL()),
            quoted(library.newOutputStatisticsOutputDatasetFacetBuilder().build().get_schemaURL()));
  }

  private static String quoted(URI schema) {
    return '"' + schema.toString() + '"';
  }
}
