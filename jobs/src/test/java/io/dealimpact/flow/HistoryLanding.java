package io.dealimpact.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A landing zone as it lies, and every version of its files that a run has read. It says which of
 * them count, by the rules of jobs/docs/landing-zone.md alone.
 */
final class HistoryLanding {
  /** {@code quality.delivery_loss}, and the fewest rows that are a loss. */
  private static final double LARGEST_LOSS = 0.5;

  private static final int FEWEST_LOST = 20;

  private final Path folder;
  private final Map<String, List<String>> truth = HistoryMarket.files();
  private final Map<String, Integer> delivered = new TreeMap<>();
  private final Map<String, List<String>> lying = new TreeMap<>();
  private final Map<String, List<List<String>>> read = new TreeMap<>();

  /** What a vendor does to a file. */
  enum What {
    /** Further rows of what is known arrive. */
    LATE,
    /** A row has another value. */
    RESTATE,
    /** The second half of the rows goes to another file. */
    SPLIT,
    /** A header without rows. */
    WITHDRAW,
    /** A row is gone. */
    WITHDRAW_ROW,
    /** The file ends early. */
    SHRINK,
    /** Every row is there twice. */
    DOUBLE,
    /** The rows stand in another order. */
    REORDER,
    /** The file is gone from the folder. */
    REMOVE,
    /** All that was delivered so far, as it is known. */
    REDELIVER,
    /** Columns that nobody can read, or JSON that is cut. */
    DAMAGE,
    /** A few rows have nonsense for a value. */
    BREAK,
    /** A file with a later name has other values for a few rows. */
    CORRECT
  }

  /**
   * A change of one file. Whatever lies there, it can be done.
   *
   * @param file path in the landing zone
   * @param seed of the choices that it leaves open
   */
  record Change(What what, String file, int seed) {
    @Override
    public String toString() {
      return what + " " + file + " " + seed;
    }

    static Change parse(String text) {
      String[] words = text.strip().split(" ", -1);
      return new Change(What.valueOf(words[0]), words[1], Integer.parseInt(words[2]));
    }
  }

  /** A landing zone in which most of each file lies. */
  HistoryLanding(Path folder) throws IOException {
    this.folder = folder;
    for (String file : truth.keySet()) {
      int rows = truth.get(file).size() - header(file);
      delivered.put(file, header(file) + (rows > 20 ? rows * 3 / 4 : (rows + 1) / 2));
      lying.put(file, known(file));
      store(file);
    }
  }

  Path folder() {
    return folder;
  }

  private static boolean isJson(String file) {
    return file.endsWith(".jsonl");
  }

  /** The number of lines before the first row. */
  private static int header(String file) {
    return isJson(file) ? 0 : 1;
  }

  private List<String> known(String file) {
    return new ArrayList<>(truth.get(file).subList(0, delivered.get(file)));
  }

  /** Changes a file. */
  void apply(Change change) throws IOException {
    String file = change.file();
    Random random = new Random(change.seed());
    List<String> lines = new ArrayList<>(lying.getOrDefault(file, known(file)));
    List<String> rows = lines.subList(Math.min(header(file), lines.size()), lines.size());
    switch (change.what()) {
      case LATE -> {
        int from = delivered.get(file);
        int to = Math.min(truth.get(file).size(), from + 1 + random.nextInt(15));
        delivered.put(file, to);
        lines.addAll(truth.get(file).subList(from, to));
      }
      case RESTATE -> changeRows(file, rows, 1 + random.nextInt(2), random, false);
      case BREAK -> changeRows(file, rows, 1 + random.nextInt(3), random, true);
      case SPLIT -> {
        String other = named(file, "-part-2");
        List<String> moved = new ArrayList<>(rows.subList(rows.size() / 2, rows.size()));
        rows.subList(rows.size() / 2, rows.size()).clear();
        List<String> there = new ArrayList<>(lying.getOrDefault(other, List.of()));
        if (there.isEmpty()) {
          there.addAll(lines.subList(0, header(file)));
        }
        there.addAll(moved);
        put(other, there);
      }
      case WITHDRAW ->
          rows.subList(isJson(file) ? Math.min(1, rows.size()) : 0, rows.size()).clear();
      case WITHDRAW_ROW -> {
        if (rows.size() > 1) {
          rows.remove(random.nextInt(rows.size()));
        }
      }
      case SHRINK -> {
        int left = Math.max(1, (int) (rows.size() * (random.nextBoolean() ? 0.3 : 0.7)));
        rows.subList(Math.min(left, rows.size()), rows.size()).clear();
      }
      case DOUBLE -> rows.addAll(new ArrayList<>(rows));
      case REORDER -> Collections.shuffle(rows, random);
      case REMOVE -> {
        lying.remove(file);
        Files.deleteIfExists(folder.resolve(file));
        return;
      }
      case REDELIVER -> lines = known(file);
      case DAMAGE -> {
        if (isJson(file)) {
          lines.replaceAll(line -> line.substring(0, line.length() / 2));
        } else {
          lines.set(
              0, lines.get(0).replace("close", "clsoe").replace("instrument_id", "unheard_of"));
        }
      }
      case CORRECT -> {
        List<String> corrected = new ArrayList<>(lines.subList(0, header(file)));
        List<String> some =
            new ArrayList<>(
                rows.subList(rows.size() / 3, Math.min(rows.size(), rows.size() / 3 + 3)));
        changeRows(file, some, some.size(), random, false);
        corrected.addAll(some);
        if (!some.isEmpty()) {
          put(named(file, "-corrected"), corrected);
        }
        return;
      }
    }
    put(file, lines);
  }

  private static String named(String file, String suffix) {
    int dot = file.lastIndexOf('.');
    return file.substring(0, dot) + suffix + file.substring(dot);
  }

  private void put(String file, List<String> lines) throws IOException {
    lying.put(file, lines);
    store(file);
  }

  private void store(String file) throws IOException {
    write(folder, file, lying.get(file));
  }

  private static void write(Path folder, String file, List<String> lines) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, lines);
  }

  private static void changeRows(
      String file, List<String> rows, int times, Random random, boolean isNonsense) {
    for (int i = 0; i < times && !rows.isEmpty(); i++) {
      int row = random.nextInt(rows.size());
      String line = rows.get(row);
      rows.set(
          row,
          isJson(file)
              ? changedObject(line, random, isNonsense)
              : changedRow(file, line, random, isNonsense));
    }
  }

  private static String changedObject(String line, Random random, boolean isNonsense) {
    return line.replaceFirst(
        "(\"(?:announced_at|known_date)\": \"\\d{4}-\\d{2}-)\\d{2}",
        "$1" + (isNonsense ? "77" : String.format(Locale.ROOT, "%02d", 1 + random.nextInt(28))));
  }

  private static String changedRow(String file, String line, Random random, boolean isNonsense) {
    String[] cells = line.split(",", -1);
    int value =
        switch (file.substring(0, file.indexOf('/'))) {
          case "bars" -> 5;
          case "earnings" -> 1;
          default -> 2;
        };
    if (value >= cells.length) {
      return line;
    }
    cells[value] =
        isNonsense
            ? "-7"
            : switch (file.substring(0, file.indexOf('/'))) {
              case "instruments" -> cells[value] + " again";
              case "earnings" -> HistoryMarket.DAYS.get(random.nextInt(120)).toString();
              case "splits" -> Integer.toString(2 + random.nextInt(4));
              default -> scaled(cells[value], 0.97 + 0.06 * random.nextDouble());
            };
    return String.join(",", Arrays.asList(cells));
  }

  private static String scaled(String number, double by) {
    return number.matches("\\d+(\\.\\d+)?")
        ? String.format(
            Locale.ROOT, number.contains(".") ? "%.4f" : "%.0f", Double.parseDouble(number) * by)
        : number;
  }

  /** Delivers every file as it is known, and takes back what was done to it. */
  void heal() throws IOException {
    for (String file : List.copyOf(lying.keySet())) {
      if (!truth.containsKey(file)) {
        // A part or a correction: its rows are in the file that it is of, or were never true.
        put(file, lying.get(file).subList(0, Math.min(1, lying.get(file).size())));
      }
    }
    for (String file : truth.keySet()) {
      put(file, known(file));
    }
  }

  /**
   * A run has read the files of some feeds.
   *
   * @param feed folder, or empty for all
   */
  void isRead(String feed) {
    lying.forEach(
        (file, lines) -> {
          List<List<String>> versions = read.computeIfAbsent(file, name -> new ArrayList<>());
          boolean isNew = versions.isEmpty() || !versions.get(versions.size() - 1).equals(lines);
          if (isNew && (feed.isEmpty() || file.startsWith(feed + "/"))) {
            versions.add(List.copyOf(lines));
          }
        });
    read.values().removeIf(List::isEmpty);
  }

  /** Writes the version of every file that counts to a folder of its own. */
  void writeWhatCounts(Path other) throws IOException {
    for (String file : read.keySet()) {
      List<String> good = null;
      for (List<String> version : read.get(file)) {
        if (good == null || !isHeldBack(file, version, good)) {
          good = version;
        }
      }
      write(other, file, good);
    }
  }

  private static boolean isHeldBack(String file, List<String> version, List<String> good) {
    long before = readable(file, good);
    long now = readable(file, version);
    boolean isWithdrawal = !isJson(file) && version.size() == 1 && !isDamaged(version.get(0));
    if (isWithdrawal || before == 0) {
      return false;
    }
    return now == 0 || (now < (1 - LARGEST_LOSS) * before && before - now >= FEWEST_LOST);
  }

  /** Rows that a reader can take apart, whatever their values. */
  private static long readable(String file, List<String> version) {
    Stream<String> rows = version.stream().skip(header(file));
    if (isJson(file)) {
      return rows.filter(line -> line.endsWith("}")).count();
    }
    return isDamaged(version.get(0)) ? 0 : rows.count();
  }

  /** Whether a header lacks a column that every row needs. */
  private static boolean isDamaged(String header) {
    return header.contains("clsoe") || header.startsWith("unheard_of,");
  }
}
