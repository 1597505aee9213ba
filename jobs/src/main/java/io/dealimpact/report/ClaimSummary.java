package io.dealimpact.report;

import io.dealimpact.codec.ClaimLine;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** What was printed, and what the data say of it: a sentence for each claim. */
public final class ClaimSummary {
  private ClaimSummary() {}

  /** Prints the claims in the order of the lines, under their deals. */
  public static String print(List<ClaimLine> lines) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    lines.forEach(line -> counts.merge(line.verdict(), 1, Integer::sum));
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%nWhat was printed, held against the data:"));
    String separator = " ";
    for (var count : counts.entrySet()) {
      text.append(separator).append(count.getValue()).append(' ').append(count.getKey());
      separator = ", ";
    }
    text.append(".\n");
    String deal = null;
    for (ClaimLine line : lines) {
      if (!line.dealId().equals(deal)) {
        deal = line.dealId();
        text.append('\n').append(deal.isEmpty() ? "(no deal)" : deal).append('\n');
      }
      text.append("  ").append(line.explanation()).append('\n');
    }
    return text.toString();
  }
}
