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
  private byte[] bytes = new byte[4096];
  private ByteBuffer buffer = over(bytes);

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
    int size = Integer.BYTES * values.length;
    ByteBuffer target = room(size);
    target.asIntBuffer().put(values);
    target.position(target.position() + size);
  }

  public void putLongs(long[] values) {
    putInt(values.length);
    int size = Long.BYTES * values.length;
    ByteBuffer target = room(size);
    target.asLongBuffer().put(values);
    target.position(target.position() + size);
  }

  public void putText(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    putInt(encoded.length);
    room(encoded.length).put(encoded);
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, buffer.position());
  }

  private ByteBuffer room(int needed) {
    if (buffer.remaining() < needed) {
      int at = buffer.position();
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(at, needed), bytes.length * 2));
      buffer = over(bytes);
      buffer.position(at);
    }
    return buffer;
  }

  private static ByteBuffer over(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
