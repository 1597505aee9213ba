package io.dealimpact.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.run.Failures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the program prints does not depend on the JVM's locale and time zone. The tables' side of it
 * is {@code SubmitIT}, whose night runs under these locales.
 */
@Isolated
class LocaleTest {
  private static final Locale LOCALE = Locale.getDefault();
  private static final TimeZone ZONE = TimeZone.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(LOCALE);
    TimeZone.setDefault(ZONE);
  }

  /** The flow, the configuration, and failures with numbers and words in them. */
  private static String printed() {
    return Stream.of(
                List.of("explain"),
                List.of("--help"),
                List.of("stage", "INGEST-BAR"),
                List.of("nightly", "--set", "study.benchmrk=QQQ"),
                List.of("nightly", "--set", "quality.max_quarantined_share=2"),
                List.of("backfill", "--from", "2025-11-03", "--to", "2025-11-01"))
            .map(command -> run(command.toArray(String[]::new)))
            .collect(Collectors.joining("\n"))
        + Failures.qualityGate("bars", 1_234_567, 7_654, 0.0125).getMessage();
  }

  private static String run(String... args) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(both, true, UTF_8);
    int status = Main.execute(stream, stream, args);
    return both.toString(UTF_8) + status;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "ar-EG"})
  void theTextIsTheSame(String locale) {
    Locale.setDefault(Locale.ROOT);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    String expected = printed();

    Locale.setDefault(Locale.forLanguageTag(locale));
    TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));

    assertThat(printed()).isEqualTo(expected);
  }

  /** Else the test above could not fail. */
  @Test
  void theLocalesDoWriteOtherwise() {
    assertThat(String.format(Locale.forLanguageTag("ar-EG"), "%d", 42)).isNotEqualTo("42");
    assertThat("INGEST".toLowerCase(Locale.forLanguageTag("tr-TR"))).isNotEqualTo("ingest");
  }
}
