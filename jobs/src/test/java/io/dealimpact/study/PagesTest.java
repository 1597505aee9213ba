package io.dealimpact.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.study.group.GroupSpec;
import io.dealimpact.study.group.GroupStatePropertiesTest;
import io.dealimpact.study.group.GroupStudy;
import io.dealimpact.study.group.Statistic;
import io.dealimpact.study.group.TestEvents;
import io.dealimpact.study.group.TestResult;
import io.dealimpact.study.group.TestVariant;
import io.dealimpact.study.model.ReturnModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every model and every test that the program knows has its page, and no page is of another. */
class PagesTest {
  private static final Path DOCS =
      Path.of(System.getProperty("project.root", "..")).resolve("jobs/docs");

  /** Names with a number after the colon share a page. */
  @Test
  void everyModelHasAPage() throws IOException {
    Set<String> models =
        ReturnModel.named().stream()
            .map(model -> model.code().replaceFirst(":.*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    models.add("factors");
    assertThat(pages("models")).containsExactlyInAnyOrderElementsOf(models);
    for (String model : models) {
      String page = Files.readString(DOCS.resolve("models/" + model + ".md"));
      assertThat(page)
          .startsWith("# `" + model + "`: ")
          .contains(
              "## Formula",
              "## Estimated, and degrees of freedom",
              "## When to use it",
              "## When not",
              "## Edge cases",
              "## Reference",
              "## Agrees with");
    }
  }

  @Test
  void everyTestHasAPageThatNamesItsVariants() throws IOException {
    GroupSpec spec =
        TestEvents.spec()
            .with(TestVariant.values())
            .tradingDays(GroupStatePropertiesTest.days(18_900, 19_100))
            .build();
    List<TestResult> results = GroupStudy.results(spec, TestEvents.simulated(12, 3));
    Set<String> tests =
        results.stream().map(result -> result.test().code()).collect(Collectors.toSet());
    Set<String> pages = pages("tests");
    assertThat(pages).containsAll(tests);
    pages.removeAll(tests);
    assertThat(pages)
        .as("tests of one event")
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Statistic.values())
                .filter(statistic -> statistic.family() == Statistic.Family.EVENT)
                .map(Statistic::code)
                .toList());
    for (TestResult result : results) {
      assertThat(Files.readString(DOCS.resolve(result.test().page())))
          .as(result.key())
          .startsWith("# `" + result.test().code() + "`: ")
          .contains(
              "## Formula",
              "## Null distribution, degrees of freedom",
              "## When to use it",
              "## When not",
              "## Edge cases",
              "## Reference",
              "## Agrees with")
          .matches(
              page ->
                  result.variant() == TestVariant.TEXTBOOK
                      || page.contains("`" + result.variant().label() + "`"));
    }
  }

  /** A section of variants.md for each variant, and none of another. */
  @Test
  void everyVariantSaysHowItDiffers() throws IOException {
    Set<String> sections =
        Files.readAllLines(DOCS.resolve("variants.md")).stream()
            .filter(line -> line.startsWith("## "))
            .flatMap(line -> Arrays.stream(line.substring(3).split(", ", -1)))
            .map(name -> name.replace("`", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(sections)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(TestVariant.values()).map(TestVariant::label).toList());
  }

  private static Set<String> pages(String folder) throws IOException {
    try (Stream<Path> files = Files.list(DOCS.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.md$", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
