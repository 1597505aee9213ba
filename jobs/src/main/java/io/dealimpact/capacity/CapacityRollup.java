package io.dealimpact.capacity;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The cube of capacity in memory, for small data and as the statement of what a distributed roll-up
 * must give: for every cell of every commitment's {@link RollupKey#cube()} the rows of the {@link
 * RollupState} of its commitments.
 */
public final class CapacityRollup {

  private CapacityRollup() {}

  /** The commitments that count on a day, sized; one for each history at most. */
  public static List<SizedCommitment> sized(
      Collection<CommitmentHistory> histories,
      LocalDate asOf,
      GpuCatalogue catalogue,
      ScheduleDefaults defaults) {
    return histories.stream()
        .flatMap(history -> history.asOf(asOf).stream())
        .filter(Commitment::isActive)
        .map(commitment -> SizedCommitment.of(commitment, catalogue, defaults))
        .toList();
  }

  /** The rows of the cube, in order of cell and quarter. */
  public static List<CapacityRow> cube(
      Collection<SizedCommitment> commitments, RollupConfig config) {
    Map<RollupKey, RollupState> states = new TreeMap<>();
    for (SizedCommitment commitment : commitments) {
      for (RollupKey cell : commitment.key().cube()) {
        states.computeIfAbsent(cell, key -> RollupState.empty(config)).add(commitment);
      }
    }
    List<CapacityRow> rows = new ArrayList<>();
    states.forEach((cell, state) -> rows.addAll(state.rows(cell)));
    return List.copyOf(rows);
  }

  /**
   * Whether the parts add up to the whole, exactly: each total is the sum of the leaves that add to
   * it, quarter by quarter. Rule {@code not-conserved} for each that is not; empty if all are. A
   * total without leaves, or leaves without their total, are not.
   */
  public static List<Violation> conservation(Collection<CapacityRow> rows) {
    Map<Cell, Sums> expected = new TreeMap<>();
    Map<Cell, Sums> totals = new TreeMap<>();
    for (CapacityRow row : rows) {
      Sums sums = Sums.of(row);
      if (!row.key().isLeaf()) {
        totals.put(new Cell(row.key(), row.quarter()), sums);
        continue;
      }
      for (RollupKey cell : row.key().cube()) {
        if (!cell.isLeaf()) {
          expected.merge(new Cell(cell, row.quarter()), sums, Sums::plus);
        }
      }
    }
    List<Violation> found = new ArrayList<>();
    expected.forEach(
        (cell, sum) -> {
          if (!sum.equals(totals.get(cell))) {
            found.add(notConserved(cell, sum, Optional.ofNullable(totals.get(cell))));
          }
        });
    totals.forEach(
        (cell, total) -> {
          if (!expected.containsKey(cell)) {
            found.add(notConserved(cell, Sums.NOTHING, Optional.of(total)));
          }
        });
    return List.copyOf(found);
  }

  private static Violation notConserved(Cell cell, Sums leaves, Optional<Sums> total) {
    return new Violation(
        "not-conserved",
        cell.key()
            + " in "
            + cell.quarter()
            + " is "
            + total.map(Sums::toString).orElse("absent")
            + ", but its leaves add up to "
            + leaves);
  }

  private record Cell(RollupKey key, Quarter quarter) implements Comparable<Cell> {

    private static final Comparator<Cell> ORDER =
        Comparator.comparing(Cell::key).thenComparing(Cell::quarter);

    @Override
    public int compareTo(Cell other) {
      return ORDER.compare(this, other);
    }
  }

  /** All of a row that adds up. */
  private record Sums(CapacityRow.Counts counts, List<ExactRangeSum> tallies) {

    static final Sums NOTHING =
        new Sums(
            new CapacityRow.Counts(0, 0, 0, 0, 0), Collections.nCopies(12, ExactRangeSum.ZERO));

    static Sums of(CapacityRow row) {
      long assumed = row.gpus().assumedMillis();
      return new Sums(
          row.counts(),
          List.of(
              row.coverage().valueUsd(),
              row.coverage().withoutPowerUsd(),
              row.coverage().ofComputersAlone(),
              row.power().committed(),
              row.power().option(),
              row.power().online(),
              row.power().assumed(),
              row.power().average(),
              row.gpus().committed(),
              row.gpus().online(),
              new ExactRangeSum(assumed, assumed, assumed),
              row.gpus().h100Online()));
    }

    Sums plus(Sums other) {
      List<ExactRangeSum> sums = new ArrayList<>();
      for (int i = 0; i < tallies.size(); i++) {
        sums.add(tallies.get(i).plus(other.tallies.get(i)));
      }
      return new Sums(counts.plus(other.counts), List.copyOf(sums));
    }
  }
}
