package io.millrace.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.testing.TestKafka;
import java.math.BigDecimal;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

/** Structs of any plugin become events and are the same structs again. */
class MillraceConverterTest {

  @Test
  void aStructGoesThereAndBack() {
    Map<String, String> config = new HashMap<>();
    TestKafka.shared().clientConfig().forEach((k, v) -> config.put("millrace.kafka." + k, v));
    Schema inner =
        SchemaBuilder.struct().field("x", Schema.OPTIONAL_INT32_SCHEMA).optional().build();
    Schema schema =
        SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("text", SchemaBuilder.string().optional().defaultValue("default").build())
            .field("price", Decimal.builder(2).optional().build())
            .field("at", Timestamp.builder().optional().build())
            .field("tags", SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).optional().build())
            .field("inner", inner)
            .build();
    Struct struct =
        new Struct(schema)
            .put("id", 7L)
            .put("text", null)
            .put("price", new BigDecimal("1.50"))
            .put("at", new Date(1234))
            .put("tags", List.of("a"))
            .put("inner", new Struct(inner).put("x", 3));
    try (MillraceConverter writing = new MillraceConverter();
        MillraceConverter reading = new MillraceConverter()) {
      writing.configure(config, false);
      reading.configure(config, false);
      byte[] event = writing.fromConnectData("default.app.t", schema, struct);
      SchemaAndValue back = reading.toConnectData("default.app.t", event);
      Struct read = (Struct) back.value();
      assertThat(read.get("id")).isEqualTo(7L);
      assertThat(read.get("text")).isNull();
      assertThat(read.get("price")).isEqualTo(new BigDecimal("1.50"));
      assertThat(read.get("at")).isEqualTo(new Date(1234));
      assertThat(read.getArray("tags")).containsExactly("a");
      assertThat(read.getStruct("inner").get("x")).isEqualTo(3);
      assertThatThrownBy(() -> reading.toConnectData("t", new byte[] {1, 2}))
          .isInstanceOf(DataException.class);
      assertThatThrownBy(() -> writing.fromConnectData("t", Schema.STRING_SCHEMA, "x"))
          .isInstanceOf(DataException.class);
    }
  }
}
