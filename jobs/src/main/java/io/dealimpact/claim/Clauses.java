package io.dealimpact.claim;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The clauses of a print, parted by commas: those of its figure, and those that assert something
 * else. "A 36 % surge, the best day since 1992" has a figure, and a rank that the figure does not
 * prove.
 *
 * @param words the print
 */
record Clauses(String words) {
  private static final Pattern SINCE = Pattern.compile("\\bsince (\\d{4})\\b");
  private static final Pattern RECORD =
      Pattern.compile("\\b(?:intra-?day |all-time )?record\\b", Pattern.CASE_INSENSITIVE);

  private List<String> all() {
    return Arrays.asList(words.split(",\\s+", -1));
  }

  private static boolean isRank(String clause) {
    return SINCE.matcher(clause.toLowerCase(Locale.ROOT)).find();
  }

  /** The print without the clauses of a rank; all of it where nothing else is left. */
  String figure() {
    String rest = all().stream().filter(one -> !isRank(one)).collect(Collectors.joining(", "));
    return rest.isEmpty() ? words : rest;
  }

  /** The clause that ranks something since a year; empty if there is none. */
  Optional<String> rank() {
    return all().stream().filter(Clauses::isRank).findFirst();
  }

  /** The words that call a price a record; empty if there are none. */
  Optional<String> recordWords() {
    Matcher found = RECORD.matcher(words);
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }
}
