package io.dealimpact.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Events kept as they are, for what cannot be summed one event at a time: correlations pair by pair
 * over ragged windows, and programs that rank every window anew. Empty unless the spec wants such a
 * variant; past {@link #LIMIT} events all are dropped and only counted.
 */
final class WholeEvents {
  /** At 271 days 11 kB an event, so 55 MB for a group. */
  static final int LIMIT = 5_000;

  /**
   * One event on the axes of its spec; NaN where missing.
   *
   * @param degreesOfFreedom of {@code sigma}
   * @param sigma s of the estimation window
   * @param columns k of its design; 0 where nothing is estimated by regression
   * @param marketMean R̄_m of {@link MarketDays}; NaN where the model has no market
   * @param marketScatter Σ(R_m − R̄_m)²
   * @param residuals of the estimation axis
   * @param residualLeverages h_t of the estimation axis
   * @param abnormal AR_t of the event axis
   * @param errors s·√(1 + h_t) of the event axis
   * @param market R_m of the event axis
   */
  record Event(
      int degreesOfFreedom,
      double sigma,
      int columns,
      double marketMean,
      double marketScatter,
      double[] residuals,
      double[] residualLeverages,
      double[] abnormal,
      double[] errors,
      double[] market) {

    static Event of(EventSample sample, GroupSpec spec) {
      EventWindow axis = spec.eventAxis();
      int length = axis.length();
      double[] abnormal = GroupState.align(sample.abnormalReturns(), sample.eventStart(), axis);
      double[] errors = new double[length];
      for (int t = 0; t < length; t++) {
        int day = axis.start() + t;
        errors[t] = sample.carStandardError(new EventWindow(day, day));
      }
      return new Event(
          sample.degreesOfFreedom(),
          sample.sigma(),
          sample.inverseCrossProduct().length,
          sample.market().mean(),
          sample.market().scatter(),
          GroupState.align(sample.residuals(), sample.estimationStart(), spec.estimationAxis()),
          GroupState.align(sample.leverages(), sample.estimationStart(), spec.estimationAxis()),
          abnormal,
          errors,
          GroupState.align(sample.market().returns(), sample.eventStart(), axis));
    }

    /** In one order, so that the same events give the same bytes. */
    private int compareTo(Event other) {
      int order = Arrays.compare(abnormal, other.abnormal);
      order = order != 0 ? order : Arrays.compare(residuals, other.residuals);
      order = order != 0 ? order : Double.compare(sigma, other.sigma);
      order = order != 0 ? order : Arrays.compare(errors, other.errors);
      order = order != 0 ? order : Arrays.compare(market, other.market);
      order = order != 0 ? order : Double.compare(marketMean, other.marketMean);
      order = order != 0 ? order : Double.compare(marketScatter, other.marketScatter);
      order = order != 0 ? order : Integer.compare(degreesOfFreedom, other.degreesOfFreedom);
      order = order != 0 ? order : Integer.compare(columns, other.columns);
      return order != 0 ? order : Arrays.compare(residualLeverages, other.residualLeverages);
    }

    private void write(StateWriter out) {
      out.putInt(degreesOfFreedom);
      out.putDouble(sigma);
      out.putInt(columns);
      out.putDouble(marketMean);
      out.putDouble(marketScatter);
      for (double[] values : List.of(residuals, residualLeverages, abnormal, errors, market)) {
        for (double value : values) {
          out.putDouble(value);
        }
      }
    }

    private static Event read(StateReader in, int estimation, int event) {
      return new Event(
          in.readInt(),
          in.readDouble(),
          in.readInt(),
          in.readDouble(),
          in.readDouble(),
          doubles(in, estimation),
          doubles(in, estimation),
          doubles(in, event),
          doubles(in, event),
          doubles(in, event));
    }

    private static double[] doubles(StateReader in, int length) {
      double[] values = new double[length];
      for (int i = 0; i < length; i++) {
        values[i] = in.readDouble();
      }
      return values;
    }
  }

  private final boolean wanted;
  private long count;
  private List<Event> events = new ArrayList<>();

  WholeEvents(GroupSpec spec) {
    wanted = spec.wants(TestVariant.PAIRWISE) || spec.wants(TestVariant.EVENTSTUDY2);
  }

  void add(EventSample sample, GroupSpec spec) {
    if (wanted) {
      count++;
      events.add(Event.of(sample, spec));
      drop();
    }
  }

  void merge(WholeEvents other) {
    count += other.count;
    events.addAll(other.events);
    drop();
  }

  private void drop() {
    if (isFull()) {
      events = new ArrayList<>();
    }
  }

  /** More events than the limit: nothing is kept. */
  boolean isFull() {
    return count > LIMIT;
  }

  long count() {
    return count;
  }

  /** The events, in an order that is theirs alone. */
  List<Event> sorted() {
    return events.stream().sorted(Event::compareTo).toList();
  }

  void write(StateWriter out) {
    out.putLong(count);
    sorted().forEach(event -> event.write(out));
  }

  void read(StateReader in, GroupSpec spec) {
    count = in.readLong();
    for (long i = 0; !isFull() && i < count; i++) {
      events.add(Event.read(in, spec.estimationAxis().length(), spec.eventAxis().length()));
    }
  }
}
