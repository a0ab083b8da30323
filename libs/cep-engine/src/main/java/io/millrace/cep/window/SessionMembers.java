package io.millrace.cep.window;

import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** Keeps the rows of each session, and gives them out with their session when it has ended. */
record SessionMembers(Rows out) implements SessionContent<SessionMembers.Members> {

  /** The rows of one session. */
  static final class Members {
    private static final long HEAP = 88;

    final List<Object[]> rows = new ArrayList<>();

    /** What they take of the heap. */
    private long bytes = HEAP;

    long add(Object[] row) {
      long more = HeapSize.SLOT + HeapSize.row(row);
      rows.add(row);
      bytes += more;
      return more;
    }
  }

  @Override
  public Members begin(Object[] row) {
    return new Members();
  }

  @Override
  public long add(Members members, Object[] row) {
    return members.add(row);
  }

  @Override
  public long merge(Members members, Members later) {
    long more = later.bytes - Members.HEAP;
    members.rows.addAll(later.rows);
    members.bytes += more;
    return more;
  }

  @Override
  public long heap(Members members) {
    return members.bytes;
  }

  @Override
  public void give(Members members, long start, long end) {
    for (Object[] row : members.rows) {
      out.row(WindowedRows.with(row, start, end), end - WindowRows.MILLISECOND);
    }
  }

  @Override
  public void save(Members members, StateWriter out) {
    out.writeInt(members.rows.size());
    for (Object[] row : members.rows) {
      out.writeValues(row);
    }
  }

  @Override
  public Members restore(StateReader in) {
    Members members = new Members();
    for (int i = in.readInt(); i > 0; i--) {
      members.add(in.readValues());
    }
    return members;
  }
}
