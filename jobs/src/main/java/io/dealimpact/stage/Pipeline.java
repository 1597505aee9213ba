package io.dealimpact.stage;

import java.util.ArrayList;
import java.util.List;

/** The whole flow, in order. */
final class Pipeline {
  private Pipeline() {}

  /** The stages of a night: landing files, bronze, silver, gold. */
  static List<Stage> stages() {
    List<Stage> stages = new ArrayList<>();
    return List.copyOf(stages);
  }
}
