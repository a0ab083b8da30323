package io.millrace.bench.stateless;

import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.event.KeyEncoder;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What stock is joined with: the same rows as a file and as a topic. */
final class Products {

  static final RowType ROW =
      RowType.of(
          Field.required("product_id", DataType.INT),
          Field.nullable("description", DataType.STRING),
          Field.nullable("brand", DataType.STRING));

  private Products() {}

  private static Object[] row(int product) {
    return new Object[] {product, "description of product " + product, "brand " + product % 100};
  }

  /** Writes the file, into a directory of its own. */
  static Path file() throws IOException {
    Path file = Files.createTempDirectory("bench-products").resolve("products.csv");
    List<String> lines = new ArrayList<>(List.of("product_id,description,brand"));
    for (int i = 0; i < Events.PRODUCTS; i++) {
      Object[] row = row(i);
      lines.add(row[0] + "," + row[1] + "," + row[2]);
    }
    return Files.write(file, lines);
  }

  static void write(Map<String, String> kafka, String topic) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put("key.serializer", ByteArraySerializer.class);
    config.put("value.serializer", ByteArraySerializer.class);
    EventEncoder encoder = EventEncoder.of(AvroTypes.toAvro(ROW, topic));
    KeyEncoder keys = new KeyEncoder(RowType.of(ROW.field(0)));
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config)) {
      for (int i = 0; i < Events.PRODUCTS; i++) {
        Object[] row = row(i);
        producer.send(
            new ProducerRecord<>(topic, keys.encode(new Object[] {row[0]}), encoder.encode(row)));
      }
    }
  }
}
