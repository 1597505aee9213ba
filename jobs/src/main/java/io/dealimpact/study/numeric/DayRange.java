package io.dealimpact.study.numeric;

import java.util.ArrayList;
import java.util.List;

/** Days of a calendar from one index to another, both inclusive; {@code to < from} is empty. */
public record DayRange(int from, int to) {

  /** This range less others: the pieces that remain, ascending. */
  public List<DayRange> without(List<DayRange> leftOut) {
    List<DayRange> pieces = new ArrayList<>();
    if (from <= to) {
      pieces.add(this);
    }
    for (DayRange hole : leftOut) {
      List<DayRange> next = new ArrayList<>();
      for (DayRange piece : pieces) {
        if (hole.to < piece.from || hole.from > piece.to) {
          next.add(piece);
          continue;
        }
        if (hole.from > piece.from) {
          next.add(new DayRange(piece.from, hole.from - 1));
        }
        if (hole.to < piece.to) {
          next.add(new DayRange(hole.to + 1, piece.to));
        }
      }
      pieces = next;
    }
    return pieces;
  }
}
