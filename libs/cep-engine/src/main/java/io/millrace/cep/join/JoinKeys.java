package io.millrace.cep.join;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * The key of a join's rows as one object, equal for the rows of both sides that SQL calls equal.
 * Immutable.
 */
final class JoinKeys {

  /** What values of the two sides have in common. */
  private enum Form {
    AS_IS,
    LONG,
    DECIMAL,
    DOUBLE,
    NESTED
  }

  private static final Object NO_COLUMNS = new Object();

  private final int[][] columns;
  private final Form[] forms;

  JoinKeys(RelDataType left, List<Integer> leftKeys, RelDataType right, List<Integer> rightKeys) {
    this.columns =
        new int[][] {
          leftKeys.stream().mapToInt(Integer::intValue).toArray(),
          rightKeys.stream().mapToInt(Integer::intValue).toArray()
        };
    this.forms = new Form[leftKeys.size()];
    for (int i = 0; i < forms.length; i++) {
      forms[i] =
          form(
              left.getFieldList().get(leftKeys.get(i)).getType(),
              right.getFieldList().get(rightKeys.get(i)).getType());
    }
  }

  /**
   * The key of a row, or null when a part of it is NULL.
   *
   * @param side 0 left, 1 right
   */
  Object of(int side, Object[] row) {
    int[] from = columns[side];
    switch (from.length) {
      case 0 -> {
        return NO_COLUMNS;
      }
      case 1 -> {
        Object value = row[from[0]];
        return value == null ? null : normal(forms[0], value);
      }
      default -> {
        Object[] parts = new Object[from.length];
        for (int i = 0; i < parts.length; i++) {
          Object value = row[from[i]];
          if (value == null) {
            return null;
          }
          parts[i] = normal(forms[i], value);
        }
        return new Parts(parts);
      }
    }
  }

  private static Form form(RelDataType a, RelDataType b) {
    if (SqlTypeUtil.isApproximateNumeric(a) || SqlTypeUtil.isApproximateNumeric(b)) {
      return Form.DOUBLE;
    }
    SqlTypeName left = a.getSqlTypeName();
    SqlTypeName right = b.getSqlTypeName();
    if (left == SqlTypeName.DECIMAL || right == SqlTypeName.DECIMAL) {
      return left == right && a.getScale() == b.getScale() ? Form.AS_IS : Form.DECIMAL;
    }
    return switch (left) {
      case BINARY, VARBINARY, ROW, ARRAY, MULTISET -> Form.NESTED;
      case TINYINT, SMALLINT, INTEGER, BIGINT -> left == right ? Form.AS_IS : Form.LONG;
      default -> Form.AS_IS;
    };
  }

  private static Object normal(Form form, Object value) {
    return switch (form) {
      case AS_IS -> value;
      case LONG -> ((Number) value).longValue();
      case DECIMAL -> decimal(value).stripTrailingZeros();
      // Adding zero makes one of the two zeros.
      case DOUBLE -> ((Number) value).doubleValue() + 0.0;
      case NESTED -> nested(value);
    };
  }

  private static BigDecimal decimal(Object value) {
    return value instanceof BigDecimal decimal
        ? decimal
        : BigDecimal.valueOf(((Number) value).longValue());
  }

  private static Object nested(Object value) {
    return switch (value) {
      case null -> null;
      case byte[] bytes -> ByteBuffer.wrap(bytes);
      case Object[] row -> new Parts(Arrays.stream(row).map(JoinKeys::nested).toArray());
      case List<?> list -> {
        List<Object> elements = new ArrayList<>(list.size());
        list.forEach(element -> elements.add(nested(element)));
        yield elements;
      }
      default -> value;
    };
  }

  /** Several columns. */
  private static final class Parts {
    private final Object[] values;
    private final int hash;

    Parts(Object[] values) {
      this.values = values;
      this.hash = Arrays.hashCode(values);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Parts parts
          && hash == parts.hash
          && Arrays.equals(values, parts.values);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
