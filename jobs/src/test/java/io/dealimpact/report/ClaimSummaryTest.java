package io.dealimpact.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.codec.ClaimLine;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimSummaryTest {
  private static final LocalDate DAY = LocalDate.of(2025, 11, 3);

  @Test
  void whatDoesNotSimplyHoldComesFirst() {
    String long140 =
        "“up about 140 billion dollars in one day” (AMZN) holds only within the day, where it was"
            + " 92.8 to 153.7 billion USD; at the close it was 104.6 billion USD.";
    assertThat(
            ClaimSummary.print(
                List.of(
                    new ClaimLine("b", DAY, "supported", "“7 years” (OpenAI) agrees."),
                    new ClaimLine("b", DAY, "supported under a reading", long140),
                    new ClaimLine("", null, "not measurable", "“soon” cannot be measured."))))
        .isEqualTo(
            """

            What was printed, held against the data: 0 contradicted, 1 supported under a reading, 1 not measurable, 1 supported.

            supported under a reading
              2025-11-03  “up about 140 billion dollars in one day” (AMZN) holds only within the day, where it was 92.8 to 153.7 billion USD; at the close it was 104.6
                          billion USD.

            not measurable
              no deal     “soon” cannot be measured.

            supported
              2025-11-03  “7 years” (OpenAI) agrees.
            """);
  }
}
