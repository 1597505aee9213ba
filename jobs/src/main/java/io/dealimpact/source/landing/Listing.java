package io.dealimpact.source.landing;

import io.dealimpact.source.Feed;
import java.util.List;

/**
 * What lies in the landing zone, each list sorted by path.
 *
 * @param files to read
 * @param unknown files that no reader takes
 * @param missing inputs; when not empty the run should end
 */
public record Listing(
    List<LandingFile> files, List<UnknownFile> unknown, List<MissingInput> missing) {

  public Listing {
    files = List.copyOf(files);
    unknown = List.copyOf(unknown);
    missing = List.copyOf(missing);
  }

  /** The files of one feed, sorted by path. */
  public List<LandingFile> files(Feed feed) {
    return files.stream().filter(file -> file.feed() == feed).toList();
  }
}
