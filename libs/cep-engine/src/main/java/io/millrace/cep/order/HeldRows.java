package io.millrace.cep.order;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * Rows that wait until time has come as far as they are; they leave in the order of their times,
 * those of one time in the order in which they came. Rows that come in order cost next to nothing.
 * Not thread-safe.
 *
 * @param <T> what an operator finds for a row when it comes and needs when it leaves
 */
public final class HeldRows<T> {

  private static final int SMALLEST = 16;

  /** A row that came after a later one. */
  private record Straggler(long time, long number, Object[] row, Object found)
      implements Comparable<Straggler> {
    @Override
    public int compareTo(Straggler other) {
      int order = Long.compare(time, other.time);
      return order != 0 ? order : Long.compare(number, other.number);
    }
  }

  /** A ring of the rows that came in order; its length is a power of 2. */
  private Object[][] rows = new Object[SMALLEST][];

  private Object[] found = new Object[SMALLEST];
  private long[] times = new long[SMALLEST];
  private int head;
  private int size;

  /**
   * Of rows of one time those in the ring came first: a straggler is before the last row of the
   * ring, and while it waits that one waits too.
   */
  private final PriorityQueue<Straggler> stragglers = new PriorityQueue<>();

  private long straggled;

  /** Takes a row whose time no row that has left is after. */
  public void add(Object[] row, long time, T found) {
    if (size > 0 && time < times[(head + size - 1) & (times.length - 1)]) {
      stragglers.add(new Straggler(time, straggled++, row, found));
      return;
    }
    if (size == rows.length) {
      grow();
    }
    int at = (head + size++) & (rows.length - 1);
    rows[at] = row;
    this.found[at] = found;
    times[at] = time;
  }

  private void grow() {
    Object[][] moreRows = new Object[2 * size][];
    Object[] moreFound = new Object[2 * size];
    long[] moreTimes = new long[2 * size];
    int tail = size - head;
    System.arraycopy(rows, head, moreRows, 0, tail);
    System.arraycopy(rows, 0, moreRows, tail, head);
    System.arraycopy(found, head, moreFound, 0, tail);
    System.arraycopy(found, 0, moreFound, tail, head);
    System.arraycopy(times, head, moreTimes, 0, tail);
    System.arraycopy(times, 0, moreTimes, tail, head);
    rows = moreRows;
    found = moreFound;
    times = moreTimes;
    head = 0;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** How many rows wait. */
  public int size() {
    return size + stragglers.size();
  }

  /** Whether the first row is of this time or before. */
  public boolean due(long watermark) {
    return size > 0 && time() <= watermark;
  }

  /** The time of the first row; there has to be one. */
  public long time() {
    Straggler straggler = stragglers.peek();
    return straggler != null && straggler.time < times[head] ? straggler.time : times[head];
  }

  /** What was found for the first row; there has to be one. */
  @SuppressWarnings("unchecked")
  public T found() {
    Straggler straggler = stragglers.peek();
    return (T) (straggler != null && straggler.time < times[head] ? straggler.found : found[head]);
  }

  /** Takes the first row out; there has to be one. */
  public Object[] take() {
    Straggler straggler = stragglers.peek();
    if (straggler != null && straggler.time < times[head]) {
      return stragglers.poll().row;
    }
    Object[] row = rows[head];
    rows[head] = null;
    found[head] = null;
    head = (head + 1) & (rows.length - 1);
    size--;
    return row;
  }

  /** Writes all rows, in an order that adding them again keeps. */
  public void save(StateWriter out) {
    out.writeInt(size());
    for (int i = 0; i < size; i++) {
      int at = (head + i) & (rows.length - 1);
      out.writeLong(times[at]);
      out.writeValues(rows[at]);
    }
    List<Straggler> sorted = new ArrayList<>(stragglers);
    sorted.sort(null);
    for (Straggler straggler : sorted) {
      out.writeLong(straggler.time);
      out.writeValues(straggler.row);
    }
  }

  /**
   * Takes in what was saved.
   *
   * @param find finds again what goes with a row
   */
  public void restore(StateReader in, Function<Object[], T> find) {
    int saved = in.readInt();
    for (int i = 0; i < saved; i++) {
      long time = in.readLong();
      Object[] row = in.readValues();
      add(row, time, find.apply(row));
    }
  }
}
