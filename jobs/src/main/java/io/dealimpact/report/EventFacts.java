package io.dealimpact.report;

import java.util.List;
import java.util.Locale;

/**
 * What a page on an event says besides the calculation.
 *
 * @param deal title, status, low and high value in USD, what kind of value it is, title and address
 *     of the source, other news as the deal's record states it; empty where not given
 * @param organisation the party that the instrument stands for; empty if not given
 * @param valueSource what the market value before day 0 is made of; empty if there is none
 * @param verdict what gold.events_flat says of the company-day, in words; empty if nothing
 */
public record EventFacts(
    List<String> deal, String organisation, String valueSource, String verdict) {
  public EventFacts {
    deal = List.copyOf(deal);
  }

  /**
   * A count of shares in words.
   *
   * @param count effective date, known date, shares as reported, split factor, source
   */
  public static String shareCount(String[] count) {
    double factor = Double.parseDouble(count[3]);
    return String.format(
        Locale.ROOT,
        "%,.0f shares%s as of %s, known on %s%s",
        Double.parseDouble(count[2]),
        factor == 1 ? "" : String.format(Locale.ROOT, " × %s for later splits", count[3]),
        count[0],
        count[1],
        count[4].isEmpty() ? "" : "; " + count[4]);
  }

  String title() {
    return deal.get(0);
  }

  String otherNews() {
    return deal.get(7);
  }

  /** Status and value of the deal, for instance {@code signed, 38.0 billion USD (lease_value)}. */
  String terms() {
    double low = number(deal.get(2));
    double high = number(deal.get(3));
    String value =
        Double.isNaN(low) && Double.isNaN(high)
            ? "value not disclosed"
            : low == high || Double.isNaN(high) || Double.isNaN(low)
                ? billions(Double.isNaN(low) ? high : low) + " billion USD"
                : billions(low) + " to " + billions(high) + " billion USD";
    return deal.get(1) + ", " + value + (deal.get(4).isEmpty() ? "" : " (" + deal.get(4) + ")");
  }

  String source() {
    return (deal.get(5) + " " + deal.get(6)).strip();
  }

  private static double number(String text) {
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }

  private static String billions(double usd) {
    return String.format(Locale.ROOT, "%,.1f", usd / 1e9);
  }
}
