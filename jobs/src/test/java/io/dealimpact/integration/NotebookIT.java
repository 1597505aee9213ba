package io.dealimpact.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dealimpact.notebook.Notebook;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The notebooks, executed by {@code jobs/bin/notebook} one after the other in one kernel, on the
 * shared lake. What their cells show must be what is kept in their files.
 *
 * <p>Volatile parts: the numbers of executions, times in metadata, and the number of a drawing in
 * the kernel, which begins the names inside its SVG. They do not count.
 *
 * <p>{@code -Dnotebooks.keep=true} writes what was shown into the files.
 */
@Tag("program")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotebookIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A query with a wrong name, and a plan with a wrong key: cells of this test alone. */
  private static final List<String> WRONG =
      List.of(
          "html(lake.sql(\"select * from gold.event_impakt\"))",
          "html(lake.table(\"gold.event_impact\").selectExpr(\"cast(car / 0 as int) + raise_error('x')\"))",
          "lake.study(List.of(ownDeal(\"a\", \"2025-07-22\", \"ORCL\")), plan(\"windoes=[[0,0]]\"))",
          "ownDeal(\"a\", \"22 July\", \"ORCL\")");

  private final Map<Path, List<JsonNode>> shown = new LinkedHashMap<>();
  private List<JsonNode> failed;

  @BeforeAll
  void execute() throws IOException {
    assumeTrue(
        onPath("jupyter-nbconvert"),
        "SKIPPED: jupyter-nbconvert is not on the PATH, so no notebook was executed"
            + " (Debian: apt-get install jupyter-nbconvert python3-ipykernel)");
    ArrayNode all = JSON.createArrayNode();
    List<Path> notebooks = notebooks();
    for (Path notebook : notebooks) {
      cells(notebook).forEach(all::add);
    }
    WRONG.forEach(source -> all.add(wrong(source)));
    ObjectNode whole = (ObjectNode) JSON.readTree(notebooks.get(0).toFile());
    whole.set("cells", all);
    Path given = Commands.fresh("all_notebooks.ipynb");
    Path executed = Commands.fresh("all_notebooks_executed.ipynb");
    JSON.writeValue(given.toFile(), whole);
    Commands.Ended ended =
        Commands.run(
            Duration.ofMinutes(16),
            Map.of(),
            List.of(
                "jobs/bin/notebook",
                "--execute",
                given.toString(),
                "--lake",
                EmbeddedLake.path().toString(),
                "--output",
                executed.toString()));
    assertThat(ended.status()).as(ended.failureText()).isZero();
    assertThat(ended.out()).containsExactly(executed.toString());

    List<JsonNode> cells = new ArrayList<>();
    JSON.readTree(executed.toFile()).get("cells").forEach(cells::add);
    int from = 0;
    for (Path notebook : notebooks) {
      int to = from + cells(notebook).size();
      shown.put(notebook, cells.subList(from, to));
      from = to;
    }
    failed = cells.subList(from, cells.size());
    if (Boolean.getBoolean("notebooks.keep")) {
      keep();
    }
  }

  @Test
  void cellsShowWhatIsKeptInTheFiles() throws IOException {
    for (Map.Entry<Path, List<JsonNode>> notebook : shown.entrySet()) {
      JsonNode kept = cells(notebook.getKey());
      for (int i = 0; i < kept.size(); i++) {
        assertThat(text(notebook.getValue().get(i)))
            .as(
                "%s, %s; after a change that is meant: -Dnotebooks.keep=true",
                notebook.getKey().getFileName(), kept.get(i).path("id").asText())
            .isEqualTo(text(kept.get(i)));
      }
    }
  }

  @Test
  void firstLookComesToAmazonsAnswer() {
    String first = textOf("01_first_look.ipynb");

    assertThat(first)
        .as("open, close, high, net of the market with its interval, in billions")
        .contains(">119.09<", ">104.55<", ">153.73<", ">99.027<", ">28.475<", ">169.58<")
        .as("what the row says about day -1")
        .contains("confounded by earnings of 2025-10-30 (day -1)")
        .as("a comment on hover, a chart with its words, the page of the event")
        .contains("title=\"cumulative abnormal return, a fraction\"", "<svg ", "<pre>");
  }

  /** Oracle's report of 2025-09-10 is an event of the lake too, whose day 0 and model are these. */
  @Test
  void aStudyOfOnesOwnMeasuresTheEventsThatWereGiven() {
    assertThat(textOf("02_your_own_study.ipynb"))
        .contains("filing:ORCL", "announcement:MSFT", "report:ORCL", "confirmation:ORCL")
        .contains("<svg ", "deciding_reason");
  }

  /** The figures that are held against ours stand in the notebook; here, what comes of it. */
  @Test
  void aPublishedStudyIsReproduced() throws IOException {
    JsonNode table =
        shown.entrySet().stream()
            .filter(entry -> entry.getKey().endsWith("04_a_published_study.ipynb"))
            .map(entry -> entry.getValue().get(3))
            .findFirst()
            .orElseThrow();
    List<String> differences = new ArrayList<>();
    for (String row : text(table).split("<tr>", -1)) {
      String[] cells = row.split("<td[^>]*>", -1);
      if (cells.length > 5) {
        differences.add(cells[5].replaceFirst("</td>.*", "").replace('−', '-').strip());
      }
    }
    // The published figures have 15 digits; sums of 16 companies round in the last two.
    assertThat(differences)
        .hasSize(15)
        .allSatisfy(text -> assertThat(Math.abs(Double.parseDouble(text))).isLessThan(1e-10));
  }

  @Test
  void failuresAreSentencesWithoutAStack() {
    assertThat(failed).hasSize(WRONG.size());
    assertThat(failed.stream().map(NotebookIT::text))
        .allSatisfy(
            text -> assertThat(text).doesNotContain("at org.apache.spark", "\tat ", "Caused by"));
    assertThat(text(failed.get(0)))
        .contains(
            "The query cannot be run", "`gold`.`event_impakt`", "'show tables in gold' lists them");
    assertThat(text(failed.get(2))).contains("windoes", "windows");
    assertThat(text(failed.get(3))).contains("22 July", "2025-11-03T09:00:00-05:00");
  }

  /** Jupyter gets a folder of copies; the originals, and a copy that somebody changed, stay. */
  @Test
  void jupyterWorksOnCopies(@TempDir Path folder) throws IOException {
    Path copies = Files.createDirectories(folder.resolve("copies"));
    Files.writeString(copies.resolve("01_first_look.ipynb"), "mine");
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String program : List.of("jupyter", "jupyter-lab")) {
      Files.writeString(bin.resolve(program), "#!/bin/sh\necho \"$@\"\n");
      Files.setPosixFilePermissions(
          bin.resolve(program), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", bin + File.pathSeparator + System.getenv("PATH"));

    Commands.Ended ended =
        Commands.run(
            Duration.ofMinutes(1),
            environment,
            List.of("jobs/bin/notebook", "--notebooks", copies.toString(), "--no-browser"));

    assertThat(ended.status()).as(ended.failureText()).isZero();
    assertThat(ended.out()).containsExactly("lab --notebook-dir=" + copies + " --no-browser");
    assertThat(copies.resolve("01_first_look.ipynb")).hasContent("mine");
    assertThat(copies.resolve("02_your_own_study.ipynb"))
        .hasSameBinaryContentAs(Commands.project().resolve("notebooks/02_your_own_study.ipynb"));
  }

  /** On whatever PySpark with Delta is on the machine; its outputs are not kept. */
  @Test
  void theNotebookForPySparkReadsThePublishedNight() throws IOException {
    Commands.Ended there =
        Commands.run(
            Duration.ofMinutes(1), Map.of(), List.of("python3", "-c", "import pyspark, delta"));
    assumeTrue(
        there.status() == 0,
        "SKIPPED: this python3 has no pyspark with delta-spark, so 05_pyspark.ipynb was not executed"
            + " (pip install pyspark delta-spark)");
    Path executed = Commands.fresh("05_pyspark.ipynb");
    Commands.Ended ended =
        Commands.run(
            Duration.ofMinutes(10),
            Map.of(Notebook.LAKE_VARIABLE, EmbeddedLake.path().toAbsolutePath().toString()),
            List.of(
                "jupyter-nbconvert",
                "--execute",
                "--to",
                "notebook",
                "notebooks/05_pyspark.ipynb",
                "--output-dir",
                executed.getParent().toString(),
                "--output",
                executed.getFileName().toString()));
    assertThat(ended.status()).as(ended.failureText()).isZero();
    StringBuilder text = new StringBuilder();
    cells(executed).forEach(cell -> text.append(text(cell)));
    assertThat(text)
        .contains("'gold.event_impact'", "104.55", "what the model takes for the sector");
  }

  private String textOf(String notebook) {
    StringBuilder text = new StringBuilder();
    shown.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(notebook))
        .flatMap(entry -> entry.getValue().stream())
        .forEach(cell -> text.append(text(cell)));
    return text.toString();
  }

  /** The notebooks on the Java kernel. */
  private static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(Commands.project().resolve("notebooks"))) {
      List<Path> java = new ArrayList<>();
      for (Path file : files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList()) {
        String kernel = JSON.readTree(file.toFile()).at("/metadata/kernelspec/name").asText();
        if (kernel.equals("deal-impact")) {
          java.add(file);
        }
      }
      return java;
    }
  }

  private static JsonNode cells(Path notebook) throws IOException {
    return JSON.readTree(notebook.toFile()).get("cells");
  }

  private static ObjectNode wrong(String source) {
    ObjectNode cell = JSON.createObjectNode().put("cell_type", "code").putNull("execution_count");
    cell.putArray("outputs");
    cell.putArray("source").add(source);
    cell.putObject("metadata").putArray("tags").add("raises-exception");
    return cell;
  }

  /** What a cell shows: text of its streams, HTML or text of its results, tracebacks. */
  private static String text(JsonNode cell) {
    StringBuilder text = new StringBuilder();
    for (JsonNode output : cell.path("outputs")) {
      append(text, output.path("text"));
      JsonNode data = output.path("data");
      append(text, data.has("text/html") ? data.get("text/html") : data.path("text/plain"));
      append(text, output.path("evalue"));
      append(text, output.path("traceback"));
      text.append('\n');
    }
    return text.toString().replaceAll("\\bzr\\d+-", "zr-");
  }

  /** A text, or its lines. */
  private static void append(StringBuilder text, JsonNode node) {
    if (node.isArray()) {
      node.forEach(line -> text.append(line.asText()));
    } else {
      text.append(node.asText(""));
    }
  }

  private void keep() throws IOException {
    // As Jupyter writes them, so that a notebook that somebody saves has no other differences.
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withArrayEmptySeparator("")
                    .withObjectEmptySeparator(""))
            .withArrayIndenter(new DefaultIndenter(" ", "\n"))
            .withObjectIndenter(new DefaultIndenter(" ", "\n"));
    for (Map.Entry<Path, List<JsonNode>> notebook : shown.entrySet()) {
      ObjectNode whole = (ObjectNode) JSON.readTree(notebook.getKey().toFile());
      int number = 1;
      for (int i = 0; i < notebook.getValue().size(); i++) {
        ObjectNode kept = (ObjectNode) whole.get("cells").get(i);
        if (kept.has("outputs")) {
          ArrayNode outputs = (ArrayNode) notebook.getValue().get(i).get("outputs");
          outputs.forEach(
              output -> {
                if (output.has("execution_count")) {
                  ((ObjectNode) output).putNull("execution_count");
                }
              });
          kept.set("outputs", outputs);
          kept.put("execution_count", number++);
        }
      }
      Files.writeString(notebook.getKey(), JSON.writer(printer).writeValueAsString(whole) + "\n");
    }
  }

  private static boolean onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
