package io.dealimpact.source.vendor;

import static java.util.stream.Collectors.joining;

import io.dealimpact.source.Feed;
import io.dealimpact.source.text.FileNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** All layouts that are read. Of those that recognise a file the first in the list reads it. */
public final class VendorFormats {
  private static final List<VendorFormat> ALL =
      List.of(
          new YahooCsv(),
          new StooqCsv(),
          new FrenchCsv(),
          new SecCompanyFacts(),
          new JsonDocuments(),
          new ParquetTable(),
          new LongCsv());

  /** One file name for each kind of file. */
  private static final List<String> KINDS = List.of("x.json", "x.csv", "x.parquet");

  private VendorFormats() {}

  /** What the path of a file says about its content. */
  public sealed interface Found {

    /** A file that a reader takes. */
    record Known(Feed feed, VendorFormat format) implements Found {}

    /**
     * A file that no reader takes.
     *
     * @param reason ready for a message
     */
    record Unknown(String reason) implements Found {}
  }

  /**
   * Finds the layout of a file.
   *
   * @param relativePath path under the landing folder, with {@code /}
   */
  public static Found of(String relativePath) {
    List<String> parts = List.of(relativePath.split("/", -1));
    if (parts.size() == 1) {
      return new Found.Unknown("it lies in no feed's folder");
    }
    Optional<Feed> feed = Feed.ofFolder(parts.get(0));
    if (feed.isEmpty()) {
      return new Found.Unknown(
          String.format(
              Locale.ROOT,
              "'%s' is not a feed; the feeds are %s",
              parts.get(0),
              String.join(", ", new TreeSet<>(Feed.folders()))));
    }
    String folder = parts.size() > 2 ? parts.get(1) : "";
    FilePlace place = new FilePlace(feed.get(), folder, parts.get(parts.size() - 1));
    Optional<VendorFormat> format = first(place);
    return format.isPresent()
        ? new Found.Known(feed.get(), format.get())
        : new Found.Unknown(reason(place));
  }

  private static Optional<VendorFormat> first(FilePlace place) {
    return ALL.stream().filter(format -> format.recognises(place)).findFirst();
  }

  private static String reason(FilePlace place) {
    Optional<String> elsewhere =
        ALL.stream().flatMap(format -> format.belongs(place).stream()).findFirst();
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    String extension = FileNames.extension(place.name());
    return String.format(
        Locale.ROOT,
        "%s takes %s, plain, .gz or .zst; this is '%s'",
        place.feed().folder() + "/" + (place.folder().isEmpty() ? "" : place.folder() + "/"),
        KINDS.stream()
            .flatMap(kind -> first(place.beside(kind)).stream())
            .map(VendorFormat::files)
            .collect(joining(" or ")),
        extension.isEmpty() ? "" : "." + extension);
  }
}
