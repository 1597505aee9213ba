package io.dealimpact.study.numeric;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads what {@link StateWriter} wrote. */
public final class StateReader {
  private final ByteBuffer buffer;

  public StateReader(byte[] bytes) {
    buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
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
    buffer.asIntBuffer().get(values);
    buffer.position(buffer.position() + Integer.BYTES * values.length);
    return values;
  }

  public long[] readLongs() {
    long[] values = new long[readInt()];
    buffer.asLongBuffer().get(values);
    buffer.position(buffer.position() + Long.BYTES * values.length);
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
