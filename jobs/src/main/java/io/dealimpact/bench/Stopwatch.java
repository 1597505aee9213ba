package io.dealimpact.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Wall time and CPU time of this process, all threads and DuckDB's among them. */
final class Stopwatch {
  /**
   * What a piece of work took.
   *
   * @param wallSeconds by the clock
   * @param cpuSeconds of all threads of the process
   */
  record Time(double wallSeconds, double cpuSeconds) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.2f s, CPU %.2f s", wallSeconds, cpuSeconds);
    }
  }

  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Stopwatch() {}

  static Time time(Runnable work) {
    long wall = System.nanoTime();
    long cpu = PROCESS.getProcessCpuTime();
    work.run();
    return new Time((System.nanoTime() - wall) / 1e9, (PROCESS.getProcessCpuTime() - cpu) / 1e9);
  }
}
