package io.dealimpact.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The report of a night, opened from disk in a real Chromium: on a screen, at night, on a phone and
 * on paper. The pictures are kept in jobs/target/integration.
 */
@Tag("program")
@Tag("slow")
class ReportIT {
  /** A report is a file that people send each other. */
  private static final long LARGEST_BYTES = 1_500_000;

  /** Opens everything that is folded, but for the rows behind charts. */
  private static final String UNFOLD =
      "document.querySelectorAll('details.deal, details.group').forEach(d => d.open = true)";

  /**
   * The charts that are on the page and not drawn, with fewer shapes than axes have; or not seen.
   */
  private static final String EMPTY =
      "window.dispatchEvent(new Event('beforeprint'));"
          + "Array.from(document.querySelectorAll('.plot'))"
          + ".filter(p => p.querySelectorAll('svg path').length < 5"
          + " || Math.min(p.getBoundingClientRect().height,"
          + " p.querySelector('svg').getBoundingClientRect().height) < 50)"
          + ".map(p => p.getAttribute('aria-label'))";

  private static final String FIRST_PAINT =
      "new Promise(done => new PerformanceObserver(list => list.getEntries()"
          + ".filter(entry => entry.name === 'first-contentful-paint')"
          + ".forEach(entry => done(entry.startTime))).observe({type: 'paint', buffered: true}))";

  private static Chromium browser;

  @BeforeAll
  static void start(@TempDir Path profile) throws IOException, InterruptedException {
    Optional<Path> program = Chromium.program();
    assumeTrue(
        program.isPresent(),
        "SKIPPED: there is no Chromium on the PATH, so nobody looked at the report"
            + " (Debian: apt-get install chromium)");
    browser = new Chromium(program.get(), Files.createDirectories(profile.resolve("profile")));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static Path report() {
    return EmbeddedLake.path().toAbsolutePath().resolve("report.html");
  }

  @ParameterizedTest
  @CsvSource({
    "screen, screen, light, 1280, 900",
    "dark, screen, dark, 1280, 900",
    "phone, screen, light, 390, 844",
    "print, print, light, 794, 1123"
  })
  void everyChartIsDrawnAndNothingKeepsPeopleFromReading(
      String form, String media, String scheme, int width, int height)
      throws IOException, InterruptedException {
    browser.screen(width, height);
    browser.media(media, scheme);
    browser.open(report());
    browser.screenshot(Commands.fresh("report-" + form + ".png"));
    browser.evaluate(UNFOLD);

    assertThat(browser.evaluate("document.querySelectorAll('.plot').length").asInt())
        .isGreaterThan(20);
    assertThat(browser.evaluate(EMPTY)).as("charts that were not drawn").isEmpty();
    browser.screenshot(Commands.fresh("report-" + form + "-unfolded.png"));
    assertThat(serious()).as("findings of axe, %s", form).isEmpty();
    assertThat(browser.evaluate("document.documentElement.scrollWidth - window.innerWidth").asInt())
        .as("pixels that the page is wider than the screen")
        .isLessThanOrEqualTo(0);
    assertThat(browser.errors()).as("errors on the console").isEmpty();
  }

  /** On American paper, which is the shorter one, within the margins that browsers leave. */
  @Test
  void theFirstChartIsOnTheFirstPageOfPaper() throws InterruptedException {
    int pageHeight = 980;
    browser.screen(740, pageHeight);
    browser.media("print", "light");
    browser.open(report());
    browser.evaluate("window.dispatchEvent(new Event('beforeprint'))");

    assertThat(
            browser
                .evaluate("document.querySelector('#glance figure').getBoundingClientRect().bottom")
                .asDouble())
        .isPositive()
        .isLessThan(pageHeight);
  }

  /**
   * When the first text or picture is seen, in milliseconds from the start of opening the file, of
   * five times: kept in jobs/target/integration/first-paint.txt for people. How busy the machine is
   * decides it too, so no bound is asserted.
   */
  @Test
  void theFirstPaintIsKept() throws IOException, InterruptedException {
    browser.screen(1280, 900);
    browser.media("screen", "light");
    List<String> paints = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      browser.open(report());
      paints.add(browser.evaluate(FIRST_PAINT).asText());
    }

    assertThat(paints).allMatch(paint -> Double.parseDouble(paint) > 0);
    Files.write(Commands.fresh("first-paint.txt"), paints);
  }

  @Test
  void everyChartHasItsTableItsQueryAndItsDownload() throws InterruptedException {
    browser.media("screen", "light");
    browser.open(report());
    browser.evaluate(UNFOLD);
    browser.evaluate("document.querySelectorAll('details.data').forEach(d => d.open = true)");
    // The tables are made when the browser has told the page what was unfolded.
    browser.evaluate("new Promise(done => setTimeout(done, 500))");

    assertThat(
            browser.evaluate(
                "Array.from(document.querySelectorAll('figure')).filter(f =>"
                    + " !f.querySelector('.sheet table') || !f.querySelector('.sheet pre') ||"
                    + " !f.querySelector('.sheet button')).length"))
        .as("charts without table, SQL or download")
        .isEqualTo(browser.evaluate("0"));
    assertThat(
            browser.evaluate(
                "Array.from(document.querySelectorAll('figure h4')).filter(h => h.textContent =="
                    + " 'Days around it').length > 0 &&"
                    + " document.body.textContent.includes('The grey paths')"))
        .as("paths with those of other days")
        .isEqualTo(browser.evaluate("true"));
  }

  @Test
  void isOneFileOfModestSizeThatNeedsNoNetwork() throws IOException {
    assertThat(Files.size(report())).isLessThan(LARGEST_BYTES);
    assertThat(Files.readString(report())).contains("default-src 'none'");
  }

  private static List<String> serious() throws IOException {
    try (InputStream axe = ReportIT.class.getResourceAsStream("/axe.min.js")) {
      browser.evaluate(new String(axe.readAllBytes(), UTF_8) + "; 0");
    }
    JsonNode violations =
        browser.evaluate(
            "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.filter(v =>"
                + " v.impact === 'serious' || v.impact === 'critical').map(v => v.id + ': ' +"
                + " v.help + ' at ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(',"
                + " ')))");
    List<String> found = new ArrayList<>();
    violations.forEach(violation -> found.add(violation.asText()));
    return found;
  }
}
