package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * An exact percentile: keeps all values. Rows may leave in any order.
 *
 * <p>Interpolated (PERCENTILE_CONT, MEDIAN): at {@code fraction * (count - 1)} between the sorted
 * values. Else (PERCENTILE_DISC) the first value that at least that part of all does not exceed.
 */
final class Percentile implements Accumulator {

  /** Which columns it reads, and how it counts. */
  record Kind(int column, int fraction, boolean interpolated, boolean descending) {}

  private static final int FEW = 16;

  private final Kind kind;
  private final ResultType type;
  private final List<Object> values = new ArrayList<>();

  /** How many of the values are sorted already. */
  private int sorted;

  private double fraction = 0.5;

  /**
   * @param type null when the value itself is the result
   */
  Percentile(Kind kind, ResultType type) {
    this.kind = kind;
    this.type = type;
  }

  @Override
  public void add(Object[] row) {
    Object value = row[kind.column()];
    if (value == null) {
      return;
    }
    if (kind.fraction() >= 0) {
      fraction = Fraction.of(row[kind.fraction()]);
    }
    values.add(value);
  }

  @Override
  public void retract(Object[] row) {
    Object value = row[kind.column()];
    if (value != null) {
      sort();
      values.remove(position(value, sorted));
      sorted--;
    }
  }

  private void sort() {
    if (values.size() - sorted > FEW) {
      values.sort(Order::compare);
      sorted = values.size();
    }
    while (sorted < values.size()) {
      Object value = values.get(sorted);
      int at = position(value, sorted);
      if (at < sorted) {
        values.remove(sorted);
        values.add(at, value);
      }
      sorted++;
    }
  }

  /** The first of the sorted values that is not below one. */
  private int position(Object value, int count) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Order.compare(values.get(middle), value) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public void merge(Accumulator other) {
    Percentile later = (Percentile) other;
    if (!later.values.isEmpty()) {
      values.addAll(later.values);
      fraction = later.fraction;
    }
  }

  @Override
  public Object result() {
    if (values.isEmpty()) {
      return null;
    }
    sort();
    return kind.interpolated() ? between() : value();
  }

  private Object value() {
    int index = Math.max(0, (int) Math.ceil(fraction * values.size()) - 1);
    Object value = values.get(kind.descending() ? values.size() - 1 - index : index);
    return type == null
        ? value
        : value instanceof BigDecimal decimal
            ? type.of(decimal)
            : value instanceof Double || value instanceof Float
                ? type.of(((Number) value).doubleValue())
                : type.of(((Number) value).longValue());
  }

  private Object between() {
    double position = fraction * (values.size() - 1);
    if (kind.descending()) {
      position = values.size() - 1 - position;
    }
    int below = (int) position;
    double part = position - below;
    Object low = values.get(below);
    if (part == 0 && low instanceof BigDecimal exact) {
      return type.of(exact);
    }
    Object high = part == 0 ? low : values.get(below + 1);
    if (low instanceof BigDecimal a && high instanceof BigDecimal b) {
      return type.of(a.add(b.subtract(a).multiply(BigDecimal.valueOf(part))));
    }
    double a = ((Number) low).doubleValue();
    double b = ((Number) high).doubleValue();
    return type.of(a == b ? a : (1 - part) * a + part * b);
  }

  @Override
  public long heap() {
    return 80 + 28L * values.size();
  }

  @Override
  public void save(StateWriter out) {
    out.writeDouble(fraction);
    out.writeInt(values.size());
    values.forEach(out::writeValue);
  }

  @Override
  public void restore(StateReader in) {
    fraction = in.readDouble();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      values.add(in.readValue());
    }
  }
}
