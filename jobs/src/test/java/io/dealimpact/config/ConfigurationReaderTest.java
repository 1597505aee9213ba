package io.dealimpact.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationReaderTest {
  private final ConfigurationReader reader = new ConfigurationReader();
  @TempDir private Path folder;

  private Configuration read(String... overrides) {
    return reader.read(Optional.empty(), List.of(overrides));
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("c.yaml"), yaml);
  }

  @Test
  void everyKeyHasADefault() {
    Configuration configuration = read();

    assertThat(configuration.study().benchmark()).isEqualTo("SPY");
    assertThat(configuration.study().estimation())
        .isEqualTo(new Configuration.EstimationSettings(-11, 250, 120));
    assertThat(configuration.study().windows())
        .containsExactly(List.of(0, 0), List.of(-1, 1), List.of(-5, 5), List.of(0, 20));
  }

  @Test
  void theDocumentedFileIsTheDefaults() throws IOException {
    Path documented =
        Path.of(System.getProperty("project.root", ".."), "jobs/conf/deal-impact.yaml");

    assertThat(reader.read(Optional.of(documented), List.of())).isEqualTo(read());
    assertThat(Files.readString(documented))
        .isEqualTo(
            new String(
                ConfigurationReader.class.getResourceAsStream("defaults.yaml").readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void whatARunPrintedIsReadAgain() {
    Configuration given =
        read(
            "study.benchmark=QQQ",
            "study.windows=[[0, 1]]",
            "study.sectors={Cloud: XLK}",
            "quality.freshness={bars: {warn: 1, error: 5}}");

    assertThat(reader.reread(reader.print(given), List.of())).isEqualTo(given);
    assertThat(reader.values(reader.print(given)))
        .containsEntry("study.benchmark", "QQQ")
        .containsEntry("study.windows", "[[0,1]]")
        .containsEntry("study.estimation.length", "250")
        .containsEntry("quality.freshness.bars.error", "5");
  }

  @Test
  void freshnessIsOfDailyFeedsAndWarnsFirst() {
    assertThatThrownBy(() -> read("quality.freshness={deals: {warn: 1, error: 2}}"))
        .hasMessageContaining("'quality.freshness' is 'deals'")
        .hasMessageContaining("bars, fx, factors");
    assertThatThrownBy(() -> read("quality.freshness={bars: {warn: 3, error: 2}}"))
        .hasMessageContaining("'warn: 3, error: 2'")
        .hasMessageContaining("warn not above error");
    assertThatThrownBy(() -> read("maintain.keep_nights=1"))
        .hasMessageContaining("'maintain.keep_nights' is '1'");
  }

  @Test
  void overridesBeatTheFileAndTheFileBeatsTheDefaults() throws IOException {
    Path yaml = file("study: {benchmark: QQQ, estimation: {end: -21}}\n");

    Configuration configuration =
        reader.read(Optional.of(yaml), List.of("study.benchmark=SMH", "study.windows=[[0, 1]]"));

    assertThat(configuration.study().benchmark()).isEqualTo("SMH");
    assertThat(configuration.study().estimation().end()).isEqualTo(-21);
    assertThat(configuration.study().estimation().length()).isEqualTo(250);
    assertThat(configuration.study().windows()).containsExactly(List.of(0, 1));
  }

  @Test
  void whatIsPrintedReadsBack() throws IOException {
    Configuration configuration = read("study.models=[market-model]");

    Path printed = file(reader.print(configuration));

    assertThat(reader.read(Optional.of(printed), List.of())).isEqualTo(configuration);
  }

  @Test
  void anUnknownKeyNamesTheNearestKnownOne() throws IOException {
    Path yaml = file("study: {bench_mark: QQQ}\n");

    assertThatThrownBy(() -> reader.read(Optional.of(yaml), List.of()))
        .isInstanceOf(DealImpactException.class)
        .hasMessageContaining("unknown key 'study.bench_mark'")
        .hasMessageContaining("Did you mean 'study.benchmark'?")
        .extracting(e -> ((DealImpactException) e).exitCode())
        .isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void aValueOutOfRangeSaysWhatIsAllowed() {
    assertThatThrownBy(() -> read("study.confidence=95"))
        .hasMessage(
            "The configuration key 'study.confidence' is '95.0'. It must be a fraction between 0"
                + " and 1, for instance 0.95.");
    assertThatThrownBy(() -> read("study.windows=[[0, 30]]"))
        .hasMessageContaining("inside study.event_window [-10, 20]");
    assertThatThrownBy(() -> read("study.windows=[[0, 1], [-1, 1], [0, 1]]"))
        .hasMessageContaining("each window once");
    assertThatThrownBy(() -> read("study.estimation.end=-5"))
        .hasMessageContaining("before the first day of study.event_window");
    assertThatThrownBy(() -> read("study.returns=daily")).hasMessageContaining("simple or log");
    assertThatThrownBy(() -> read("landing=")).hasMessageContaining("key 'landing' is ''");
  }

  @Test
  void aValueOfAnotherKindNamesItsKeyAndShowsTheDefault() {
    assertThatThrownBy(() -> read("study.confidence=high"))
        .hasMessage(
            "The configuration key 'study.confidence' is '\"high\"'. It must be of the kind of its"
                + " default, 0.95.");
    for (String override :
        List.of(
            "study.windows=[1, 2]",
            "study.windows=[[a, b]]",
            "study.windows=",
            "study.windows=null",
            "study.benchmark=[SPY]",
            "study.peers=NVDA",
            "study.estimation.length=2.5",
            "study.estimation.length=99999999999")) {
      assertThatThrownBy(() -> read(override))
          .as(override)
          .hasMessageStartingWith(
              "The configuration key '%s' is '".formatted(override.replaceFirst("=.*", "")))
          .hasMessageContaining("of the kind of its default, ");
    }
    assertThat(read("capacity.as_of=").capacity().asOf()).isEmpty();
  }

  @Test
  void whatIsNotYamlSaysWhere() throws IOException {
    Path broken = file("study: {benchmark: [\n");

    assertThatThrownBy(() -> reader.read(Optional.of(broken), List.of()))
        .hasMessageContaining(broken.toString())
        .hasMessageContaining("Correct the YAML");
    assertThatThrownBy(() -> reader.read(Optional.of(folder.resolve("none.yaml")), List.of()))
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> read("benchmark"))
        .hasMessageContaining("--set wants key=value")
        .extracting(e -> ((DealImpactException) e).exitCode())
        .isEqualTo(ExitCode.USAGE);
  }
}
