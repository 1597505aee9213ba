package io.dealimpact.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dealimpact.study.event.EventSample;
import io.dealimpact.study.event.MarketDays;
import java.nio.ByteBuffer;

/** {@link EventSample} as bytes, as it travels between executors within a run. */
final class EventSampleCodec {
  private EventSampleCodec() {}

  static byte[] toBytes(EventSample s) {
    EventSample.Estimation estimation = s.estimation();
    EventSample.Returns returns = s.returns();
    byte[] event = s.key().eventId().getBytes(UTF_8);
    byte[] instrument = s.key().instrumentId().getBytes(UTF_8);
    int k = estimation.inverseCrossProduct().length;
    int days = returns.abnormal().length;
    int size =
        2 * Integer.BYTES
            + event.length
            + instrument.length
            + 8 * Integer.BYTES
            + Double.BYTES * (5 + 2 * estimation.residuals().length + 4 * days + days * k + k * k);
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putInt(event.length).put(event).putInt(instrument.length).put(instrument);
    out.putInt(s.key().epochDay())
        .putInt(estimation.degreesOfFreedom())
        .putDouble(estimation.sigma());
    out.putInt(estimation.start()).putInt(estimation.residuals().length);
    put(out, estimation.residuals());
    put(out, estimation.leverages());
    out.putInt(returns.start()).putInt(days).putInt(k);
    put(out, returns.abnormal());
    put(out, returns.expected());
    put(out, returns.sigmas());
    for (int t = 0; t < days && k > 0; t++) {
      put(out, returns.design()[t]);
    }
    for (double[] row : estimation.inverseCrossProduct()) {
      put(out, row);
    }
    MarketDays market = s.market();
    put(out, market.returns());
    out.putDouble(market.mean()).putDouble(market.scatter()).putInt(market.wholeDays());
    out.putDouble(market.wholeMean()).putDouble(market.wholeScatter());
    return out.array();
  }

  static EventSample fromBytes(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    String event = text(in);
    String instrument = text(in);
    int epochDay = in.getInt();
    int degreesOfFreedom = in.getInt();
    double sigma = in.getDouble();
    int estimationStart = in.getInt();
    double[] residuals = doubles(in, in.getInt());
    double[] leverages = doubles(in, residuals.length);
    int eventStart = in.getInt();
    int days = in.getInt();
    int k = in.getInt();
    EventSample.Returns returns =
        new EventSample.Returns(
            eventStart,
            doubles(in, days),
            doubles(in, days),
            doubles(in, days),
            matrix(in, days, k));
    return new EventSample(
        new EventSample.Key(event, instrument, epochDay),
        new EventSample.Estimation(
            estimationStart, residuals, leverages, degreesOfFreedom, sigma, matrix(in, k, k)),
        returns,
        new MarketDays(
            doubles(in, days),
            in.getDouble(),
            in.getDouble(),
            in.getInt(),
            in.getDouble(),
            in.getDouble()));
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return new String(bytes, UTF_8);
  }

  private static double[][] matrix(ByteBuffer in, int rows, int columns) {
    double[][] matrix = new double[rows][];
    for (int i = 0; i < rows; i++) {
      matrix[i] = doubles(in, columns);
    }
    return matrix;
  }

  private static double[] doubles(ByteBuffer in, int length) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = in.getDouble();
    }
    return values;
  }

  private static void put(ByteBuffer out, double[] values) {
    for (double value : values) {
      out.putDouble(value);
    }
  }
}
