package io.millrace.cep.aggregate;

import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.rows.library.RowException;

/** The value of the only row (SINGLE_VALUE), or of any row (LITERAL_AGG); NULL is a value too. */
final class Single implements Accumulator {

  private final int column;
  private final boolean strict;
  private Object value;
  private long count;

  /**
   * @param strict whether more than one row is an error
   */
  Single(int column, boolean strict) {
    this.column = column;
    this.strict = strict;
  }

  @Override
  public void add(Object[] row) {
    if (count++ == 0) {
      value = row[column];
    }
  }

  @Override
  public void retract(Object[] row) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void merge(Accumulator other) {
    Single later = (Single) other;
    if (count == 0) {
      value = later.value;
    }
    count += later.count;
  }

  @Override
  public Object result() {
    if (strict && count > 1) {
      throw RowException.badArgument("a sub-query that has to give one row gave " + count);
    }
    return value;
  }

  @Override
  public long heap() {
    return 32 + Math.max(24, HeapSize.of(value));
  }

  @Override
  public void save(StateWriter out) {
    out.writeValue(value);
    out.writeLong(count);
  }

  @Override
  public void restore(StateReader in) {
    value = in.readValue();
    count = in.readLong();
  }
}
