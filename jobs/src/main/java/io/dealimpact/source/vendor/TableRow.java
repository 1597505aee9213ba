package io.dealimpact.source.vendor;

import io.dealimpact.source.Header;
import io.dealimpact.source.Text;
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

  /** The cell that holds one of our columns; null when it is blank or there is none. */
  String text(String column) {
    int cell = header.cellOf(column);
    return cell < 0 ? null : Text.orNull(cells.get(cell));
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
