package io.dealimpact.claim;

/** What the data say of a claim. */
public enum Verdict {
  /** The plain reading of the print agrees with what was measured. */
  SUPPORTED("supported"),
  /** Some other reading agrees, the plain one does not. */
  SUPPORTED_UNDER_A_READING("supported under a reading"),
  /** No reading agrees, and at least one was measured. */
  CONTRADICTED("contradicted"),
  /** Nothing was measured that could decide. */
  NOT_MEASURABLE("not measurable");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** The verdict as it is stored. */
  public String text() {
    return text;
  }
}
