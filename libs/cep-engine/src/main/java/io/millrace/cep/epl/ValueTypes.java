package io.millrace.cep.epl;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Rows as Esper knows them: object arrays, the very ones that Millrace holds. */
final class ValueTypes {

  private ValueTypes() {}

  /** Takes the event types that a stream needs, nested ones first. */
  interface Types {
    void add(String name, String[] columns, Object[] types);
  }

  /** The name of the type of a row within a row; no text can spell it. */
  private static String nested(String stream, String column) {
    return stream + "$" + column;
  }

  static void declare(String name, RowType row, Types types) {
    String[] columns = new String[row.size()];
    Object[] kinds = new Object[row.size()];
    for (int i = 0; i < row.size(); i++) {
      Field field = row.field(i);
      columns[i] = field.name();
      if (field.type() instanceof DataType.Row inner) {
        declare(nested(name, field.name()), inner.row(), types);
        kinds[i] = nested(name, field.name());
      } else {
        kinds[i] = type(field.type());
      }
    }
    types.add(name, columns, kinds);
  }

  static Class<?> type(DataType type) {
    return switch (type) {
      case DataType.Decimal d -> BigDecimal.class;
      case DataType.Array a -> List.class;
      case DataType.MapOf m -> Map.class;
      case DataType.Row r -> Object[].class;
      case DataType.Primitive p ->
          switch (p.kind()) {
            case BOOLEAN -> Boolean.class;
            case INT, DATE -> Integer.class;
            case BIGINT, TIME, TIMESTAMP -> Long.class;
            case FLOAT -> Float.class;
            case DOUBLE -> Double.class;
            case STRING, JSON -> String.class;
            case BYTES -> byte[].class;
          };
    };
  }
}
