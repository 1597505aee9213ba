package io.dealimpact.codec;

import io.dealimpact.capacity.Milestone;
import io.dealimpact.capacity.QuantityRange;
import io.dealimpact.capacity.Ramp;
import io.dealimpact.capacity.Schedule;
import io.dealimpact.capacity.Tranche;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of a commitment as bytes, for a shuffle. */
final class TrancheCodec {
  private static final int BYTES_EACH = 5 + 4 * Double.BYTES + 2 * Integer.BYTES;

  private static final List<Milestone.Kind> KINDS = List.of(Milestone.Kind.values());
  private static final List<Ramp> RAMPS = List.of(Ramp.values());
  private static final List<Schedule.Basis> BASES = List.of(Schedule.Basis.values());

  private TrancheCodec() {}

  static byte[] encode(List<Tranche> tranches) {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES_EACH * tranches.size());
    for (Tranche tranche : tranches) {
      QuantityRange gw = tranche.powerGw().orElse(QuantityRange.exactly(0));
      buffer.put((byte) (tranche.powerGw().isPresent() ? 1 : 0));
      buffer.putDouble(gw.low()).putDouble(gw.mid()).putDouble(gw.high());
      buffer.putDouble(tranche.share()).put((byte) KINDS.indexOf(tranche.kind()));
      Optional<Schedule> schedule = tranche.schedule();
      buffer.put((byte) (schedule.isPresent() ? 1 : 0));
      buffer.putInt(schedule.map(s -> (int) s.firstPowerDate().toEpochDay()).orElse(0));
      buffer.putInt(schedule.map(s -> (int) s.fullPowerDate().toEpochDay()).orElse(0));
      buffer.put((byte) (int) schedule.map(s -> RAMPS.indexOf(s.ramp())).orElse(0));
      buffer.put((byte) (int) schedule.map(s -> BASES.indexOf(s.basis())).orElse(0));
    }
    return buffer.array();
  }

  static List<Tranche> decode(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    List<Tranche> tranches = new ArrayList<>(bytes.length / BYTES_EACH);
    while (buffer.hasRemaining()) {
      boolean hasPower = buffer.get() == 1;
      QuantityRange gw =
          QuantityRange.of(buffer.getDouble(), buffer.getDouble(), buffer.getDouble());
      double share = buffer.getDouble();
      Milestone.Kind kind = KINDS.get(buffer.get());
      boolean hasSchedule = buffer.get() == 1;
      LocalDate first = LocalDate.ofEpochDay(buffer.getInt());
      LocalDate full = LocalDate.ofEpochDay(buffer.getInt());
      Ramp ramp = RAMPS.get(buffer.get());
      Schedule.Basis basis = BASES.get(buffer.get());
      tranches.add(
          new Tranche(
              hasPower ? Optional.of(gw) : Optional.empty(),
              share,
              kind,
              hasSchedule
                  ? Optional.of(new Schedule(first, full, ramp, basis))
                  : Optional.empty()));
    }
    return tranches;
  }
}
