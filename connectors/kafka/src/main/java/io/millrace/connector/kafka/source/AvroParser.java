package io.millrace.connector.kafka.source;

import io.millrace.schemas.event.EventDecoder;
import io.millrace.schemas.event.Fingerprints;
import io.millrace.schemas.event.MalformedEventException;
import io.millrace.schemas.event.MemorySchemaStore;
import io.millrace.schemas.event.SchemaStore;
import io.millrace.schemas.event.UnknownSchemaException;
import io.millrace.schemas.type.RowType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Avro's bytes, with a header that names their schema or with a schema from the options. */
final class AvroParser implements ValueParser {

  /** A magic byte and the number of a schema in a registry. */
  private static final int CONFLUENT_HEADER_LENGTH = 5;

  private final EventDecoder decoder;
  private final KafkaSourceConfig.Framing framing;
  private final byte[] header;

  AvroParser(KafkaSourceConfig config, RowType columns, SchemaStore schemas) {
    this.framing = config.framing();
    if (config.avroSchema() == null) {
      this.header = null;
      this.decoder = new EventDecoder(columns, schemas);
    } else {
      SchemaStore own = new MemorySchemaStore();
      long fingerprint = own.announce(config.avroSchema());
      this.header =
          ByteBuffer.allocate(Fingerprints.HEADER_LENGTH)
              .put((byte) 0xC3)
              .put((byte) 0x01)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(fingerprint)
              .array();
      this.decoder = new EventDecoder(columns, own);
    }
  }

  @Override
  public Object[] parse(Message message) {
    try {
      return decoder.decode(framed(message.value()));
    } catch (MalformedEventException | UnknownSchemaException e) {
      throw UnparsableException.record(e.getMessage());
    }
  }

  private byte[] framed(byte[] value) {
    return switch (framing) {
      case SINGLE_OBJECT -> value;
      case NONE -> withHeader(value, 0);
      case CONFLUENT -> {
        if (value.length < CONFLUENT_HEADER_LENGTH || value[0] != 0) {
          throw UnparsableException.record("the value has no header of a schema registry");
        }
        yield withHeader(value, CONFLUENT_HEADER_LENGTH);
      }
    };
  }

  private byte[] withHeader(byte[] value, int from) {
    return ByteBuffer.allocate(header.length + value.length - from)
        .put(header)
        .put(value, from, value.length - from)
        .array();
  }
}
