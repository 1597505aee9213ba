package io.dealimpact.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories of a small lake: after each, every silver and gold table has the rows of a fresh
 * lake that was fed the deliveries that count, to the last bit.
 *
 * <p>{@code -Dhistory.seed=N} plays one, {@code -Dhistory.count=N} plays so many from there, {@code
 * -Dhistory.nights=N} makes them longer, {@code -Dhistory.every=N} compares more often or less, and
 * {@code -Dhistory.file=F} plays one from a text. One that fails is made shorter first, as long as
 * it fails; {@code -Dhistory.shorten=false} leaves that out. The seed is enough to play it again. A
 * library's shrinking would play hundreds of histories, and each takes half a minute.
 */
@Tag("spark")
@Tag("slow")
final class RandomHistoriesTest {
  private static final int MOST_SHORTER = 12;

  @TempDir private Path folder;
  private int played;
  private Path first;

  private Optional<String> play(History history, int every, List<Integer> compared)
      throws IOException {
    if (first == null) {
      first = new HistoryPlay(folder.resolve("first"), every).firstNight();
    }
    HistoryPlay play = new HistoryPlay(folder.resolve("history-" + played++), every);
    Optional<String> wrong = play.play(history, first);
    compared.add(play.compared());
    return wrong;
  }

  /** Leaves out runs, one after the other, as long as what is left fails too. */
  private History shorter(History history) throws IOException {
    History shortest = history;
    int tries = 0;
    for (int i = history.steps().size() - 1; i >= 0 && tries < MOST_SHORTER; i--, tries++) {
      History fewer = shortest.without(i);
      if (play(fewer, Integer.MAX_VALUE, new ArrayList<>()).isPresent()) {
        shortest = fewer;
      }
    }
    return shortest;
  }

  private void assertEqualToAFreshLake(String name, History history, int every) throws IOException {
    List<Integer> compared = new ArrayList<>();
    Optional<String> wrong = play(history, every, compared);
    System.out.printf(
        "%s: %d runs, compared %d times, %s%n",
        name, history.steps().size() + 1, compared.get(0), wrong.isEmpty() ? "equal" : "DIFFERENT");
    if (wrong.isPresent()) {
      System.out.println(history + "\n" + wrong.get());
      History shortest =
          Boolean.parseBoolean(System.getProperty("history.shorten", "true"))
              ? shorter(history)
              : history;
      fail("%s: %s%n%nThe history:%n%s", name, wrong.get(), shortest);
    }
  }

  @Test
  void randomHistoriesEqualAFreshLake() throws IOException {
    long first = Long.getLong("history.seed", 1);
    int nights = Integer.getInteger("history.nights", 2);
    int count = Integer.getInteger("history.count", 1);
    List<String> failures = new ArrayList<>();
    for (long seed = first; seed < first + count; seed++) {
      try {
        assertEqualToAFreshLake(
            "seed " + seed, History.of(seed, nights), Integer.getInteger("history.every", 10));
      } catch (AssertionError failure) {
        failures.add(failure.getMessage());
      }
    }
    System.out.printf("%d histories, %d differ%n", count, failures.size());
    assertThat(failures).isEmpty();
  }

  /** Histories that once gave other rows than a fresh lake; each says why. */
  @Test
  void historiesThatOnceFailed() throws IOException, URISyntaxException {
    String given = System.getProperty("history.file", "");
    Path kept = Path.of(RandomHistoriesTest.class.getResource("/histories").toURI());
    try (Stream<Path> files = given.isEmpty() ? Files.list(kept) : Stream.of(Path.of(given))) {
      for (Path file : files.sorted().toList()) {
        assertEqualToAFreshLake(
            file.getFileName().toString(),
            History.parse(Files.readAllLines(file)),
            Integer.MAX_VALUE);
      }
    }
  }

  /** A history is its text: what a failure prints can be played. */
  @Test
  void aHistoryIsReadBackFromItsText() {
    History history = History.of(5, 40);
    assertThat(History.parse(history.toString().lines().toList())).isEqualTo(history);
  }
}
