package io.dealimpact.study.numeric;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a mergeable state as little-endian bytes, growing as needed: the order of most machines,
 * where an array is one copy.
 */
public final class StateWriter {
  private ByteBuffer buffer = allocated(4096);

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
    int bytes = Integer.BYTES * values.length;
    ByteBuffer target = room(bytes);
    target.asIntBuffer().put(values);
    target.position(target.position() + bytes);
  }

  public void putLongs(long[] values) {
    putInt(values.length);
    int bytes = Long.BYTES * values.length;
    ByteBuffer target = room(bytes);
    target.asLongBuffer().put(values);
    target.position(target.position() + bytes);
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
      buffer = allocated(size).put(buffer.array(), 0, buffer.position());
    }
    return buffer;
  }

  private static ByteBuffer allocated(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
