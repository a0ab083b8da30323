package io.millrace.cep.window;

import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** Keeps the rows of each session, and gives them out with their session when it has ended. */
record SessionMembers(Rows out) implements SessionContent<List<Object[]>> {

  @Override
  public List<Object[]> begin(Object[] row) {
    return new ArrayList<>();
  }

  @Override
  public void add(List<Object[]> rows, Object[] row) {
    rows.add(row);
  }

  @Override
  public void merge(List<Object[]> rows, List<Object[]> later) {
    rows.addAll(later);
  }

  @Override
  public void give(List<Object[]> rows, long start, long end) {
    for (Object[] row : rows) {
      out.row(WindowedRows.with(row, start, end), end - WindowRows.MILLISECOND);
    }
  }

  @Override
  public void save(List<Object[]> rows, StateWriter out) {
    out.writeInt(rows.size());
    for (Object[] row : rows) {
      out.writeValues(row);
    }
  }

  @Override
  public List<Object[]> restore(StateReader in) {
    int size = in.readInt();
    List<Object[]> rows = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      rows.add(in.readValues());
    }
    return rows;
  }
}
