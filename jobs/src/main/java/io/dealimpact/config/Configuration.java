package io.dealimpact.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.dealimpact.run.Failures;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that can be configured, with its defaults in {@code defaults.yaml}; {@link
 * ConfigurationReader} makes it.
 *
 * @param landing landing zone: a local path or a URI that Hadoop knows
 * @param lake folder of the Delta tables
 */
public record Configuration(
    String landing,
    String lake,
    StudySettings study,
    CapacitySettings capacity,
    QualitySettings quality,
    PublishSettings publish,
    MaintainSettings maintain) {

  /** Checks what has no section of its own. */
  public Configuration {
    require(!landing.isBlank(), "landing", landing, "a path, or a URI that Hadoop knows");
    require(!lake.isBlank(), "lake", lake, "a path, or a URI that Hadoop knows");
  }

  private static final List<String> GROUPS = List.of("all", "unconfounded", "role", "deal_type");

  /**
   * The event study.
   *
   * @param name of the study, in gold.study_paths and study_tests
   * @param benchmark instrument_id of the market
   * @param benchmarks instrument_ids of other markets, by market identifier code or currency
   * @param eventDate kinds of a deal's dates of which the earliest is when it became known
   * @param returns simple or log
   * @param price adjusted_close or close
   * @param eventWindow first and last relative day whose abnormal returns are written
   * @param windows windows of cumulative abnormal returns, each first and last relative day
   * @param models expected-return models by name
   * @param headlineModel the model that stands for an event where it is fitted; else market-model
   * @param sectors what stands for a sector, by its name: an instrument_id, or {@code peers}
   * @param factorSet factor set of multi-factor models
   * @param excess whether multi-factor models explain returns less the riskless one
   * @param peers instrument_ids of the peer portfolio and the synthetic control
   * @param otherEvents keep or leave_out: days of an instrument's other events in its estimation
   * @param placebo before: the days that an event is ranked among
   * @param groups what events are grouped by: all, unconfounded, role, deal_type, attributes.NAME
   * @param covariates attributes of the events that their CARs are regressed on
   * @param variants forms of the tests computed beside the textbook's
   * @param tests codes of the tests over groups that are computed; {@code all}
   * @param measures what is measured beside returns: volume, volatility
   * @param keepEvents events of a group up to which tests that need them one by one are computed
   * @param robustness the choices whose effect gold.robustness shows
   * @param confidence of intervals, a fraction
   */
  public record StudySettings(
      String name,
      String benchmark,
      Map<String, String> benchmarks,
      List<String> eventDate,
      String returns,
      String price,
      List<Integer> eventWindow,
      EstimationSettings estimation,
      List<List<Integer>> windows,
      List<String> models,
      String headlineModel,
      Map<String, String> sectors,
      String factorSet,
      boolean excess,
      List<String> peers,
      String otherEvents,
      String placebo,
      List<String> groups,
      List<String> covariates,
      List<String> variants,
      List<String> tests,
      List<String> measures,
      BootstrapSettings bootstrap,
      int keepEvents,
      RobustnessSettings robustness,
      double confidence) {

    /** Kinds of a deal's dates. */
    public static final List<String> EVENT_DATES =
        List.of("report", "partial-report", "announcement", "filing", "confirmation");

    /** Stands for every test. */
    public static final String ALL_TESTS = "all";

    private static final List<String> MEASURES = List.of("returns", "volume", "volatility");

    public StudySettings {
      require(!benchmark.isBlank(), "study.benchmark", benchmark, "an instrument_id");
      eventDate = List.copyOf(eventDate);
      require(
          !eventDate.isEmpty() && EVENT_DATES.containsAll(eventDate),
          "study.event_date",
          eventDate,
          "some of " + String.join(", ", EVENT_DATES));
      require(
          List.of("simple", "log").contains(returns), "study.returns", returns, "simple or log");
      require(
          List.of("adjusted_close", "close").contains(price),
          "study.price",
          price,
          "adjusted_close or close");
      requireWindow("study.event_window", eventWindow);
      windows.forEach(w -> requireWindow("study.windows", w));
      require(!windows.isEmpty(), "study.windows", windows, "at least one window");
      require(
          windows.stream().distinct().count() == windows.size(),
          "study.windows",
          windows,
          "each window once");
      require(!models.isEmpty(), "study.models", models, "at least one model");
      require(
          keepEvents >= 10_000 && keepEvents <= 5_000_000,
          "study.keep_events",
          keepEvents,
          "a number from 10000 to 5000000");
      require(
          confidence > 0 && confidence < 1,
          "study.confidence",
          confidence,
          "a fraction between 0 and 1, for instance 0.95");
      for (List<Integer> window : windows) {
        require(
            window.get(0) >= eventWindow.get(0) && window.get(1) <= eventWindow.get(1),
            "study.windows",
            window,
            "inside study.event_window " + eventWindow);
      }
      require(
          estimation.end() < eventWindow.get(0),
          "study.estimation.end",
          estimation.end(),
          "before the first day of study.event_window " + eventWindow);
      windows = List.copyOf(windows);
      models = List.copyOf(models);
      peers = List.copyOf(peers);
      require(
          List.of("keep", "leave_out").contains(otherEvents),
          "study.other_events",
          otherEvents,
          "keep or leave_out");
      require(
          List.of("before", "none").contains(placebo), "study.placebo", placebo, "before or none");
      require(!tests.isEmpty(), "study.tests", tests, "all, or the names of tests");
      require(
          measures.contains("returns") && MEASURES.containsAll(measures),
          "study.measures",
          measures,
          "returns, and any of volume, volatility");
      sectors = new TreeMap<>(sectors);
      benchmarks = new TreeMap<>(benchmarks);
      for (String key : benchmarks.keySet()) {
        require(
            key.matches("[A-Z0-9]{3,4}"),
            "study.benchmarks",
            key,
            "a currency as EUR, or a market identifier code as XETR");
      }
      covariates = List.copyOf(covariates);
      groups = List.copyOf(groups);
      variants = List.copyOf(variants);
      tests = List.copyOf(tests);
      measures = List.copyOf(measures);
      for (String group : groups) {
        require(
            GROUPS.contains(group) || group.matches("attributes\\..+"),
            "study.groups",
            group,
            "any of " + GROUPS + ", or attributes.NAME");
      }
      eventWindow = List.copyOf(eventWindow);
    }
  }

  /**
   * The estimation window.
   *
   * @param end its last day, relative to day 0
   * @param length trading days
   * @param minimum returns it must hold
   */
  public record EstimationSettings(int end, int length, int minimum) {
    public EstimationSettings {
      require(length > 0, "study.estimation.length", length, "a number of trading days above 0");
      require(
          minimum > 2 && minimum <= length,
          "study.estimation.minimum",
          minimum,
          "from 3 to study.estimation.length (" + length + ")");
    }
  }

  /**
   * Simulated null distributions.
   *
   * @param replicates draws of each bootstrap; 0 for none
   * @param seed of the draws
   */
  public record BootstrapSettings(int replicates, long seed) {
    public BootstrapSettings {
      require(
          replicates >= 0 && replicates <= 100_000,
          "study.bootstrap.replicates",
          replicates,
          "from 0 to 100000");
    }
  }

  /**
   * The compute that was promised.
   *
   * @param asOf days at whose end commitments count as they were known, yyyy-MM-dd, side by side;
   *     none: all that is known
   * @param firstQuarter first quarter of gold.capacity_by_quarter, 2025Q1; empty: that in which the
   *     first commitment became known
   * @param quarters number of quarters
   * @param replicates Monte Carlo draws of each commitment; 0 for none
   * @param seed of the draws
   * @param assumedRampDays days from first to full power where only first power is known
   * @param forecast what is taken to become of promises
   * @param capexUsdPerGw assumed cost to build one GW, USD, low and high
   * @param gpuShareOfCapex assumed share of it that buys GPUs, a fraction, low and high
   * @param assumptionsSource where the two are from
   */
  public record CapacitySettings(
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> asOf,
      String firstQuarter,
      int quarters,
      int replicates,
      long seed,
      int assumedRampDays,
      ForecastSettings forecast,
      List<Double> capexUsdPerGw,
      List<Double> gpuShareOfCapex,
      String assumptionsSource) {

    public CapacitySettings {
      asOf = asOf.stream().filter(day -> !day.isBlank()).sorted().distinct().toList();
      require(
          asOf.stream().allMatch(CapacitySettings::isDay),
          "capacity.as_of",
          asOf,
          "days as 2025-11-03, or nothing");
      require(
          firstQuarter.isEmpty() || firstQuarter.matches("\\d{4}Q[1-4]"),
          "capacity.first_quarter",
          firstQuarter,
          "a quarter as 2025Q1, or nothing");
      require(quarters >= 1 && quarters <= 400, "capacity.quarters", quarters, "from 1 to 400");
      require(
          replicates >= 0 && replicates <= 10_000,
          "capacity.replicates",
          replicates,
          "from 0 to 10000");
      require(
          assumedRampDays >= 0,
          "capacity.assumed_ramp_days",
          assumedRampDays,
          "a number of days, 0 or above");
      require(
          isRange(capexUsdPerGw) && capexUsdPerGw.get(0) > 0,
          "capacity.capex_usd_per_gw",
          capexUsdPerGw,
          "two amounts in USD above 0, the lower first");
      require(
          isRange(gpuShareOfCapex) && gpuShareOfCapex.get(0) >= 0 && gpuShareOfCapex.get(1) <= 1,
          "capacity.gpu_share_of_capex",
          gpuShareOfCapex,
          "two fractions from 0 to 1, the lower first");
      capexUsdPerGw = List.copyOf(capexUsdPerGw);
      gpuShareOfCapex = List.copyOf(gpuShareOfCapex);
    }

    private static boolean isRange(List<Double> range) {
      return range.size() == 2 && range.get(0) <= range.get(1);
    }

    /** The last of the days, for what is looked at once; empty: all that is known. */
    public String lastDay() {
      return asOf.isEmpty() ? "" : asOf.get(asOf.size() - 1);
    }

    private static boolean isDay(String text) {
      try {
        LocalDate.parse(text);
        return true;
      } catch (DateTimeParseException notADay) {
        return false;
      }
    }
  }

  /**
   * What is taken to become of promises, capacity.Forecast.
   *
   * @param rumoured probability that what is rumoured is built
   * @param planned the same for plans
   * @param announced the same for announcements
   * @param signed the same for contracts
   * @param meanSlipQuarters mean delay, quarters
   * @param optionExercise probability that an option is exercised
   * @param dateSpreadQuarters most by which an assumed date is moved, quarters
   */
  public record ForecastSettings(
      double rumoured,
      double planned,
      double announced,
      double signed,
      double meanSlipQuarters,
      double optionExercise,
      int dateSpreadQuarters) {

    public ForecastSettings {
      for (double probability : List.of(rumoured, planned, announced, signed, optionExercise)) {
        require(
            probability >= 0 && probability <= 1,
            "capacity.forecast",
            probability,
            "probabilities from 0 to 1");
      }
      require(
          meanSlipQuarters >= 0 && meanSlipQuarters <= 20,
          "capacity.forecast.mean_slip_quarters",
          meanSlipQuarters,
          "from 0 to 20");
      require(
          dateSpreadQuarters >= 0 && dateSpreadQuarters <= 80,
          "capacity.forecast.date_spread_quarters",
          dateSpreadQuarters,
          "from 0 to 80");
    }
  }

  /**
   * What gold.robustness varies.
   *
   * @param benchmarks instrument_ids of markets, besides the study's own
   * @param models by name; none for the study's
   * @param sectors what stands for a sector: fund, peers
   * @param estimationLengths lengths of the estimation window, trading days
   */
  public record RobustnessSettings(
      List<String> benchmarks,
      List<String> models,
      List<String> sectors,
      List<Integer> estimationLengths) {
    public RobustnessSettings {
      benchmarks = List.copyOf(benchmarks);
      models = List.copyOf(models);
      for (String sector : sectors) {
        require(
            List.of("fund", "peers").contains(sector),
            "study.robustness.sectors",
            sector,
            "fund or peers");
      }
      sectors = List.copyOf(sectors);
      for (int length : estimationLengths) {
        require(
            length >= 10,
            "study.robustness.estimation_lengths",
            length,
            "a number of trading days from 10");
      }
      estimationLengths = estimationLengths.stream().distinct().toList();
    }
  }

  /**
   * The gates.
   *
   * @param maxQuarantinedShare largest share of a feed's rows that may be in quarantine, a fraction
   * @param deliveryLoss largest share of its rows that a new version of a file may drop, a fraction
   * @param heldBack warn or fail: what a version that is held back does to the run
   * @param supersedes paths under the landing folder that win over all others of their feed
   * @param freshness how old feeds may be, by the feed's name
   */
  public record QualitySettings(
      double maxQuarantinedShare,
      double deliveryLoss,
      String heldBack,
      List<String> supersedes,
      Map<String, Freshness> freshness) {

    /** The feeds whose rows come day after day. */
    public static final List<String> DAILY = List.of("bars", "fx", "factors");

    public QualitySettings {
      freshness = new TreeMap<>(freshness);
      for (String feed : freshness.keySet()) {
        require(
            DAILY.contains(feed),
            "quality.freshness",
            feed,
            "a feed with a row for each day: " + String.join(", ", DAILY));
      }
      require(
          maxQuarantinedShare >= 0 && maxQuarantinedShare <= 1,
          "quality.max_quarantined_share",
          maxQuarantinedShare,
          "a fraction from 0 to 1");
      require(
          deliveryLoss >= 0 && deliveryLoss <= 1,
          "quality.delivery_loss",
          deliveryLoss,
          "a fraction from 0 to 1");
      require(
          List.of("warn", "fail").contains(heldBack),
          "quality.held_back",
          heldBack,
          "warn or fail");
      supersedes = List.copyOf(supersedes);
    }
  }

  /**
   * When a night is published.
   *
   * @param audits of gold before that
   */
  public record PublishSettings(AuditSettings audits) {}

  /**
   * The audits of gold before a night is published.
   *
   * @param rowsLost largest share of a gold table's rows that a night may lose, a fraction
   * @param moved alarm or allow: what a finished event's figures do that changed though none of its
   *     inputs did
   */
  public record AuditSettings(double rowsLost, String moved) {
    public AuditSettings {
      require(
          rowsLost >= 0 && rowsLost <= 1,
          "publish.audits.rows_lost",
          rowsLost,
          "a fraction from 0 to 1");
      require(
          List.of("alarm", "allow").contains(moved),
          "publish.audits.moved",
          moved,
          "alarm or allow");
    }
  }

  /**
   * What the command maintain keeps: the nights that one of the two numbers keeps.
   *
   * @param keepNights the last published nights, at least 2
   * @param keepDays nights published in so many days
   * @param readersHours time that a reader may go on with a night that is no longer kept
   */
  public record MaintainSettings(int keepNights, int keepDays, int readersHours) {
    public MaintainSettings {
      require(
          keepNights >= 2,
          "maintain.keep_nights",
          keepNights,
          "a number of published nights from 2, the last one and what it is compared with");
      require(keepDays >= 0, "maintain.keep_days", keepDays, "a number of days from 0");
      require(
          readersHours >= 0, "maintain.readers_hours", readersHours, "a number of hours from 0");
    }
  }

  /**
   * How old a feed may be, trading days of the benchmark.
   *
   * @param warn above it the run says so
   * @param error above it the night is not published
   */
  public record Freshness(int warn, int error) {
    public Freshness {
      require(
          warn >= 0 && error >= warn,
          "quality.freshness",
          "warn: " + warn + ", error: " + error,
          "two numbers of trading days from 0, warn not above error");
    }
  }

  private static void requireWindow(String key, List<Integer> window) {
    require(
        window.size() == 2 && window.get(0) <= window.get(1),
        key,
        window,
        "two trading days relative to day 0, the earlier first, for instance [-1, 1]");
  }

  private static void require(boolean met, String key, Object given, String allowed) {
    if (!met) {
      throw Failures.invalidValue(key, given, allowed);
    }
  }
}
