package io.dealimpact.study.event;

import io.dealimpact.study.event.OutsideDays.Day;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;

/**
 * On each day, of how many instruments of a sector it is known whether they lay outside their own
 * interval, and how many did: {@link OutsideDays}. Counts of parts of a sector merge.
 */
public final class SectorDays implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int firstDay;
  private final int[] known;
  private final int[] outside;

  private SectorDays(int firstDay, int[] known, int[] outside) {
    this.firstDay = firstDay;
    this.known = known;
    this.outside = outside;
  }

  /**
   * A sector of which nothing is known.
   *
   * @param firstDay since 1970-01-01
   * @param lastDay since 1970-01-01
   */
  public static SectorDays none(int firstDay, int lastDay) {
    int days = lastDay - firstDay + 1;
    return new SectorDays(firstDay, new int[days], new int[days]);
  }

  /**
   * Counts an instrument.
   *
   * @param epochDay since 1970-01-01
   */
  public void add(int epochDay, Day day) {
    known[epochDay - firstDay] += day == Day.UNKNOWN ? 0 : 1;
    outside[epochDay - firstDay] += day == Day.OUTSIDE ? 1 : 0;
  }

  /** Adds the instruments of another part of the sector, counted over the same days. */
  public void merge(SectorDays other) {
    for (int i = 0; i < known.length; i++) {
      known[i] += other.known[i];
      outside[i] += other.outside[i];
    }
  }

  /**
   * The share of the sector's other instruments that lay outside, a fraction; NaN where of none it
   * is known.
   *
   * @param epochDay since 1970-01-01
   * @param own what the day was for the instrument itself, which is among those counted
   */
  public double shareOfOthers(int epochDay, Day own) {
    int i = epochDay - firstDay;
    if (i < 0 || i >= known.length) {
      return Double.NaN;
    }
    int others = known[i] - (own == Day.UNKNOWN ? 0 : 1);
    return others == 0 ? Double.NaN : (outside[i] - (own == Day.OUTSIDE ? 1 : 0)) / (double) others;
  }

  /** The counts as bytes: first day, number of days, what is known by day, what was outside. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (2 + 2 * known.length));
    bytes.asIntBuffer().put(firstDay).put(known.length).put(known).put(outside);
    return bytes.array();
  }

  /** The counts of {@link #toBytes}. */
  public static SectorDays fromBytes(byte[] bytes) {
    IntBuffer counts = ByteBuffer.wrap(bytes).asIntBuffer();
    int firstDay = counts.get();
    int[] known = new int[counts.get()];
    int[] outside = new int[known.length];
    counts.get(known).get(outside);
    return new SectorDays(firstDay, known, outside);
  }
}
