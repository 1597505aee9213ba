package io.dealimpact.source.vendor;

import io.dealimpact.source.Header;

/** What the prices of a table are adjusted for, where its columns leave no doubt. */
public final class PriceBasis {
  /** The value of {@code price_basis}: adjusted for dividends. */
  public static final String DIVIDENDS = "dividend-adjusted";

  private PriceBasis() {}

  /**
   * That of yfinance's {@code history()}, which adjusts its prices for dividends and has no column
   * of its own for that: it has {@code Dividends} and {@code Stock Splits}, and no adjusted close.
   * Null for any other table.
   */
  public static String of(Header header) {
    boolean isHistory =
        header.isNamed("dividend", "dividends")
            && header.isNamed("split_ratio", "stock_splits")
            && header.cellOf("adjusted_close") < 0
            && header.cellOf("price_basis") < 0;
    return isHistory ? DIVIDENDS : null;
  }
}
