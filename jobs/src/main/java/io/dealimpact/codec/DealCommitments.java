package io.dealimpact.codec;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Commitments brought to the deals they matter to. */
public final class DealCommitments {
  private DealCommitments() {}

  /** {@code deal_id, commitment_id} of every commitment that a deal made or amended. */
  public static Dataset<Row> touched(Dataset<Row> versions) {
    return versions.select("deal_id", "commitment_id").distinct();
  }

  /**
   * A row for each deal, {@code of_deal}, with {@code versions}: all versions of its commitments,
   * those that other deals brought too, so that an amendment can be read with what it amends.
   *
   * @param commitments deal_id, commitment_id
   */
  public static Dataset<Row> of(Dataset<Row> commitments, Dataset<Row> versions) {
    return commitments
        .select(col("deal_id").as("of_deal"), col("commitment_id").as("of_commitment"))
        .join(
            versions.select(col("commitment_id"), struct(CommitmentRows.columns()).as("version")),
            col("commitment_id").equalTo(col("of_commitment")))
        .groupBy("of_deal")
        .agg(collect_list(col("version")).as("versions"));
  }
}
