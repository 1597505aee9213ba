package io.dealimpact.stage.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.config.Configuration.StudySettings;
import io.dealimpact.config.ConfigurationReader;
import io.dealimpact.testing.SparkForTests;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Oracle's 4.5 GW: a filing without the customer, a report, the announcement. */
@Tag("spark")
class EventDatesTest {
  private static final Dataset<Row> DEALS =
      SparkForTests.session()
          .sql(
              """
              SELECT * FROM VALUES
                ('dated', DATE'2025-07-22', TIMESTAMP'2025-07-22T13:00:00Z', array(
                  named_struct('kind', 'filing', 'at', TIMESTAMP'2025-06-30T12:30:26Z',
                    'date', DATE'2025-06-30'),
                  named_struct('kind', 'report', 'at', TIMESTAMP'2025-07-02T16:00:00Z',
                    'date', DATE'2025-07-02'),
                  named_struct('kind', 'report', 'at', CAST(NULL AS TIMESTAMP),
                    'date', DATE'2025-07-02'))),
                ('plain', DATE'2025-07-22', TIMESTAMP'2025-07-22T13:00:00Z', NULL)
              AS t(deal_id, announced_date, announced_at, dates)
              """);

  private static StudySettings study(String kinds) {
    return new ConfigurationReader()
        .read(Optional.empty(), List.of("study.event_date=" + kinds))
        .study();
  }

  private static List<String> days(String kinds) {
    StudySettings study = study(kinds);
    return DEALS
        .select(EventDates.day(study).as("day"), EventDates.instant(study).isNull().as("no_time"))
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }

  @Test
  void theEarliestOfTheKindsCounts() {
    assertThat(days("[report, announcement]"))
        .as("the report without a time is taken as before the open, so it is the earlier one")
        .containsExactly("[2025-07-02,true]", "[2025-07-22,false]");
    assertThat(days("[announcement]")).containsExactly("[2025-07-22,false]", "[2025-07-22,false]");
    assertThat(days("[filing, report]"))
        .containsExactly("[2025-06-30,false]", "[2025-07-22,false]");
  }

  @Test
  void aDealWithoutAnyOfThemCountsFromItsAnnouncement() {
    assertThat(days("[confirmation]")).containsExactly("[2025-07-22,false]", "[2025-07-22,false]");
  }

  @Test
  void otherKindsAreRefused() {
    assertThatThrownBy(() -> study("[rumour]"))
        .hasMessageContaining("'study.event_date' is '[rumour]'")
        .hasMessageContaining("some of report, partial-report, announcement, filing, confirmation");
    assertThatThrownBy(() -> study("[]")).hasMessageContaining("'study.event_date' is '[]'");
  }
}
