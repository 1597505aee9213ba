package io.dealimpact.study.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A model of the return that would have been expected without the event. */
public sealed interface ReturnModel extends Serializable
    permits StandardModel, FactorModel, LeadLagModel {

  /** The name in configuration and tables, in lower-kebab-case: {@code market-model}. */
  String code();

  /** Whether another benchmark can give another expected return. */
  boolean usesBenchmark();

  /** Every model that has a name of its own. */
  static List<ReturnModel> named() {
    List<ReturnModel> named = new ArrayList<>(List.of(StandardModel.values()));
    named.addAll(FactorModel.NAMED);
    named.addAll(LeadLagModel.NAMED);
    return List.copyOf(named);
  }

  /**
   * The model of a name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names and the nearest
   */
  static ReturnModel parse(String code) {
    String wanted = code.strip();
    List<ReturnModel> named = named();
    for (ReturnModel model : named) {
      if (model.code().equals(wanted)) {
        return model;
      }
    }
    if (wanted.startsWith(LeadLagModel.DIMSON_PREFIX)) {
      return LeadLagModel.ofDimson(wanted.substring(LeadLagModel.DIMSON_PREFIX.length()));
    }
    if (wanted.startsWith(FactorModel.PREFIX)) {
      return FactorModel.ofFactors(wanted.substring(FactorModel.PREFIX.length()));
    }
    List<String> allowed = named.stream().map(ReturnModel::code).toList();
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "no return model '%s'; the nearest is '%s'. Allowed: %s, %s, or %s with any of %s",
            code,
            nearest(wanted, allowed),
            String.join(", ", allowed),
            LeadLagModel.DIMSON_PREFIX + "2",
            FactorModel.PREFIX + "smb+hml",
            FactorModel.NAMES));
  }

  private static String nearest(String wanted, List<String> allowed) {
    String best = allowed.get(0);
    int least = Integer.MAX_VALUE;
    for (String candidate : allowed) {
      int edits = edits(wanted, candidate);
      if (edits < least) {
        least = edits;
        best = candidate;
      }
    }
    return best;
  }

  /** Levenshtein's distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
