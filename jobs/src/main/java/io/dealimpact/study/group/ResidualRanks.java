package io.dealimpact.study.group;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.event.Residuals;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.Ranker;
import java.util.List;
import java.util.Optional;

/**
 * Ranks the residuals of one event after another, for GRANK. They are the same in every group that
 * the event is in; see {@link GrankState}.
 *
 * <p>Not safe for use by several threads.
 */
public final class ResidualRanks {
  private final GroupSpec spec;
  private final Ranker ranker = new Ranker();
  private final double[] present;

  /**
   * An event's residuals.
   *
   * @param residuals e_t/(s√(1 + h_t)) by day of the estimation axis; NaN where missing
   * @param doubled twice the mid-rank of each among them, by day; 0 where missing
   * @param sorted those that are not missing, ascending
   * @param scars SCAR by window of the spec
   */
  public record Ranked(double[] residuals, int[] doubled, double[] sorted, double[] scars) {}

  /**
   * Ranks under a spec.
   *
   * @param spec of the groups that the events are added to
   */
  public ResidualRanks(GroupSpec spec) {
    this.spec = spec;
    present = new double[spec.estimationAxis().length()];
  }

  /** The ranks of an event; days outside the spec's axis are left out. Empty without a residual. */
  public Optional<Ranked> of(EventSample event) {
    EventSample.Estimation estimation = event.estimation();
    if (!(estimation.sigma() > Residuals.LEAST_SIGMA)) {
      return Optional.empty();
    }
    double[] residuals =
        GroupState.align(estimation.residuals(), estimation.start(), spec.estimationAxis());
    double[] h =
        GroupState.align(estimation.leverages(), estimation.start(), spec.estimationAxis());
    int count = 0;
    for (int t = 0; t < residuals.length; t++) {
      residuals[t] /= estimation.sigma() * Math.sqrt(1 + h[t]);
      if (!Double.isNaN(residuals[t])) {
        present[count++] = residuals[t];
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    ranker.rank(present, count);
    int[] doubled = new int[residuals.length];
    int next = 0;
    for (int t = 0; t < residuals.length; t++) {
      doubled[t] = Double.isNaN(residuals[t]) ? 0 : ranker.doubled(next++);
    }
    List<EventWindow> windows = spec.windows();
    double[] scars = new double[windows.size()];
    for (int w = 0; w < scars.length; w++) {
      scars[w] = event.scar(windows.get(w));
    }
    return Optional.of(new Ranked(residuals, doubled, ranker.sorted(), scars));
  }
}
