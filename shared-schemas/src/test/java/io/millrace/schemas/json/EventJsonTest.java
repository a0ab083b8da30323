package io.millrace.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventJsonTest {

  private static String json(DataType type, Object value) {
    String json = new EventJson(RowType.of(Field.nullable("c", type))).write(new Object[] {value});
    return json.substring("{\"c\":".length(), json.length() - 1);
  }

  @Test
  void everyTypeHasItsForm() {
    assertThat(json(DataType.INT, null)).isEqualTo("null");
    assertThat(json(DataType.BOOLEAN, true)).isEqualTo("true");
    assertThat(json(DataType.BIGINT, Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
    assertThat(json(DataType.FLOAT, 0.1f)).isEqualTo("0.1");
    assertThat(json(DataType.DOUBLE, Double.NaN)).isEqualTo("\"NaN\"");
    assertThat(json(DataType.decimal(38, 10), new BigDecimal("1E-10"))).isEqualTo("0.0000000001");
    assertThat(json(DataType.BYTES, new byte[] {1, 2})).isEqualTo("\"AQI=\"");
    assertThat(json(DataType.DATE, -1)).isEqualTo("\"1969-12-31\"");
    assertThat(json(DataType.TIME, 0L)).isEqualTo("\"00:00:00\"");
    assertThat(json(DataType.TIME, 86_399_000_001L)).isEqualTo("\"23:59:59.000001\"");
    assertThat(json(DataType.TIMESTAMP, -1L)).isEqualTo("\"1969-12-31T23:59:59.999999Z\"");
    assertThat(json(DataType.TIMESTAMP, 0L)).isEqualTo("\"1970-01-01T00:00:00Z\"");
    assertThat(json(DataType.JSON, "{\"a\": [1]}")).isEqualTo("{\"a\": [1]}");
    assertThat(json(DataType.array(DataType.INT), Arrays.asList(1, null))).isEqualTo("[1,null]");
    assertThat(json(DataType.map(DataType.STRING), Map.of("k\"", "v")))
        .isEqualTo("{\"k\\\"\":\"v\"}");
    assertThat(
            json(
                DataType.row(
                    List.of(Field.nullable("a", DataType.INT), Field.nullable("b", DataType.INT))),
                new Object[] {1, null}))
        .isEqualTo("{\"a\":1,\"b\":null}");
  }

  @Test
  void textIsEscapedAsJsonWantsIt() {
    assertThat(json(DataType.STRING, "a\"b\\c\n\t\u0001é水"))
        .isEqualTo("\"a\\\"b\\\\c\\n\\t\\u0001é水\"");
  }
}
