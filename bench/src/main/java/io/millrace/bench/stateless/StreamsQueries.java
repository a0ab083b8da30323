package io.millrace.bench.stateless;

import io.millrace.bench.streams.AvroInput;
import io.millrace.bench.streams.AvroOutput;
import io.millrace.bench.streams.StreamsApplication;
import io.millrace.schemas.event.Fingerprints;
import java.util.Locale;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.GlobalKTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/** The benchmark's two queries as applications of Kafka Streams, their columns read by hand. */
final class StreamsQueries {

  private static final Serde<byte[]> BYTES = Serdes.ByteArray();
  private static final int LEAST = 10;

  private final StreamsApplication application;
  private final AvroInput in = new AvroInput();
  private final AvroInput inProduct = new AvroInput();
  private final AvroOutput out = new AvroOutput();
  private final Utf8 text = new Utf8();

  StreamsQueries(StreamsApplication application) {
    this.application = application;
  }

  /** Filter and projection. */
  void project(String from, String to) {
    application.builder().stream(from, Consumed.with(BYTES, BYTES))
        .mapValues(this::projected)
        .filter((key, row) -> row != null)
        .to(to, Produced.with(BYTES, BYTES));
  }

  /** The join with {@code products}, a topic by product that is held in memory. */
  void join(String from, String products, String to) {
    GlobalKTable<byte[], byte[]> table =
        application
            .builder()
            .globalTable(
                products,
                Consumed.with(BYTES, BYTES),
                Materialized.<byte[], byte[]>as(Stores.inMemoryKeyValueStore("products"))
                    .withKeySerde(BYTES)
                    .withValueSerde(BYTES));
    application.builder().stream(from, Consumed.with(BYTES, BYTES))
        .leftJoin(table, (key, stock) -> key, this::joined)
        .to(to, Produced.with(BYTES, BYTES));
  }

  private byte[] projected(byte[] stock) {
    application.processed();
    in.at(stock, Fingerprints.HEADER_LENGTH);
    long id = in.readLong();
    int product = in.readInt();
    boolean noLocation = in.readNull();
    if (!noLocation) {
      in.readString(text);
    }
    boolean noQuantity = in.readNull();
    int quantity = noQuantity ? 0 : in.readInt();
    if (quantity < LEAST) {
      return null;
    }
    boolean noPrice = in.readNull();
    out.writeLong(id).writeInt(product).writeNull(noLocation);
    if (!noLocation) {
      out.writeString(new Utf8(text.toString().toUpperCase(Locale.ROOT)));
    }
    out.writeNull(noPrice);
    if (!noPrice) {
      out.writeDouble(quantity * in.readDouble());
    }
    return out.toBytes();
  }

  private byte[] joined(byte[] stock, byte[] product) {
    application.processed();
    in.at(stock, Fingerprints.HEADER_LENGTH);
    out.writeLong(in.readLong()).writeInt(in.readInt());
    copyText(in);
    if (copyNull(in)) {
      out.writeInt(in.readInt());
    }
    if (copyNull(in)) {
      out.writeDouble(in.readDouble());
    }
    if (copyNull(in)) {
      out.writeLong(in.readLong());
    }
    if (product == null) {
      return out.writeNull(true).writeNull(true).toBytes();
    }
    inProduct.at(product, Fingerprints.HEADER_LENGTH).readInt();
    copyText(inProduct);
    copyText(inProduct);
    return out.toBytes();
  }

  private void copyText(AvroInput from) {
    if (copyNull(from)) {
      out.writeString(from.readString(text));
    }
  }

  /** Whether a value follows. */
  private boolean copyNull(AvroInput from) {
    boolean isNull = from.readNull();
    out.writeNull(isNull);
    return !isNull;
  }
}
