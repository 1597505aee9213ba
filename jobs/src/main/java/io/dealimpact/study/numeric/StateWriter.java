package io.dealimpact.study.numeric;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a mergeable state as big-endian bytes, growing as needed. */
public final class StateWriter {
  private ByteBuffer buffer = ByteBuffer.allocate(4096);

  void putByte(int value) {
    room(1).put((byte) value);
  }

  public void putInt(int value) {
    room(Integer.BYTES).putInt(value);
  }

  public void putLong(long value) {
    room(Long.BYTES).putLong(value);
  }

  public void putDouble(double value) {
    room(Double.BYTES).putDouble(value);
  }

  public void putInts(int[] values) {
    putInt(values.length);
    for (int value : values) {
      putInt(value);
    }
  }

  public void putLongs(long[] values) {
    putInt(values.length);
    ByteBuffer target = room(Long.BYTES * values.length);
    for (long value : values) {
      target.putLong(value);
    }
  }

  public void putText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    putInt(bytes.length);
    room(bytes.length).put(bytes);
  }

  public byte[] toBytes() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int size = Math.max(Math.addExact(buffer.position(), bytes), buffer.capacity() * 2);
      buffer = ByteBuffer.allocate(size).put(buffer.array(), 0, buffer.position());
    }
    return buffer;
  }
}
