package io.dealimpact.stage;

import io.dealimpact.source.Feed;
import java.util.ArrayList;
import java.util.List;

/** The whole flow, in order. */
final class Pipeline {
  private Pipeline() {}

  /** The stages of a night: landing files, bronze, silver, gold. */
  static List<Stage> stages() {
    List<Stage> stages = new ArrayList<>();
    LandingZone landing = new LandingZone();
    for (Feed feed : Feed.values()) {
      stages.add(new IngestFeed(feed, landing));
    }
    return List.copyOf(stages);
  }
}
