package io.dealimpact.run;

/** A failure that a user can do something about; made by {@link Failures} only. */
public final class DealImpactException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  DealImpactException(ExitCode exitCode, String message, Throwable cause) {
    super(Secrets.mask(message), cause);
    this.exitCode = exitCode;
  }

  /** What the process should exit with. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
