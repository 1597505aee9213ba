package io.dealimpact.run;

/** How a run ended, as the scheduler sees it. Scripts rely on the numbers. */
public enum ExitCode {
  OK(0, "ok"),
  UNEXPECTED(1, "unexpected error"),
  USAGE(2, "wrong usage"),
  CONFIGURATION(10, "wrong configuration"),
  INPUT_MISSING(20, "input missing, retry later"),
  QUALITY_GATE(30, "quality gate closed, or an audit failed"),
  CONCURRENT_WRITER(40, "concurrent writer, retry now"),
  STORAGE(50, "storage failed"),
  /** The status that a JVM ends with after SIGTERM. */
  INTERRUPTED(143, "interrupted, run again to go on");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  /** The process's exit status. */
  public int status() {
    return status;
  }

  /** In words, for people. */
  public String meaning() {
    return meaning;
  }
}
