package io.dealimpact.capacity.share;

import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.CommitmentStatus;
import io.dealimpact.capacity.GpuCatalogue;
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.ScheduleDefaults;
import io.dealimpact.capacity.SizedCommitment;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who depends on whom: an organisation's commitments by counterparty, before and after every deal
 * that changed them.
 *
 * <p>A joint amount (providers written {@code Google + Oracle}) stays joint: seen from the customer
 * its split is free, seen from one of the providers its part is anything from nothing to all of it.
 */
public final class Shares {

  private final ShareQuery query;
  private final GpuCatalogue catalogue;

  private Shares(ShareQuery query, GpuCatalogue catalogue) {
    this.query = query;
    this.catalogue = catalogue;
  }

  /** The shares that a query asks for; the catalogue gives power where only GPUs are stated. */
  public static Shares of(ShareQuery query, GpuCatalogue catalogue) {
    return new Shares(query, catalogue);
  }

  /** The organisations whose shares some version of a commitment is of, by name. */
  public static SortedSet<String> focals(ShareQuery.View view, Collection<Commitment> versions) {
    SortedSet<String> focals = new TreeSet<>();
    versions.forEach(version -> focals.addAll(focals(view, version)));
    return focals;
  }

  /**
   * The timelines of one organisation under every measure and every least status that counts, as
   * {@link #timeline} orders each.
   */
  public static List<ShareRow> timelines(
      ShareQuery.View view,
      String focal,
      Collection<CommitmentHistory> histories,
      GpuCatalogue catalogue) {
    List<ShareRow> rows = new ArrayList<>();
    for (ShareQuery.Measure measure : ShareQuery.Measure.values()) {
      for (CommitmentStatus floor : CommitmentStatus.values()) {
        if (floor.counts()) {
          rows.addAll(
              of(new ShareQuery(view, measure, floor), catalogue).timeline(focal, histories));
        }
      }
    }
    return List.copyOf(rows);
  }

  /** The organisations whose shares a commitment is of: one customer, or each of its providers. */
  public static List<String> focals(ShareQuery.View view, Commitment commitment) {
    return switch (view) {
      case CUSTOMER -> List.of(commitment.parties().customer());
      case PROVIDER -> commitment.parties().providers();
    };
  }

  /**
   * The rows of one organisation, in order of date, moment, kind and counterparty: two sets for
   * every day on which one of its commitments changed, before and after. A day with nothing to
   * share has no rows. Histories of others are passed over.
   */
  public List<ShareRow> timeline(String focal, Collection<CommitmentHistory> histories) {
    List<CommitmentHistory> mine =
        histories.stream()
            .filter(history -> concerns(focal, history))
            .sorted(Comparator.comparing(CommitmentHistory::commitmentId))
            .toList();
    SortedMap<LocalDate, TreeSet<String>> changes = new TreeMap<>();
    for (CommitmentHistory history : mine) {
      for (Commitment version : history.versions()) {
        changes
            .computeIfAbsent(version.publication().knownDate(), day -> new TreeSet<>())
            .add(version.dealId());
      }
    }
    List<ShareRow> rows = new ArrayList<>();
    changes.forEach(
        (day, deals) -> {
          List<String> dealIds = List.copyOf(deals);
          rows.addAll(
              rows(
                  focal,
                  mine,
                  new ShareRow.Change(day.minusDays(1), ShareRow.Moment.BEFORE, dealIds)));
          rows.addAll(rows(focal, mine, new ShareRow.Change(day, ShareRow.Moment.AFTER, dealIds)));
        });
    return List.copyOf(rows);
  }

  private boolean concerns(String focal, CommitmentHistory history) {
    return history.versions().stream()
        .anyMatch(version -> focals(query.view(), version).contains(focal));
  }

  private List<ShareRow> rows(
      String focal, List<CommitmentHistory> histories, ShareRow.Change change) {
    List<Concentration.Holding> holdings = new ArrayList<>();
    long withoutAmount = 0;
    for (CommitmentHistory history : histories) {
      Optional<Commitment> known =
          history
              .asOf(change.asOf())
              .filter(commitment -> commitment.status().atLeast(query.floor()))
              .filter(commitment -> focals(query.view(), commitment).contains(focal));
      if (known.isPresent()) {
        Optional<QuantityRange> amount = amount(known.get());
        if (amount.isPresent()) {
          holdings.add(holding(known.get(), amount.get()));
        } else {
          withoutAmount++;
        }
      }
    }
    Optional<Concentration> concentration = Concentration.of(holdings);
    if (concentration.isEmpty()) {
      return List.of();
    }
    Concentration shared = concentration.get();
    ShareRow.Whole whole =
        new ShareRow.Whole(
            shared.total(), shared.hhi(), shared.hhiHigh(), holdings.size(), withoutAmount);
    List<ShareRow.Part> parts = new ArrayList<>();
    shared
        .shares()
        .forEach(
            (party, share) ->
                parts.add(
                    new ShareRow.Part(party, ShareRow.Kind.SINGLE, held(party, holdings), share)));
    joint(holdings)
        .forEach(
            (parties, amount) ->
                parts.add(
                    new ShareRow.Part(
                        parties, ShareRow.Kind.JOINT, amount, jointShare(amount, shared.total()))));
    return parts.stream().map(part -> new ShareRow(query, focal, part, change, whole)).toList();
  }

  private Optional<QuantityRange> amount(Commitment commitment) {
    return switch (query.measure()) {
      case USD -> commitment.size().valueUsd();
      case GW ->
          SizedCommitment.of(commitment, catalogue, ScheduleDefaults.defaults()).powerGw().range();
    };
  }

  private Concentration.Holding holding(Commitment commitment, QuantityRange amount) {
    List<String> providers = commitment.parties().providers();
    return switch (query.view()) {
      case CUSTOMER -> new Concentration.Holding(Set.copyOf(providers), amount);
      case PROVIDER ->
          new Concentration.Holding(
              Set.of(commitment.parties().customer()),
              providers.size() == 1
                  ? amount
                  : QuantityRange.of(0, amount.mid() / providers.size(), amount.high()));
    };
  }

  private static QuantityRange held(String party, List<Concentration.Holding> holdings) {
    QuantityRange held = QuantityRange.exactly(0);
    for (Concentration.Holding holding : holdings) {
      int members = holding.parties().size();
      if (holding.parties().contains(party)) {
        QuantityRange amount = holding.amount();
        held =
            held.plus(
                members == 1 ? amount : QuantityRange.of(0, amount.mid() / members, amount.high()));
      }
    }
    return held;
  }

  private static SortedMap<String, QuantityRange> joint(List<Concentration.Holding> holdings) {
    SortedMap<String, QuantityRange> joint = new TreeMap<>();
    for (Concentration.Holding holding : holdings) {
      if (holding.parties().size() > 1) {
        joint.merge(
            String.join(" + ", new TreeSet<>(holding.parties())),
            holding.amount(),
            QuantityRange::plus);
      }
    }
    return joint;
  }

  /** a / (a + rest) rises with a and falls with the rest. */
  private static QuantityRange jointShare(QuantityRange amount, QuantityRange total) {
    double low = portion(amount.low(), total.high() - amount.high());
    double high = portion(amount.high(), total.low() - amount.low());
    double mid = portion(amount.mid(), total.mid() - amount.mid());
    return new QuantityRange(low, Math.max(low, Math.min(mid, high)), high);
  }

  private static double portion(double mine, double others) {
    return mine == 0 ? 0 : mine / (mine + Math.max(0, others));
  }
}
