package io.millrace.cep.over;

import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Aggregation;

/** The value some rows back, of one partition. */
final class Lag {

  /** Bytes of heap of one without the values. */
  private static final long HEAP = 56;

  private final int value;
  private final int offset;
  private final int otherwise;

  /** A ring of the last values, the current one among them. */
  private Object[] values = new Object[2];

  private int next;
  private int size;
  private Object result;

  Lag(Aggregation call) {
    this.value = call.arguments().get(0);
    this.offset = call.arguments().size() > 1 ? call.arguments().get(1) : -1;
    this.otherwise = call.arguments().size() > 2 ? call.arguments().get(2) : -1;
  }

  void add(Object[] row) {
    int back = offset < 0 ? 1 : ((Number) row[offset]).intValue();
    if (values.length <= back) {
      resize(back + 1);
    }
    values[next] = row[value];
    size = Math.min(size + 1, values.length);
    if (size > back) {
      int at = next - back;
      result = values[at < 0 ? at + values.length : at];
    } else {
      result = null;
    }
    // In Flink SQL the default stands for a NULL too.
    if (result == null && otherwise >= 0) {
      result = row[otherwise];
    }
    next = next + 1 == values.length ? 0 : next + 1;
  }

  /** What the last row that was added gets. */
  Object result() {
    return result;
  }

  /** How many bytes of heap it takes, about: as if all values were like the last one. */
  long heap() {
    long each = size == 0 ? 0 : HeapSize.of(oldest(size - 1));
    return HEAP + HeapSize.array(values.length) + size * each;
  }

  private void resize(int length) {
    Object[] longer = new Object[length];
    for (int i = 0; i < size; i++) {
      longer[i] = oldest(i);
    }
    values = longer;
    next = size;
  }

  private Object oldest(int index) {
    int at = next - size + index;
    return values[at < 0 ? at + values.length : at];
  }

  void save(StateWriter out) {
    out.writeInt(values.length);
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeValue(oldest(i));
    }
  }

  void restore(StateReader in) {
    values = new Object[in.readInt()];
    size = in.readInt();
    for (int i = 0; i < size; i++) {
      values[i] = in.readValue();
    }
    next = size == values.length ? 0 : size;
  }
}
