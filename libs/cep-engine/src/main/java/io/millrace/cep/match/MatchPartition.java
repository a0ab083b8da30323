package io.millrace.cep.match;

import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.order.RowKey;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.rows.ErrorCode;
import io.millrace.rows.library.RowException;

/**
 * The rows of one partition from the first that may still begin a match. Only the ways to match
 * from that row are followed; when they have come to an end, the rows are gone through again from
 * the next one. That is not more work than following all at once, and less wherever matches skip
 * rows.
 */
final class MatchPartition implements Comparable<MatchPartition> {

  private static final long NONE = -1;

  /** Bytes of heap of one with its place in a map, without key and rows. */
  private static final long HEAP = 80 + 56 + 80 + 168 + HeapSize.MAP_ENTRY + HeapSize.SLOT;

  /** Of a row that is a variable of a match, and of a way to match. */
  private static final long BOUND = 96;

  private static final long WAY = 16;

  private RowKey key;

  /** Its place among all that were ever made; decides who is first when time runs out. */
  private long born;

  private final MatchRows rows = new MatchRows();
  private final Run run = new Run();
  private boolean running;

  /** The first row of the run, or of the next one; and the row that it takes next. */
  private long start;

  private long next;

  /** The row for which a failure was told last. */
  private long failedAt = NONE;

  /** When it stands in the queue of those whose time runs out: for when it was put there. */
  private long queuedFor;

  private boolean queued;

  /** What was counted for it of the heap. */
  private long counted;

  void begin(RowKey key, long born) {
    this.key = key;
    this.born = born;
    rows.clear();
    run.abandon();
    running = false;
    start = 0;
    next = 0;
    failedAt = NONE;
  }

  RowKey key() {
    return key;
  }

  /** Whether the rows here may still become a match. */
  boolean running() {
    return running;
  }

  /** Whether nothing has to be remembered. */
  boolean isEmpty(Matcher matcher) {
    return !running && rows.from() == rows.to() && !matcher.measures.numbered();
  }

  void row(Object[] row, long time, Matcher matcher) {
    rows.add(row, time);
    if (rows.to() - start > matcher.limits.rows()) {
      matcher.failed(MatchLimits.tooManyRows(matcher.limits.rows()));
      leaveOut(rows.to() - 1);
    }
    follow(matcher, Long.MIN_VALUE);
  }

  /** Gives what is decided when no row of this time or before comes any more. */
  void follow(Matcher matcher, long watermark) {
    while (running || start < rows.to()) {
      if (!running) {
        run.begin(matcher.program);
        running = true;
        next = start;
      }
      if (!advance(matcher) && watermark < deadline(matcher)) {
        break;
      }
      if (running) {
        running = false;
        Bound match = run.match();
        start = match == null ? start + 1 : matcher.give(match, rows);
        run.abandon();
      }
    }
    matcher.trial.end();
    rows.dropBefore(start - matcher.back);
  }

  /** Takes the rows that there are; returns whether the run has come to an end. */
  private boolean advance(Matcher matcher) {
    long last = matcher.bounded() ? rows.time(start) + matcher.within : Long.MAX_VALUE;
    while (!run.decided()) {
      if (next == rows.to()) {
        return false;
      }
      if (rows.time(next) >= last) {
        return true;
      }
      matcher.trial.turn(rows, next);
      try {
        run.step(matcher.program, matcher.trial, matcher.limits.ways());
      } catch (RowException e) {
        failed(e, matcher);
        return true;
      }
      next++;
    }
    return true;
  }

  private void failed(RowException reason, Matcher matcher) {
    if (failedAt < next) {
      failedAt = next;
      matcher.failed(reason);
    }
    if (reason.code() == ErrorCode.OPEN_MATCHES) {
      leaveOut(next);
    } else {
      run.abandon();
    }
  }

  /** Begins anew at a row. */
  private void leaveOut(long from) {
    run.abandon();
    running = false;
    start = from;
  }

  /** The watermark at which the run's time is over. */
  private long deadline(Matcher matcher) {
    return matcher.bounded() ? rows.time(start) + matcher.within - 1 : Long.MAX_VALUE;
  }

  /** Puts it into the queue of those whose time runs out, if it is to be there. */
  boolean enqueue(Matcher matcher) {
    if (queued || !running || !matcher.bounded()) {
      return false;
    }
    queuedFor = deadline(matcher);
    queued = true;
    return true;
  }

  /** Whether its time is not over when the queue says so: its run has begun since. */
  boolean outlives(Matcher matcher) {
    return running && deadline(matcher) > queuedFor;
  }

  void dequeued() {
    queued = false;
  }

  boolean queued() {
    return queued;
  }

  long queuedFor() {
    return queuedFor;
  }

  @Override
  public int compareTo(MatchPartition other) {
    int order = Long.compare(queuedFor, other.queuedFor);
    return order != 0 ? order : Long.compare(born, other.born);
  }

  /**
   * By how many bytes of heap it has grown since this was asked before, about: as if all ways had
   * what they hold in common but for the last row.
   *
   * @param held whether it is still remembered
   */
  long growth(boolean held) {
    long bytes = 0;
    if (held) {
      bytes = HEAP + key.heap() + rows.heap();
      if (running) {
        bytes += BOUND * (next - start) + (BOUND + WAY) * run.ways();
      }
    }
    long growth = bytes - counted;
    counted = bytes;
    return growth;
  }

  void save(StateWriter out) {
    out.writeValues(key.values());
    out.writeLong(born);
    out.writeLong(rows.matchNumber() - 1);
    out.writeLong(start);
    out.writeLong(failedAt);
    out.writeBoolean(queued);
    out.writeLong(queuedFor);
    out.writeLong(rows.from());
    out.writeLong(rows.to());
    for (long i = rows.from(); i < rows.to(); i++) {
      out.writeLong(rows.time(i));
      out.writeValues(rows.row(i));
    }
  }

  /** Takes over what was saved behind the key; the run is followed again, which decides nothing. */
  void restore(StateReader in, RowKey key, Matcher matcher) {
    begin(key, in.readLong());
    long matches = in.readLong();
    start = in.readLong();
    failedAt = in.readLong();
    queued = in.readBoolean();
    queuedFor = in.readLong();
    long from = in.readLong();
    long to = in.readLong();
    rows.restore(matches, from);
    for (long i = from; i < to; i++) {
      long time = in.readLong();
      rows.add(in.readValues(), time);
    }
    follow(matcher, Long.MIN_VALUE);
  }
}
