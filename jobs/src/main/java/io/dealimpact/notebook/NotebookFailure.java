package io.dealimpact.notebook;

/** A failure as a cell shows it: what happened, why and what to do, without a stack. */
public final class NotebookFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotebookFailure(String message) {
    super(message, null, false, false);
  }

  /**
   * The message alone, which is what a cell prints: the name of this class says nothing to a
   * reader.
   */
  @Override
  @SuppressWarnings("OverrideThrowableToString")
  public String toString() {
    return getMessage();
  }
}
