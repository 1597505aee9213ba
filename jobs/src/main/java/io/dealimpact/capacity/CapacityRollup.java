package io.dealimpact.capacity;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
   * Whether the parts add up to the whole, exactly: for each row with an {@code ALL} dimension, the
   * sum over the rows that name that dimension and agree with it in all else. Rule {@code
   * not-conserved} for each that does not; empty if all do. A row of a cube whose whole or parts
   * are absent does not.
   */
  public static List<Violation> conservation(Collection<CapacityRow> rows) {
    Map<Whole, Sums> expected = new TreeMap<>();
    Map<Whole, Sums> wholes = new TreeMap<>();
    for (CapacityRow row : rows) {
      RollupKey key = row.key();
      Sums sums = Sums.of(row);
      for (Dimension dimension : Dimension.values()) {
        Whole whole = new Whole(dimension, dimension.all(key), row.quarter());
        if (whole.key().equals(key)) {
          wholes.merge(whole, sums, Sums::plus);
        } else {
          expected.merge(whole, sums, Sums::plus);
        }
      }
    }
    List<Violation> found = new ArrayList<>();
    expected.forEach(
        (key, sum) -> {
          Optional<Sums> whole = Optional.ofNullable(wholes.get(key));
          if (whole.isEmpty() || !whole.get().equals(sum)) {
            found.add(notConserved(key, sum, whole));
          }
        });
    wholes.forEach(
        (key, whole) -> {
          if (!expected.containsKey(key)) {
            found.add(notConserved(key, Sums.NOTHING, Optional.of(whole)));
          }
        });
    return List.copyOf(found);
  }

  private static Violation notConserved(Whole key, Sums parts, Optional<Sums> whole) {
    return new Violation(
        "not-conserved",
        key.key()
            + " in "
            + key.quarter()
            + " is "
            + whole.map(Sums::toString).orElse("absent")
            + ", but its parts by "
            + key.dimension().name().toLowerCase(Locale.ROOT)
            + " add up to "
            + parts);
  }

  private enum Dimension {
    PROVIDER {
      @Override
      RollupKey all(RollupKey key) {
        return new RollupKey(RollupKey.ALL, key.customer(), key.gpuModel(), key.status());
      }
    },
    CUSTOMER {
      @Override
      RollupKey all(RollupKey key) {
        return new RollupKey(key.provider(), RollupKey.ALL, key.gpuModel(), key.status());
      }
    },
    MODEL {
      @Override
      RollupKey all(RollupKey key) {
        return new RollupKey(key.provider(), key.customer(), RollupKey.ALL, key.status());
      }
    };

    /** The cell in which this dimension is summed over. */
    abstract RollupKey all(RollupKey key);
  }

  /** A cell in a quarter, as the sum over one dimension. */
  private record Whole(Dimension dimension, RollupKey key, Quarter quarter)
      implements Comparable<Whole> {

    private static final Comparator<Whole> ORDER =
        Comparator.comparing(Whole::dimension)
            .thenComparing(Whole::key)
            .thenComparing(Whole::quarter);

    @Override
    public int compareTo(Whole other) {
      return ORDER.compare(this, other);
    }
  }

  private record Sums(
      CapacityRow.Counts counts,
      ExactRangeSum powerCommitted,
      ExactRangeSum powerOnline,
      ExactRangeSum powerAverage,
      ExactRangeSum gpusCommitted,
      ExactRangeSum gpusOnline) {

    static final Sums NOTHING =
        new Sums(
            new CapacityRow.Counts(0, 0, 0, 0),
            ExactRangeSum.ZERO,
            ExactRangeSum.ZERO,
            ExactRangeSum.ZERO,
            ExactRangeSum.ZERO,
            ExactRangeSum.ZERO);

    static Sums of(CapacityRow row) {
      return new Sums(
          row.counts(),
          row.power().committed(),
          row.power().online(),
          row.power().average(),
          row.gpus().committed(),
          row.gpus().online());
    }

    Sums plus(Sums other) {
      return new Sums(
          counts.plus(other.counts),
          powerCommitted.plus(other.powerCommitted),
          powerOnline.plus(other.powerOnline),
          powerAverage.plus(other.powerAverage),
          gpusCommitted.plus(other.gpusCommitted),
          gpusOnline.plus(other.gpusOnline));
    }
  }
}
