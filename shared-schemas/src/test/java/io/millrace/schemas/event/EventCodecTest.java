package io.millrace.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

class EventCodecTest {

  private static final RowType EVERYTHING =
      RowType.of(
          Field.required("id", DataType.BIGINT),
          Field.nullable("flag", DataType.BOOLEAN),
          Field.nullable("small", DataType.INT),
          Field.nullable("ratio", DataType.FLOAT),
          Field.nullable("amount", DataType.DOUBLE),
          Field.nullable("price", DataType.decimal(10, 2)),
          Field.nullable("huge", DataType.decimal(38, 10)),
          Field.nullable("text", DataType.STRING),
          Field.nullable("raw", DataType.BYTES),
          Field.nullable("day", DataType.DATE),
          Field.nullable("time", DataType.TIME),
          Field.nullable("at", DataType.TIMESTAMP),
          Field.nullable("tags", DataType.array(DataType.STRING)),
          Field.nullable("counts", DataType.map(DataType.INT)),
          Field.nullable("doc", DataType.JSON),
          Field.nullable(
              "nested",
              DataType.row(
                  List.of(
                      Field.nullable("a", DataType.INT), Field.required("b", DataType.STRING)))));

  private final MemorySchemaStore store = new MemorySchemaStore();

  private static Object[] sample() {
    return new Object[] {
      Long.MIN_VALUE,
      true,
      Integer.MAX_VALUE,
      1.5f,
      -0.0d,
      new BigDecimal("-12345678.90"),
      new BigDecimal("1234567890123456789012345678.0123456789"),
      "Grüße, 水車 🌊",
      new byte[] {0, -1, 127},
      -1,
      86_399_999_999L,
      1_700_000_000_123_456L,
      Arrays.asList("x", null, ""),
      Map.of("k", 7),
      "{\"a\":1}",
      new Object[] {null, "inner"}
    };
  }

  private Object[] roundTrip(RowType written, RowType read, Object[] row) {
    byte[] bytes = EventEncoder.announced(AvroTypes.toAvro(written, "t.s"), store).encode(row);
    return new EventDecoder(read, store).decode(bytes);
  }

  @Test
  void everyTypeSurvives() {
    assertThat(Arrays.deepEquals(roundTrip(EVERYTHING, EVERYTHING, sample()), sample())).isTrue();
  }

  @Test
  void everyColumnMayBeNullWhereItIsNullable() {
    Object[] row = new Object[EVERYTHING.size()];
    row[0] = 1L;
    assertThat(roundTrip(EVERYTHING, EVERYTHING, row)).isEqualTo(row);
  }

  @Test
  void decimalsOfEverySizeKeepTheirValue() {
    RowType row = RowType.of(Field.required("d", DataType.decimal(38, 6)));
    Random random = new Random(7);
    for (int digits = 1; digits <= 32; digits++) {
      for (int i = 0; i < 50; i++) {
        BigDecimal value =
            new BigDecimal(new java.math.BigInteger(digits * 3, random), 6)
                .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
        assertThat(roundTrip(row, row, new Object[] {value})[0]).isEqualTo(value);
      }
    }
  }

  @Test
  void avrosOwnReaderReadsWhatTheEncoderWrites() throws IOException {
    Schema schema = AvroTypes.toAvro(EVERYTHING, "default.shop.everything");
    byte[] bytes = EventEncoder.of(schema).encode(sample());

    GenericRecord record =
        new BinaryMessageDecoder<GenericRecord>(GenericData.get(), schema)
            .decode(ByteBuffer.wrap(bytes));

    assertThat(record.get("id")).isEqualTo(Long.MIN_VALUE);
    assertThat(record.get("text").toString()).isEqualTo("Grüße, 水車 🌊");
    assertThat(new java.math.BigInteger(((ByteBuffer) record.get("price")).array()))
        .isEqualTo(-1234567890L);
  }

  @Test
  void theDecoderReadsWhatAvrosOwnWriterWrites() throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type":"record","name":"r","fields":[
                  {"name":"color","type":{"type":"enum","name":"c","symbols":["RED","GREEN"]}},
                  {"name":"ms","type":{"type":"long","logicalType":"timestamp-millis"}},
                  {"name":"xs","type":{"type":"array","items":"int"}}]}
                """);
    GenericRecord record = new GenericData.Record(schema);
    record.put("color", new GenericData.EnumSymbol(schema.getField("color").schema(), "GREEN"));
    record.put("ms", 1234L);
    record.put("xs", List.of(1, 2));
    ByteBuffer bytes =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(record);
    byte[] event = new byte[bytes.remaining()];
    bytes.get(event);
    store.announce(schema);

    SelfDescribingDecoder.Event decoded = new SelfDescribingDecoder(store).decode(event);

    assertThat(decoded.row()).containsExactly("GREEN", 1_234_000L, List.of(1, 2));
  }

  @Test
  void aColumnAddedByTheWriterIsPassedOver() {
    RowType old = RowType.of(Field.required("a", DataType.INT));
    RowType grown =
        RowType.of(
            Field.nullable("b", DataType.array(DataType.decimal(4, 1))),
            Field.required("a", DataType.INT));
    Object[] row = {List.of(new BigDecimal("1.5")), 3};
    assertThat(roundTrip(grown, old, row)).containsExactly(3);
  }

  @Test
  void aColumnThatTheWriterDidNotHaveIsNull() {
    RowType old = RowType.of(Field.required("a", DataType.INT));
    RowType grown =
        RowType.of(Field.required("a", DataType.INT), Field.nullable("b", DataType.INT));
    assertThat(roundTrip(old, grown, new Object[] {3})).containsExactly(3, null);
  }

  @Test
  void numbersAreWidened() {
    RowType written =
        RowType.of(
            Field.required("a", DataType.INT),
            Field.required("b", DataType.BIGINT),
            Field.required("c", DataType.decimal(5, 1)));
    RowType read =
        RowType.of(
            Field.required("a", DataType.BIGINT),
            Field.required("b", DataType.decimal(19, 2)),
            Field.required("c", DataType.decimal(9, 3)));
    assertThat(roundTrip(written, read, new Object[] {1, 2L, new BigDecimal("3.5")}))
        .containsExactly(1L, new BigDecimal("2.00"), new BigDecimal("3.500"));
  }

  @Test
  void schemasThatDifferInLogicalTypesAloneHaveFingerprintsOfTheirOwn() {
    Schema two = AvroTypes.toAvro(RowType.of(Field.required("d", DataType.decimal(9, 2))), "t.s");
    Schema three = AvroTypes.toAvro(RowType.of(Field.required("d", DataType.decimal(9, 3))), "t.s");
    assertThat(Fingerprints.of(two)).isNotEqualTo(Fingerprints.of(three));
  }

  @Test
  void everyTruncationIsAnErrorAndNeverAWrongRow() {
    byte[] event =
        EventEncoder.announced(AvroTypes.toAvro(EVERYTHING, "t.s"), store).encode(sample());
    EventDecoder decoder = new EventDecoder(EVERYTHING, store);
    for (int length = 0; length < event.length; length++) {
      byte[] cut = Arrays.copyOf(event, length);
      assertThatThrownBy(() -> decoder.decode(cut)).isInstanceOf(MalformedEventException.class);
    }
  }

  @Test
  void anyBytesAreRefusedWithAnErrorOfOurs() {
    EventDecoder decoder = new EventDecoder(EVERYTHING, store);
    byte[] event =
        EventEncoder.announced(AvroTypes.toAvro(EVERYTHING, "t.s"), store).encode(sample());
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      byte[] broken = event.clone();
      for (int n = 0; n < 3; n++) {
        broken[Fingerprints.HEADER_LENGTH + random.nextInt(broken.length - 10)] =
            (byte) random.nextInt();
      }
      try {
        decoder.decode(broken);
      } catch (MalformedEventException expected) {
        assertThat(expected.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void anUnknownSchemaSaysWhoHasToAct() {
    byte[] event = EventEncoder.of(AvroTypes.toAvro(EVERYTHING, "t.s")).encode(sample());
    assertThatThrownBy(() -> new EventDecoder(EVERYTHING, store).decode(event))
        .isInstanceOf(UnknownSchemaException.class)
        .hasMessageContaining("millrace.schemas");
  }

  @Test
  void aValueThatDoesNotFitNamesItsColumn() {
    EventEncoder encoder =
        EventEncoder.of(
            AvroTypes.toAvro(RowType.of(Field.required("price", DataType.decimal(5, 2))), "t.s"));
    assertThatThrownBy(() -> encoder.encode(new Object[] {"cheap"}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("price")
        .hasMessageContaining("cheap");
    assertThatThrownBy(() -> encoder.encode(new Object[] {new BigDecimal("1.234")}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.234");
  }

  @Test
  void equalKeysHaveEqualBytesWhetherNullableOrNot() {
    KeyEncoder required = new KeyEncoder(RowType.of(Field.required("a", DataType.INT)));
    KeyEncoder nullable = new KeyEncoder(RowType.of(Field.nullable("b", DataType.INT)));
    assertThat(required.encode(new Object[] {5})).isEqualTo(nullable.encode(new Object[] {5}));
    assertThat(nullable.encode(new Object[] {null})).isNotEmpty();
  }
}
