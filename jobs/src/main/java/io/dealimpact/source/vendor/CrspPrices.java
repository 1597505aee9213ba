package io.dealimpact.source.vendor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Pattern;

/**
 * CRSP's prices as the program wants them. CRSP writes the mean of bid and ask as a negative price,
 * and prices as they were paid beside the factors that bring them to one level: a price is divided
 * by {@code CFACPR} ({@code DlyCumFacPr}), a volume is multiplied by {@code CFACSHR} ({@code
 * DlyCumFacShr}).
 */
final class CrspPrices {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,15})?");

  private CrspPrices() {}

  /** Whether a row has a price of CRSP. */
  static boolean isOf(TableRow row) {
    return row.isNamed("close", "prc") || row.isNamed("close", "dlyprc");
  }

  /** A price or a volume on the level of the file's last day; as it is without a factor. */
  static String adjusted(String column, String text, TableRow row) {
    if (text == null) {
      return null;
    }
    if (column.equals("volume")) {
      return volume(text, factor(row, "cfacshr", "dlycumfacshr"));
    }
    String price = text.startsWith("-") ? text.substring(1) : text;
    return price(price, factor(row, "cfacpr", "dlycumfacpr"));
  }

  /** The factor of a row; 1 where it has none, or one that is no number above 0. */
  private static BigDecimal factor(TableRow row, String old, String present) {
    String text = row.extra(old) == null ? row.extra(present) : row.extra(old);
    BigDecimal factor = text == null ? BigDecimal.ONE : number(text, BigDecimal.ONE);
    return factor.signum() > 0 ? factor : BigDecimal.ONE;
  }

  private static String price(String text, BigDecimal factor) {
    BigDecimal price = number(text, null);
    return price == null || factor.compareTo(BigDecimal.ONE) == 0
        ? text
        : price.divide(factor, MathContext.DECIMAL64).toString();
  }

  private static String volume(String text, BigDecimal factor) {
    BigDecimal volume = number(text, null);
    return volume == null || factor.compareTo(BigDecimal.ONE) == 0
        ? text
        : volume.multiply(factor, MathContext.DECIMAL64).toString();
  }

  /** A number that could be a price; otherwise what stands in for it. */
  private static BigDecimal number(String text, BigDecimal otherwise) {
    return NUMBER.matcher(text).matches() ? new BigDecimal(text) : otherwise;
  }
}
