package io.dealimpact.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.lake.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataDictionaryTest {
  private static final Path PAGE =
      Path.of(System.getProperty("project.root", "..")).resolve("jobs/docs/data-dictionary.md");

  @Test
  void thePageIsTheCatalogue() throws IOException {
    if (System.getProperty("dictionary", "").equals("write")) {
      Files.writeString(PAGE, DataDictionary.page());
    }

    assertThat(Files.readString(PAGE))
        .as("jobs/docs/data-dictionary.md is stale. Make it anew: " + DataDictionary.COMMAND)
        .isEqualTo(DataDictionary.page());
  }

  @Test
  void allowedValuesBelongToColumns() {
    List<String> columns =
        Tables.all().stream()
            .flatMap(table -> table.columnNames().stream().map(c -> table.fullName() + "." + c))
            .toList();

    assertThat(columns).containsAll(DataDictionary.allowedValues().keySet());
  }

  @Test
  void everyPartOfANameThatIsExplainedIsUsed() {
    assertThat(DataDictionary.unusedAffixes()).isEmpty();
  }
}
