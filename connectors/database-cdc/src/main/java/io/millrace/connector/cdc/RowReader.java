package io.millrace.connector.cdc;

import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Reads the structs of one schema into rows, by position. */
final class RowReader {

  private final Field[] fields;
  private final String[] defaulted;
  private final ValueConverter[] converters;

  RowReader(Schema schema) {
    List<Field> list = schema.fields();
    fields = list.toArray(Field[]::new);
    defaulted = new String[fields.length];
    converters = new ValueConverter[fields.length];
    for (int i = 0; i < fields.length; i++) {
      Schema type = fields[i].schema();
      // By position a struct gives a column's default where the value is NULL; by name it can be
      // asked not to.
      defaulted[i] = type.defaultValue() == null ? null : fields[i].name();
      converters[i] = CapturedTypes.converter(type);
    }
  }

  Object[] read(Object struct) {
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
