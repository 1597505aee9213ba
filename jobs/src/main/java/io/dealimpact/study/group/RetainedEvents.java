package io.dealimpact.study.group;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.event.MarketDays;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Events kept as they are, for what cannot be summed one event at a time: correlations pair by pair
 * over ragged windows, and programs that rank every window anew. Empty unless the spec wants such a
 * variant; past {@link #LIMIT} events all are dropped and only counted.
 */
final class RetainedEvents {
  /** At 271 days 11 kB an event, so 55 MB for a group. */
  static final int LIMIT = 5_000;

  /**
   * One event on the axes of its spec; NaN where missing.
   *
   * @param degreesOfFreedom of {@code sigma}
   * @param sigma s of the estimation window
   * @param columns k of its design; 0 where nothing is estimated by regression
   * @param residuals of the estimation axis
   * @param residualLeverages h_t of the estimation axis
   * @param abnormal AR_t of the event axis
   * @param errors s·√(1 + h_t) of the event axis
   * @param market its market, on the event axis
   */
  record Event(
      int degreesOfFreedom,
      double sigma,
      int columns,
      double[] residuals,
      double[] residualLeverages,
      double[] abnormal,
      double[] errors,
      MarketDays market) {

    static Event of(EventSample sample, GroupSpec spec) {
      EventSample.Estimation estimation = sample.estimation();
      EventSample.Returns returns = sample.returns();
      EventWindow axis = spec.eventAxis();
      int length = axis.length();
      double[] abnormal = GroupState.align(returns.abnormal(), returns.start(), axis);
      double[] errors = new double[length];
      for (int t = 0; t < length; t++) {
        int day = axis.start() + t;
        errors[t] = sample.carStandardError(new EventWindow(day, day));
      }
      return new Event(
          estimation.degreesOfFreedom(),
          estimation.sigma(),
          estimation.inverseCrossProduct().length,
          GroupState.align(estimation.residuals(), estimation.start(), spec.estimationAxis()),
          GroupState.align(estimation.leverages(), estimation.start(), spec.estimationAxis()),
          abnormal,
          errors,
          sample
              .market()
              .withReturns(GroupState.align(sample.market().returns(), returns.start(), axis)));
    }

    /** Whether no day is missing of {@code length} from index {@code first} of the event axis. */
    boolean covers(int first, int length) {
      for (int t = first; t < first + length; t++) {
        if (Double.isNaN(abnormal[t])) {
          return false;
        }
      }
      return true;
    }

    /** ΣAR_t of {@code length} days from index {@code first} of the event axis; NaN if any is. */
    double car(int first, int length) {
      double car = 0;
      for (int t = first; t < first + length; t++) {
        car += abnormal[t];
      }
      return car;
    }

    /** In one order, so that the same events give the same bytes. */
    private int compareTo(Event other) {
      int order = Arrays.compare(abnormal, other.abnormal);
      order = order != 0 ? order : Arrays.compare(residuals, other.residuals);
      order = order != 0 ? order : Double.compare(sigma, other.sigma);
      order = order != 0 ? order : Arrays.compare(errors, other.errors);
      order = order != 0 ? order : compareMarkets(other);
      order = order != 0 ? order : Integer.compare(degreesOfFreedom, other.degreesOfFreedom);
      order = order != 0 ? order : Integer.compare(columns, other.columns);
      return order != 0 ? order : Arrays.compare(residualLeverages, other.residualLeverages);
    }

    private int compareMarkets(Event other) {
      int order = Arrays.compare(market.returns(), other.market.returns());
      order = order != 0 ? order : Double.compare(market.mean(), other.market.mean());
      order = order != 0 ? order : Double.compare(market.scatter(), other.market.scatter());
      order = order != 0 ? order : Integer.compare(market.wholeDays(), other.market.wholeDays());
      order = order != 0 ? order : Double.compare(market.wholeMean(), other.market.wholeMean());
      return order != 0
          ? order
          : Double.compare(market.wholeScatter(), other.market.wholeScatter());
    }

    private void write(StateWriter out) {
      out.putInt(degreesOfFreedom);
      out.putDouble(sigma);
      out.putInt(columns);
      out.putDouble(market.mean());
      out.putDouble(market.scatter());
      out.putInt(market.wholeDays());
      out.putDouble(market.wholeMean());
      out.putDouble(market.wholeScatter());
      for (double[] values :
          List.of(residuals, residualLeverages, abnormal, errors, market.returns())) {
        for (double value : values) {
          out.putDouble(value);
        }
      }
    }

    private static Event read(StateReader in, int estimation, int event) {
      int degreesOfFreedom = in.readInt();
      double sigma = in.readDouble();
      int columns = in.readInt();
      MarketDays market =
          new MarketDays(
              new double[0],
              in.readDouble(),
              in.readDouble(),
              in.readInt(),
              in.readDouble(),
              in.readDouble());
      return new Event(
          degreesOfFreedom,
          sigma,
          columns,
          doubles(in, estimation),
          doubles(in, estimation),
          doubles(in, event),
          doubles(in, event),
          market.withReturns(doubles(in, event)));
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

  RetainedEvents(GroupSpec spec) {
    wanted =
        Stream.of(TestVariant.PAIRWISE, TestVariant.EVENTSTUDY2, TestVariant.ESTUDY)
            .anyMatch(spec::wants);
  }

  void add(EventSample sample, GroupSpec spec) {
    if (wanted) {
      count++;
      events.add(Event.of(sample, spec));
      drop();
    }
  }

  void merge(RetainedEvents other) {
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

  /** What a test says that would need all of them. */
  TestResult tooMany(Statistic test, TestVariant variant, Inference inference) {
    return inference.none(
        test, variant, count, TestStatus.TOO_MANY_EVENTS, "events=" + count + " limit=" + LIMIT);
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
