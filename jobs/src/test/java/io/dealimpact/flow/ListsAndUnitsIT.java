package io.dealimpact.flow;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.dealimpact.integration.EmbeddedLake;
import io.dealimpact.lake.Dimensions;
import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.testing.SparkForTests;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists that can be exploded, and printed figures in one unit a column, in a night's lake. */
@Tag("program")
final class ListsAndUnitsIT {
  private static Dataset<Row> table(TableSpec table) {
    return new Lake(SparkForTests.session(), EmbeddedLake.path().toString(), Lake.Writes.SUPPRESSED)
        .read(table);
  }

  @Test
  void dealsOfADayAndOfAChangeJoinWithTheDeals() {
    for (TableSpec table : List.of(Tables.EVENTS_FLAT, Tables.COMMITMENT_SHARES)) {
      Dataset<Row> named = table(table).selectExpr("explode(deals) as deal_id").distinct();

      assertThat(named.count()).as(table.fullName()).isPositive();
      assertThat(named.except(table(Dimensions.DEAL).select("deal_id")).count())
          .as(table.fullName())
          .isZero();
      assertThat(
              table(table)
                  .where("array_join(deals, ',') is distinct from replace(deal_ids, ', ', ',')")
                  .count())
          .as(table.fullName())
          .isZero();
    }
    assertThat(table(Tables.EVENTS_FLAT).where("size(deals) > 1").count()).isPositive();
  }

  @Test
  void whoGainedAndWhoLostJoinsWithTheInstruments() {
    assertThat(named(Tables.CAPACITY_ECONOMICS, "gainers")).isPositive();
    assertThat(named(Tables.DEAL_IMPACT, "gainers")).isPositive();
    assertThat(named(Tables.DEAL_IMPACT, "losers")).isPositive();
    // A party without a market value has its return beside its name in the text alone.
    String bare = "regexp_replace(%s, ' [(][^)]*[)]', '')";
    for (String[] pair : new String[][] {{"gainers", "gained"}, {"losers", "lost"}}) {
      assertThat(differing(Tables.DEAL_IMPACT, pair[0], ", ", bare.formatted(pair[1]))).isZero();
    }
    assertThat(table(Tables.DEAL_IMPACT).where("gained like '%(+%'").count()).isPositive();
  }

  @Test
  void newsAndFlagsAreListsOfTheTextsForPeople() {
    for (TableSpec table :
        List.of(Tables.EVENT_IMPACT, Tables.EVENTS_FLAT, Tables.CAPACITY_ECONOMICS)) {
      assertThat(differing(table, "confounder_list", "; ", "confounders")).isZero();
      assertThat(table(table).where("size(confounder_list) > 1").count()).isPositive();
      assertThat(
              table(table)
                  .where("is_confounded is distinct from (confounder_list is not null)")
                  .where("is_confounded is not null")
                  .count())
          .as(table.fullName())
          .isZero();
    }
    assertThat(differing(Tables.EVENT_IMPACT, "data_flag_list", ", ", "data_flags")).isZero();
    assertThat(table(Tables.EVENT_IMPACT).where("size(data_flag_list) > 1").count()).isPositive();
    assertThat(differing(Tables.CAPACITY_ECONOMICS, "flag_list", "; ", "flags")).isZero();
    assertThat(table(Tables.CAPACITY_ECONOMICS).where("size(flag_list) > 1").count()).isPositive();
  }

  @Test
  void aJointAmountNamesAllItsCounterparties() {
    Dataset<Row> shares = table(Tables.COMMITMENT_SHARES);

    assertThat(differing(Tables.COMMITMENT_SHARES, "counterparties", " + ", "counterparty"))
        .isZero();
    assertThat(shares.where("(kind = 'joint') is distinct from size(counterparties) > 1").count())
        .isZero();
    assertThat(shares.where("kind = 'joint'").count()).isPositive();
  }

  /** Instruments in the lists; all of them have a row in the dimension. */
  private static long named(TableSpec table, String list) {
    Dataset<Row> named =
        table(table).selectExpr("explode(" + list + ") as instrument_id").distinct();
    assertThat(named.except(table(Dimensions.INSTRUMENT).select("instrument_id")).count())
        .as(table.fullName() + "." + list)
        .isZero();
    return named.count();
  }

  /** Rows whose list, joined, is not the text; or that have one of the two alone. */
  private static long differing(TableSpec table, String list, String between, String text) {
    return table(table)
        .where(
            "array_join(%s, '%s') is distinct from %s".formatted(list, between, text)
                + " or size(%s) = 0".formatted(list))
        .count();
  }

  @Test
  void aPrintedFigureIsInTheColumnsOfItsUnitAlone() {
    Dataset<Row> audit = table(Tables.CLAIM_AUDIT);
    for (String unit : Tables.CLAIM_UNITS) {
      Column isUnit = col("unit").equalTo(unit);
      for (String figure : List.of("claimed", "measured")) {
        Column of = col(figure + "_" + unit + "_low");
        Column low = col(figure + "_low");
        assertThat(audit.where(isUnit.and(of.eqNullSafe(low).equalTo(lit(false)))).count())
            .as(figure + " in " + unit)
            .isZero();
        assertThat(audit.where(isUnit.equalTo(lit(false)).and(of.isNotNull())).count())
            .as(figure + " of other units in " + unit)
            .isZero();
      }
    }
    assertThat(audit.where("claimed_usd_low > 0").count()).isPositive();
    assertThat(
            audit
                .where("unit = 'date' and unix_date(claimed_date_low) is distinct from claimed_low")
                .count())
        .isZero();
    assertThat(audit.where("claimed_date_low is not null").count()).isPositive();
    assertThat(
            audit.where("array_join(measured_list, ', ') is distinct from measured_names").count())
        .isZero();
    assertThat(audit.where("measured_list is not null").count()).isPositive();
  }
}
