package io.millrace.local.supervisor;

import io.millrace.local.home.StackState.Part;
import io.millrace.local.home.StackState.PartState;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one part running: starts it when what it needs is there, and again whenever it ends. */
final class PartKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(PartKeeper.class);
  private static final long WATCH_MILLIS = 250;
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  private final StackPart part;
  private final BooleanSupplier needsReady;
  private final Runnable changed;
  private volatile PartState state = PartState.WAITING;
  private volatile String detail;
  private volatile int restarts;
  private volatile boolean stopping;
  private volatile Thread thread;

  PartKeeper(StackPart part, BooleanSupplier needsReady, Runnable changed) {
    this.part = part;
    this.needsReady = needsReady;
    this.changed = changed;
  }

  void begin() {
    thread = Thread.ofPlatform().name("keeper-" + part.name()).daemon().start(this::keep);
  }

  boolean ready() {
    return state == PartState.READY;
  }

  String name() {
    return part.name();
  }

  Part state() {
    return new Part(part.name(), part.kind(), state, part.pid(), part.address(), detail, restarts);
  }

  private void keep() {
    long pause = FIRST_PAUSE_MILLIS;
    try {
      while (!stopping) {
        while (!needsReady.getAsBoolean()) {
          TimeUnit.MILLISECONDS.sleep(50);
        }
        long startedAt = System.nanoTime();
        if (start()) {
          LOG.info(
              "{} is ready at {} after {} ms",
              part.name(),
              part.address(),
              TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt));
          while (part.alive()) {
            TimeUnit.MILLISECONDS.sleep(WATCH_MILLIS);
          }
          LOG.warn("{} ended unasked: starting it again", part.name());
          become(PartState.FAILED, "ended unasked");
          if (System.nanoTime() - startedAt > TimeUnit.SECONDS.toNanos(60)) {
            pause = FIRST_PAUSE_MILLIS;
          }
        }
        part.stop();
        TimeUnit.MILLISECONDS.sleep(pause);
        pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        restarts++;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean start() throws InterruptedException {
    become(PartState.STARTING, null);
    try {
      part.start();
      become(PartState.READY, null);
      return true;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | LinkageError e) {
      if (!stopping) {
        LOG.error("{} does not start", part.name(), e);
        become(PartState.FAILED, reason(e));
      }
      return false;
    }
  }

  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  private void become(PartState next, String why) {
    state = next;
    detail = why;
    changed.run();
  }

  /** Stops the part for good. */
  void stop() {
    stopping = true;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
    try {
      part.stop();
    } catch (RuntimeException e) {
      LOG.warn("{} did not stop in order", part.name(), e);
    }
    become(PartState.STOPPED, null);
  }
}
