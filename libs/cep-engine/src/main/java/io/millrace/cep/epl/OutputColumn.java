package io.millrace.cep.epl;

import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.EventPropertyGetter;
import io.millrace.rows.ErrorCode;
import io.millrace.rows.library.RowException;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.DataType.Kind;
import io.millrace.schemas.type.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A declared column and where its values come from.
 *
 * @param property what the select calls it
 */
record OutputColumn(Field field, String property) {

  /** Why values of a class cannot go into the column; null when they can. */
  String fault(Class<?> from) {
    if (from == null || from == Object.class || accepts(boxed(from))) {
      return null;
    }
    return "column "
        + field.name()
        + " is "
        + field.type().sql()
        + ", but the select gives "
        + sql(boxed(from))
        + ": "
        + way(boxed(from));
  }

  private String way(Class<?> from) {
    if (Number.class.isAssignableFrom(from) && field.type() instanceof DataType.Primitive p) {
      return switch (p.kind()) {
        case INT -> "declare it " + sql(from) + ", or write cast(…, int)";
        case BIGINT -> "declare it " + sql(from) + ", or write cast(…, long)";
        case FLOAT -> "declare it " + sql(from) + ", or write cast(…, float)";
        case STRING -> "declare it " + sql(from) + ", or write cast(…, string)";
        default -> "declare it " + sql(from);
      };
    }
    return "declare another type, or select something else";
  }

  private boolean accepts(Class<?> from) {
    return switch (field.type()) {
      case DataType.Decimal d -> Number.class.isAssignableFrom(from);
      case DataType.Array a -> from.isArray() || Collection.class.isAssignableFrom(from);
      case DataType.MapOf m -> Map.class.isAssignableFrom(from);
      case DataType.Row r -> from == Object[].class;
      case DataType.Primitive p ->
          switch (p.kind()) {
            case BOOLEAN -> from == Boolean.class;
            case INT, DATE -> from == Integer.class || from == Short.class || from == Byte.class;
            case BIGINT, TIME, TIMESTAMP ->
                from == Long.class
                    || from == Integer.class
                    || from == Short.class
                    || from == Byte.class;
            case FLOAT -> from == Float.class;
            case DOUBLE -> Number.class.isAssignableFrom(from);
            case STRING, JSON -> from == String.class || from == Character.class;
            case BYTES -> from == byte[].class;
          };
    };
  }

  private static Class<?> boxed(Class<?> type) {
    return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
  }

  private static String sql(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "Boolean" -> "BOOLEAN";
      case "Integer" -> "INT";
      case "Long" -> "BIGINT";
      case "Float" -> "FLOAT";
      case "Double" -> "DOUBLE";
      case "BigDecimal" -> "DECIMAL";
      case "String" -> "STRING";
      default -> type.isArray() || Collection.class.isAssignableFrom(type) ? "an array" : "a value";
    };
  }

  /**
   * The value for a row.
   *
   * @throws RowException when it does not fit
   */
  Object value(EventPropertyGetter getter, EventBean event) {
    Object value = getter.get(event);
    if (value == null) {
      if (!field.nullable()) {
        throw new RowException(
            ErrorCode.MALFORMED_ROW, "column " + field.name() + " is NOT NULL and got NULL");
      }
      return null;
    }
    return convert(value, field.type());
  }

  private static Object convert(Object value, DataType type) {
    return switch (type) {
      case DataType.Decimal decimal -> decimal(value, decimal);
      case DataType.Array array -> list(value, array.element());
      case DataType.MapOf map -> {
        if (value instanceof Map<?, ?>) {
          yield value;
        }
        throw RowException.badCast(value, type.sql());
      }
      case DataType.Row row -> {
        if (value instanceof Object[] fields && fields.length == row.row().size()) {
          yield fields;
        }
        throw RowException.badCast("a value", type.sql());
      }
      case DataType.Primitive primitive -> primitive(value, primitive.kind(), type);
    };
  }

  private static Object primitive(Object value, Kind kind, DataType type) {
    Object fitting =
        switch (kind) {
          case BOOLEAN -> value instanceof Boolean ? value : null;
          case INT, DATE -> isShort(value) ? (Integer) ((Number) value).intValue() : null;
          case BIGINT, TIME, TIMESTAMP ->
              value instanceof Long || isShort(value) ? (Long) ((Number) value).longValue() : null;
          case FLOAT -> value instanceof Float ? value : null;
          case DOUBLE -> value instanceof Number n ? (Double) n.doubleValue() : null;
          case STRING, JSON ->
              value instanceof String || value instanceof Character ? value.toString() : null;
          case BYTES -> value instanceof byte[] ? value : null;
        };
    if (fitting == null) {
      throw RowException.badCast(value, type.sql());
    }
    return fitting;
  }

  private static boolean isShort(Object value) {
    return value instanceof Integer || value instanceof Short || value instanceof Byte;
  }

  private static Object decimal(Object value, DataType.Decimal type) {
    BigDecimal exact =
        switch (value) {
          case BigDecimal d -> d;
          case BigInteger i -> new BigDecimal(i);
          case Double d when !Double.isFinite(d) -> throw RowException.badCast(d, type.sql());
          case Float f when !Float.isFinite(f) -> throw RowException.badCast(f, type.sql());
          case Double d -> BigDecimal.valueOf(d);
          case Float f -> new BigDecimal(f.toString());
          case Number n -> BigDecimal.valueOf(n.longValue());
          default -> throw RowException.badCast(value, type.sql());
        };
    BigDecimal scaled = exact.setScale(type.scale(), RoundingMode.HALF_UP);
    if (scaled.precision() - scaled.scale() > type.precision() - type.scale()) {
      throw RowException.overflow(type.sql());
    }
    return scaled;
  }

  private static List<Object> list(Object value, DataType element) {
    List<Object> result = new ArrayList<>();
    if (value instanceof Collection<?> collection) {
      collection.forEach(one -> result.add(element(one, element)));
    } else if (value.getClass().isArray()) {
      int length = java.lang.reflect.Array.getLength(value);
      for (int i = 0; i < length; i++) {
        result.add(element(java.lang.reflect.Array.get(value, i), element));
      }
    } else {
      throw RowException.badCast(value, "ARRAY");
    }
    return result;
  }

  private static Object element(Object value, DataType type) {
    Object plain = value instanceof EventBean event ? event.getUnderlying() : value;
    return plain == null ? null : convert(plain, type);
  }
}
