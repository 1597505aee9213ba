package io.dealimpact.quality;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Orders files as people read their names, so that a correction follows what it corrects: {@code
 * x-corrected}, {@code x (1)} and {@code x_v2} after {@code x}, {@code x-old}, {@code x_prelim} and
 * what lies in a folder {@code old/} before it, and part 10 after part 9. Case, extension and
 * compression do not matter unless all else is equal.
 */
final class FileOrder implements Comparator<String> {
  private static final Pattern EXTENSION =
      Pattern.compile("(\\.(csv|txt|tsv|parquet|json|jsonl|ndjson))?(\\.(gz|zst|zip))?$");

  /** What people call a file that another one has taken the place of, or will. */
  private static final String REPLACED =
      "old|backup|bak|orig|original|prev|previous|superseded|deprecated|obsolete|archived?|tmp|temp"
          + "|draft|prelim|preliminary|provisional";

  private static final Pattern BEFORE =
      Pattern.compile("^(.*?)[ ._-]+\\(?(?:" + REPLACED + ")\\)?$");

  /** The same with its mark before the name. */
  private static final Pattern FIRST_BEFORE = Pattern.compile("^(?:" + REPLACED + ")[ ._-]+(.+)$");

  /** A folder of such files. */
  private static final Pattern FOLDER_BEFORE =
      Pattern.compile("^.*/(?:" + REPLACED + "|backups)/.*$");

  /** A copy that has its mark before the name. */
  private static final Pattern AFTER =
      Pattern.compile(
          "^(?:copy of|kopie von|corrected|correction|fixed|revised|updated|amended|restated|final"
              + "|new|latest)"
              + "[ ._-]+(.+)$");

  private static final Pattern CHUNK = Pattern.compile("\\d+|\\D+");

  private final List<Pattern> winners;

  /**
   * An order of files.
   *
   * @param supersedes paths under the landing folder that follow all others, in this order; {@code
   *     *} stands for any characters
   */
  FileOrder(List<String> supersedes) {
    winners = supersedes.stream().map(FileOrder::pattern).toList();
  }

  private static Pattern pattern(String path) {
    return Pattern.compile(("\\Q" + path + "\\E").replace("*", "\\E.*\\Q"));
  }

  @Override
  public int compare(String one, String other) {
    int byList = Integer.compare(rank(one), rank(other));
    if (byList != 0) {
      return byList;
    }
    int byFolder = Boolean.compare(!isInFolderBefore(one), !isInFolderBefore(other));
    if (byFolder != 0) {
      return byFolder;
    }
    int byName = compareNames(plain(one), plain(other));
    if (byName == 0) {
      byName = Integer.compare(mark(one), mark(other));
    }
    return byName == 0 ? one.compareTo(other) : byName;
  }

  private int rank(String path) {
    int rank = 0;
    for (int i = 0; i < winners.size(); i++) {
      rank = winners.get(i).matcher(path).matches() ? i + 1 : rank;
    }
    return rank;
  }

  /** A path's parts in lower case, the last without its extension and what marks it as a copy. */
  private static String[] plain(String path) {
    String[] parts = parts(path);
    int last = parts.length - 1;
    parts[last] = BEFORE.matcher(parts[last]).replaceFirst("$1");
    parts[last] = FIRST_BEFORE.matcher(parts[last]).replaceFirst("$1");
    parts[last] = AFTER.matcher(parts[last]).replaceFirst("$1");
    return parts;
  }

  /** −1 for what comes before the file of the same name, 1 for what comes after it. */
  private static int mark(String path) {
    String[] parts = parts(path);
    String name = parts[parts.length - 1];
    if (BEFORE.matcher(name).matches() || FIRST_BEFORE.matcher(name).matches()) {
      return -1;
    }
    return AFTER.matcher(name).matches() ? 1 : 0;
  }

  private static boolean isInFolderBefore(String path) {
    return FOLDER_BEFORE.matcher(path.toLowerCase(Locale.ROOT)).matches();
  }

  private static String[] parts(String path) {
    return EXTENSION.matcher(path.toLowerCase(Locale.ROOT)).replaceFirst("").split("/", -1);
  }

  private static int compareNames(String[] one, String[] other) {
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      int order = compareNatural(one[i], other[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.length, other.length);
  }

  private static int compareNatural(String one, String other) {
    Matcher ofOne = CHUNK.matcher(one);
    Matcher ofOther = CHUNK.matcher(other);
    while (true) {
      boolean hasOne = ofOne.find();
      boolean hasOther = ofOther.find();
      if (!hasOne || !hasOther) {
        return Boolean.compare(hasOne, hasOther);
      }
      int order = compareChunks(ofOne.group(), ofOther.group());
      if (order != 0) {
        return order;
      }
    }
  }

  private static int compareChunks(String one, String other) {
    boolean numbers = isDigit(one) && isDigit(other);
    return numbers ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
  }

  private static boolean isDigit(String chunk) {
    return chunk.charAt(0) >= '0' && chunk.charAt(0) <= '9';
  }
}
