package io.dealimpact.study.market;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An exchange by its market identifier code (ISO 10383), with its usual names and the suffixes that
 * vendors give to its tickers. Closing times are those of continuous trading in 2026, without a
 * closing auction.
 *
 * @param mic market identifier code
 * @param currency of most of its prices
 * @param hours regular session
 * @param names other names, in upper case
 * @param suffixes of tickers, in upper case: {@code L} of Yahoo's {@code BP.L}, {@code UK} of
 *     Stooq's {@code BP.UK}
 */
public record Exchange(
    String mic, String currency, TradingHours hours, List<String> names, List<String> suffixes) {
  /** The days off of most exchanges. */
  public static final Set<DayOfWeek> WEEK_END = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

  /** Riyadh trades on Sundays; so did Tel Aviv until 2025, and on Fridays since. */
  private static final Map<String, Set<DayOfWeek>> OTHER_DAYS_OFF =
      Map.of(
          "XSAU", Set.of(DayOfWeek.FRIDAY, DayOfWeek.SATURDAY), "XTAE", Set.of(DayOfWeek.SATURDAY));

  private static final Map<String, Exchange> BY_NAME = new HashMap<>();
  private static final Map<String, Exchange> BY_MIC = new TreeMap<>();

  static {
    String newYork = "America/New_York 09:30 16:00";
    add("XNYS USD", newYork, "NYSE|NYQ|NEW YORK STOCK EXCHANGE|NEW YORK|NYS", "US N");
    add(
        "XNAS USD",
        newYork,
        "NASDAQ|NMS|NGM|NCM|NGS|NASDAQGS|NASDAQGM|NASDAQCM|NASDAQ GLOBAL SELECT|NAS",
        "US O OQ");
    add("ARCX USD", newYork, "NYSEARCA|NYSE ARCA|ARCA|PCX|PSE", "US");
    add("XASE USD", newYork, "AMEX|ASE|NYSE AMERICAN|NYSE MKT|NYSEAMERICAN", "US");
    add("BATS USD", newYork, "BTS|BZX|CBOE BZX|BATS GLOBAL MARKETS", "US");
    add("OTCM USD", newYork, "OTC|PNK|OTC MARKETS|OTCQX|OTCQB|PINK", "US");
    String london = "Europe/London 08:00 16:30";
    add("XLON GBP", london, "LSE|LONDON|LONDON STOCK EXCHANGE|LON|IOB", "L UK IL LSE");
    String berlin = "Europe/Berlin 09:00 17:30";
    add("XETR EUR", berlin, "XETRA|GER|DEUTSCHE BOERSE XETRA|DEUTSCHE BÖRSE", "DE XETRA");
    add("XFRA EUR", berlin, "FRANKFURT|FWB|FRA|BOERSE FRANKFURT", "F DE");
    add("XPAR EUR", "Europe/Paris 09:00 17:30", "EURONEXT|EURONEXT PARIS|PARIS|PAR", "PA FR");
    add("XAMS EUR", "Europe/Amsterdam 09:00 17:30", "EURONEXT AMSTERDAM|AMSTERDAM|AMS", "AS NL");
    add("XBRU EUR", "Europe/Brussels 09:00 17:30", "EURONEXT BRUSSELS|BRUSSELS|BRU", "BR");
    add("XLIS EUR", "Europe/Lisbon 08:00 16:30", "EURONEXT LISBON|LISBON|LIS", "LS");
    add("XDUB EUR", "Europe/Dublin 08:00 16:28", "EURONEXT DUBLIN|DUBLIN|ISE", "IR");
    add("XSWX CHF", "Europe/Zurich 09:00 17:30", "SIX|SWX|ZURICH|EBS|SIX SWISS EXCHANGE", "SW");
    add("XMIL EUR", "Europe/Rome 09:00 17:30", "BORSA ITALIANA|MILAN|MIL|MTA|XMTA", "MI");
    add("XMAD EUR", "Europe/Madrid 09:00 17:30", "BME|MADRID|MCE|BOLSA DE MADRID", "MC");
    add("XWBO EUR", "Europe/Vienna 09:00 17:30", "VIENNA|WIENER BOERSE|VIE", "VI");
    add("XSTO SEK", "Europe/Stockholm 09:00 17:30", "NASDAQ STOCKHOLM|STOCKHOLM|STO", "ST");
    add("XCSE DKK", "Europe/Copenhagen 09:00 17:00", "NASDAQ COPENHAGEN|COPENHAGEN|CPH", "CO");
    add("XHEL EUR", "Europe/Helsinki 10:00 18:30", "NASDAQ HELSINKI|HELSINKI|HEL", "HE");
    add("XOSL NOK", "Europe/Oslo 09:00 16:20", "OSLO|OSLO BORS|OSL", "OL");
    add("XWAR PLN", "Europe/Warsaw 09:00 17:00", "GPW|WSE|WARSAW", "WA PL");
    add("XBUD HUF", "Europe/Budapest 09:00 17:00", "BUDAPEST|BUX", "BD HU");
    add("XJSE ZAR", "Africa/Johannesburg 09:00 17:00", "JSE|JOHANNESBURG|JNB", "JO");
    String tokyo = "Asia/Tokyo 09:00 15:30";
    add("XTKS JPY", tokyo, "TSE|TYO|JPX|TOKYO|TOKYO STOCK EXCHANGE|XJPX", "T JP");
    add("XHKG HKD", "Asia/Hong_Kong 09:30 16:00", "HKEX|HKG|HONG KONG|SEHK", "HK");
    String seoul = "Asia/Seoul 09:00 15:30";
    add("XKRX KRW", seoul, "KRX|KOSPI|KSC|KOREA|KOREA EXCHANGE", "KS");
    add("XKOS KRW", seoul, "KOSDAQ|KOE", "KQ");
    String taipei = "Asia/Taipei 09:00 13:30";
    add("XTAI TWD", taipei, "TWSE|TAI|TAIPEI|TAIWAN STOCK EXCHANGE", "TW");
    add("ROCO TWD", taipei, "TPEX|TWO", "TWO");
    String shanghai = "Asia/Shanghai 09:30 15:00";
    add("XSHG CNY", shanghai, "SSE|SHH|SHANGHAI", "SS SH");
    add("XSHE CNY", shanghai, "SZSE|SHZ|SHENZHEN", "SZ");
    String kolkata = "Asia/Kolkata 09:15 15:30";
    add("XNSE INR", kolkata, "NSE|NSI|NATIONAL STOCK EXCHANGE OF INDIA", "NS");
    add("XBOM INR", kolkata, "BSE|BOMBAY|BOMBAY STOCK EXCHANGE", "BO");
    add("XSES SGD", "Asia/Singapore 09:00 17:00", "SGX|SES|SINGAPORE", "SI");
    add("XASX AUD", "Australia/Sydney 10:00 16:00", "ASX|SYDNEY", "AX");
    add("XNZE NZD", "Pacific/Auckland 10:00 16:45", "NZX|NZE", "NZ");
    String toronto = "America/Toronto 09:30 16:00";
    add("XTSE CAD", toronto, "TSX|TOR|TORONTO|TORONTO STOCK EXCHANGE", "TO");
    add("XTSX CAD", toronto, "TSXV|VAN|TSX VENTURE", "V");
    add("BVMF BRL", "America/Sao_Paulo 10:00 17:00", "B3|BOVESPA|SAO", "SA");
    add("XMEX MXN", "America/Mexico_City 08:30 15:00", "BMV|MEX|MEXICO", "MX");
    add("XSAU SAR", "Asia/Riyadh 10:00 15:00", "TADAWUL|SAU", "SR");
    add("XTAE ILS", "Asia/Jerusalem 09:59 17:15", "TASE|TLV|TEL AVIV", "TA");
  }

  public Exchange {
    names = List.copyOf(names);
    suffixes = List.copyOf(suffixes);
  }

  private static void add(String micAndCurrency, String hours, String names, String suffixes) {
    String[] head = micAndCurrency.split(" ", -1);
    String[] times = hours.split(" ", -1);
    Exchange exchange =
        new Exchange(
            head[0],
            head[1],
            new TradingHours(
                ZoneId.of(times[0]), LocalTime.parse(times[1]), LocalTime.parse(times[2])),
            List.of(names.split("\\|", -1)),
            List.of(suffixes.split(" ", -1)));
    BY_MIC.put(exchange.mic(), exchange);
    BY_NAME.put(exchange.mic(), exchange);
    exchange.names().forEach(name -> BY_NAME.put(name, exchange));
  }

  /** The exchange of a name or market identifier code, in any case; empty if it is not known. */
  public static Optional<Exchange> of(String name) {
    return name == null
        ? Optional.empty()
        : Optional.ofNullable(BY_NAME.get(name.strip().toUpperCase(Locale.ROOT)));
  }

  /** The code of an exchange that is known by the name; else the name itself, in upper case. */
  public static String codeOf(String name) {
    return of(name).map(Exchange::mic).orElseGet(() -> name.strip().toUpperCase(Locale.ROOT));
  }

  /**
   * What exchanges have in common that trade on the same days at the same hours: the first code of
   * them; the name itself, in upper case, where it is not known.
   */
  public static String sessionsOf(String name) {
    return of(name)
        .map(
            exchange ->
                BY_MIC.values().stream()
                    .filter(other -> other.hours().equals(exchange.hours()))
                    .filter(other -> other.currency().equals(exchange.currency()))
                    .findFirst()
                    .orElse(exchange)
                    .mic())
        .orElseGet(() -> codeOf(name));
  }

  /** The codes by every name that is known, the codes themselves among them. */
  public static Map<String, String> codes() {
    Map<String, String> codes = new TreeMap<>();
    BY_NAME.forEach((name, exchange) -> codes.put(name, exchange.mic()));
    return codes;
  }

  /** The weekdays on which it never trades. */
  public Set<DayOfWeek> daysOff() {
    return OTHER_DAYS_OFF.getOrDefault(mic, WEEK_END);
  }

  /** All exchanges, by code. */
  public static List<Exchange> all() {
    return List.copyOf(BY_MIC.values());
  }
}
