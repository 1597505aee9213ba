package io.dealimpact.cli;

import io.dealimpact.ask.ReadCommands.Night;
import picocli.CommandLine.Option;

/** {@code --unpublished}, for the commands that read. */
final class NightOption {
  @Option(
      names = "--unpublished",
      description = "Read what is newest, not the night that was published last.")
  private boolean unpublished;

  Night night() {
    return unpublished ? Night.NEWEST : Night.PUBLISHED;
  }
}
