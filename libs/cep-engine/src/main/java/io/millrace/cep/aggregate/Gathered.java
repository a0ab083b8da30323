package io.millrace.cep.aggregate;

import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Keeps all rows, sorts them if asked to, and makes the result of them (ARRAY_AGG, LISTAGG). */
final class Gathered implements Accumulator {

  private final Columns columns;
  private final Comparator<Object[]> order;
  private final Function<List<Object[]>, Object> function;
  private final List<Object[]> rows = new ArrayList<>();

  /** Of heap, for the rows. */
  private long bytes;

  /**
   * @param order of rows of just these columns; null: as they came
   * @param function of rows of just these columns; not asked when there are none
   */
  Gathered(Columns columns, Comparator<Object[]> order, Function<List<Object[]>, Object> function) {
    this.columns = columns;
    this.order = order;
    this.function = function;
  }

  @Override
  public void add(Object[] row) {
    keep(columns.of(row));
  }

  private void keep(Object[] row) {
    rows.add(row);
    bytes += HeapSize.SLOT + HeapSize.row(row);
  }

  @Override
  public void retract(Object[] row) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void merge(Accumulator other) {
    Gathered later = (Gathered) other;
    rows.addAll(later.rows);
    bytes += later.bytes;
  }

  @Override
  public Object result() {
    if (rows.isEmpty()) {
      return null;
    }
    List<Object[]> sorted = rows;
    if (order != null) {
      sorted = new ArrayList<>(rows);
      sorted.sort(order);
    }
    return function.apply(sorted);
  }

  /** All values of the first column. */
  static Object array(List<Object[]> rows) {
    List<Object> values = new ArrayList<>(rows.size());
    for (Object[] row : rows) {
      values.add(row[0]);
    }
    return java.util.Collections.unmodifiableList(values);
  }

  /** The texts of the first column that are not NULL, with the second column between them. */
  static Object text(List<Object[]> rows, boolean separated) {
    StringBuilder text = null;
    for (Object[] row : rows) {
      if (row[0] != null) {
        if (text == null) {
          text = new StringBuilder();
        } else {
          text.append(separated && row[1] != null ? row[1] : separated ? "" : ",");
        }
        text.append(row[0]);
      }
    }
    return text == null ? null : text.toString();
  }

  @Override
  public long heap() {
    return 56 + bytes;
  }

  @Override
  public void save(StateWriter out) {
    out.writeInt(rows.size());
    for (Object[] row : rows) {
      out.writeValues(row);
    }
  }

  @Override
  public void restore(StateReader in) {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      keep(in.readValues());
    }
  }
}
