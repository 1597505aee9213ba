package io.dealimpact.lake;

/**
 * One state of one table. A version number alone does not say which table it belongs to: a table
 * that was removed and made again counts from 0 once more, under another id.
 *
 * @param tableId given by Delta when the table was made
 * @param version number of the commit
 */
public record TableVersion(String tableId, long version) {

  /** {@code id@version}: equal texts mean equal rows. */
  public String identity() {
    return tableId + "@" + version;
  }
}
