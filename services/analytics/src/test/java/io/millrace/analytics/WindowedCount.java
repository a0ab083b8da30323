package io.millrace.analytics;

import io.millrace.cep.TaskOutput;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.Map;
import java.util.TreeMap;

/** Counts events by key (column 0) and window of ten seconds. */
final class WindowedCount implements Operator {

  static final long SIZE = 10_000_000;

  private final TaskOutput out;
  private final boolean saves;
  private final TreeMap<Long, TreeMap<String, Long>> windows = new TreeMap<>();
  private long closed = Long.MIN_VALUE;

  WindowedCount(TaskOutput out, boolean saves) {
    this.out = out;
    this.saves = saves;
  }

  @Override
  public boolean event(int input, Object[] row, long time) {
    long end = Math.floorDiv(time, SIZE) * SIZE + SIZE;
    if (end <= closed) {
      return false;
    }
    if ("boom".equals(row[0])) {
      throw new IllegalStateException("thrown by the test");
    }
    windows.computeIfAbsent(end, e -> new TreeMap<>()).merge((String) row[0], 1L, Long::sum);
    return true;
  }

  @Override
  public void advance(long watermark) {
    while (!windows.isEmpty() && windows.firstKey() - 1 <= watermark) {
      Map.Entry<Long, TreeMap<String, Long>> window = windows.pollFirstEntry();
      closed = window.getKey();
      window
          .getValue()
          .forEach(
              (key, count) -> out.row(new Object[] {key, count, closed}, window.getKey() - 1000));
    }
  }

  @Override
  public boolean waits() {
    return !windows.isEmpty();
  }

  @Override
  public long remembers() {
    return 100L * windows.values().stream().mapToInt(Map::size).sum();
  }

  @Override
  public void save(StateWriter writer) {
    if (!saves) {
      throw new UnsupportedOperationException();
    }
    writer.writeLong(closed);
    writer.writeInt(windows.size());
    windows.forEach((end, counts) -> {
      writer.writeLong(end);
      writer.writeInt(counts.size());
      counts.forEach((key, count) -> {
        writer.writeString(key);
        writer.writeLong(count);
      });
    });
  }

  @Override
  public void restore(StateReader reader) {
    closed = reader.readLong();
    int count = reader.readInt();
    for (int i = 0; i < count; i++) {
      TreeMap<String, Long> counts = new TreeMap<>();
      windows.put(reader.readLong(), counts);
      int keys = reader.readInt();
      for (int k = 0; k < keys; k++) {
        counts.put(reader.readString(), reader.readLong());
      }
    }
  }
}
