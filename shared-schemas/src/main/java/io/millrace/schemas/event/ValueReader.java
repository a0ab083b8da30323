package io.millrace.schemas.event;

import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Reads one value as its writer's schema has it and gives it the type that the reader wants; made
 * once a pair of schemas.
 */
interface ValueReader {

  Object read(Input in);

  /** A reader for a writer's schema into the reader's type, by Avro's rules of resolution. */
  static ValueReader of(Schema declared, DataType wanted) {
    if (declared.getType() != Schema.Type.UNION) {
      return nonNull(declared, wanted);
    }
    List<Schema> branches = declared.getTypes();
    ValueReader[] readers = new ValueReader[branches.size()];
    for (int i = 0; i < readers.length; i++) {
      readers[i] =
          branches.get(i).getType() == Schema.Type.NULL
              ? in -> null
              : nonNull(branches.get(i), wanted);
    }
    return in -> {
      long branch = in.readLong();
      if (branch < 0 || branch >= readers.length) {
        throw new MalformedEventException("branch %d of %s".formatted(branch, declared));
      }
      return readers[(int) branch].read(in);
    };
  }

  /** A reader that lays a record out as the wanted row, by the columns' names. */
  static ValueReader row(Schema record, RowType wanted) {
    List<Schema.Field> written = record.getFields();
    int width = wanted.size();
    ValueReader[] readers = new ValueReader[written.size()];
    int[] targets = new int[written.size()];
    boolean[] found = new boolean[width];
    RowType writtenRow = AvroTypes.toRow(record);
    for (int i = 0; i < readers.length; i++) {
      OptionalInt target = wanted.indexOf(writtenRow.field(i).name());
      Schema schema = written.get(i).schema();
      if (target.isPresent() && !found[target.getAsInt()]) {
        Field field = wanted.field(target.getAsInt());
        found[target.getAsInt()] = true;
        targets[i] = target.getAsInt();
        readers[i] = checked(field, of(schema, field.type()));
      } else {
        targets[i] = -1;
        readers[i] = of(schema, writtenRow.field(i).type());
      }
    }
    for (int i = 0; i < width; i++) {
      if (!found[i] && !wanted.field(i).nullable()) {
        throw new MalformedEventException(
            "column %s is required, and events with the columns %s do not have it"
                .formatted(wanted.field(i).name(), writtenRow.sql()));
      }
    }
    return in -> {
      Object[] row = new Object[width];
      for (int i = 0; i < readers.length; i++) {
        Object value = readers[i].read(in);
        if (targets[i] >= 0) {
          row[targets[i]] = value;
        }
      }
      return row;
    };
  }

  private static ValueReader checked(Field field, ValueReader reader) {
    if (field.nullable()) {
      return reader;
    }
    return in -> {
      Object value = reader.read(in);
      if (value == null) {
        throw new MalformedEventException("column %s is null".formatted(field.name()));
      }
      return value;
    };
  }

  private static ValueReader nonNull(Schema schema, DataType wanted) {
    return switch (schema.getType()) {
      case BOOLEAN ->
          wanted.equals(DataType.BOOLEAN) ? in -> in.readByte() != 0 : refuse(schema, wanted);
      case INT, LONG -> integral(schema, wanted);
      case FLOAT -> {
        if (wanted.equals(DataType.FLOAT)) {
          yield Input::readFloat;
        }
        yield wanted.equals(DataType.DOUBLE)
            ? in -> Double.valueOf(in.readFloat())
            : refuse(schema, wanted);
      }
      case DOUBLE -> wanted.equals(DataType.DOUBLE) ? Input::readDouble : refuse(schema, wanted);
      case STRING ->
          isText(wanted)
              ? Input::readString
              : wanted.equals(DataType.BYTES) ? Input::readBytes : refuse(schema, wanted);
      case ENUM -> isText(wanted) ? symbols(schema) : refuse(schema, wanted);
      case BYTES, FIXED -> bytes(schema, wanted);
      case ARRAY ->
          wanted instanceof DataType.Array array
              ? list(of(schema.getElementType(), array.element()))
              : refuse(schema, wanted);
      case MAP ->
          wanted instanceof DataType.MapOf map
              ? map(of(schema.getValueType(), map.value()))
              : refuse(schema, wanted);
      case RECORD ->
          wanted instanceof DataType.Row row ? row(schema, row.row()) : refuse(schema, wanted);
      default -> refuse(schema, wanted);
    };
  }

  private static boolean isText(DataType wanted) {
    return wanted.equals(DataType.STRING) || wanted.equals(DataType.JSON);
  }

  private static ValueReader integral(Schema schema, DataType wanted) {
    LogicalType logical = schema.getLogicalType();
    if (logical instanceof LogicalTypes.Date) {
      return wanted.equals(DataType.DATE) ? in -> (int) in.readLong() : refuse(schema, wanted);
    }
    if (logical instanceof LogicalTypes.TimeMillis || logical instanceof LogicalTypes.TimeMicros) {
      long unit = logical instanceof LogicalTypes.TimeMillis ? 1000 : 1;
      return wanted.equals(DataType.TIME) ? in -> in.readLong() * unit : refuse(schema, wanted);
    }
    if (logical instanceof LogicalTypes.TimestampMillis
        || logical instanceof LogicalTypes.LocalTimestampMillis) {
      return wanted.equals(DataType.TIMESTAMP)
          ? in -> in.readLong() * 1000
          : refuse(schema, wanted);
    }
    if (logical instanceof LogicalTypes.TimestampMicros
        || logical instanceof LogicalTypes.LocalTimestampMicros) {
      return wanted.equals(DataType.TIMESTAMP) ? Input::readLong : refuse(schema, wanted);
    }
    if (wanted instanceof DataType.Decimal decimal) {
      return in -> BigDecimal.valueOf(in.readLong()).setScale(decimal.scale());
    }
    if (wanted.equals(DataType.INT) && schema.getType() == Schema.Type.INT) {
      return in -> (int) in.readLong();
    }
    if (wanted.equals(DataType.BIGINT)) {
      return Input::readLong;
    }
    if (wanted.equals(DataType.FLOAT)) {
      return in -> (float) in.readLong();
    }
    if (wanted.equals(DataType.DOUBLE)) {
      return in -> (double) in.readLong();
    }
    return refuse(schema, wanted);
  }

  private static ValueReader symbols(Schema schema) {
    String[] symbols = schema.getEnumSymbols().toArray(String[]::new);
    return in -> {
      long ordinal = in.readLong();
      if (ordinal < 0 || ordinal >= symbols.length) {
        throw new MalformedEventException("symbol %d of %s".formatted(ordinal, schema));
      }
      return symbols[(int) ordinal];
    };
  }

  private static ValueReader bytes(Schema schema, DataType wanted) {
    int fixed = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1;
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      if (!(wanted instanceof DataType.Decimal target) || target.scale() < decimal.getScale()) {
        return refuse(schema, wanted);
      }
      int scale = decimal.getScale();
      int rescale = target.scale();
      return in -> {
        int length = fixed >= 0 ? fixed : in.readLength();
        BigDecimal value = unscaled(in, length, scale);
        return scale == rescale ? value : value.setScale(rescale);
      };
    }
    if (wanted.equals(DataType.BYTES)) {
      return fixed >= 0 ? in -> in.readRaw(fixed) : Input::readBytes;
    }
    return isText(wanted) && fixed < 0 ? Input::readString : refuse(schema, wanted);
  }

  private static BigDecimal unscaled(Input in, int length, int scale) {
    if (length == 0 || length > 8) {
      byte[] bytes = in.readRaw(length);
      return new BigDecimal(length == 0 ? BigInteger.ZERO : new BigInteger(bytes), scale);
    }
    long value = in.readByte();
    for (int i = 1; i < length; i++) {
      value = (value << 8) | (in.readByte() & 0xFF);
    }
    return BigDecimal.valueOf(value, scale);
  }

  private static ValueReader list(ValueReader element) {
    return in -> {
      List<Object> list = new ArrayList<>();
      for (long count = blockCount(in); count != 0; count = blockCount(in)) {
        for (long i = 0; i < count; i++) {
          list.add(element.read(in));
        }
      }
      return list;
    };
  }

  private static ValueReader map(ValueReader value) {
    return in -> {
      Map<String, Object> map = new HashMap<>();
      for (long count = blockCount(in); count != 0; count = blockCount(in)) {
        for (long i = 0; i < count; i++) {
          map.put(in.readString(), value.read(in));
        }
      }
      return map;
    };
  }

  private static long blockCount(Input in) {
    long count = in.readLong();
    if (count < 0) {
      in.readLong();
      count = -count;
    }
    if (count > in.remaining()) {
      throw new MalformedEventException("a block of %d items".formatted(count));
    }
    return count;
  }

  private static ValueReader refuse(Schema written, DataType wanted) {
    throw new MalformedEventException(
        "an event written with %s cannot be read as %s".formatted(written, wanted.sql()));
  }
}
