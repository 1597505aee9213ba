package io.dealimpact.study.numeric;

import java.util.ArrayList;
import java.util.List;

/** Days of a calendar from one index to another, both inclusive; {@code to < from} is empty. */
public record Range(int from, int to) {

  /** This range less others: the pieces that remain, ascending. */
  public List<Range> without(List<Range> leftOut) {
    List<Range> pieces = new ArrayList<>();
    if (from <= to) {
      pieces.add(this);
    }
    for (Range hole : leftOut) {
      List<Range> next = new ArrayList<>();
      for (Range piece : pieces) {
        if (hole.to < piece.from || hole.from > piece.to) {
          next.add(piece);
          continue;
        }
        if (hole.from > piece.from) {
          next.add(new Range(piece.from, hole.from - 1));
        }
        if (hole.to < piece.to) {
          next.add(new Range(hole.to + 1, piece.to));
        }
      }
      pieces = next;
    }
    return pieces;
  }
}
