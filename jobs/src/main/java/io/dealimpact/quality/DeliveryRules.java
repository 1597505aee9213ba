package io.dealimpact.quality;

import java.util.List;

/**
 * Which deliveries count.
 *
 * @param largestLoss largest share of its rows that a new version of a file may drop, a fraction
 * @param supersedes paths that win over all others of their feed, the last of them over all; {@code
 *     *} stands for any characters
 */
public record DeliveryRules(double largestLoss, List<String> supersedes) {
  public DeliveryRules {
    supersedes = List.copyOf(supersedes);
  }
}
