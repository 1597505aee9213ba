package io.dealimpact.stage.study;

import io.dealimpact.config.Configuration.StudySettings;
import java.util.Map;
import java.util.TreeMap;

/** The settings that stages of the study read, by name; see {@link io.dealimpact.stage.Stage}. */
final class StudyReads {
  private StudyReads() {}

  /** Read by whatever measures an event. */
  static Map<String, Object> measuring(StudySettings study) {
    Map<String, Object> read = new TreeMap<>();
    read.put("study.benchmark", study.benchmark());
    read.put("study.benchmarks", study.benchmarks());
    read.put("study.event_date", study.eventDate());
    read.put("study.returns", study.returns());
    read.put("study.price", study.price());
    read.put("study.event_window", study.eventWindow());
    read.put("study.estimation", study.estimation());
    read.put("study.windows", study.windows());
    read.put("study.models", study.models());
    read.put("study.factor_set", study.factorSet());
    read.put("study.excess", study.excess());
    read.put("study.peers", study.peers());
    read.put("study.headline_model", study.headlineModel());
    read.put("study.sectors", study.sectors());
    read.put("study.other_events", study.otherEvents());
    read.put("study.placebo", study.placebo());
    read.put("study.measures", study.measures());
    read.put("study.confidence", study.confidence());
    return read;
  }

  /** Read by the regression of the measured events. */
  static Map<String, Object> regressing(StudySettings study) {
    Map<String, Object> read = named(study);
    read.put("study.covariates", study.covariates());
    return read;
  }

  private static Map<String, Object> named(StudySettings study) {
    Map<String, Object> read = measuring(study);
    read.put("study.name", study.name());
    return read;
  }

  /** Read by what puts the measured events into groups. */
  static Map<String, Object> grouping(StudySettings study) {
    Map<String, Object> read = named(study);
    read.put("study.groups", study.groups());
    return read;
  }

  /** Read by the comparison of choices, which simulates nothing. */
  static Map<String, Object> comparing(StudySettings study) {
    Map<String, Object> read = grouping(study);
    read.put("study.variants", study.variants());
    read.put("study.tests", study.tests());
    read.put("study.keep_events", study.keepEvents());
    read.put("study.robustness", study.robustness());
    return read;
  }

  /** Read by the tests of groups. */
  static Map<String, Object> testing(StudySettings study) {
    Map<String, Object> read = grouping(study);
    read.put("study.variants", study.variants());
    read.put("study.tests", study.tests());
    read.put("study.keep_events", study.keepEvents());
    read.put("study.bootstrap", study.bootstrap());
    return read;
  }
}
