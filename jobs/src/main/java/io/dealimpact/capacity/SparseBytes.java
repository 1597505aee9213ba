package io.dealimpact.capacity;

import java.util.Arrays;

/**
 * Whole numbers as bytes, small ones short: seven bits a byte, the sign in the lowest (zigzag). Of
 * an array only what is not 0: the distance from the entry before, and the value; a distance of 0
 * ends it.
 */
final class SparseBytes {
  private static final int LONGEST = 10;

  private byte[] bytes = new byte[256];
  private int length;

  /** Appends a number. */
  void put(long value) {
    putBits((value << 1) ^ (value >> 63));
  }

  /** Appends an array. */
  void putAll(long[] values) {
    int before = -1;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        putBits(i - before);
        put(values[i]);
        before = i;
      }
    }
    putBits(0);
  }

  /** Appends an array of whole numbers below 2⁵³. */
  void putAll(double[] values) {
    int before = -1;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        putBits(i - before);
        put((long) values[i]);
        before = i;
      }
    }
    putBits(0);
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void putBits(long bits) {
    if (length + LONGEST > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    long left = bits;
    while ((left & ~0x7FL) != 0) {
      bytes[length] = (byte) ((left & 0x7F) | 0x80);
      length++;
      left >>>= 7;
    }
    bytes[length] = (byte) left;
    length++;
  }

  /** Reads what was written, in the same order. */
  static final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    /**
     * The next number.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    long get() {
      long bits = bits();
      return (bits >>> 1) ^ -(bits & 1);
    }

    /**
     * Adds the next array.
     *
     * @throws IndexOutOfBoundsException if it is longer, or there is none
     */
    void addTo(long[] sums) {
      int i = -1;
      for (long step = bits(); step != 0; step = bits()) {
        i += (int) step;
        sums[i] += get();
      }
    }

    /**
     * Adds the next array.
     *
     * @throws IndexOutOfBoundsException if it is longer, or there is none
     */
    void addTo(double[] sums) {
      int i = -1;
      for (long step = bits(); step != 0; step = bits()) {
        i += (int) step;
        sums[i] += get();
      }
    }

    /**
     * Checks that nothing is left.
     *
     * @throws IndexOutOfBoundsException if something is
     */
    void end() {
      if (at != bytes.length) {
        throw new IndexOutOfBoundsException(bytes.length - at + " bytes are left");
      }
    }

    private long bits() {
      long bits = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = bytes[at];
        at++;
        bits |= (next & 0x7FL) << shift;
        if (next >= 0) {
          return bits;
        }
      }
    }
  }
}
