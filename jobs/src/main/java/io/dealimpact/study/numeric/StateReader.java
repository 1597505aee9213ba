package io.dealimpact.study.numeric;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link StateWriter} wrote. */
public final class StateReader {
  private final ByteBuffer buffer;

  public StateReader(byte[] bytes) {
    buffer = ByteBuffer.wrap(bytes);
  }

  byte readByte() {
    return buffer.get();
  }

  public int readInt() {
    return buffer.getInt();
  }

  public long readLong() {
    return buffer.getLong();
  }

  public double readDouble() {
    return buffer.getDouble();
  }

  public int[] readInts() {
    int[] values = new int[readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = readInt();
    }
    return values;
  }

  public long[] readLongs() {
    long[] values = new long[readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = readLong();
    }
    return values;
  }

  public String readText() {
    byte[] bytes = new byte[readInt()];
    buffer.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  boolean isAtEnd() {
    return !buffer.hasRemaining();
  }
}
