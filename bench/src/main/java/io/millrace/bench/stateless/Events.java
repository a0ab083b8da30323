package io.millrace.bench.stateless;

import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.event.KeyEncoder;
import io.millrace.schemas.event.SchemaStore;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The events of the benchmark: stock levels of 10,000 products, some 60 bytes each. */
final class Events implements AutoCloseable {

  static final int PRODUCTS = 10_000;

  static final RowType STOCK =
      RowType.of(
          Field.required("id", DataType.BIGINT),
          Field.required("product_id", DataType.INT),
          Field.nullable("location", DataType.STRING),
          Field.nullable("quantity", DataType.INT),
          Field.nullable("price", DataType.DOUBLE),
          Field.nullable("counted", DataType.TIMESTAMP));

  private final EventEncoder encoder;
  private final KeyEncoder keys = new KeyEncoder(RowType.of(STOCK.field(1)));
  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;

  Events(Map<String, String> kafka, SchemaStore schemas, String topic, Schema schema) {
    this.topic = topic;
    this.encoder = EventEncoder.announced(schema, schemas);
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("key.serializer", ByteArraySerializer.class);
    config.put("value.serializer", ByteArraySerializer.class);
    config.put("compression.type", "lz4");
    config.put("linger.ms", 0);
    config.put("batch.size", 256 << 10);
    producer = new KafkaProducer<>(config);
  }

  static Schema schema(String topic) {
    return AvroTypes.toAvro(STOCK, topic);
  }

  void send(long number) {
    int product = (int) (number * 7919 % PRODUCTS);
    Object[] row = {
      number,
      product,
      "location-" + number % 50,
      (int) (number % 1000),
      number % 10_000 / 100.0,
      System.currentTimeMillis() * 1000
    };
    producer.send(
        new ProducerRecord<>(topic, keys.encode(new Object[] {product}), encoder.encode(row)));
  }

  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
