package io.dealimpact.source.vendor;

import io.dealimpact.source.Header;
import io.dealimpact.source.Text;
import io.dealimpact.source.text.FileNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of a table as it was delivered.
 *
 * @param path of its file, under the landing folder
 * @param header of the table
 * @param cells at least as many as the header has
 */
record TableRow(String path, Header header, List<String> cells) {
  /** Columns that name the instrument of a row, or its company. */
  private static final List<String> NAMING =
      List.of("ticker", "instrument_id", "cik", "entity_name");

  /** The cell that holds one of our columns; null when it is blank or there is none. */
  String text(String column) {
    int cell = header.cellOf(column);
    return cell < 0 ? null : Text.orNull(cells.get(cell));
  }

  /** Whether one of our columns is called so in the file. */
  boolean isNamed(String column, String name) {
    return header.isNamed(column, name);
  }

  /** The cell of a column that is not ours, by its normalised name; null when there is none. */
  String extra(String name) {
    int cell = header.extraCell(name);
    return cell < 0 ? null : Text.orNull(cells.get(cell));
  }

  /**
   * The ticker that the file is named for; null in a table that has a column for it: the row just
   * has no value there.
   */
  String tickerOfFile() {
    boolean hasColumn = NAMING.stream().anyMatch(column -> header.cellOf(column) >= 0);
    return hasColumn || path.isEmpty() ? null : FileNames.ticker(path);
  }

  /** Cells of columns that are not ours, by the name in the header; blank ones are left out. */
  Map<String, String> extras() {
    Map<String, String> extras = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String value = header.isExtra(i) ? Text.orNull(cells.get(i)) : null;
      if (value != null) {
        extras.put(header.name(i), value);
      }
    }
    return extras;
  }
}
