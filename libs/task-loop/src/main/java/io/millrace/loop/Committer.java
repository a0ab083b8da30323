package io.millrace.loop;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes batches on a thread of its own, so that the next events are processed while the last ones
 * are committed. What arrives meanwhile is put together into the next transaction: few events are
 * committed at once, many in few transactions.
 */
final class Committer implements AutoCloseable {

  /** What may wait: as much again as one transaction holds under load. */
  private static final int MOST_WAITING = 20_000;

  private static final long MOST_BYTES_WAITING = 16L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final BatchWriter writer;
  private final LoopMetrics metrics;
  private final Runnable onCommit;
  private final Thread thread;
  private PendingBatch pending = new PendingBatch();
  private boolean busy;
  private boolean closed;
  private RuntimeException failure;

  Committer(String name, BatchWriter writer, LoopMetrics metrics, Runnable onCommit) {
    this.writer = writer;
    this.metrics = metrics;
    this.onCommit = onCommit;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes a batch; waits while too much is waiting already. */
  void add(PendingBatch batch) {
    lock.lock();
    try {
      while (failure == null && full()) {
        changed.awaitUninterruptibly();
      }
      throwIfFailed();
      if (pending.isEmpty()) {
        pending = batch;
      } else {
        pending.append(batch);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits a little while a transaction is under way, for more events to come in at one go. */
  void pace(long micros) {
    lock.lock();
    try {
      if (busy && failure == null) {
        changed.awaitNanos(TimeUnit.MICROSECONDS.toNanos(micros));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything is committed. */
  void awaitIdle() {
    lock.lock();
    try {
      while (failure == null && (busy || !pending.isEmpty())) {
        changed.awaitUninterruptibly();
      }
      throwIfFailed();
    } finally {
      lock.unlock();
    }
  }

  /** Events that were taken but are not yet committed. */
  boolean idle() {
    lock.lock();
    try {
      return !busy && pending.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  void throwIfFailed() {
    lock.lock();
    try {
      if (failure != null) {
        throw failure;
      }
    } finally {
      lock.unlock();
    }
  }

  Map<TopicPartition, OffsetAndMetadata> offsetsToCommit() {
    return writer.offsetsToCommit();
  }

  /** Stops at once; what is not committed is not going to be. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    writer.close();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean full() {
    return pending.timestamps() > MOST_WAITING || pending.bytes() > MOST_BYTES_WAITING;
  }

  private void run() {
    while (true) {
      PendingBatch batch;
      lock.lock();
      try {
        while (pending.isEmpty() && !closed) {
          changed.awaitUninterruptibly();
        }
        if (closed) {
          return;
        }
        batch = pending;
        pending = new PendingBatch();
        busy = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      RuntimeException thrown = null;
      try {
        writer.write(batch);
        metrics.committed(batch);
        onCommit.run();
        batch.afterCommit().forEach(Runnable::run);
      } catch (RuntimeException e) {
        thrown = e;
      }
      lock.lock();
      try {
        busy = false;
        failure = thrown;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      if (thrown != null) {
        return;
      }
    }
  }
}
