package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.Arrays;

/** Counts by whole numbers that lie close together. */
final class Buckets {

  private long[] counts = {};
  private int lowest;

  void add(int bucket, long times) {
    reach(bucket);
    counts[bucket - lowest] += times;
  }

  private void reach(int bucket) {
    if (counts.length == 0) {
      lowest = bucket - 8;
      counts = new long[16];
    } else if (bucket < lowest) {
      int more = Math.max(lowest - bucket, counts.length / 2);
      long[] wider = new long[counts.length + more];
      System.arraycopy(counts, 0, wider, more, counts.length);
      counts = wider;
      lowest -= more;
    } else if (bucket - lowest >= counts.length) {
      counts = Arrays.copyOf(counts, Math.max(bucket - lowest + 1, counts.length * 3 / 2));
    }
  }

  int lowest() {
    return lowest;
  }

  int size() {
    return counts.length;
  }

  long get(int bucket) {
    return counts[bucket - lowest];
  }

  void merge(Buckets other) {
    for (int i = 0; i < other.counts.length; i++) {
      if (other.counts[i] != 0) {
        add(other.lowest + i, other.counts[i]);
      }
    }
  }

  /** How many bytes of heap they take. */
  long heap() {
    return 40 + 8L * counts.length;
  }

  void save(StateWriter out) {
    int used = 0;
    for (long count : counts) {
      used += count == 0 ? 0 : 1;
    }
    out.writeInt(used);
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        out.writeInt(lowest + i);
        out.writeLong(counts[i]);
      }
    }
  }

  void restore(StateReader in) {
    int used = in.readInt();
    for (int i = 0; i < used; i++) {
      int bucket = in.readInt();
      add(bucket, in.readLong());
    }
  }
}
