package io.millrace.service.plan;

import io.millrace.schemas.control.Plan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands plans to the listener on a thread of its own, so that a slow reconciliation never stops the
 * reading. Of several plans of one application that wait, only the latest is handed out.
 */
final class PlanDispatcher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PlanDispatcher.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofSeconds(30);

  private final PlanListener listener;
  private final ScheduledExecutorService thread;
  private final Map<String, Optional<Plan>> waiting = new LinkedHashMap<>();
  private boolean ready;

  PlanDispatcher(PlanListener listener) {
    this.listener = listener;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("plans").factory());
  }

  /** Takes a plan, or null for a removal. */
  void offer(String application, Plan plan) {
    boolean run;
    synchronized (waiting) {
      waiting.remove(application);
      waiting.put(application, Optional.ofNullable(plan));
      run = ready;
    }
    if (run) {
      submit(this::drain);
    }
  }

  void caughtUp() {
    synchronized (waiting) {
      ready = true;
    }
    submit(() -> {
      drain();
      tellCaughtUp(FIRST_RETRY);
    });
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("the plan listener goes on after the service was told to stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain() {
    while (true) {
      Map.Entry<String, Optional<Plan>> next;
      synchronized (waiting) {
        var iterator = waiting.entrySet().iterator();
        if (!iterator.hasNext()) {
          return;
        }
        Map.Entry<String, Optional<Plan>> first = iterator.next();
        next = Map.entry(first.getKey(), first.getValue());
        iterator.remove();
      }
      handOut(next.getKey(), next.getValue(), FIRST_RETRY);
    }
  }

  private void handOut(String application, Optional<Plan> plan, Duration retry) {
    try {
      if (plan.isEmpty()) {
        listener.onRemoved(application);
      } else if (plan.get().getDropped()) {
        listener.onDropped(plan.get());
      } else {
        listener.onPlan(plan.get());
      }
    } catch (Exception e) {
      if (Thread.currentThread().isInterrupted() || thread.isShutdown()) {
        return;
      }
      LOG.error("the plan of {} could not be followed; again in {}", application, retry, e);
      schedule(
          () -> {
            synchronized (waiting) {
              if (waiting.containsKey(application)) {
                return;
              }
            }
            handOut(application, plan, longer(retry));
          },
          retry);
    }
  }

  private void tellCaughtUp(Duration retry) {
    try {
      listener.onCaughtUp();
    } catch (Exception e) {
      LOG.error("what no plan names any more could not be removed; again in {}", retry, e);
      schedule(() -> tellCaughtUp(longer(retry)), retry);
    }
  }

  private static Duration longer(Duration retry) {
    Duration twice = retry.multipliedBy(2);
    return twice.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : twice;
  }

  private void submit(Runnable work) {
    try {
      thread.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("stopping: a plan is not handed out");
    }
  }

  private void schedule(Runnable work, Duration delay) {
    try {
      thread.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("stopping: a plan is not handed out again");
    }
  }
}
