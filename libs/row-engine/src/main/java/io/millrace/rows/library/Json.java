package io.millrace.rows.library;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.rows.ErrorCode;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Reads and writes JSON; numbers keep all their digits. */
final class Json {
  static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final com.fasterxml.jackson.databind.json.JsonMapper MAPPER =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(500).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(com.fasterxml.jackson.core.JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  static JsonNode parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node != null && !node.isMissingNode()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new RowException(
          ErrorCode.BAD_JSON, RowException.quote(text) + " is no JSON: " + e.getOriginalMessage());
    }
    throw new RowException(ErrorCode.BAD_JSON, "an empty text is no JSON");
  }

  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new RowException(ErrorCode.BAD_JSON, e.getOriginalMessage());
    }
  }

  /** A value of a row as JSON. */
  static JsonNode node(Object value, DataType type) {
    if (value == null) {
      return NODES.nullNode();
    }
    return switch (type) {
      case DataType.Decimal decimal -> NODES.numberNode((BigDecimal) value);
      case DataType.Array array -> {
        ArrayNode node = NODES.arrayNode();
        ((List<?>) value).forEach(element -> node.add(node(element, array.element())));
        yield node;
      }
      case DataType.MapOf map -> {
        ObjectNode node = NODES.objectNode();
        ((Map<?, ?>) value)
            .forEach((key, element) -> node.set(key.toString(), node(element, map.value())));
        yield node;
      }
      case DataType.Row row -> {
        ObjectNode node = NODES.objectNode();
        Object[] columns = (Object[]) value;
        for (int i = 0; i < columns.length; i++) {
          Field field = row.row().field(i);
          node.set(field.name(), node(columns[i], field.type()));
        }
        yield node;
      }
      case DataType.Primitive primitive ->
          switch (primitive.kind()) {
            case BOOLEAN -> NODES.booleanNode((Boolean) value);
            case INT -> NODES.numberNode((Integer) value);
            case BIGINT -> NODES.numberNode((Long) value);
            case FLOAT -> number(((Float) value).doubleValue(), value.toString());
            case DOUBLE -> number((Double) value, value.toString());
            case STRING -> NODES.textNode((String) value);
            case JSON -> parse((String) value);
            case BYTES -> NODES.textNode(Base64.getEncoder().encodeToString((byte[]) value));
            case DATE -> NODES.textNode(TimeTexts.dateText((Integer) value));
            case TIME -> NODES.textNode(TimeTexts.timeText((Long) value));
            case TIMESTAMP -> NODES.textNode(TimeTexts.timestampText((Long) value));
          };
    };
  }

  /** JSON has no NaN and no infinity; they stand as texts. */
  private static JsonNode number(double value, String text) {
    return Double.isFinite(value) ? NODES.numberNode(new BigDecimal(text)) : NODES.textNode(text);
  }
}
