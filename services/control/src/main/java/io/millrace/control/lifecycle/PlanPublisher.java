package io.millrace.control.lifecycle;

import io.millrace.control.application.ApplicationRecord;
import io.millrace.control.application.ApplicationStore;
import io.millrace.schemas.control.Plan;
import io.millrace.service.bus.Outbound;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what the outbox holds: makes the plan's topics, then sends the plan as the database has it
 * at that moment. All plans are sent again at a start, so that a lost topic heals.
 */
@Component
public class PlanPublisher implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(PlanPublisher.class);
  private static final long LOOK_MILLIS = 1_000;

  private final Outbox outbox;
  private final ApplicationStore store;
  private final StreamTopics topics;
  private final StreamRetention retention;
  private final TopicCleanup cleanup;
  private final Outbound plans;
  private final TransactionTemplate transaction;
  private final Map<String, String> troubles = new ConcurrentHashMap<>();
  private final Map<String, Long> sentAt = new ConcurrentHashMap<>();
  private volatile boolean running;
  private Thread thread;

  PlanPublisher(
      Outbox outbox,
      ApplicationStore store,
      StreamTopics topics,
      StreamRetention retention,
      TopicCleanup cleanup,
      StreamBridge bridge,
      TransactionTemplate transaction) {
    this.outbox = outbox;
    this.store = store;
    this.topics = topics;
    this.retention = retention;
    this.cleanup = cleanup;
    this.plans = new Outbound(bridge, "plans");
    this.transaction = transaction;
  }

  /** Why an application's plan could not be sent so far, if so. */
  public Optional<String> trouble(String application) {
    return Optional.ofNullable(troubles.get(application));
  }

  /** How long ago the application's plan was last sent by this instance; long ago when never. */
  Duration sinceSent(String application) {
    Long at = sentAt.get(application);
    return at == null ? Duration.ofDays(1) : Duration.ofNanos(System.nanoTime() - at);
  }

  @Override
  public synchronized void start() {
    running = true;
    thread = Thread.ofPlatform().daemon().name("plan-publisher").start(this::run);
  }

  @Override
  public synchronized void stop() {
    running = false;
    thread.interrupt();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run() {
    boolean all = false;
    while (isRunning()) {
      try {
        if (!all) {
          transaction.executeWithoutResult(status -> outbox.putAll());
          all = true;
        }
        for (Outbox.Entry entry : outbox.waiting()) {
          publish(entry);
        }
        outbox.await(LOOK_MILLIS);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (isRunning()) {
          LOG.warn("plans could not be sent; again in a second: {}", e.toString());
          pause();
        }
      }
    }
  }

  private void publish(Outbox.Entry entry) {
    String name = entry.application();
    try {
      transaction.executeWithoutResult(status -> {
        // The lock keeps two instances of this service from sending in the wrong order.
        Optional<ApplicationRecord> application = store.lock(name);
        Optional<Plan> plan = application.filter(ApplicationRecord::isDeployed).map(this::plan);
        if (plan.isPresent()) {
          retention.keep(topics.ensure(plan.get()));
          plans.send(name, plan.get());
        } else {
          Optional<Plan> last = application.isPresent() ? Optional.empty() : cleanup.plan(name);
          last.ifPresentOrElse(dropped -> plans.send(name, dropped), () -> plans.remove(name));
        }
        outbox.done(entry);
      });
      troubles.remove(name);
      sentAt.put(name, System.nanoTime());
    } catch (RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      troubles.put(name, cause.getMessage() == null ? cause.toString() : cause.getMessage());
      throw e;
    }
  }

  private Plan plan(ApplicationRecord application) {
    return Plan.newBuilder(store.current(application).plan())
        .setDesired(application.desired())
        .setDrained(application.drained())
        .setUpdatedAt(System.currentTimeMillis())
        .build();
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
