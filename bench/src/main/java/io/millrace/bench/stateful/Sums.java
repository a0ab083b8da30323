package io.millrace.bench.stateful;

import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** What a window of the Kafka Streams peer holds; {@link #SERDE} is how it lies in a store. */
final class Sums {

  private static final int BYTES = 3 * Long.BYTES;

  static final Serde<Sums> SERDE =
      Serdes.serdeFrom((topic, sums) -> sums.write(), (topic, bytes) -> read(bytes));

  private long count;
  private double sum;
  private double max = Double.NEGATIVE_INFINITY;

  Sums add(double amount) {
    count++;
    sum += amount;
    max = Math.max(max, amount);
    return this;
  }

  long count() {
    return count;
  }

  double sum() {
    return sum;
  }

  double max() {
    return max;
  }

  private byte[] write() {
    return ByteBuffer.allocate(BYTES).putLong(count).putDouble(sum).putDouble(max).array();
  }

  private static Sums read(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Sums sums = new Sums();
    sums.count = buffer.getLong();
    sums.sum = buffer.getDouble();
    sums.max = buffer.getDouble();
    return sums;
  }
}
