package io.dealimpact.stage;

/** This program, as its jar's manifest knows it. */
public final class Program {
  private Program() {}

  /** The version, or {@code development} when it does not run from a jar. */
  public static String version() {
    String version = Program.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
