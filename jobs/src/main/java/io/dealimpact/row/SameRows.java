package io.dealimpact.row;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** Compares rows that are here, in any order, doubles to the last bit. */
public final class SameRows {
  private SameRows() {}

  /**
   * Whether two lists have the same rows, each as often.
   *
   * @param ones rows of some columns
   * @param others rows of the same columns
   */
  public static boolean are(List<Row> ones, List<Row> others) {
    return ones.size() == others.size() && counted(ones).equals(counted(others));
  }

  private static Map<Object, Integer> counted(List<Row> rows) {
    Map<Object, Integer> counted = new HashMap<>();
    rows.forEach(row -> counted.merge(comparable(row), 1, Integer::sum));
    return counted;
  }

  /** A value that is equal to another where both are stored alike. */
  private static Object comparable(Object value) {
    // Spark takes -0.0 for 0.0, and one NaN for another.
    if (value instanceof Double number) {
      return Double.doubleToRawLongBits(number);
    }
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }
    if (value instanceof Row row) {
      return comparable(row.toSeq());
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      Map<Object, Object> entries = new HashMap<>();
      CollectionConverters.asJava(map)
          .forEach((key, of) -> entries.put(comparable(key), comparable(of)));
      return entries;
    }
    if (value instanceof scala.collection.Iterable<?> values) {
      return StreamSupport.stream(CollectionConverters.asJava(values).spliterator(), false)
          .map(SameRows::comparable)
          .toList();
    }
    return value;
  }
}
