package io.millrace.analytics.query;

import io.millrace.loop.StopLoopException;
import java.util.concurrent.atomic.AtomicLong;

/** What one query remembers, in bytes of heap, and whether that is too much. Thread-safe. */
final class StateAccount {

  private static final int LEAST_PART = 64;

  private final StateBudget budget;
  private final String application;
  private final long limit;
  private final AtomicLong bytes = new AtomicLong();
  private volatile String verdict;

  StateAccount(StateBudget budget, String application, long limit) {
    this.budget = budget;
    this.application = application;
    this.limit = limit;
  }

  String application() {
    return application;
  }

  /** What the queries of its application may remember together. */
  long limit() {
    return limit;
  }

  long bytes() {
    return bytes.get();
  }

  /** Why the query has to stop, or null. */
  String verdict() {
    return verdict;
  }

  void stop(String reason) {
    verdict = reason;
  }

  /**
   * How large a part of the groups in memory may stay there, once one of its tasks remembers more;
   * 1: all.
   */
  double mayStay(long more) {
    return budget.mayStay(this, more);
  }

  /** How many bytes of groups a task may have in memory in any case. */
  long least() {
    return limit / LEAST_PART;
  }

  /**
   * One of its tasks remembers more or less than before.
   *
   * @throws StopLoopException if the query has to stop
   */
  void grow(long more) {
    bytes.addAndGet(more);
    if (more > 0 && verdict == null) {
      budget.check(this);
    }
    String reason = verdict;
    if (reason != null) {
      throw new StopLoopException("STATE_TOO_LARGE", reason);
    }
  }

  /** One of its tasks has ended that remembered so much. */
  void release(long gone) {
    bytes.addAndGet(-gone);
  }

  /** The query has ended. */
  void close() {
    budget.close(this);
  }
}
