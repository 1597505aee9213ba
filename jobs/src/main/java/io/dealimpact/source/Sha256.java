package io.dealimpact.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that names a version of a file. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
