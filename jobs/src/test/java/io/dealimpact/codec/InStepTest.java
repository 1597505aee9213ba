package io.dealimpact.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What several have of one key is given together, and no sooner is the next key's made. */
class InStepTest {
  /** An element: of which iterator, with which key. */
  private record Of(int iterator, String key) {}

  private static List<Of> elements(int iterator, String... keys) {
    return List.of(keys).stream().map(key -> new Of(iterator, key)).toList();
  }

  private static InStep<Of> inStep(List<List<Of>> each) {
    return new InStep<>(each.stream().map(List::iterator).toList(), Of::key);
  }

  private static List<List<Of>> all(Iterator<List<Of>> inStep) {
    List<List<Of>> all = new ArrayList<>();
    inStep.forEachRemaining(all::add);
    return all;
  }

  @Test
  void elementsOfAKeyComeInTheOrderOfTheIterators() {
    assertThat(all(inStep(List.of(elements(0, "a", "a", "b"), elements(1, "a", "b", "b")))))
        .containsExactly(
            List.of(new Of(0, "a"), new Of(0, "a"), new Of(1, "a")),
            List.of(new Of(0, "b"), new Of(1, "b"), new Of(1, "b")));
  }

  @Test
  void whatOneAloneHasIsGivenToo() {
    assertThat(all(inStep(List.of(elements(0, "a", "b"), elements(1, "b")))))
        .containsExactlyInAnyOrder(
            List.of(new Of(0, "a")), List.of(new Of(0, "b"), new Of(1, "b")));
    assertThat(all(inStep(List.of(elements(0), elements(1))))).isEmpty();
    assertThatThrownBy(() -> inStep(List.of(elements(0))).next())
        .isInstanceOf(NoSuchElementException.class);
  }

  @Property
  void anyOrderGivesEachKeyOnceWithAllElements(
      @ForAll @IntRange(min = 1, max = 5) int iterators,
      @ForAll @IntRange(min = 0, max = 30) int keys,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<List<Of>> each = new ArrayList<>();
    for (int i = 0; i < iterators; i++) {
      List<Of> of = new ArrayList<>();
      for (int key = 0; key < keys; key++) {
        of.add(new Of(i, "k" + key));
      }
      Collections.shuffle(of, random);
      each.add(of);
    }
    assertThat(all(inStep(each)))
        .hasSize(keys)
        .allSatisfy(
            together -> {
              assertThat(together).extracting(Of::key).containsOnly(together.get(0).key());
              assertThat(together).extracting(Of::iterator).hasSize(iterators).isSorted();
            });
  }

  /** An instrument may have any number of events: they are not all there at once. */
  @Test
  void theNextKeyIsNotMadeBeforeItIsAskedFor() {
    int[] made = new int[2];
    List<Iterator<Of>> each = new ArrayList<>();
    for (int i = 0; i < made.length; i++) {
      int iterator = i;
      each.add(
          new Chained<>(
              List.of("a", "b", "c", "d").iterator(),
              key -> {
                made[iterator]++;
                return elements(iterator, key, key).iterator();
              }));
    }
    InStep<Of> inStep = new InStep<>(each, Of::key);
    assertThat(inStep.next()).hasSize(4);
    // The first of the next key says that this one is over.
    assertThat(made).containsExactly(2, 2);
    assertThat(all(inStep)).hasSize(3);
  }
}
