package io.dealimpact.codec;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * What is made of each of some parts, one part after the other. A part is begun when the one before
 * it is used up; a stream's {@code flatMap} would hold all that a part has.
 */
final class Chained<P, T> implements Iterator<T> {
  private final Iterator<P> parts;
  private final Function<P, Iterator<T>> begin;
  private Iterator<T> of = Collections.emptyIterator();

  Chained(Iterator<P> parts, Function<P, Iterator<T>> begin) {
    this.parts = parts;
    this.begin = begin;
  }

  @Override
  public boolean hasNext() {
    while (!of.hasNext() && parts.hasNext()) {
      of = begin.apply(parts.next());
    }
    return of.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no part is left");
    }
    return of.next();
  }
}
