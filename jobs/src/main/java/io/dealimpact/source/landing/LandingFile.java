package io.dealimpact.source.landing;

import static java.util.Objects.requireNonNull;

import io.dealimpact.source.Feed;
import io.dealimpact.source.vendor.VendorFormat;
import io.dealimpact.source.vendor.VendorFormats;

/**
 * One version of one file of the landing zone.
 *
 * @param feed what it brings
 * @param relativePath path under the landing folder, with {@code /}
 * @param absolutePath a Hadoop path
 * @param bytes length as it lies there, compressed or not
 * @param sha256 of those bytes, 64 hexadecimal digits: the file's version
 */
public record LandingFile(
    Feed feed, String relativePath, String absolutePath, long bytes, String sha256) {

  public LandingFile {
    requireNonNull(feed);
    requireNonNull(relativePath);
    requireNonNull(absolutePath);
    requireNonNull(sha256);
  }

  /** How its content is laid out, which its path says. */
  VendorFormat format() {
    if (VendorFormats.of(relativePath) instanceof VendorFormats.Found.Known known) {
      return known.format();
    }
    throw new IllegalStateException("no reader takes " + relativePath);
  }

  /** Travels to executors as strings: Kryo, if the operator chose it, cannot build records. */
  String[] toStrings() {
    return new String[] {feed.name(), relativePath, absolutePath, Long.toString(bytes), sha256};
  }

  static LandingFile ofStrings(String[] strings) {
    return new LandingFile(
        Feed.valueOf(strings[0]), strings[1], strings[2], Long.parseLong(strings[3]), strings[4]);
  }
}
