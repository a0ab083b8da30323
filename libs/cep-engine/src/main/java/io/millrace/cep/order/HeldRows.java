package io.millrace.cep.order;

import io.millrace.cep.heap.RowsMeter;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * Rows that wait until time has come as far as they are; they leave in the order of their times,
 * those of one time in the order in which they came. Rows that come in order, or from a few inputs
 * each in order, cost next to nothing. Not thread-safe.
 *
 * @param <T> what an operator finds for a row when it comes and needs when it leaves
 */
public final class HeldRows<T> {

  /** So many rows in order are told apart; what fits none of them is sorted. */
  private static final int MOST_RINGS = 8;

  /** Bytes of heap of a place in a ring, with what it has in reserve. */
  private static final long PLACE = 36;

  /** A row that came after later ones. */
  private record Straggler(long time, long number, Object[] row, Object found)
      implements Comparable<Straggler> {
    @Override
    public int compareTo(Straggler other) {
      int order = Long.compare(time, other.time);
      return order != 0 ? order : Long.compare(number, other.number);
    }
  }

  private final RowRing[] rings = new RowRing[MOST_RINGS];
  private int ringCount = 1;
  private final PriorityQueue<Straggler> stragglers = new PriorityQueue<>();
  private final RowsMeter heap = new RowsMeter();
  private int size;
  private long came;

  /** Where the first row is, once it was looked for; null: nothing known, or a straggler. */
  private RowRing first;

  private boolean located;

  public HeldRows() {
    rings[0] = new RowRing();
  }

  /** Takes a row. */
  public void add(Object[] row, long time, T found) {
    RowRing ring = rings[0];
    if (ringCount > 1 || (ring.size() > 0 && time < ring.tail())) {
      ring = fitting(time);
    }
    if (ring == null) {
      stragglers.add(new Straggler(time, came++, row, found));
    } else {
      ring.add(row, found, time, came++);
    }
    located = false;
    size++;
    heap.add(row);
  }

  /** The ring with the latest row that is not later, else one without rows, or null. */
  private RowRing fitting(long time) {
    RowRing best = null;
    RowRing empty = null;
    for (int i = 0; i < ringCount; i++) {
      RowRing ring = rings[i];
      if (ring.size() == 0) {
        empty = ring;
      } else if (ring.tail() <= time && (best == null || ring.tail() > best.tail())) {
        best = ring;
      }
    }
    if (best != null) {
      return best;
    }
    if (empty == null && ringCount < MOST_RINGS) {
      empty = new RowRing();
      rings[ringCount++] = empty;
    }
    return empty;
  }

  /** How many rows wait. */
  public int size() {
    return size;
  }

  /** How many bytes of heap the rows that wait take, about. */
  public long heap() {
    return heap.bytes() + PLACE * size;
  }

  /** Whether the first row is of this time or before. */
  public boolean due(long watermark) {
    return size > 0 && time() <= watermark;
  }

  /** The time of the first row; there has to be one. */
  public long time() {
    locate();
    return first == null ? stragglers.peek().time : first.time(0);
  }

  /** What was found for the first row; there has to be one. */
  @SuppressWarnings("unchecked")
  public T found() {
    locate();
    return (T) (first == null ? stragglers.peek().found : first.found(0));
  }

  /** Takes the first row out; there has to be one. */
  public Object[] take() {
    locate();
    located = false;
    size--;
    heap.remove();
    return first == null ? stragglers.poll().row : first.removeFirst();
  }

  private void locate() {
    if (located) {
      return;
    }
    located = true;
    first = null;
    if (ringCount == 1 && stragglers.isEmpty()) {
      first = rings[0];
      return;
    }
    Straggler straggler = stragglers.peek();
    long time = straggler == null ? 0 : straggler.time;
    long number = straggler == null ? 0 : straggler.number;
    boolean any = straggler != null;
    for (int i = 0; i < ringCount; i++) {
      RowRing ring = rings[i];
      if (ring.size() > 0) {
        long other = ring.time(0);
        if (!any || other < time || (other == time && ring.number(0) < number)) {
          any = true;
          first = ring;
          time = other;
          number = ring.number(0);
        }
      }
    }
  }

  /** Writes all rows in the order in which they came. */
  public void save(StateWriter out) {
    List<Straggler> all = new ArrayList<>(stragglers);
    for (int i = 0; i < ringCount; i++) {
      RowRing ring = rings[i];
      for (int j = 0; j < ring.size(); j++) {
        all.add(new Straggler(ring.time(j), ring.number(j), ring.row(j), null));
      }
    }
    all.sort((a, b) -> Long.compare(a.number, b.number));
    out.writeInt(all.size());
    for (Straggler row : all) {
      out.writeLong(row.time);
      out.writeValues(row.row);
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
