package io.dealimpact.study.group;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Events alike in everything that they are grouped by. Every group is a union of cells, so that an
 * event is added to one state and the states of cells merge into those of groups.
 *
 * @param isConfounded whether other news acted in any window
 * @param role of the party; several joined by {@code +}
 * @param dealType kind of deal; may be null
 * @param attributes of the events, by name: those that are grouped by
 */
public record GroupCell(
    boolean isConfounded, String role, String dealType, SortedMap<String, String> attributes)
    implements Comparable<GroupCell> {
  private static final Comparator<GroupCell> ORDER =
      Comparator.comparing(GroupCell::isConfounded)
          .thenComparing(GroupCell::role, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(GroupCell::dealType, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(cell -> cell.attributes().toString());

  /** What a grouping by an attribute is called, before the attribute's name. */
  public static final String ATTRIBUTE = "attributes.";

  public GroupCell {
    attributes = new TreeMap<>(attributes);
  }

  /** Events without attributes. */
  public GroupCell(boolean isConfounded, String role, String dealType) {
    this(isConfounded, role, dealType, new TreeMap<>());
  }

  /** The attributes that are grouped by, of those that an event has. */
  public static SortedMap<String, String> grouped(
      Map<String, String> attributes, List<String> groupings) {
    SortedMap<String, String> grouped = new TreeMap<>();
    for (String grouping : groupings) {
      if (grouping.startsWith(ATTRIBUTE)) {
        String name = grouping.substring(ATTRIBUTE.length());
        if (attributes.get(name) != null) {
          grouped.put(name, attributes.get(name));
        }
      }
    }
    return grouped;
  }

  /**
   * A group.
   *
   * @param name of the grouping
   * @param value what its events have in common
   */
  public record Group(String name, String value) {}

  /**
   * The groups that the cell is in, in the order of the groupings.
   *
   * @param groupings all, unconfounded, role, deal_type or attributes.NAME, in any order
   * @throws IllegalArgumentException if a grouping has another name
   */
  public List<Group> groups(List<String> groupings) {
    List<Group> groups = new ArrayList<>();
    for (String name : groupings) {
      value(name).ifPresent(value -> groups.add(new Group(name, value)));
    }
    return groups;
  }

  /** The cell's value in a grouping; empty if the grouping leaves it out. */
  private Optional<String> value(String grouping) {
    return switch (grouping) {
      case "all" -> Optional.of("all");
      case "unconfounded" -> isConfounded ? Optional.empty() : Optional.of("all");
      case "role" -> Optional.ofNullable(role);
      case "deal_type" -> Optional.ofNullable(dealType);
      default -> {
        if (!grouping.startsWith(ATTRIBUTE)) {
          throw new IllegalArgumentException("no grouping is called " + grouping);
        }
        yield Optional.ofNullable(attributes.get(grouping.substring(ATTRIBUTE.length())));
      }
    };
  }

  @Override
  public int compareTo(GroupCell other) {
    return ORDER.compare(this, other);
  }
}
