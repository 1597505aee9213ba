package io.dealimpact.study.group;

import static io.dealimpact.study.group.Assumption.INDEPENDENT;
import static io.dealimpact.study.group.Assumption.LARGE_QUARTER;
import static io.dealimpact.study.group.Assumption.NORMAL;
import static io.dealimpact.study.group.Assumption.SAME_VARIANCE;
import static io.dealimpact.study.group.Assumption.TRADED;

import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.numeric.PValues;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * Every statistic of a study: its name, the family that computes it, what it takes for granted, and
 * the page that documents it. The textbook's form of each is in the references of its page; {@link
 * TestVariant} has the forms of named peers.
 *
 * <p>{@code StatisticTest} holds that a study computes what is listed here and nothing else.
 */
public enum Statistic {
  CROSS_SECTIONAL_T("cross-sectional-t", Family.MEAN, INDEPENDENT),
  CDA_T("cda-t", Family.MEAN, SAME_VARIANCE),
  PATELL("patell", Family.MEAN, INDEPENDENT, SAME_VARIANCE),
  PATELL_CSAR("patell-csar", Family.MEAN, INDEPENDENT, SAME_VARIANCE),
  ADJUSTED_PATELL("adjusted-patell", Family.MEAN, SAME_VARIANCE),
  BMP("bmp", Family.MEAN, INDEPENDENT),
  ADJUSTED_BMP("adjusted-bmp", Family.MEAN),
  SKEWNESS_T("skewness-t", Family.MEAN, INDEPENDENT, TRADED),
  JOHNSON_T("johnson-t", Family.MEAN, INDEPENDENT, TRADED),
  CORRADO_RANK("corrado-rank", Family.RANK, SAME_VARIANCE, TRADED),
  CORRADO_ZIVNEY_SIGN("corrado-zivney-sign", Family.RANK, TRADED),
  SIGN("sign", Family.RANK, INDEPENDENT, TRADED),
  BINOMIAL_SIGN("binomial-sign", Family.RANK, INDEPENDENT, TRADED),
  GENERALIZED_SIGN("generalized-sign", Family.RANK, INDEPENDENT, TRADED),
  WILCOXON("wilcoxon", Family.VALUE, INDEPENDENT, TRADED),
  JACKKNIFE("jackknife", Family.VALUE, INDEPENDENT, TRADED, NORMAL),
  TWO_WAY_CLUSTERED("two-way-clustered", Family.VALUE, INDEPENDENT),
  BOOTSTRAP("bootstrap", Family.SIMULATED, INDEPENDENT),
  WILD_BOOTSTRAP("wild-bootstrap", Family.SIMULATED, INDEPENDENT),
  PERMUTATION("permutation", Family.SIMULATED, SAME_VARIANCE),
  ABHAR_SKEWNESS_BOOTSTRAP(
      "abhar-skewness-bootstrap", Family.SIMULATED, INDEPENDENT, TRADED, LARGE_QUARTER),
  CALENDAR_TIME("calendar-time", Family.CALENDAR, INDEPENDENT),
  GRANK_T("grank-t", Family.SECOND_PASS, TRADED),
  GRANK_Z("grank-z", Family.SECOND_PASS, INDEPENDENT, TRADED),
  /** Computed in the forms of named peers alone. */
  BROWN_WARNER_1980("brown-warner-1980", Family.PEER),
  /** Computed in the forms of named peers alone. */
  LAMB("lamb", Family.PEER),
  /** Computed in the forms of named peers alone. */
  MODIFIED_RANK("modified-rank", Family.PEER),
  /** Computed in the forms of named peers alone. */
  CORRADO_ZIVNEY_RANK("corrado-zivney-rank", Family.PEER),
  CAR_T("car-t", Family.EVENT),
  PLACEBO("placebo", Family.EVENT),
  SAMPLE_QUANTILE("sample-quantile", Family.EVENT);

  /** What computes a statistic. */
  public enum Family {
    /** {@link MeanStatistics}. */
    MEAN,
    /** {@link RankStatistics}. */
    RANK,
    /** {@link ValueStatistics}, from events that are kept one by one. */
    VALUE,
    /** {@link SimulatedStatistics}. */
    SIMULATED,
    /** {@link CalendarTimePortfolio}. */
    CALENDAR,
    /** {@link GrankState}, in a second pass over the events. */
    SECOND_PASS,
    /** Computed in the forms of named peers alone. */
    PEER,
    /** A statistic of one event: no group is needed. */
    EVENT
  }

  private final String code;
  private final Family family;
  private final Set<Assumption> assumptions;

  Statistic(String code, Family family, Assumption... assumptions) {
    this.code = code;
    this.family = family;
    this.assumptions = EnumSet.noneOf(Assumption.class);
    this.assumptions.addAll(Set.of(assumptions));
  }

  /** The value of the column {@code test}, in lower-kebab-case. */
  public String code() {
    return code;
  }

  /** What computes it. */
  public Family family() {
    return family;
  }

  /**
   * The statistic of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Statistic of(String code) {
    for (Statistic statistic : values()) {
      if (statistic.code.equals(code)) {
        return statistic;
      }
    }
    throw new IllegalArgumentException("no statistic is called " + code);
  }

  /** The page that documents it, below {@code jobs/docs}. */
  public String page() {
    return "tests/" + code + ".md";
  }

  /** Whether the textbook's form is computed over groups, so that the calibration measures it. */
  public boolean isCalibrated() {
    return switch (family) {
      case MEAN, RANK, VALUE, SIMULATED, CALENDAR, SECOND_PASS -> true;
      case PEER, EVENT -> false;
    };
  }

  /** What the textbook's form needs for one day. */
  public Set<Assumption> assumptions() {
    return Set.copyOf(assumptions);
  }

  /** What it needs besides for a window: GRANK ranks a sum of days among days. */
  public Set<Assumption> assumptionsOfWindows() {
    return family == Family.SECOND_PASS ? EnumSet.of(NORMAL) : EnumSet.noneOf(Assumption.class);
  }

  /**
   * Whether its assumptions hold where some do not.
   *
   * @param window tested
   * @param broken what does not hold
   */
  public boolean holds(EventWindow window, Set<Assumption> broken) {
    boolean ofWindow =
        window.length() > 1 && assumptionsOfWindows().stream().anyMatch(broken::contains);
    return !ofWindow && assumptions.stream().noneMatch(broken::contains);
  }

  /**
   * How often it rejects at a level if all it assumes holds: the level; for the two that count
   * signs, what their steps allow with n events (binomial(n, ½)).
   */
  public double size(int n, double level) {
    if (this != SIGN && this != BINOMIAL_SIGN) {
      return level;
    }
    BinomialDistribution positive = new BinomialDistribution(n, 0.5);
    double rejected = 0;
    for (int w = 0; w <= n; w++) {
      double p =
          this == SIGN
              ? PValues.normal((w - n / 2.0) / Math.sqrt(n / 4.0))
              : Math.min(1, 2 * positive.cumulativeProbability(Math.min(w, n - w)));
      rejected += p <= level ? positive.probability(w) : 0;
    }
    return rejected;
  }

  /**
   * The events that the textbook's form needs, by the calibration: from here on it rejects at most
   * 6.8 % of groups without an effect where its assumptions hold, in the default windows. Below it
   * its status is {@code TOO_FEW_EVENTS}. {@code SmallGroupsTest} holds it against the kept counts.
   */
  public int leastEvents() {
    return switch (this) {
      case BOOTSTRAP -> 3;
      case CORRADO_ZIVNEY_SIGN, GENERALIZED_SIGN -> 10;
      case GRANK_T -> 20;
      case GRANK_Z -> 50;
      case SKEWNESS_T, JOHNSON_T -> 100;
      default -> 2;
    };
  }

  /** Which of the group's r̄ its rows show. */
  public boolean isAdjustedByCorrelation() {
    return this == ADJUSTED_PATELL || this == ADJUSTED_BMP;
  }

  /** The interval of the CAAR that stands beside the textbook's form; empty where none does. */
  public Optional<MeanInterval.Method> interval() {
    return switch (this) {
      case CROSS_SECTIONAL_T -> Optional.of(MeanInterval.Method.STUDENT);
      case BOOTSTRAP -> Optional.of(MeanInterval.Method.PERCENTILE_T);
      default -> Optional.empty();
    };
  }
}
