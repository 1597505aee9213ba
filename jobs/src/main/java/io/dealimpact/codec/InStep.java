package io.dealimpact.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Function;

/**
 * What several iterators have of one key, together. Each has the same keys, what belongs to a key
 * next to each other. Where they come in one order, the elements of one key are held at a time;
 * else those that wait for another iterator too.
 */
final class InStep<T> implements Iterator<List<T>> {
  private final List<Ahead> each;
  private final Function<T, String> keyOf;
  private final Map<String, List<List<T>>> waiting = new LinkedHashMap<>();
  private final Queue<String> complete = new ArrayDeque<>();

  /**
   * Iterators to go through in step.
   *
   * @param keyOf an element
   */
  InStep(List<Iterator<T>> each, Function<T, String> keyOf) {
    this.each = each.stream().map(Ahead::new).toList();
    this.keyOf = keyOf;
  }

  /** An iterator of which one element may have been taken too early. */
  private final class Ahead {
    private final Iterator<T> of;
    private T next;

    Ahead(Iterator<T> of) {
      this.of = of;
    }

    boolean hasNext() {
      if (next == null && of.hasNext()) {
        next = of.next();
      }
      return next != null;
    }

    /** All elements of the next key. */
    List<T> ofOneKey() {
      List<T> all = new ArrayList<>();
      String key = keyOf.apply(next);
      while (hasNext() && keyOf.apply(next).equals(key)) {
        all.add(next);
        next = null;
      }
      return all;
    }
  }

  @Override
  public boolean hasNext() {
    return !waiting.isEmpty() || isAnyLeft();
  }

  private boolean isAnyLeft() {
    return each.stream().anyMatch(Ahead::hasNext);
  }

  /** The elements of one key, in the order of the iterators. */
  @Override
  public List<T> next() {
    while (complete.isEmpty() && isAnyLeft()) {
      for (int i = 0; i < each.size(); i++) {
        if (each.get(i).hasNext()) {
          take(i);
        }
      }
    }
    if (complete.isEmpty() && waiting.isEmpty()) {
      throw new NoSuchElementException("no key is left");
    }
    String key = complete.isEmpty() ? waiting.keySet().iterator().next() : complete.remove();
    return waiting.remove(key).stream().flatMap(List::stream).toList();
  }

  private void take(int i) {
    List<T> taken = each.get(i).ofOneKey();
    String key = keyOf.apply(taken.get(0));
    List<List<T>> parts = waiting.computeIfAbsent(key, k -> none());
    parts.set(i, taken);
    if (parts.stream().noneMatch(List::isEmpty)) {
      complete.add(key);
    }
  }

  private List<List<T>> none() {
    return new ArrayList<>(Collections.nCopies(each.size(), List.of()));
  }
}
