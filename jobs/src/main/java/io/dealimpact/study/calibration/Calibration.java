package io.dealimpact.study.calibration;

import io.dealimpact.study.event.EventDay;
import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.event.InstrumentStudy;
import io.dealimpact.study.event.OtherEvents;
import io.dealimpact.study.event.OwnHistory;
import io.dealimpact.study.event.StudyEvent;
import io.dealimpact.study.event.StudyPlan;
import io.dealimpact.study.group.Assumption;
import io.dealimpact.study.group.GroupSpec;
import io.dealimpact.study.group.GroupStudy;
import io.dealimpact.study.group.Statistic;
import io.dealimpact.study.group.TestResult;
import io.dealimpact.study.group.TestStatus;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.MarketData;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingCalendar;
import io.dealimpact.study.model.ReturnModel;
import io.dealimpact.study.model.StandardModel;
import io.dealimpact.study.numeric.PValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Size and power of every test over groups of events: samples of events without any effect are
 * drawn again and again, an effect is added to day 0, and the rejections at 5 % are counted. The
 * design of Brown &amp; Warner 1985: 50 events a sample, 239 estimation days ending on day −6,
 * windows [0, 0] and [−5, 5]; every test under the market model, and theirs (cda-t) under their
 * three models.
 *
 * <p>A test whose assumptions hold ({@link Statistic#holds}) rejects 5 % of samples without an
 * effect, within {@link #interval}. The same seed gives the same counts.
 */
public final class Calibration {
  /** Events of one sample. */
  public static final int EVENTS = 50;

  /** Level of a rejection, two-sided. */
  public static final double LEVEL = 0.05;

  /** Abnormal returns added to day 0, fractions. */
  public static final List<Double> EFFECTS = List.of(0.0, 0.005, 0.01, 0.02);

  /**
   * What a sample's events are measured by.
   *
   * @param plan of the study
   * @param events of one sample
   * @param dayZero its place among the days of a share
   */
  record Design(StudyPlan plan, int events, int dayZero) {
    /** Days of a share: none after the event's axis. */
    int days() {
      return dayZero + plan.axis().end() + 1;
    }
  }

  /** Where samples come from. */
  public interface Source {
    /** A sample of events without an effect. */
    List<EventSample> draw(SplittableRandom random);
  }

  /**
   * How often a test rejected.
   *
   * @param model the return model's name
   * @param effect added to day 0, a fraction
   * @param samples in which the test had a result
   * @param units independent draws that these tell as much as: the samples of a simulation; of real
   *     returns the dates there are, less where windows overlap
   * @param rejected two-sided at 5 %
   * @param rejectedAbove one-sided at 5 %, the statistic above 0
   */
  public record Rejections(
      String setting,
      String model,
      EventWindow window,
      double effect,
      Statistic test,
      int samples,
      int units,
      int rejected,
      int rejectedAbove) {
    /** The share of samples that rejected on the side above 0. */
    public double rateAbove() {
      return (double) rejectedAbove / samples;
    }

    /** The share of samples that rejected. */
    public double rate() {
      return (double) rejected / samples;
    }
  }

  private static final EventWindow DAY = new EventWindow(0, 0);
  private static final EventWindow ELEVEN = new EventWindow(-5, 5);

  private Calibration() {}

  /** The model under which every test is counted. */
  public static final ReturnModel MODEL = StandardModel.MARKET_MODEL;

  /** The models of Brown &amp; Warner 1985. */
  public static final List<ReturnModel> MODELS =
      List.of(StandardModel.MEAN_ADJUSTED, StandardModel.MARKET_ADJUSTED, MODEL);

  /** Their test, the one that is counted under all three. */
  public static final Statistic THEIR_TEST = Statistic.CDA_T;

  /** The plan that a source measures its events by. */
  public static StudyPlan plan(ReturnModel model) {
    return StudyPlan.builder()
        .price(PriceKind.CLOSE)
        .estimation(new EstimationWindow(-6, 239, 120))
        .eventWindow(ELEVEN)
        .windows(List.of(DAY, ELEVEN))
        .models(List.of(model))
        // Of real shares every day is a candidate, and none an event.
        .otherEvents(OtherEvents.KEEP)
        .build();
  }

  /**
   * Counts rejections.
   *
   * @param setting name of the source in the results
   * @param model of the source's events; under another than {@link #MODEL} only {@link #THEIR_TEST}
   *     is counted
   * @param tradingDays of the source's events, ascending
   * @param dates that its events can have; more than there are samples in a simulation
   * @param samples drawn
   */
  public static List<Rejections> run(
      String setting,
      ReturnModel model,
      Source source,
      int[] tradingDays,
      int dates,
      int samples,
      long seed) {
    Map<String, int[]> counts = new LinkedHashMap<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (int sample = 0; sample < samples; sample++) {
      List<EventSample> events = source.draw(random.split());
      for (double effect : EFFECTS) {
        GroupSpec spec =
            GroupSpec.of(ELEVEN, new EventWindow(-244, -6), List.of(DAY, ELEVEN))
                .tradingDays(tradingDays)
                .bootstrap(model.equals(MODEL) ? 199 : 0, seed + sample)
                .build();
        for (TestResult result : GroupStudy.results(spec, with(events, effect))) {
          boolean counted = model.equals(MODEL) || result.test() == THEIR_TEST;
          if (counted && result.status() == TestStatus.OK) {
            int[] count =
                counts.computeIfAbsent(
                    result.window().start() + " " + effect + " " + result.test().code(),
                    key -> new int[3]);
            count[0]++;
            count[1] += result.value().pValue() <= LEVEL ? 1 : 0;
            boolean above = result.value().statistic() > 0 && result.value().pValue() / 2 <= LEVEL;
            count[2] += above ? 1 : 0;
          }
        }
      }
    }
    List<Rejections> rejections = new ArrayList<>();
    counts.forEach(
        (key, count) -> {
          String[] parts = key.split(" ", -1);
          EventWindow window = parts[0].equals("0") ? DAY : ELEVEN;
          double unitsOfDates = dates / OwnHistory.weight(window.length());
          rejections.add(
              new Rejections(
                  setting,
                  model.code(),
                  window,
                  Double.parseDouble(parts[1]),
                  Statistic.of(parts[2]),
                  count[0],
                  (int) Math.min(count[0], unitsOfDates),
                  count[1],
                  count[2]));
        });
    return rejections;
  }

  /** Low and high end of the 99 % interval of the rate of a test that rejects this often. */
  public static double[] interval(double size, int units) {
    double half = 2.5758293035489004 * Math.sqrt(size * (1 - size) / units);
    return new double[] {size - half, size + half};
  }

  /**
   * The size that a z test at 5 % has where events are correlated and it takes them for
   * independent: 2Φ(−1.96/√(1+(N−1)r)) (Kolari &amp; Pynnönen 2010: the variance of a mean of N
   * standardised returns is (1+(N−1)r)/N).
   */
  public static double sizeIgnoringCorrelation(int n, double correlation) {
    return PValues.normal(1.959963984540054 / Math.sqrt(1 + (n - 1) * correlation));
  }

  /** Setting of {@link #randomDates}. */
  public static final String RANDOM_DATES = "real-random-dates";

  /** Setting of {@link #oneDate}. */
  public static final String ONE_DATE = "real-one-date";

  /**
   * What does not hold in a setting. Real returns are not normal and their variance comes in
   * spells; events of one date move together, and windows of several days of random dates overlap.
   *
   * @throws IllegalArgumentException if there is no such setting
   */
  public static Set<Assumption> broken(String setting, EventWindow window) {
    for (Simulated simulated : Simulated.values()) {
      if (simulated.label().equals(setting)) {
        return simulated.broken();
      }
    }
    if (!setting.equals(RANDOM_DATES) && !setting.equals(ONE_DATE)) {
      throw new IllegalArgumentException("no setting is called " + setting);
    }
    Set<Assumption> broken =
        EnumSet.of(Assumption.SAME_VARIANCE, Assumption.NORMAL, Assumption.LARGE_QUARTER);
    if (setting.equals(ONE_DATE) || window.length() > 1) {
      broken.add(Assumption.INDEPENDENT);
    }
    return broken;
  }

  /** Random dates of real instruments, all different draws. */
  public static Source randomDates(List<InstrumentStudy> studies, int[] events) {
    return random -> {
      List<EventSample> sample = new ArrayList<>();
      while (sample.size() < EVENTS) {
        int i = random.nextInt(studies.size());
        add(sample, studies.get(i), random.nextInt(events[i]), "draw-" + sample.size());
      }
      return sample;
    };
  }

  /** One random date for all events, as many instruments as there are up to {@link #EVENTS}. */
  public static Source oneDate(List<InstrumentStudy> studies, int events) {
    return random -> {
      List<EventSample> sample = new ArrayList<>();
      while (sample.size() < 5) {
        sample.clear();
        int event = random.nextInt(events);
        for (InstrumentStudy study : studies) {
          if (sample.size() < EVENTS) {
            add(sample, study, event, "draw-" + sample.size());
          }
        }
      }
      return sample;
    };
  }

  private static void add(
      List<EventSample> sample, InstrumentStudy study, int event, String eventId) {
    Optional<EventSample> drawn = study.sample(event);
    if (drawn.isPresent() && Double.isFinite(drawn.get().car(ELEVEN))) {
      sample.add(renamed(drawn.get(), eventId));
    }
  }

  private static List<EventSample> with(List<EventSample> events, double effect) {
    List<EventSample> changed = new ArrayList<>();
    for (EventSample event : events) {
      double[] abnormal = event.returns().abnormal().clone();
      abnormal[-event.returns().start()] += effect;
      changed.add(
          new EventSample(
              event.key(),
              event.estimation(),
              event.returns().withAbnormal(abnormal),
              event.market()));
    }
    return changed;
  }

  private static EventSample renamed(EventSample event, String eventId) {
    EventSample.Key drawn = event.key();
    return new EventSample(
        new EventSample.Key(eventId, drawn.instrumentId(), drawn.epochDay()),
        event.estimation(),
        event.returns(),
        event.market());
  }

  /** Simulated returns. */
  public enum Simulated {
    /** Normal residuals, every event at a date of its own. */
    INDEPENDENT("independent", 0, 1, 1, Tails.NORMAL, EnumSet.noneOf(Assumption.class)),
    /** Residuals of Student's t(5), every event at a date of its own. */
    FAT_TAILS("fat-tails", 0, 1, 1, Tails.STUDENT, EnumSet.of(Assumption.NORMAL)),
    /** All events on one date, residuals correlated 0.05. */
    SAME_DAY("same-day", 0.05, 1, 1, Tails.NORMAL, EnumSet.of(Assumption.INDEPENDENT)),
    /** The variance of day 0 is doubled, every event at a date of its own. */
    EVENT_VARIANCE("event-variance", 0, 2, 1, Tails.NORMAL, EnumSet.of(Assumption.SAME_VARIANCE)),
    /** All events on one date, correlated 0.05, the variance of day 0 doubled. */
    SAME_DAY_AND_VARIANCE(
        "same-day-and-variance",
        0.05,
        2,
        1,
        Tails.NORMAL,
        EnumSet.of(Assumption.INDEPENDENT, Assumption.SAME_VARIANCE)),
    /** Each share trades on 60 of 100 days; on others its last price stands. */
    THIN_TRADING("thin-trading", 0, 1, 0.6, Tails.NORMAL, EnumSet.of(Assumption.TRADED));

    private enum Tails {
      NORMAL,
      STUDENT
    }

    /** Day 0 of Brown &amp; Warner's design. */
    private static final int DAY_0 = 245;

    private static final int FIRST_DAY = 10_000;

    /** Trading days between events that are apart. */
    private static final int APART = 30;

    private final String label;
    private final double correlation;
    private final double eventVariance;
    private final double tradingShare;
    private final Tails tails;
    private final Set<Assumption> broken;

    Simulated(
        String label,
        double correlation,
        double eventVariance,
        double tradingShare,
        Tails tails,
        Set<Assumption> broken) {
      this.label = label;
      this.correlation = correlation;
      this.eventVariance = eventVariance;
      this.tradingShare = tradingShare;
      this.tails = tails;
      this.broken = EnumSet.copyOf(broken);
      this.broken.add(Assumption.LARGE_QUARTER);
    }

    /** What does not hold here; a quarter of 50 events is nowhere a large sample. */
    public Set<Assumption> broken() {
      return EnumSet.copyOf(broken);
    }

    /** The correlation of residuals of events on one date. */
    public double correlation() {
      return correlation;
    }

    /** Its events under a model, in Brown &amp; Warner's design. */
    public Source under(ReturnModel model) {
      return under(new Design(plan(model), EVENTS, DAY_0));
    }

    Source under(Design design) {
      return random -> draw(random, design);
    }

    /** The setting's name. */
    public String label() {
      return label;
    }

    /** The days that hold any of its events' windows, in Brown &amp; Warner's design. */
    public static int[] tradingDays() {
      return tradingDays(new Design(plan(MODEL), EVENTS, DAY_0));
    }

    static int[] tradingDays(Design design) {
      int[] days = new int[design.days() + APART * design.events()];
      Arrays.setAll(days, t -> FIRST_DAY + t);
      return days;
    }

    private List<EventSample> draw(SplittableRandom random, Design design) {
      List<EventSample> events = new ArrayList<>();
      double[] market = normal(random, design.days(), 0.01);
      double[] common = normal(random, design.days(), 1);
      for (int i = 0; i < design.events(); i++) {
        boolean apart = correlation == 0;
        double[] index = apart ? normal(random, design.days(), 0.01) : market;
        PriceHistory prices = prices(random, index, common, design.dayZero());
        int first = FIRST_DAY + (apart ? APART * i : 0);
        events.add(study(design, "share-" + i, prices, index, first).sample(0).orElseThrow());
      }
      return events;
    }

    /** One event by itself, with what its own history says of it. */
    InstrumentStudy alone(SplittableRandom random, Design design) {
      double[] index = normal(random, design.days(), 0.01);
      double[] common = normal(random, design.days(), 1);
      PriceHistory prices = prices(random, index, common, design.dayZero());
      return study(design, "share", prices, index, FIRST_DAY);
    }

    private static InstrumentStudy study(
        Design design, String share, PriceHistory prices, double[] index, int first) {
      int[] days = new int[index.length];
      Arrays.setAll(days, t -> first + t);
      EventDay day0 = new EventDay(design.dayZero(), design.dayZero() - 1, StudyStatus.OK, "");
      return new InstrumentStudy(
          share,
          new TradingCalendar(days),
          prices,
          MarketData.ofBenchmark(index),
          design.plan(),
          List.of(new StudyEvent("event of " + share, day0)));
    }

    private PriceHistory prices(
        SplittableRandom random, double[] index, double[] common, int dayZero) {
      double sigma = 0.01 + 0.02 * random.nextDouble();
      double beta = 0.5 + random.nextDouble();
      double[] closes = new double[index.length];
      double price = 100;
      for (int t = 0; t < index.length; t++) {
        double own = Math.sqrt(correlation) * common[t];
        own += Math.sqrt(1 - correlation) * residual(random);
        double scale = t == dayZero ? Math.sqrt(eventVariance) : 1;
        // A draw of a fat tail may not take the price below nothing.
        price *= Math.max(0.01, 1 + 0.0005 + beta * index[t] + sigma * scale * own);
        boolean trades = tradingShare == 1 || random.nextDouble() < tradingShare;
        closes[t] = trades || t == 0 ? price : closes[t - 1];
      }
      return PriceHistory.ofCloses(closes);
    }

    /** With variance 1. */
    private double residual(SplittableRandom random) {
      double normal = random.nextGaussian();
      return switch (tails) {
        case NORMAL -> normal;
        case STUDENT -> {
          double squares = 0;
          for (int i = 0; i < 5; i++) {
            double other = random.nextGaussian();
            squares += other * other;
          }
          yield normal / Math.sqrt(squares / 5) * Math.sqrt(3.0 / 5);
        }
      };
    }

    private static double[] normal(SplittableRandom random, int days, double sigma) {
      double[] values = new double[days];
      Arrays.setAll(values, t -> sigma * random.nextGaussian());
      return values;
    }
  }
}
