package io.dealimpact.capacity.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.dealimpact.capacity.CommitmentHistory;
import io.dealimpact.capacity.CommitmentStatus;
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.Samples;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SharesTest {

  /** Water-filling stops when nothing moves by more than 1e-12 of the whole. */
  private static final double FILLED = 1e-9;

  private static Concentration.Holding holding(double amount, String... parties) {
    return new Concentration.Holding(Set.of(parties), QuantityRange.exactly(amount));
  }

  private static Concentration concentration(Concentration.Holding... holdings) {
    return Concentration.of(List.of(holdings)).orElseThrow();
  }

  @Test
  void hhiOf38And300And250() {
    Concentration three =
        concentration(holding(38, "Amazon"), holding(300, "Joint"), holding(250, "Microsoft"));
    // (38² + 300² + 250²) / 588² = 153 944 / 345 744.
    assertThat(three.hhi().low()).isCloseTo(0.445254, within(1e-6));
    assertThat(three.hhi().high()).isEqualTo(three.hhi().mid());
    assertThat(three.shares().get("Amazon").mid()).isCloseTo(38 / 588.0, within(1e-15));
  }

  @Test
  void aJointAmountAllowsARangeOfSplits() {
    Concentration joint =
        concentration(
            holding(38, "Amazon"), holding(300, "Google", "Oracle"), holding(250, "Microsoft"));
    // All with one: as above. Equally: (38² + 2·150² + 250²) / 588² = 108 944 / 345 744.
    assertThat(joint.hhi().high()).isCloseTo(0.445254, within(1e-6));
    assertThat(joint.hhi().low()).isCloseTo(0.315100, within(1e-6));
    assertThat(joint.hhiHigh()).isEqualTo(Concentration.Exactness.ATTAINED);
    assertThat(joint.shares().get("Google").low()).isZero();
    assertThat(joint.shares().get("Google").high()).isCloseTo(300 / 588.0, within(1e-15));
    assertThat(joint.shares().get("Oracle").mid()).isCloseTo(150 / 588.0, within(1e-15));
    QuantityRange amazon = joint.shares().get("Amazon");
    assertThat(amazon.low()).isEqualTo(amazon.high()).isCloseTo(38 / 588.0, within(1e-15));
  }

  @Test
  void waterFillsOverWhatMembersHave() {
    // Floors 100 and 0, 60 to pour: all to the lower, 100 and 60.
    assertThat(concentration(holding(100, "a"), holding(60, "a", "b")).hhi().low())
        .isCloseTo((100.0 * 100 + 60 * 60) / (160.0 * 160), within(FILLED));
    // Floors 100 and 80, 60 to pour: both to 120.
    assertThat(
            concentration(holding(100, "a"), holding(80, "b"), holding(60, "a", "b")).hhi().low())
        .isCloseTo(0.5, within(FILLED));
    // Two joint amounts in a chain: 30 to a; 90 over b and c.
    assertThat(concentration(holding(30, "a", "b"), holding(90, "b", "c")).hhi().low())
        .isCloseTo((30.0 * 30 + 45 * 45 + 45 * 45) / (120.0 * 120), within(FILLED));
  }

  @Test
  void rangesWidenSharesAndHhi() {
    Concentration two =
        concentration(
            new Concentration.Holding(Set.of("a"), QuantityRange.of(10, 20)),
            new Concentration.Holding(Set.of("b"), QuantityRange.of(15, 40)));
    assertThat(two.shares().get("a").low()).isEqualTo(10 / 50.0);
    assertThat(two.shares().get("a").high()).isEqualTo(20 / 35.0);
    assertThat(two.hhi().low()).as("both 15 to 20").isCloseTo(0.5, within(FILLED));
    assertThat(two.hhi().high()).as("10 and 40").isCloseTo(0.2 * 0.2 + 0.8 * 0.8, within(1e-15));
  }

  /** No split drawn at random is outside the range; the ends are near some of them. */
  @Property(tries = 25)
  void noAllowedPointIsOutside(@ForAll long seed) {
    Random random = new Random(seed);
    List<Concentration.Holding> holdings = new ArrayList<>();
    for (String party : List.of("a", "b", "c")) {
      double low = random.nextDouble() * 50;
      holdings.add(
          new Concentration.Holding(
              Set.of(party), QuantityRange.of(low, low + random.nextInt(2) * 30)));
    }
    holdings.add(new Concentration.Holding(Set.of("b", "d"), QuantityRange.of(20, 40)));
    holdings.add(holding(random.nextDouble() * 60, "a", "c", "d"));
    Concentration all = Concentration.of(holdings).orElseThrow();
    for (int i = 0; i < 400; i++) {
      List<Concentration.Holding> split = new ArrayList<>();
      for (Concentration.Holding holding : holdings) {
        QuantityRange amount = holding.amount();
        double left = amount.low() + random.nextDouble() * (amount.high() - amount.low());
        List<String> members = holding.parties().stream().sorted().toList();
        for (int m = 0; m < members.size(); m++) {
          double part = m == members.size() - 1 ? left : left * random.nextDouble();
          split.add(holding(part, members.get(m)));
          left -= part;
        }
      }
      Concentration point = Concentration.of(split).orElseThrow();
      assertThat(point.hhi().mid()).isBetween(all.hhi().low() - FILLED, all.hhi().high() + FILLED);
      point
          .shares()
          .forEach(
              (party, share) ->
                  assertThat(share.mid())
                      .isBetween(
                          all.shares().get(party).low() - FILLED,
                          all.shares().get(party).high() + FILLED));
    }
  }

  @Test
  void manyRangesGiveABound() {
    List<Concentration.Holding> many = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      many.add(new Concentration.Holding(Set.of("p" + i), QuantityRange.of(1, 2)));
    }
    Concentration bounded = Concentration.of(many).orElseThrow();
    assertThat(bounded.hhiHigh()).isEqualTo(Concentration.Exactness.BOUND);
    assertThat(bounded.hhi().low()).isCloseTo(1 / 30.0, within(FILLED));
    assertThat(bounded.hhi().high()).isBetween(1 / 30.0, 1.0);
  }

  @Test
  void nothingHasNoShares() {
    assertThat(Concentration.of(List.of())).isEmpty();
    assertThat(Concentration.of(List.of(holding(0, "a")))).isEmpty();
    assertThatThrownBy(() -> holding(-1, "a")).hasMessage("a holding must be 0 or more, not -1.0");
  }

  private static List<CommitmentHistory> histories() {
    return CommitmentHistory.group(
        List.of(
            Samples.aws().build(),
            Samples.azure().build(),
            Samples.joint().build(),
            Samples.aws()
                .commitmentId("anthropic-google")
                .dealId("google-anthropic-2025-10-23")
                .provider("Google")
                .customer("Anthropic")
                .valueUsd(30e9, 30e9)
                .knownDate(LocalDate.of(2025, 10, 23))
                .build()));
  }

  private static List<ShareRow> timeline(
      ShareQuery.View view, CommitmentStatus floor, String focal) {
    return Shares.of(new ShareQuery(view, ShareQuery.Measure.USD, floor), Samples.catalogue())
        .timeline(focal, histories());
  }

  @Test
  void beforeAndAfterTheDeal() {
    List<ShareRow> rows =
        timeline(ShareQuery.View.CUSTOMER, CommitmentStatus.PLANNED, "OpenAI").stream()
            .filter(row -> row.change().dealIds().contains("openai-aws-2025-11-03"))
            .toList();
    assertThat(rows)
        .filteredOn(row -> row.change().moment() == ShareRow.Moment.BEFORE)
        .extracting(row -> row.part().counterparty())
        .containsExactly("Google", "Microsoft", "Oracle", "Google + Oracle");
    assertThat(rows)
        .filteredOn(row -> row.change().moment() == ShareRow.Moment.AFTER)
        .extracting(row -> row.part().counterparty())
        .containsExactly("Amazon", "Google", "Microsoft", "Oracle", "Google + Oracle");
    ShareRow joint = rows.get(rows.size() - 1);
    assertThat(joint.part().kind()).isEqualTo(ShareRow.Kind.JOINT);
    assertThat(joint.part().share().mid()).isCloseTo(300 / 588.0, within(1e-15));
    assertThat(joint.whole().concentration().high()).isCloseTo(0.445254, within(1e-6));
    assertThat(joint.change().asOf()).isEqualTo(LocalDate.of(2025, 11, 3));
    assertThat(joint.whole().commitments()).isEqualTo(3);
  }

  @Test
  void plannedIsNotAddedToSigned() {
    List<ShareRow> signed = timeline(ShareQuery.View.CUSTOMER, CommitmentStatus.SIGNED, "OpenAI");
    assertThat(signed).extracting(row -> row.part().counterparty()).doesNotContain("Microsoft");
    assertThat(signed.get(signed.size() - 1).whole().total())
        .isEqualTo(QuantityRange.exactly(338e9));
  }

  @Test
  void aProviderHasAnythingFromNothingToAllOfAJointAmount() {
    List<ShareRow> google = timeline(ShareQuery.View.PROVIDER, CommitmentStatus.SIGNED, "Google");
    assertThat(google)
        .filteredOn(row -> row.change().moment() == ShareRow.Moment.AFTER)
        .filteredOn(row -> row.change().asOf().equals(LocalDate.of(2025, 10, 23)))
        .extracting(
            row -> row.part().counterparty(),
            row -> row.part().share().low(),
            row -> row.part().share().high())
        .containsExactly(tuple("Anthropic", 30 / 330.0, 1.0), tuple("OpenAI", 0.0, 300 / 330.0));
  }

  @Test
  void whatHasNoAmountIsCounted() {
    List<ShareRow> power =
        Shares.of(
                new ShareQuery(
                    ShareQuery.View.CUSTOMER, ShareQuery.Measure.GW, CommitmentStatus.PLANNED),
                Samples.catalogue())
            .timeline("OpenAI", histories());
    assertThat(power).hasSize(1);
    assertThat(power.get(0).whole().withoutAmount()).isEqualTo(2);
    assertThat(power.get(0).part().share()).isEqualTo(QuantityRange.exactly(1));
    assertThat(Optional.of(power.get(0).whole().concentration()))
        .contains(QuantityRange.exactly(1));
  }

  @Test
  void timelinesAreUnderEveryMeasureAndEveryLeastStatusThatCounts() {
    List<CommitmentHistory> histories =
        CommitmentHistory.group(List.of(Samples.aws().build(), Samples.azure().build()));
    List<ShareRow> rows =
        Shares.timelines(ShareQuery.View.CUSTOMER, "OpenAI", histories, Samples.catalogue());
    List<ShareRow> oneByOne = new ArrayList<>();
    for (ShareQuery.Measure measure : ShareQuery.Measure.values()) {
      for (CommitmentStatus floor :
          Stream.of(CommitmentStatus.values()).filter(CommitmentStatus::counts).toList()) {
        oneByOne.addAll(
            Shares.of(new ShareQuery(ShareQuery.View.CUSTOMER, measure, floor), Samples.catalogue())
                .timeline("OpenAI", histories));
      }
    }
    assertThat(rows).isNotEmpty().isEqualTo(oneByOne);
  }

  @Test
  void aCommitmentConcernsTheOrganisationsOfAllItsVersions() {
    assertThat(
            Shares.focals(
                ShareQuery.View.PROVIDER,
                List.of(Samples.joint().build(), Samples.joint().provider("Microsoft").build())))
        .containsExactly("Google", "Microsoft", "Oracle");
  }
}
