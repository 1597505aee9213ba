package io.dealimpact.source.text;

import io.dealimpact.run.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;

/**
 * The bytes of a file as the storage gives them. Its failures are unchecked, so that no decoder
 * above takes them for damage of the file. Digests what passes through.
 */
final class StorageStream extends InputStream {
  private final InputStream in;
  private final MessageDigest digest = Sha256.start();
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;

  StorageStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() {
    return fill() ? buffer[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, limit - position);
    System.arraycopy(buffer, position, bytes, offset, n);
    position += n;
    return n;
  }

  /**
   * Never 0 before the end: {@code GZIPInputStream} takes 0 for the end of the file, and would drop
   * the later members of a concatenated file.
   */
  @Override
  public int available() {
    return fill() ? limit - position : 0;
  }

  /** Reads to the end and returns the sha256 of all bytes. */
  byte[] drain() {
    do {
      position = limit;
    } while (fill());
    return digest.digest();
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean fill() {
    if (position < limit) {
      return true;
    }
    try {
      int n;
      do {
        n = in.read(buffer, 0, buffer.length);
      } while (n == 0);
      position = 0;
      limit = Math.max(n, 0);
      digest.update(buffer, 0, limit);
      return n > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
