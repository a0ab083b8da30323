package io.millrace.cep.aggregate;

import io.millrace.rows.library.Values;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;

/** The order of values and of rows. */
public final class Order {

  private Order() {}

  /** Of two values of one column that are not null; text by code points, bytes unsigned. */
  public static int compare(Object a, Object b) {
    return switch (a) {
      case Integer v -> Integer.compare(v, (Integer) b);
      case Long v -> Long.compare(v, (Long) b);
      case Double v -> Double.compare(v, (Double) b);
      case Float v -> Float.compare(v, (Float) b);
      case BigDecimal v -> v.compareTo((BigDecimal) b);
      case String v -> Values.compare(v, (String) b);
      case Boolean v -> Boolean.compare(v, (Boolean) b);
      case byte[] v -> Values.compare(v, (byte[]) b);
      default ->
          throw new UnsupportedOperationException(
              a.getClass().getSimpleName() + " values have no order");
    };
  }

  /** Of rows; null when there is none. */
  public static Comparator<Object[]> of(List<RelFieldCollation> fields) {
    Comparator<Object[]> all = null;
    for (RelFieldCollation field : fields) {
      Comparator<Object[]> one = of(field);
      all = all == null ? one : all.thenComparing(one);
    }
    return all;
  }

  private static Comparator<Object[]> of(RelFieldCollation field) {
    int column = field.getFieldIndex();
    int sign = field.direction.isDescending() ? -1 : 1;
    // NULL is the lowest value unless the query says otherwise.
    int nulls =
        field.nullDirection == NullDirection.LAST
            ? 1
            : field.nullDirection == NullDirection.FIRST ? -1 : -sign;
    return (left, right) -> {
      Object a = left[column];
      Object b = right[column];
      if (a == null || b == null) {
        return a == b ? 0 : a == null ? nulls : -nulls;
      }
      return sign * compare(a, b);
    };
  }
}
