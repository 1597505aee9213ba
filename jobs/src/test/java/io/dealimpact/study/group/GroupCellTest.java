package io.dealimpact.study.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dealimpact.study.group.GroupCell.Group;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupCellTest {
  private static final List<String> ALL = List.of("all", "unconfounded", "role", "deal_type");

  @Test
  void aCellIsInAGroupOfEachGrouping() {
    assertThat(new GroupCell(false, "provider", "compute").groups(ALL))
        .containsExactly(
            new Group("all", "all"),
            new Group("unconfounded", "all"),
            new Group("role", "provider"),
            new Group("deal_type", "compute"));
  }

  @Test
  void anEventWithOtherNewsOrWithoutATypeIsLeftOut() {
    assertThat(new GroupCell(true, "provider", null).groups(ALL))
        .containsExactly(new Group("all", "all"), new Group("role", "provider"));
  }

  @Test
  void aGroupingThatThereIsNotIsAnError() {
    GroupCell cell = new GroupCell(false, "provider", "compute");
    assertThatThrownBy(() -> cell.groups(List.of("sector")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no grouping is called sector");
  }

  @Test
  void anAttributeIsAGrouping() {
    List<String> groupings = List.of("all", "attributes.country");
    Map<String, String> ofEvent = Map.of("country", "DE", "size", "3");
    GroupCell cell = new GroupCell(false, "firm", null, GroupCell.grouped(ofEvent, groupings));

    assertThat(cell.attributes()).isEqualTo(Map.of("country", "DE"));
    assertThat(cell.groups(groupings))
        .containsExactly(
            new GroupCell.Group("all", "all"), new GroupCell.Group("attributes.country", "DE"));
    assertThat(new GroupCell(false, "firm", null).groups(groupings))
        .containsExactly(new GroupCell.Group("all", "all"));
  }
}
