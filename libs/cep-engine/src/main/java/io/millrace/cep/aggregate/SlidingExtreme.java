package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * MIN or MAX for rows that leave again in the order in which they came: holds the values that can
 * still become the result, the best first, each with the number of its row.
 */
final class SlidingExtreme implements Accumulator {

  private record Candidate(Object value, long number) {}

  private final int column;
  private final int sign;
  private final Deque<Candidate> candidates = new ArrayDeque<>();
  private long came;
  private long left;

  /**
   * @param sign 1 for MAX, -1 for MIN
   */
  SlidingExtreme(int column, int sign) {
    this.column = column;
    this.sign = sign;
  }

  @Override
  public void add(Object[] row) {
    Object value = row[column];
    if (value != null) {
      push(value, came++);
    }
  }

  private void push(Object value, long number) {
    while (!candidates.isEmpty()
        && sign * Order.compare(value, candidates.peekLast().value()) >= 0) {
      candidates.removeLast();
    }
    candidates.addLast(new Candidate(value, number));
  }

  @Override
  public void retract(Object[] row) {
    if (row[column] != null) {
      Candidate first = candidates.peekFirst();
      if (first.number() == left) {
        candidates.removeFirst();
      }
      left++;
    }
  }

  @Override
  public void merge(Accumulator other) {
    SlidingExtreme later = (SlidingExtreme) other;
    for (Candidate candidate : later.candidates) {
      push(candidate.value(), came + candidate.number() - later.left);
    }
    came += later.came - later.left;
  }

  @Override
  public Object result() {
    return candidates.isEmpty() ? null : candidates.peekFirst().value();
  }

  @Override
  public long heap() {
    return 128 + 30L * candidates.size();
  }

  @Override
  public void save(StateWriter out) {
    out.writeLong(came - left);
    out.writeInt(candidates.size());
    for (Candidate candidate : candidates) {
      out.writeLong(candidate.number() - left);
      out.writeValue(candidate.value());
    }
  }

  @Override
  public void restore(StateReader in) {
    came = in.readLong();
    left = 0;
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      long number = in.readLong();
      candidates.addLast(new Candidate(in.readValue(), number));
    }
  }
}
