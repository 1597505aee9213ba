package io.dealimpact.run;

/**
 * What Spark's tasks did for a stage, on all machines.
 *
 * @param cpuSeconds CPU time of the tasks, s; planning on the driver and the JVM's own threads are
 *     not in it
 * @param shuffleBytes written for other tasks to read
 * @param spillBytes written to disks because memory was short
 */
public record StageWork(double cpuSeconds, long shuffleBytes, long spillBytes) {
  /** A stage that had no tasks. */
  public static final StageWork NONE = new StageWork(0, 0, 0);

  /** Both together. */
  public StageWork plus(StageWork other) {
    return new StageWork(
        cpuSeconds + other.cpuSeconds,
        shuffleBytes + other.shuffleBytes,
        spillBytes + other.spillBytes);
  }
}
