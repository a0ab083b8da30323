package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** COUNT: rows, or those in which no argument is NULL. */
final class Counted implements Accumulator {

  private final int[] columns;
  private long count;

  Counted(int[] columns) {
    this.columns = columns;
  }

  @Override
  public void add(Object[] row) {
    if (counts(row)) {
      count++;
    }
  }

  @Override
  public void retract(Object[] row) {
    if (counts(row)) {
      count--;
    }
  }

  private boolean counts(Object[] row) {
    for (int column : columns) {
      if (row[column] == null) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void merge(Accumulator other) {
    count += ((Counted) other).count;
  }

  @Override
  public Object result() {
    return count;
  }

  @Override
  public long heap() {
    return 24;
  }

  @Override
  public void save(StateWriter out) {
    out.writeLong(count);
  }

  @Override
  public void restore(StateReader in) {
    count = in.readLong();
  }
}
