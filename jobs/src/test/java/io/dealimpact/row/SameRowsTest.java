package io.dealimpact.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

final class SameRowsTest {
  private static Row row(Object... values) {
    return RowFactory.create(values);
  }

  @Test
  void theOrderOfRowsDoesNotCountAndTheirNumberDoes() {
    assertThat(SameRows.are(List.of(row("a", 1), row("b", 2)), List.of(row("b", 2), row("a", 1))))
        .isTrue();
    assertThat(
            SameRows.are(
                List.of(row("a"), row("a"), row("b")), List.of(row("a"), row("b"), row("b"))))
        .isFalse();
    assertThat(SameRows.are(List.of(row("a"), row("a")), List.of(row("a")))).isFalse();
  }

  @Test
  void valuesAreComparedToTheLastBitAndInTheirType() {
    assertThat(SameRows.are(List.of(row(Double.NaN)), List.of(row(Double.NaN)))).isTrue();
    assertThat(SameRows.are(List.of(row(0.0)), List.of(row(-0.0)))).isFalse();
    assertThat(SameRows.are(List.of(row(1)), List.of(row(1L)))).isFalse();
    assertThat(SameRows.are(List.of(row((Object) null)), List.of(row("")))).isFalse();
    assertThat(
            SameRows.are(
                List.of(row((Object) new byte[] {1})), List.of(row((Object) new byte[] {1}))))
        .isTrue();
  }

  @Test
  void rowsListsAndMapsWithinARowAreComparedByTheirValues() {
    Row one = row(row("a", -0.0), seq(row(1.0), null), map("k", 0.0));
    assertThat(
            SameRows.are(
                List.of(one), List.of(row(row("a", -0.0), seq(row(1.0), null), map("k", 0.0)))))
        .isTrue();
    assertThat(
            SameRows.are(
                List.of(one), List.of(row(row("a", 0.0), seq(row(1.0), null), map("k", 0.0)))))
        .isFalse();
    assertThat(
            SameRows.are(
                List.of(one), List.of(row(row("a", -0.0), seq(row(1.0), null), map("k", -0.0)))))
        .isFalse();
  }

  private static Object seq(Object... values) {
    return CollectionConverters.asScala(Arrays.asList(values)).toSeq();
  }

  private static Object map(Object key, Object value) {
    return CollectionConverters.asScala(Map.of(key, value));
  }
}
