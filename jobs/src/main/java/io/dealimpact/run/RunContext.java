package io.dealimpact.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One run of the program: who it is, when it began, and what it may do. None of it reaches a row of
 * silver or gold.
 *
 * @param runId unique, sorts by time
 * @param startedAt when it began, by a clock that may be set while it runs
 * @param beganNanos the same by {@link System#nanoTime}
 * @param command the command as given, without secrets
 * @param effect whether tables may change
 * @param range the event days or trade days to recompute; {@link DateRange#ALWAYS} for a night
 */
public record RunContext(
    String runId,
    Instant startedAt,
    long beganNanos,
    String command,
    Effect effect,
    DateRange range) {

  /** Masks the command's secrets. */
  public RunContext {
    command = Secrets.mask(command);
  }

  /** Whether a run changes tables. */
  public enum Effect {
    WRITE,
    DRY_RUN
  }

  /** Calendar days, both ends inclusive. */
  public record DateRange(LocalDate from, LocalDate to) {
    public static final DateRange ALWAYS =
        new DateRange(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31));

    public DateRange {
      if (to.isBefore(from)) {
        throw Failures.backwardsRange(from, to);
      }
    }
  }

  /** A run that begins now. */
  public static RunContext begin(Clock clock, String command, Effect effect, DateRange range) {
    Instant now = clock.instant();
    byte[] tail = new byte[4];
    ThreadLocalRandom.current().nextBytes(tail);
    String stamp =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC).format(now);
    return new RunContext(
        stamp + "-" + HexFormat.of().formatHex(tail),
        now,
        System.nanoTime(),
        command,
        effect,
        range);
  }

  /** How long it has been running. */
  public Duration took() {
    return Duration.ofNanos(System.nanoTime() - beganNanos);
  }
}
