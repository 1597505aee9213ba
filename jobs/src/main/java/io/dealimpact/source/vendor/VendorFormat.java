package io.dealimpact.source.vendor;

import io.dealimpact.source.Feed;
import io.dealimpact.source.Header;
import io.dealimpact.source.RecordReader;
import io.dealimpact.source.text.CharInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * How a vendor lays out its files. One class holds all that is known of one layout: which files
 * have it, which of our columns its header names, and what a cell says. {@link VendorFormats} lists
 * the classes.
 */
public interface VendorFormat {

  /** Whether a file has this layout, by the folder it lies in and its name. */
  boolean recognises(FilePlace place);

  /** What the files are, with their extensions, for messages: {@code CSV (.csv, .txt, .tsv)}. */
  String files();

  /** Where a file of this layout belongs, if it lies in the wrong folder. */
  default Optional<String> belongs(FilePlace place) {
    return Optional.empty();
  }

  /** Which of our columns the columns of a file are. */
  default Header header(Feed feed, List<String> names) {
    return Header.of(feed, feed.requiredColumns(), names);
  }

  /** The value that a row gives for one of our columns; null when it has none. */
  default String cell(String column, TableRow row) {
    return row.text(column);
  }

  /** Why a row that was read is not one of the feed, ready for a message. */
  default Optional<String> refusal(TableRow row) {
    return Optional.empty();
  }

  /**
   * Reads a file of text.
   *
   * @param path under the landing folder, with {@code /}
   */
  default RecordReader open(Feed feed, String path, CharInput input) throws IOException {
    return new CsvReader(feed, this, path, input);
  }
}
