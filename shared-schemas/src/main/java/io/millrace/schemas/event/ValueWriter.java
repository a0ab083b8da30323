package io.millrace.schemas.event;

import io.millrace.schemas.type.AvroTypes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Writes one value; made once a schema, so that no decision on types is left for each event. */
interface ValueWriter {

  void write(Output out, Object value);

  static ValueWriter of(Schema declared) {
    Schema schema = AvroTypes.nonNull(declared);
    ValueWriter writer = nonNull(schema);
    if (declared.getType() != Schema.Type.UNION) {
      return writer;
    }
    int nullBranch = declared.getTypes().get(0).getType() == Schema.Type.NULL ? 0 : 1;
    int valueBranch = 1 - nullBranch;
    return (out, value) -> {
      if (value == null) {
        out.writeLong(nullBranch);
      } else {
        out.writeLong(valueBranch);
        writer.write(out, value);
      }
    };
  }

  private static ValueWriter nonNull(Schema schema) {
    return switch (schema.getType()) {
      case BOOLEAN -> (out, value) -> out.writeByte((Boolean) value ? 1 : 0);
      case INT -> (out, value) -> out.writeLong((Integer) value);
      case LONG -> (out, value) -> out.writeLong((Long) value);
      case FLOAT -> (out, value) -> out.writeFloat((Float) value);
      case DOUBLE -> (out, value) -> out.writeDouble((Double) value);
      case STRING -> (out, value) -> out.writeString((String) value);
      case BYTES ->
          schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
              ? decimal(decimal.getScale())
              : (out, value) -> out.writeBytes((byte[]) value);
      case ARRAY -> array(of(schema.getElementType()));
      case MAP -> map(of(schema.getValueType()));
      case RECORD -> record(schema);
      default ->
          throw new IllegalArgumentException("events are not written with the type " + schema);
    };
  }

  private static ValueWriter decimal(int scale) {
    return (out, value) -> {
      BigDecimal decimal = (BigDecimal) value;
      if (decimal.scale() != scale) {
        decimal = decimal.setScale(scale);
      }
      if (decimal.precision() <= 18) {
        writeUnscaled(out, decimal.movePointRight(scale).longValueExact());
      } else {
        out.writeBytes(decimal.unscaledValue().toByteArray());
      }
    };
  }

  /** The shortest two's complement, big-endian, as {@code BigInteger.toByteArray} gives it. */
  private static void writeUnscaled(Output out, long value) {
    int bytes = 1;
    while (bytes < 8 && (value >> (8 * bytes - 1)) != 0 && (value >> (8 * bytes - 1)) != -1) {
      bytes++;
    }
    out.writeLong(bytes);
    for (int i = bytes - 1; i >= 0; i--) {
      out.writeByte((int) (value >> (8 * i)));
    }
  }

  private static ValueWriter array(ValueWriter element) {
    return (out, value) -> {
      List<?> list = (List<?>) value;
      if (!list.isEmpty()) {
        out.writeLong(list.size());
        for (Object item : list) {
          element.write(out, item);
        }
      }
      out.writeLong(0);
    };
  }

  private static ValueWriter map(ValueWriter element) {
    return (out, value) -> {
      Map<?, ?> map = (Map<?, ?>) value;
      if (!map.isEmpty()) {
        out.writeLong(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.writeString((String) entry.getKey());
          element.write(out, entry.getValue());
        }
      }
      out.writeLong(0);
    };
  }

  static ValueWriter record(Schema schema) {
    List<Schema.Field> fields = schema.getFields();
    ValueWriter[] writers = new ValueWriter[fields.size()];
    for (int i = 0; i < writers.length; i++) {
      ValueWriter writer = of(fields.get(i).schema());
      writers[i] = writer;
    }
    return (out, value) -> {
      Object[] row = (Object[]) value;
      if (row.length != writers.length) {
        throw new IllegalArgumentException(
            "a row of %d values for %d columns".formatted(row.length, writers.length));
      }
      for (int i = 0; i < writers.length; i++) {
        try {
          writers[i].write(out, row[i]);
        } catch (NullPointerException | ClassCastException | ArithmeticException e) {
          throw new IllegalArgumentException(
              "column %s takes %s, not %s"
                  .formatted(fields.get(i).name(), fields.get(i).schema(), describe(row[i])),
              e);
        }
      }
    };
  }

  private static String describe(Object value) {
    return value == null ? "NULL" : value + " (" + value.getClass().getSimpleName() + ")";
  }
}
