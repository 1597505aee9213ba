package io.dealimpact.notebook;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The tables of a study of one's own, as the tables of gold with these names.
 *
 * @param events gold.event_impact: what each event did, by model and window
 * @param days gold.abnormal_returns: day by day
 * @param fits gold.model_fits: the models
 * @param paths gold.study_paths: all events together, day by day
 * @param tests gold.study_tests: all events together, by window and test
 */
public record Study(
    Dataset<Row> events,
    Dataset<Row> days,
    Dataset<Row> fits,
    Dataset<Row> paths,
    Dataset<Row> tests) {}
