package io.dealimpact.report.html;

import io.dealimpact.report.NightFacts;
import java.util.List;
import java.util.Map;

/**
 * All that the report is made of.
 *
 * @param plan what was asked
 * @param night which night it is, and what changed since the one before
 * @param deals the newest and the biggest
 * @param deal what is known of each of them, by deal_id
 * @param capacity power online by quarter and status, all providers and customers
 * @param shares for some organisations, how their commitments are shared out
 * @param groups the study's groups of events
 */
public record ReportInput(
    Plan plan,
    NightFacts night,
    Sheet deals,
    Map<String, Deal> deal,
    Sheet capacity,
    List<Named> shares,
    List<Group> groups) {

  /**
   * The study's plan.
   *
   * @param study the study's name
   * @param model of the figures of groups
   * @param confidence of the intervals, a fraction
   */
  public record Plan(String study, String model, double confidence) {}

  /**
   * One deal.
   *
   * @param events its listed parties by window
   * @param paths cumulative abnormal returns by day, the largest party first
   * @param placebo earlier stretches of the largest party, as long as its path
   * @param ranks where day 0 stands among the days of each company
   * @param choices of its largest party, under every choice
   */
  public record Deal(
      Sheet parties,
      Sheet events,
      Sheet paths,
      Sheet placebo,
      Sheet ranks,
      Sheet claims,
      Sheet choices) {}

  /** Rows about one organisation. */
  public record Named(String name, Sheet sheet) {}

  /**
   * A group of events.
   *
   * @param name of the group, as people read it
   */
  public record Group(String name, Sheet paths, Sheet tests) {}
}
