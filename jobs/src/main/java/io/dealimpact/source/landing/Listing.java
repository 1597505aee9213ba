package io.dealimpact.source.landing;

import io.dealimpact.source.Feed;
import java.util.List;

/**
 * What lies in the landing zone, each list sorted by path.
 *
 * @param files to read
 * @param unknown files that no reader takes
 * @param missing inputs; when not empty the run should end
 * @param tables folders that are Delta tables and were read, with {@code /} at the end
 */
public record Listing(
    List<LandingFile> files,
    List<UnknownFile> unknown,
    List<MissingInput> missing,
    List<String> tables) {

  public Listing {
    files = List.copyOf(files);
    unknown = List.copyOf(unknown);
    missing = List.copyOf(missing);
    tables = List.copyOf(tables);
  }

  /** The files of one feed, sorted by path. */
  public List<LandingFile> files(Feed feed) {
    return files.stream().filter(file -> file.feed() == feed).toList();
  }
}
