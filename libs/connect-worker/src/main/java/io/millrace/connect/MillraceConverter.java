package io.millrace.connect;

import io.millrace.connector.struct.StructReader;
import io.millrace.connector.struct.StructTypes;
import io.millrace.connector.struct.StructWriter;
import io.millrace.schemas.bus.KafkaSchemaStore;
import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.event.MalformedEventException;
import io.millrace.schemas.event.SelfDescribingDecoder;
import io.millrace.schemas.event.UnknownSchemaException;
import io.millrace.schemas.type.AvroTypes;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;

/**
 * Lets any Kafka Connect plugin write and read events: structs to Avro single-object encoding by
 * position, their schema announced before the first record, and back. Our own connectors have no
 * need of it: they handle the bytes themselves.
 *
 * <p>Configuration: {@code value.converter.millrace.kafka.*} is how to reach the schemas, as for
 * any Kafka client. One thread uses an instance, as Kafka Connect does.
 */
public final class MillraceConverter implements Converter {

  private static final String KAFKA_PREFIX = "millrace.kafka.";

  private record Layout(StructReader reader, EventEncoder encoder) {}

  private final Map<Schema, Layout> layouts = new HashMap<>();
  private final Map<Long, StructWriter> writers = new HashMap<>();
  private KafkaSchemaStore schemas;
  private SelfDescribingDecoder decoder;

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    Map<String, Object> kafka = new HashMap<>();
    configs.forEach((key, value) -> {
      if (key.startsWith(KAFKA_PREFIX)) {
        kafka.put(key.substring(KAFKA_PREFIX.length()), value);
      }
    });
    schemas = new KafkaSchemaStore(kafka);
    decoder = new SelfDescribingDecoder(schemas);
  }

  @Override
  public byte[] fromConnectData(String topic, Schema schema, Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    if (schema == null || schema.type() != Schema.Type.STRUCT) {
      throw new DataException(
          "a record for %s is %s; only structs and bytes become events"
              .formatted(topic, value.getClass().getSimpleName()));
    }
    Layout layout = layouts.computeIfAbsent(schema, s -> layout(topic, s));
    return layout.encoder().encode(layout.reader().read(value));
  }

  @Override
  public SchemaAndValue toConnectData(String topic, byte[] value) {
    if (value == null) {
      return SchemaAndValue.NULL;
    }
    try {
      SelfDescribingDecoder.Event event = decoder.decode(value);
      StructWriter writer =
          writers.computeIfAbsent(
              event.fingerprint(), f -> new StructWriter(event.rowType(), topic));
      return new SchemaAndValue(writer.schema(), writer.write(event.row()));
    } catch (MalformedEventException | UnknownSchemaException e) {
      throw new DataException("a record of %s is no event: %s".formatted(topic, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    if (schemas != null) {
      schemas.close();
      schemas = null;
    }
  }

  private Layout layout(String topic, Schema schema) {
    return new Layout(
        new StructReader(schema),
        EventEncoder.announced(AvroTypes.toAvro(StructTypes.row(schema), topic), schemas));
  }
}
