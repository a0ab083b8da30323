package io.millrace.connector.struct;

import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Reads the structs of one schema into rows, by position. */
public final class StructReader {

  private final Field[] fields;
  private final String[] defaulted;
  private final ValueConverter[] converters;

  /** A reader of structs of this schema. */
  public StructReader(Schema schema) {
    List<Field> list = schema.fields();
    fields = list.toArray(Field[]::new);
    defaulted = new String[fields.length];
    converters = new ValueConverter[fields.length];
    for (int i = 0; i < fields.length; i++) {
      Schema type = fields[i].schema();
      // By position a struct gives a column's default where the value is NULL; by name it can be
      // asked not to.
      defaulted[i] = type.defaultValue() == null ? null : fields[i].name();
      converters[i] = StructTypes.converter(type);
    }
  }

  /** The values of a struct, in the order of its schema; null for null. */
  public Object[] read(Object struct) {
    if (struct == null) {
      return null;
    }
    Struct row = (Struct) struct;
    Object[] values = new Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      Object value =
          defaulted[i] == null ? row.get(fields[i]) : row.getWithoutDefault(defaulted[i]);
      values[i] = value == null ? null : converters[i].convert(value);
    }
    return values;
  }
}
