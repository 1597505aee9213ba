package io.dealimpact.report;

import io.dealimpact.codec.ClaimLine;
import java.util.List;
import java.util.stream.Collectors;

/** What was printed, and what the data say of it: a sentence for each claim, by verdict. */
public final class ClaimSummary {
  private static final int WIDTH = 158;

  /** What a reader should see first. */
  private static final List<String> VERDICTS =
      List.of("contradicted", "supported under a reading", "not measurable", "supported");

  private ClaimSummary() {}

  /** Prints the claims of each verdict in the order of the lines. */
  public static String print(List<ClaimLine> lines) {
    StringBuilder text = new StringBuilder("\nWhat was printed, held against the data: ");
    text.append(
            VERDICTS.stream()
                .map(verdict -> of(verdict, lines).size() + " " + verdict)
                .collect(Collectors.joining(", ")))
        .append(".\n");
    for (String verdict : VERDICTS) {
      List<ClaimLine> claims = of(verdict, lines);
      if (!claims.isEmpty()) {
        text.append('\n').append(verdict).append('\n');
      }
      for (ClaimLine claim : claims) {
        wrap(text, claim.announced() == null ? "no deal" : claim.announced().toString(), claim);
      }
    }
    return text.toString();
  }

  private static List<ClaimLine> of(String verdict, List<ClaimLine> lines) {
    return lines.stream().filter(line -> line.verdict().equals(verdict)).toList();
  }

  /** The day, and the sentence beside it, broken between words. */
  private static void wrap(StringBuilder text, String day, ClaimLine claim) {
    String indent = " ".repeat(14);
    StringBuilder line = new StringBuilder("  " + day + " ".repeat(12 - day.length()));
    for (String word : claim.explanation().split(" ", -1)) {
      if (line.length() + word.length() > WIDTH) {
        text.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(indent);
      }
      line.append(word).append(' ');
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
