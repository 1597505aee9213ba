package io.dealimpact.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which state of the lake a summary or a report shows.
 *
 * @param lastDay of the prices; empty without prices
 * @param night the published night; empty where the newest state is read, published or not
 * @param unpublished what became of a newer run that was not published; empty if there is none
 * @param changes since the night before; empty where there is none to compare with
 */
public record NightFacts(
    String lastDay, Optional<Night> night, String unpublished, Optional<Changes> changes) {

  /**
   * A published night.
   *
   * @param number counts them from 1
   * @param runId the run that published it
   * @param at when, for people
   */
  public record Night(long number, String runId, String at) {}

  /**
   * What differs from the night before.
   *
   * @param deals new ones
   * @param companyDays newly measured
   * @param verdicts of company-days that changed
   * @param claims whose verdict changed, or new
   */
  public record Changes(long deals, long companyDays, long verdicts, long claims) {
    /** For instance {@code 2 deals new, 3 company-days newly measured}. */
    String words() {
      List<String> parts =
          Stream.of(
                  count(deals, "deal", "new"),
                  count(companyDays, "company-day", "newly measured"),
                  count(verdicts, "verdict", "changed"),
                  count(claims, "printed figure", "judged anew"))
              .filter(part -> !part.isEmpty())
              .toList();
      return parts.isEmpty()
          ? "no deal, verdict or printed figure"
          : parts.stream().collect(Collectors.joining(", "));
    }

    private static String count(long n, String what, String how) {
      return n == 0
          ? ""
          : String.format(Locale.ROOT, "%,d %s%s %s", n, what, n == 1 ? "" : "s", how);
    }
  }

  /** Prices to when, which night, and what the audits said, in one sentence each. */
  public List<String> sentences() {
    String prices = lastDay.isEmpty() ? "No prices yet" : "Prices to " + lastDay;
    return List.of(prices, state(), changed());
  }

  private String state() {
    return night
            .map(known -> "night " + known.number() + " of " + known.at() + ", audits passed")
            .orElse("the newest tables, neither audited nor published")
        + (unpublished.isEmpty() ? "" : "; " + unpublished);
  }

  private String changed() {
    if (night.isEmpty()) {
      return "";
    }
    return changes
        .map(known -> "since the night before: " + known.words())
        .orElse(night.get().number() == 1 ? "" : "the night before cannot be read");
  }
}
