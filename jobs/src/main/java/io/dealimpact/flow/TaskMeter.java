package io.dealimpact.flow;

import io.dealimpact.run.StageWork;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Adds up what Spark's tasks do for each stage of the flow. Spark reports tasks a moment after they
 * end: figures that are read right after a stage may lack its last tasks.
 */
final class TaskMeter extends SparkListener {
  private static final double NANOS = 1e9;

  /** The flow's stage by the id of Spark's. */
  private final Map<Integer, String> stages = new ConcurrentHashMap<>();

  private final Map<String, StageWork> work = new ConcurrentHashMap<>();

  /** What Spark has reported of a stage of the flow so far. */
  StageWork of(String stage) {
    return work.getOrDefault(stage, StageWork.NONE);
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    Properties properties = submitted.properties();
    String stage = properties == null ? null : properties.getProperty(Progress.STAGE);
    if (stage != null) {
      stages.put(submitted.stageInfo().stageId(), stage);
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd ended) {
    String stage = stages.get(ended.stageId());
    TaskMetrics metrics = ended.taskMetrics();
    if (stage != null && metrics != null) {
      work.merge(
          stage,
          new StageWork(
              metrics.executorCpuTime() / NANOS,
              metrics.shuffleWriteMetrics().bytesWritten(),
              metrics.diskBytesSpilled()),
          StageWork::plus);
    }
  }
}
