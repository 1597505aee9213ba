package io.dealimpact.source;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of input, delivered in a folder of its own. Its columns are those of its bronze table, all
 * of them text as delivered.
 */
public enum Feed {
  /** Listed instruments and the organisations behind them. */
  INSTRUMENTS(
      "instruments",
      Need.REQUIRED,
      Shape.rows(),
      "instrument_id ticker name organisation exchange currency kind cik sector sector_benchmark"
          + " mic benchmark figi isin valid_from valid_to shares_per_unit",
      "instrument_id|ticker"),
  /** Daily prices; Yahoo and Stooq files name a ticker instead of an instrument. */
  BARS(
      "bars",
      Need.UNLESS_RETURNS,
      Shape.rows(),
      "instrument_id ticker trade_date open high low close adjusted_close volume split_ratio"
          + " dividend price_basis",
      "instrument_id|ticker trade_date close"),
  /** Daily returns, for instruments without prices; fractions. */
  RETURNS(
      "returns",
      Need.OPTIONAL,
      Shape.rows(),
      "instrument_id ticker trade_date return return_ex_dividend delisting_return market_cap"
          + " volume",
      "instrument_id|ticker trade_date return|return_ex_dividend|delisting_return"),
  /** Share counts as reported; SEC files name a CIK instead of an instrument. */
  SHARES(
      "shares",
      Need.OPTIONAL,
      Shape.rows(),
      "instrument_id cik entity_name effective_date shares known_date source ticker share_class",
      "instrument_id|ticker|cik effective_date shares"),
  /** A vendor's market capitalisations. */
  MARKET_CAPS(
      "market_caps",
      Need.OPTIONAL,
      Shape.rows(),
      "instrument_id trade_date market_cap ticker",
      "instrument_id|ticker trade_date market_cap"),
  /** US dollars for one unit of a currency. */
  FX(
      "fx",
      Need.OPTIONAL,
      Shape.rows(),
      "currency trade_date usd_per_unit",
      "currency trade_date usd_per_unit"),
  /** Splits, 10 for ten-for-one. */
  SPLITS(
      "splits",
      Need.OPTIONAL,
      Shape.rows(),
      "instrument_id effective_date ratio ticker split_from split_to",
      "instrument_id|ticker effective_date ratio|split_to"),
  /** Half days and special sessions, in exchange time. */
  CALENDAR(
      "calendar",
      Need.OPTIONAL,
      Shape.rows(),
      "exchange trade_date open_time close_time",
      "exchange trade_date open_time close_time"),
  /** Times of results, to flag confounded events. */
  EARNINGS(
      "earnings",
      Need.OPTIONAL,
      Shape.rows(),
      "instrument_id announced_at ticker",
      "instrument_id|ticker announced_at"),
  /** Factor returns; {@code unit} says whether they are a {@code fraction} or {@code percent}. */
  FACTORS(
      "factors",
      Need.OPTIONAL,
      Shape.rows(),
      "factor_set trade_date mkt_rf smb hml rmw cma umd rf unit",
      "factor_set trade_date mkt_rf|smb|hml|rmw|cma|umd|rf"),
  /** Events of a study without deals; columns that are not ours are attributes of the events. */
  EVENTS(
      "events",
      Need.OPTIONAL,
      Shape.rows(),
      "event_id instrument_id announced_at ticker benchmark estimation_start estimation_end"
          + " window_start window_end",
      "event_id instrument_id|ticker announced_at"),
  /**
   * Deal announcements; {@code parties} and {@code dates} are the JSON texts of the arrays, {@code
   * attributes} that of the object, {@code confounders} the texts of the array one after the other.
   */
  DEALS(
      "deals",
      Need.UNLESS_EVENTS,
      Shape.objects("value_usd"),
      "deal_id announced_at title deal_type status value_usd_low value_usd_high term_years"
          + " parties source_title source_url value_type confounders dates attributes benchmark"
          + " estimation_start estimation_end window_start window_end",
      "deal_id announced_at"),
  /** Promised compute; {@code milestones} is the JSON text of the array. */
  CAPACITY(
      "capacity",
      Need.OPTIONAL,
      Shape.objects("gpus", "power_gw", "value_usd"),
      "commitment_id deal_id provider customer gpu_model gpus_low gpus_high power_gw_low"
          + " power_gw_high value_usd_low value_usd_high first_power_date full_power_date status"
          + " ramp known_date source_title source_url milestones layer power region power_by",
      "commitment_id"),
  /** GPU models, their power and price. */
  GPUS(
      "gpus",
      Need.OPTIONAL,
      Shape.objects("kw_per_gpu", "price_usd"),
      "gpu_model vendor kw_per_gpu_low kw_per_gpu_high price_usd_low price_usd_high source_title"
          + " source_url h100_equivalents known_date",
      "gpu_model"),
  /** Printed figures to audit. */
  CLAIMS(
      "claims",
      Need.OPTIONAL,
      Shape.objects("claimed"),
      "claim_id deal_id subject metric claimed_low claimed_high unit as_printed source_title"
          + " source_url precision parts",
      "claim_id"),
  /** What others published about sites that are built. */
  SITES(
      "sites",
      Need.OPTIONAL,
      Shape.rows(),
      "publisher site as_of basis provider customer power_gw capex_usd compute_usd gpu_usd"
          + " source_title source_url known_date",
      "publisher site as_of power_gw");

  private enum Need {
    REQUIRED,
    UNLESS_RETURNS,
    UNLESS_EVENTS,
    OPTIONAL
  }

  /**
   * What its records are.
   *
   * @param isJson objects rather than rows of a table
   * @param ranges figures that an object gives as {@code {"low": …, "high": …}}
   */
  private record Shape(boolean isJson, List<String> ranges) {

    static Shape rows() {
      return new Shape(false, List.of());
    }

    static Shape objects(String... ranges) {
      return new Shape(true, List.of(ranges));
    }
  }

  private final String folder;
  private final Need need;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final Shape shape;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> columns;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> requiredColumns;

  Feed(String folder, Need need, Shape shape, String columns, String requiredColumns) {
    this.folder = folder;
    this.need = need;
    this.shape = shape;
    this.columns = List.of(columns.split(" ", -1));
    this.requiredColumns = List.of(requiredColumns.split(" ", -1));
  }

  /** The folder in the landing zone, also the name of the bronze table. */
  public String folder() {
    return folder;
  }

  /** Whether a run cannot go without it, unless it has its {@link #substitute}. */
  public boolean isRequired() {
    return need != Need.OPTIONAL;
  }

  /** A feed with which a run can go without this one. */
  public Optional<Feed> substitute() {
    return switch (need) {
      case UNLESS_RETURNS -> Optional.of(RETURNS);
      case UNLESS_EVENTS -> Optional.of(EVENTS);
      case REQUIRED, OPTIONAL -> Optional.empty();
    };
  }

  /** The columns of its raw rows, in order, without those that every feed has. */
  public List<String> columns() {
    return columns;
  }

  /** Columns a table must have; {@code a|b} is satisfied by either. */
  public List<String> requiredColumns() {
    return requiredColumns;
  }

  /** Whether its records are JSON objects rather than rows of a table. */
  public boolean isJson() {
    return shape.isJson();
  }

  /** Figures that its JSON gives as a range: {@code x} is {@code x_low} and {@code x_high}. */
  public List<String> ranges() {
    return shape.ranges();
  }

  public int indexOf(String column) {
    return columns.indexOf(column);
  }

  public static Optional<Feed> ofFolder(String folder) {
    return Arrays.stream(values()).filter(feed -> feed.folder.equals(folder)).findFirst();
  }

  public static Set<String> folders() {
    return Arrays.stream(values()).map(Feed::folder).collect(toUnmodifiableSet());
  }
}
