package io.dealimpact.study;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link StateWriter} wrote. */
final class StateReader {
  private final ByteBuffer buffer;

  StateReader(byte[] bytes) {
    buffer = ByteBuffer.wrap(bytes);
  }

  byte readByte() {
    return buffer.get();
  }

  int readInt() {
    return buffer.getInt();
  }

  long readLong() {
    return buffer.getLong();
  }

  double readDouble() {
    return buffer.getDouble();
  }

  int[] readInts() {
    int[] values = new int[readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = readInt();
    }
    return values;
  }

  long[] readLongs() {
    long[] values = new long[readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = readLong();
    }
    return values;
  }

  String readText() {
    byte[] bytes = new byte[readInt()];
    buffer.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  boolean isAtEnd() {
    return !buffer.hasRemaining();
  }
}
